"""Before and after the teaching: the half-days of a course from its dates, and its way from planned to closed."""

from collections.abc import Sequence

from socialwork_app.domain import courses
from socialwork_app.domain.courses import HalfDay
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import KIND, Course, Courses
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

SESSIONS = "course_sessions"


def missing(course: Course) -> Sequence[HalfDay]:
    """Mornings and afternoons from the first day to the last that are not among its half-days."""
    since, until = (str(course.values[key] or "") for key in ("from", "to"))
    stand = {session.at for session in course.sessions}
    return [at for at in courses.planned_sessions(since, until) if at not in stand]


def plan(opened: OpenRegister, course_id: int) -> Changes:
    """Add the half-days that are missing, as one change; those that stand are left."""
    course = Courses(opened).course(course_id)
    wanted = missing(course)
    if not wanted:
        raise DomainError("course.sessions_stand" if course.sessions else "course.no_dates", title=course.title)
    defaults = {field.key: field.default for field in opened.catalogue[SESSIONS].fields}
    with opened.change("save", SESSIONS, f"按起止日期排日程，{len(wanted)} 个半天") as change:
        for at in wanted:
            change.insert(SESSIONS, {**defaults, "course_id": course_id, "date": at.day, "half_day": at.half})
        change.commit()
    return Changes(frozenset({SESSIONS}), frozenset(), change.change_id)


def step(opened: OpenRegister, course: Course) -> Changes:
    """The next state of the course; nothing where it is closed."""
    state = courses.STEPS.get(str(course.values["state"]))
    return Records(opened, KIND).set_all([course.id], "state", state) if state else Changes()
