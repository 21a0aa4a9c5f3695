"""What falls due around courses: sign-ups that end, hours that wait to be credited. Of nobody in particular."""

from datetime import date

from socialwork_app.domain.courses import OPEN
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.sentences import sentence
from socialwork_app.persistence import attendance
from socialwork_app.services.courses import Course, Courses
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister

SIGN_UP, UNCREDITED = "course_sign_up", "course_uncredited"
TITLES = {SIGN_UP: "培训报名", UNCREDITED: "培训学时"}


def training_due(opened: OpenRegister, day: date) -> list[Matter]:
    """By day; quick also in a large register."""
    known = Courses(opened).all()
    with opened.database.read() as connection:
        waiting = attendance.uncredited(connection, opened.schema)
    found = [one for course in known for one in (_sign_up(course, day), _uncredited(course, waiting, day)) if one]
    return sorted(found, key=lambda one: (one.due, one.message))


def _sign_up(course: Course, day: date) -> Matter | None:
    """While it is open: until when, or that nobody said so."""
    if course.values["state"] != OPEN:
        return None
    until = course.values["sign_up_until"]
    if not until:
        first = course.span[0]
        begins = PartialDate.parse(first).earliest() if first else day
        return _matter(SIGN_UP, course, begins, sentence("course.sign_up_open", title=course.title))
    last = PartialDate.parse(str(until)).latest()
    told = sentence("course.sign_up_ends", title=course.title, until=until, days=(last - day).days)
    return _matter(SIGN_UP, course, last, told) if day <= last else None


def _uncredited(course: Course, waiting: dict[int, int], day: date) -> Matter | None:
    """Once it has begun: over, or still going on."""
    since, until = course.span
    if course.id not in waiting or not since or PartialDate.parse(since).earliest() > day:
        return None
    last = PartialDate.parse(until or since).latest()
    code = "course.over_uncredited" if last < day else "course.uncredited"
    return _matter(UNCREDITED, course, last, sentence(code, title=course.title, people=waiting[course.id]))


def _matter(kind: str, course: Course, due: date, message: str) -> Matter:
    return Matter(kind, TITLES[kind], 0, course.id, "", "", due, False, message)
