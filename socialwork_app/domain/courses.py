"""Training courses: who has a place, who waits, on which half-days there is teaching, how many hours somebody was there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.spells import before, over

PLANNED, OPEN, RUNNING, CLOSED = "planned", "open", "running", "closed"
INVITED, SIGNED_UP, WITHDRAWN = "invited", "signed_up", "withdrawn"
PRESENT, LATE, ABSENT, EXCUSED = "present", "late", "absent", "excused"
FAILED = "failed"
MORNING, AFTERNOON, EVENING = HALVES = ("morning", "afternoon", "evening")
YES = "yes"
LONGEST_COURSE = 366
"""Days of a course without sessions that are compared with another's."""
LONGEST_DAY = 12
"""小时 that a day of teaching can have."""
STEPS = {PLANNED: OPEN, OPEN: RUNNING, RUNNING: CLOSED}
"""What comes after a state of a course."""


class HalfDay(NamedTuple):
    """`day` in ISO; `half` is one of HALVES."""

    day: str
    half: str

    @property
    def order(self) -> tuple[str, int]:
        return self.day, HALVES.index(self.half)


@dataclass(frozen=True, slots=True)
class Session:
    """`hours`: 小时 of this half-day."""

    at: HalfDay
    hours: float | None
    topic: str = ""
    teacher: str = ""


class Place(StrEnum):
    TAKEN = "taken"
    WAITING = "waiting"
    INVITED = "invited"
    WITHDRAWN = "withdrawn"


class Standing(NamedTuple):
    """`waiting_as`: the how-manieth of those who wait, 0 for all others."""

    place: Place
    waiting_as: int = 0


def standings(states: Iterable[str], places: int | None) -> list[Standing]:
    """Where each sign-up stands, in the order of arrival. Who withdraws lets the first of those who wait move up."""
    found: list[Standing] = []
    taken = waiting = 0
    for state in states:
        if state != SIGNED_UP:
            found.append(Standing(Place.INVITED if state == INVITED else Place.WITHDRAWN))
        elif places is None or taken < places:
            taken += 1
            found.append(Standing(Place.TAKEN))
        else:
            waiting += 1
            found.append(Standing(Place.WAITING, waiting))
    return found


def days(since: str | None, until: str | None, sessions: Iterable[HalfDay]) -> frozenset[str]:
    """The days of a course: those of its sessions; without any all from its first to its last."""
    if known := frozenset(one.day for one in sessions):
        return known
    first, last = since or until, until or since
    if not (first and last):
        return frozenset()
    begin, end = PartialDate.parse(first), PartialDate.parse(last)
    if not (begin.exact and end.exact):
        return frozenset()
    return frozenset(day.isoformat() for day in _each_day(begin.earliest(), end.latest()))


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days) for days in range(min((last - first).days + 1, LONGEST_COURSE)))


def planned_sessions(since: str, until: str) -> list[HalfDay]:
    """Morning and afternoon of each day of a course."""
    return [HalfDay(day, half) for day in sorted(days(since, until, ())) for half in (MORNING, AFTERNOON)]


def attended(marks: Mapping[HalfDay, str], rules: RuleTable, day: date) -> list[HalfDay]:
    """The half-days that somebody was there."""
    late_counts = rules.on("training.late_counts", day, or_first=True).value == YES
    there = (PRESENT, LATE) if late_counts else (PRESENT,)
    return [at for at, mark in marks.items() if mark in there]


def hours(there: Iterable[HalfDay], sessions: Sequence[Session]) -> float:
    """小时 of the half-days, exact in hundredths; a half-day that the course does not have counts none."""
    of = {session.at: round((session.hours or 0) * 100) for session in sessions}
    return sum(of.get(at, 0) for at in there) / 100


def credited(assessment: str | None, rules: RuleTable, day: date) -> bool:
    """Whether the hours of somebody with this assessment count."""
    return assessment != FAILED or rules.on("training.failed_counts", day, or_first=True).value == YES


class Gap(NamedTuple):
    """小时 that somebody is short of until the last day of a registration period."""

    short: float
    until: date


class Closing(NamedTuple):
    """Gaps that a course closes, that it lessens, and that are past before it ends."""

    closed: int
    lessened: int
    too_late: int


def closing(course_hours: float, last_day: date, gaps: Iterable[Gap]) -> Closing:
    """What somebody's attendance of the whole course does to a gap: its hours count on its last day."""
    known = list(gaps)
    in_time = [gap for gap in known if gap.until >= last_day]
    closed = sum(gap.short <= course_hours for gap in in_time) if course_hours else 0
    return Closing(closed, len(in_time) - closed if course_hours else 0, len(known) - len(in_time))


def next_numbers(prefix: str, taken: Iterable[str], count: int) -> list[str]:
    """The numbers of completion certificates that follow the highest with this prefix."""
    tails = (number.removeprefix(prefix) for number in taken if number.startswith(prefix))
    last = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return [f"{prefix}{number:03d}" for number in range(last + 1, last + 1 + count)]


def sign_up_problems(values: Mapping[str, Value], today: date) -> list[Problem]:
    """Why signing up for this course is odd: no lock, since lists come in late."""
    problems: list[Problem] = []
    if values.get("state") == CLOSED:
        problems.append(warning("course.closed", "state"))
    until = values.get("sign_up_until")
    if over(until, today):
        problems.append(warning("course.sign_up_over", "sign_up_until", until=until))
    return problems


def mark_problems(day: str, today: date) -> list[Problem]:
    """Of a mark on a sign-in sheet: nobody can have been there yet."""
    return [warning("attendance.to_come", "date", date=day)] if is_to_come(day, today) else []


def is_to_come(day: str, today: date) -> bool:
    return PartialDate.parse(day).earliest() > today


def long_day(field: str, half_days: Iterable[Value]) -> list[Problem]:
    """小时 of a day's half-days; where the hours of a whole day were meant for each half, they come to too many."""
    total = sum(float(hours) for hours in half_days if hours not in (None, ""))
    return [warning("course.long_day", field, hours=total, most=LONGEST_DAY)] if total > LONGEST_DAY else []


def check(values: Mapping[str, Value]) -> list[Problem]:
    """What is wrong about a course by itself."""
    problems: list[Problem] = []
    if before(values.get("to"), values.get("from")):
        problems.append(error("course.ends_before", "to"))
    places = values.get("places")
    if isinstance(places, int) and places < 0:
        problems.append(error("course.places", "places"))
    return [*problems, *long_day("session_hours", [values.get("session_hours")] * 2)]
