"""Training courses: their half-days, who takes part, who waits, and how many hours each was there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialwork_app.domain import courses
from socialwork_app.domain.courses import HalfDay, Place, Session, Standing
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows, training
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.listing import Row
from socialwork_app.services.opened import OpenRegister

DERIVED = ("place_taken", "attended", "attended_hours")
KIND = "courses"


@dataclass(frozen=True, slots=True)
class Course:
    """`sessions` in order, each with its hours."""

    id: int
    values: Mapping[str, Value]
    sessions: tuple[Session, ...]

    @property
    def title(self) -> str:
        return str(self.values["title"])

    @property
    def places(self) -> int | None:
        places = self.values["places"]
        return int(places) if places is not None else None

    @property
    def days(self) -> frozenset[str]:
        since, until = (str(self.values[key] or "") or None for key in ("from", "to"))
        return courses.days(since, until, (session.at for session in self.sessions))

    @property
    def span(self) -> tuple[str | None, str | None]:
        """Its first and last day as stated; where they are not, those of its half-days."""
        days = sorted(session.at.day for session in self.sessions) or [None]
        since, until = self.values["from"], self.values["to"]
        return str(since) if since else days[0], str(until) if until else days[-1]

    @property
    def hours(self) -> float:
        """小时 of all its half-days."""
        return courses.hours((session.at for session in self.sessions), self.sessions)

    def last_day(self, otherwise: date) -> date:
        """By whose rules its hours are judged."""
        since, until = self.span
        return PartialDate.parse(last).latest() if (last := until or since) else otherwise


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody's sign-up, as it stands among the others. `values`: the sign-up's own and what names the person (unit and
    township as row ids). `hours`: 小时 attended."""

    id: int
    person_id: int
    values: Mapping[str, Value]
    standing: Standing
    marks: Mapping[HalfDay, str]
    attended: int
    hours: float

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def unit(self) -> int | None:
        unit = self.values["employer"]
        return int(unit) if unit is not None else None

    @property
    def assessment(self) -> str | None:
        return str(self.values["assessment"] or "") or None

    @property
    def completion_number(self) -> str | None:
        return str(self.values["completion_number"] or "") or None

    @property
    def takes_part(self) -> bool:
        return self.standing.place is Place.TAKEN


class Courses:
    """Reads the rule table once: make a new one when it may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._rules = opened.rules()

    def all(self) -> list[Course]:
        """The latest first."""
        with self.opened.database.read() as connection:
            return self._courses(connection, None)

    def course(self, course_id: int) -> Course:
        with self.opened.database.read() as connection:
            found = self._courses(connection, [course_id])
        if not found:
            raise DomainError("record.not_found", register=self.opened.catalogue[KIND].title)
        return found[0]

    def participants(self, course: Course) -> list[Participant]:
        """Everybody's sign-up, in the order of arrival."""
        with self.opened.database.read() as connection:
            return self._participants(connection, course)

    def units(self, participants: Iterable[Participant]) -> dict[int, str]:
        """Their names by row id."""
        ids = sorted({one.unit for one in participants if one.unit})
        with self.opened.database.read() as connection:
            return rows.values_of(connection, self.opened.schema, "organisations", "name", ids)

    def unit_by_unit(self, participants: Iterable[Participant]) -> list[Participant]:
        """The order of everything that is printed for a course: sheets to sign, numbers, certificates."""
        known = list(participants)
        units = self.units(known)
        return sorted(known, key=lambda one: (one.unit is None, units.get(one.unit or 0, ""), one.id))

    def of_people(self, ids: Sequence[int]) -> dict[int, list[Course]]:
        """The courses that these few people signed up for and did not leave."""
        with self.opened.database.read() as connection:
            signed = [row for row in training.sign_ups(connection, self.opened.schema, people=ids)
                      if row["sign_up_state"] == courses.SIGNED_UP]  # fmt: skip
            known = {one.id: one for one in self._courses(connection, sorted({row["course"] for row in signed}))}
        found: dict[int, list[Course]] = {row_id: [] for row_id in ids}
        for row in signed:
            found[row["person_id"]].append(known[row["course"]])
        return found

    def with_sign_ups(self, ids: Sequence[int]) -> list[Course]:
        """The courses of these sign-ups."""
        with self.opened.database.read() as connection:
            return self._courses(connection, training.courses_of(connection, self.opened.schema, ids))

    def clashes(self, course: Course, person_id: int) -> list[Course]:
        """Other courses of this person that have a day in common with this one."""
        others = self.of_people([person_id])[person_id]
        return [other for other in others if other.id != course.id and other.days & course.days]

    # reading

    def _courses(self, connection: Connection, ids: Sequence[int] | None) -> list[Course]:
        of: dict[int, list[Session]] = {}
        found = training.courses(connection, self.opened.schema, ids)
        default = {row["id"]: row["session_hours"] for row in found}
        for row in training.sessions(connection, self.opened.schema, ids):
            hours = row["hours"] if row["hours"] is not None else default[row["course_id"]]
            at = HalfDay(row["date"], row["half_day"])
            of.setdefault(row["course_id"], []).append(Session(at, hours, row["topic"] or "", row["teacher"] or ""))
        return [Course(row["id"], row, tuple(sorted(of.get(row["id"], ()), key=lambda one: one.at.order)))
                for row in found]  # fmt: skip

    def _participants(self, connection: Connection, course: Course) -> list[Participant]:
        marks: dict[int, dict[HalfDay, str]] = {}
        for row in training.attendance(connection, self.opened.schema, [course.id]):
            marks.setdefault(row["training_signup_id"], {})[HalfDay(row["date"], row["half_day"])] = row["mark"]
        found = training.sign_ups(connection, self.opened.schema, courses=[course.id])
        standing = courses.standings([row["sign_up_state"] for row in found], course.places)
        return [self._participant(course, row, where, marks.get(row["id"], {}))
                for row, where in zip(found, standing, strict=True)]  # fmt: skip

    def _participant(
        self, course: Course, row: Mapping[str, Any], standing: Standing, marks: Mapping[HalfDay, str]
    ) -> Participant:
        there = courses.attended(marks, self._rules, course.last_day(self.opened.today()))
        hours = courses.hours(there, course.sessions)
        return Participant(row["id"], row["person_id"], row, standing, marks, len(there), hours)


def told(standing: Standing) -> str:
    return sentence(f"course.{standing.place}", number=standing.waiting_as)


class PlacesBeside:
    """What stands beside the rows of a list of sign-ups: who has a place, how often somebody was there."""

    def __init__(self, opened: OpenRegister) -> None:
        self._courses = Courses(opened)

    def derive(self, rows: Sequence[Row], keys: Sequence[str]) -> dict[int, dict[str, Value]]:
        wanted = {row.id for row in rows}
        found: dict[int, dict[str, Value]] = {row.id: {} for row in rows}
        for course in self._courses.with_sign_ups(sorted(wanted)):
            for one in self._courses.participants(course):
                if one.id in wanted:
                    values = {"place_taken": told(one.standing), "attended": f"{one.attended}/{len(course.sessions)}",
                              "attended_hours": one.hours}  # fmt: skip
                    found[one.id] = {key: values[key] for key in keys}
        return found
