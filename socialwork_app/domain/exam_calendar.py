"""The exam year's days: what opens, closes and is awaited, as of a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.exam_entries import FIRST_YEAR
from socialwork_app.domain.exams import Sitting
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Problem, error

YEARS_AHEAD = 5
"""As far ahead as the forecast goes; a year beyond is mistyped."""


def check(values: Mapping[str, Value], today: date) -> list[Problem]:
    """Of an exam year as it is to stand: everything about exams reads all of them."""
    year = int(values["year"] or 0)
    fits = FIRST_YEAR <= year <= today.year + YEARS_AHEAD
    return [] if fits else [error("exam.no_such_year", "year", year=year)]


@dataclass(frozen=True, slots=True)
class Appointment:
    """`code` makes the sentence; `due` is the day by which something is to be done, or on which it begins."""

    code: str
    year: int
    due: date
    text: str
    days: int


def appointments(sitting: Sitting, day: date, ahead: int, *, scores_missing: bool) -> Iterator[Appointment]:
    """What is to be said on a day, so many days ahead. Where only a month is known, its first or last day is meant."""
    for code, text, last in (
        ("exam.sign_up_opens", sitting.sign_up_from, False),
        ("exam.sign_up_closes", sitting.sign_up_to, True),
        ("exam.fee_closes", sitting.fee_until, True),
        ("exam.begins", sitting.exam_from, False),
        ("exam.scores_expected", sitting.scores_on, False),
    ):
        if not text:
            continue
        known = PartialDate.parse(text)
        due = known.latest() if last else known.earliest()
        if 0 <= (due - day).days <= ahead:
            yield Appointment(code, sitting.year, due, text, (due - day).days)
    ended = sitting.ended_on
    if scores_missing and ended is not None and ended < day:
        yield Appointment("exam.scores_missing", sitting.year, ended, sitting.exam_to or sitting.exam_from, 0)
