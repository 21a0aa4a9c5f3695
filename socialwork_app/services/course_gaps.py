"""How many gaps in continuing education each planned course closes: of those who might be invited, of those on its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.courses import CLOSED, Closing, Gap, Place, closing
from socialwork_app.services.courses import Course, Courses, Participant
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.shortfall import Running, Shortfall


@dataclass(frozen=True, slots=True)
class CourseGaps:
    """`left`: places that nobody has yet, None where they are not limited."""

    course: Course
    left: int | None
    of_chosen: Closing
    of_listed: Closing


def gap_of(one: Running) -> Gap:
    return Gap(one.total.short, one.period.until)


def planned(opened: OpenRegister, day: date, chosen: Sequence[Gap]) -> list[CourseGaps]:
    """The courses that are not over on the day, the next first."""
    known, shortfall = Courses(opened), Shortfall(opened)
    coming = [course for course in known.all() if _is_coming(course, day)]
    return [
        _gaps(known, shortfall, course, day, chosen) for course in sorted(coming, key=lambda one: _begins(one, day))
    ]


def _is_coming(course: Course, day: date) -> bool:
    return course.values["state"] != CLOSED and course.last_day(day) >= day


def _begins(course: Course, day: date) -> str:
    return min(course.days, default=str(course.values["from"] or day.isoformat()))


def _gaps(known: Courses, shortfall: Shortfall, course: Course, day: date, chosen: Sequence[Gap]) -> CourseGaps:
    participants = known.participants(course)
    last_day = course.last_day(day)
    listed = _listed(shortfall, day, participants)
    return CourseGaps(course, _left(course, participants), closing(course.hours, last_day, chosen),
                      closing(course.hours, last_day, listed))  # fmt: skip


def _listed(shortfall: Shortfall, day: date, participants: Sequence[Participant]) -> list[Gap]:
    """Of those who have a place or are invited."""
    ids = [one.person_id for one in participants if one.standing.place in (Place.TAKEN, Place.INVITED)]
    return [gap_of(one) for one in shortfall.running(day, ids=ids) if one.total.short > 0] if ids else []


def _left(course: Course, participants: Sequence[Participant]) -> int | None:
    taken = sum(one.takes_part for one in participants)
    return None if course.places is None else max(0, course.places - taken)
