"""Invented courses for the sample register, with sign-ups and attendance."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from socialwork_app.domain import courses
from socialwork_app.domain.courses import ABSENT, CLOSED, LATE, OPEN, PRESENT, SIGNED_UP
from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.levels_held import highest_among
from socialwork_app.services.opened import OpenRegister

HOURS_A_HALF_DAY = 4
PLACES = 8


class SampleTraining:
    """One course that is over and one that takes sign-ups."""

    def __init__(self, opened: OpenRegister, change: Transaction, source: random.Random) -> None:
        self._opened = opened
        self._change = change
        self._source = source

    def fill(self, people: Sequence[int]) -> None:
        self._held = highest_among(self._change.connection, self._opened, people)
        today = self._opened.today()
        over, coming = today - timedelta(days=120), today + timedelta(days=40)
        past = self._course("示例社会工作实务能力提升班", over, 2, CLOSED)
        for person in people[:PLACES]:
            self._attended(past, over, person)
        taking = self._course("示例养老服务从业人员培训班", coming, 1, OPEN)
        for person in people[PLACES // 2 : PLACES * 2]:
            self._sign_up(taking, person, today)

    def _course(self, title: str, first: date, length: int, state: str) -> int:
        last = first + timedelta(days=length - 1)
        values = {"title": title, "form": "短期培训", "category": "professional", "organiser": "示例区民政局",
                  "place": "示例会议室", "from": first.isoformat(), "to": last.isoformat(), "places": PLACES,
                  "session_hours": HOURS_A_HALF_DAY, "sign_up_until": (first - timedelta(days=5)).isoformat(),
                  "state": state}  # fmt: skip
        course = self._insert("courses", values)
        for at in courses.planned_sessions(first.isoformat(), last.isoformat()):
            self._insert("course_sessions", {"course_id": course, "date": at.day, "half_day": at.half})
        return course

    def _sign_up(self, course: int, person: int, day: date) -> int:
        return self._insert("training_signups", {
            "person_id": person, "course": course, "sign_up_state": SIGNED_UP, "signed_up_on": day.isoformat(),
            "level": self._held.get(person), "lodging": self._source.randint(0, 1),
        })  # fmt: skip

    def _attended(self, course: int, first: date, person: int) -> None:
        sign_up = self._sign_up(course, person, first - timedelta(days=10))
        last = (first + timedelta(days=1)).isoformat()
        for at in courses.planned_sessions(first.isoformat(), last):
            mark = self._source.choices((PRESENT, LATE, ABSENT), (8, 1, 1))[0]
            self._insert(
                "attendance", {"training_signup_id": sign_up, "date": at.day, "half_day": at.half, "mark": mark}
            )

    def _insert(self, kind: str, values: Mapping[str, Value]) -> int:
        return insert(self._opened, self._change, kind, values)


def insert(opened: OpenRegister, change: Transaction, kind: str, values: Mapping[str, Value]) -> int:
    """With the defaults of the fields that are not given."""
    defaults = {field.key: field.default for field in opened.catalogue[kind].fields}
    return change.insert(kind, {**defaults, **values})
