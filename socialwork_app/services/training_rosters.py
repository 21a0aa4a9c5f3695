"""Rosters of training whose rows are no rows of a register: figures of a year, units that have not answered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from socialwork_app.domain.courses import INVITED, SIGNED_UP
from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence import training
from socialwork_app.services.courses import Course, Courses, Participant
from socialwork_app.services.exam_rosters import UNKNOWN
from socialwork_app.services.levels_held import highest_held
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Made = Iterator[Mapping[str, Value]]
UNCERTIFIED = "无证书"


def title(course: Course, roster: str) -> str:
    """2026年××培训班报名表: a course named after its year is not given it twice."""
    began = str(course.values["from"] or course.values["to"] or "")[:4]
    year = f"{began}年" if began and began not in course.title else ""
    return f"{year}{course.title}{roster.removeprefix('培训')}"


# figures of a year


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's sign-up in a course of the year; `level` is "" without a certificate."""

    course: Course
    one: Participant
    level: str


@dataclass(slots=True)
class Tally:
    """People are counted once, attendances once a course. Who never came is not among either."""

    courses: set[int] = field(default_factory=set[int])
    people: set[int] = field(default_factory=set[int])
    signed_up: int = 0
    attendances: int = 0
    hours: int = 0  # hundredths, so that sums stay exact

    def add(self, part: Part) -> None:
        self.courses.add(part.course.id)
        self.signed_up += 1
        if part.one.attended:
            self.people.add(part.one.person_id)
            self.attendances += 1
            self.hours += round(part.one.hours * 100)


def figures(opened: OpenRegister, year: int) -> Made:
    """Courses, people, attendances and hours: in all, by course, unit and level."""
    parts = list(_parts(opened, year))
    units = {row_id: name for name, row_id in References(opened).organisations.items()}
    label = opened.catalogue.code_lists["level"].label
    listed = opened.catalogue["training_signups"]
    groups: tuple[tuple[str, Callable[[Part], str]], ...] = (
        ("合计", lambda _part: "全部"),
        (listed.field("course").label, lambda part: part.course.title),
        (opened.catalogue["people"].field("employer").label, lambda part: units.get(_unit(part.one), UNKNOWN)),
        (listed.field("level").label, lambda part: label(part.level) if part.level else UNCERTIFIED),
    )
    for group, name_of in groups:
        tallies: dict[str, Tally] = {}
        for part in parts:
            tallies.setdefault(name_of(part), Tally()).add(part)
        for name, tally in sorted(tallies.items(), key=lambda item: (-item[1].attendances, item[0])):
            yield {"group": group, "what": name, "courses": len(tally.courses), "signed_up": tally.signed_up,
                   "people": len(tally.people), "attendances": tally.attendances, "hours": tally.hours / 100}  # fmt: skip


def _parts(opened: OpenRegister, year: int) -> Iterator[Part]:
    known = Courses(opened)
    for course in known.all():
        ended = course.last_day(date.min)
        if ended.year != year:
            continue
        signed = [one for one in known.participants(course) if one.values["sign_up_state"] == SIGNED_UP]
        held = highest_held(opened, [one.person_id for one in signed], ended)
        for one in signed:
            yield Part(course, one, str(one.values["level"] or held.get(one.person_id, "")))


# who has not answered


def unanswered(opened: OpenRegister, course: Course) -> Made:
    """Units with people who are here, or invited, from which nobody signed up; the invited ones first."""
    invited: dict[int, int] = {}
    answered: set[int] = set()
    for one in Courses(opened).participants(course):
        if one.values["sign_up_state"] == INVITED:
            invited[_unit(one)] = invited.get(_unit(one), 0) + 1
        else:
            answered.add(_unit(one))
    towns = {place.id: place.name for place in References(opened).gazetteer.by_id.values()}
    with opened.database.read() as connection:
        units = training.units(connection, opened.schema)
    units.sort(key=lambda unit: (-invited.get(unit["id"], 0), -unit["here"], unit["name"]))
    for unit in units:
        asked = invited.get(unit["id"], 0)
        if unit["id"] not in answered and (asked or unit["here"]):
            yield {"unit": unit["name"], "township": towns.get(unit["township"]), "contact": unit["contact"],
                   "phone": unit["phone"], "invited": asked, "here": unit["here"]}  # fmt: skip


def _unit(one: Participant) -> int:
    return int(one.values["employer"] or 0)


OF_COURSE: dict[str, Callable[[OpenRegister, Course], Made]] = {"unanswered": unanswered}
YEARLY: dict[str, Callable[[OpenRegister, int], Made]] = {"training-figures": figures}
