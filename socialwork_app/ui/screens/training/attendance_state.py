"""What the page of attendance shows, read in one go away from the window's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.courses import CLOSED
from socialwork_app.domain.pinyin import normalise_query, search_keys
from socialwork_app.foundation.jobs import Control
from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance, Grid
from socialwork_app.services.courses import Course, Courses
from socialwork_app.services.opened import OpenRegister


@dataclass(frozen=True, slots=True)
class AttendanceState:
    """`courses`: row id and name, the latest first. `grid` is None where there is no course. `counting`: sign-ups whose
    hours go to the person's record. `missing`: half-days that the dates of the course would give it yet. `keys`: by which
    somebody in the grid is found, row by row."""

    courses: tuple[tuple[int, str], ...] = ()
    grid: Grid | None = None
    counting: frozenset[int] = frozenset()
    missing: int = 0
    keys: tuple[Sequence[str], ...] = ()

    def row_of(self, typed: str) -> int | None:
        """The first whose name, pinyin or initials begin like this, at any character."""
        wanted = normalise_query(typed)
        return next((row for row, keys in enumerate(self.keys) if any(key.startswith(wanted) for key in keys)), None)


def read(opened: OpenRegister, course_id: int | None, *, waiting: bool, control: Control) -> AttendanceState:
    """Of this course; where it is gone or none is asked for, of the one that is most likely being held."""
    control.step(0)
    known = {course.id: course for course in Courses(opened).all()}
    names = tuple((course.id, _name(course)) for course in known.values())
    chosen = known.get(course_id or 0) or _running(known, opened.today())
    if chosen is None:
        return AttendanceState()
    attendance = Attendance(opened, chosen.id)
    grid = attendance.grid(waiting=waiting)
    return AttendanceState(
        names, grid, frozenset(one.id for one in grid.rows if attendance.counts(grid.course, one)),
        len(course_plan.missing(grid.course)), tuple(search_keys(one.name) for one in grid.rows),
    )  # fmt: skip


def _name(course: Course) -> str:
    since = course.span[0]
    return f"{course.title}　{since}" if since else course.title


def _running(known: Mapping[int, Course], day: date) -> Course | None:
    """The latest that has begun and is not closed, else the latest of all."""
    begun = (one for one in known.values() if one.values["state"] != CLOSED and (one.span[0] or "9") <= day.isoformat())
    return next(begun, next(iter(known.values()), None))
