"""Who was there: the grid of one course, its marks and numbers, and the hours that go to each person's record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialwork_app.domain import courses, crediting
from socialwork_app.domain.courses import PRESENT, HalfDay, Place
from socialwork_app.domain.crediting import Difference, Values
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import attendance, rows
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import Course, Courses, Participant
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

MARKS, SIGN_UPS, LEDGER = "attendance", "training_signups", "learning"


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows`: unit by unit, as on the sign-in sheet. `units`: names by row id. `waiting`: how many wait for a place.
    `credited`: people with hours from this course; `behind`: those whose record does not say what the marks say."""

    course: Course
    rows: tuple[Participant, ...]
    units: Mapping[int, str]
    waiting: int
    credited: int
    behind: int

    def unit(self, one: Participant) -> str:
        return self.units.get(one.unit or 0, "")


@dataclass(frozen=True, slots=True)
class Credited:
    """People whose records were made, changed, taken out."""

    made: int
    changed: int
    removed: int
    changes: Changes


class Attendance:
    """Of one course. Reads the rule table once: make a new one when it may have changed."""

    def __init__(self, opened: OpenRegister, course_id: int) -> None:
        self.opened = opened
        self.course_id = course_id
        self._courses = Courses(opened)
        self._rules = opened.rules()
        self._sign_ups = Records(opened, SIGN_UPS)

    # reading

    def grid(self, *, waiting: bool = False) -> Grid:
        """Those who have a place or were marked; on request those who wait as well."""
        course, everybody = self._read()
        shown = self._courses.unit_by_unit(one for one in everybody if self._listed(one, waiting=waiting))
        with self.opened.database.read() as connection:
            credited = attendance.credited(connection, self.opened.schema, course.id)
        behind = crediting.difference(self._wanted(course, everybody), credited)
        return Grid(course, tuple(shown), self._courses.units(shown), sum(one.standing.place is Place.WAITING for one in everybody),
                    len({row["person_id"] for row in credited}), len(behind.people))  # fmt: skip

    def _read(self) -> tuple[Course, list[Participant]]:
        course = self._courses.course(self.course_id)
        return course, self._courses.participants(course)

    def _listed(self, one: Participant, *, waiting: bool) -> bool:
        return one.takes_part or (one.standing.place is Place.WAITING and (waiting or bool(one.marks)))

    def counts(self, course: Course, one: Participant) -> bool:
        """Whether the hours go to the person's record. Who was there without a place was there all the same."""
        signed_up = one.standing.place in (Place.TAKEN, Place.WAITING)
        passed = courses.credited(one.assessment, self._rules, course.last_day(self.opened.today()))
        return signed_up and passed and one.hours > 0

    # marks

    def tick(self, sign_ups: Sequence[int], at: HalfDay, mark: str | None) -> Changes:
        """One mark for several people as one change; None takes it away."""
        with self.opened.change("save", MARKS) as change:
            for sign_up in sign_ups:
                self._tick(change, sign_up, at, mark)
            change.commit()
        return Changes(frozenset({MARKS, SIGN_UPS}), frozenset(sign_ups), change.change_id)

    def _tick(self, change: Transaction, sign_up: int, at: HalfDay, mark: str | None) -> None:
        stand = attendance.marks(change.connection, self.opened.schema, sign_up, at)
        for row_id in stand:
            if mark is None:
                change.delete(MARKS, row_id)
            else:
                change.update(MARKS, row_id, {"mark": mark})
        if mark is not None and not stand:
            values = {"training_signup_id": sign_up, "date": at.day, "half_day": at.half, "mark": mark}
            change.insert(MARKS, values)

    def fill(self, at: HalfDay) -> Changes:
        """Present, for everybody who has a place and no mark yet; nothing where all have one."""
        empty = [one.id for one in self._read()[1] if one.takes_part and at not in one.marks]
        return self.tick(empty, at, PRESENT) if empty else Changes()

    # assessment and number

    def assess(self, sign_up: int, result: str | None) -> Changes:
        return self._sign_ups.set_all([sign_up], "assessment", result or "")

    def set_number(self, sign_up: int, typed: str) -> Changes:
        number = self.opened.parser.parse(self._sign_ups.register.field("completion_number"), typed).value
        with self.opened.database.read() as connection:
            same = rows.find_ids(connection, self.opened.schema, SIGN_UPS, {"completion_number": number})
        if number and set(same) - {sign_up}:
            raise DomainError("course.number_taken", number=number)
        return self._sign_ups.set_all([sign_up], "completion_number", typed)

    def give_numbers(self) -> Changes:
        """Numbers for those whose hours count and who have none, in the order in which they stand; they go on after the
        highest that there is."""
        course, everybody = self._read()
        prefix = str(course.values["number_prefix"] or "")
        if not prefix:
            raise DomainError("course.no_prefix", title=course.title)
        waiting = [one.id for one in self._courses.unit_by_unit(everybody)
                   if self.counts(course, one) and not one.completion_number]  # fmt: skip
        if not waiting:
            return Changes()
        with self.opened.change("save", SIGN_UPS, f"编号，{len(waiting)} 人") as change:
            taken = attendance.completion_numbers(change.connection, self.opened.schema, prefix)
            numbers = courses.next_numbers(prefix, taken, len(waiting))
            for sign_up, number in zip(waiting, numbers, strict=True):
                change.update(SIGN_UPS, sign_up, {"completion_number": number})
            change.commit()
        return Changes(frozenset({SIGN_UPS}), frozenset(waiting), change.change_id)

    # hours

    def credit(self) -> Credited:
        """Bring the ledger in line with the marks, as one change; nothing is written where it is so already."""
        course, everybody = self._read()
        with self.opened.change("save", LEDGER, f"计入学时：{course.title}") as change:
            stands = attendance.credited(change.connection, self.opened.schema, course.id)
            found = crediting.difference(self._wanted(course, everybody), stands)
            if not found.people:
                return Credited(0, 0, 0, Changes())
            self._write(change, found)
            change.commit()
        changes = Changes(frozenset({LEDGER}), found.people, change.change_id)
        return Credited(len(found.new), len(found.changed), len(found.gone), changes)

    def _wanted(self, course: Course, everybody: Sequence[Participant]) -> dict[int, Values]:
        """By person; of two sign-ups of one person the one with more hours."""
        there = sorted((one for one in everybody if self.counts(course, one)), key=lambda one: one.hours)
        since, until = course.span
        return {
            one.person_id: crediting.record(course.values, since, until, one.hours, one.completion_number)
            for one in there
        }

    def _write(self, change: Transaction, found: Difference) -> None:
        defaults = {field.key: field.default for field in self.opened.catalogue[LEDGER].fields}
        for person, values in found.new.items():
            change.insert(LEDGER, {**defaults, **values, "person_id": person, "course": self.course_id})
        for row_id, values in found.changed.items():
            change.update(LEDGER, row_id, values)
        ledger = Records(self.opened, LEDGER)
        for row_id in found.gone:
            ledger.take_out(change, row_id)
