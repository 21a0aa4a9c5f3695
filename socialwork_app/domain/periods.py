"""The registration periods in which hours of continuing education are asked for, and of which level.

All numbers come from the rule table, as it stands on the last day of a period.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from socialwork_app.domain import registrations
from socialwork_app.domain.exams import LEVELS
from socialwork_app.domain.learning import Span, span
from socialwork_app.domain.rules import RuleTable

HELD_AT_START = "held_at_start"
CHANGE = "change"
_DAY = timedelta(days=1)


class Registration(NamedTuple):
    """`kind`: first, renewal, change or cancelled; ISO dates as precise as they are known."""

    kind: str | None
    registered_on: str | None
    valid_until: str | None


class Holding(NamedTuple):
    """A certificate of the person."""

    level: str
    approved_on: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """A registration period, first and last day counted; `level` is the one whose hours are required.
    `others`: the person's other periods, in which a degree may have had its hours."""

    since: date
    until: date
    level: str
    others: tuple[Span, ...] = ()

    def holds(self, day: date) -> bool:
        return self.since <= day <= self.until


def periods(
    rows: Iterable[Registration], level: str, holdings: Iterable[Holding], rules: RuleTable
) -> tuple[Period, ...]:
    """The registration periods of one certificate of that level, oldest first, none overlapping.

    A first or renewed registration begins one, which ends with its validity or the day before the next registration or
    the cancellation. Imprecise dates are read at their widest. Without a day of registration, or an end that is stated or
    can be worked out, there is none. `holdings`: all certificates of the person, whose periods `together` joins.
    """
    known, spans = tuple(holdings), _spans(rows, rules)
    own = tuple(Period(first, last, _level(level, known, first, last, rules)) for first, last in spans)
    return together([own])[0]


def together(several: Sequence[Sequence[Period]]) -> list[tuple[Period, ...]]:
    """The periods of all certificates of one person, each knowing the others: a degree has its hours once in them all.

    Where periods of two certificates overlap, what was learnt in the overlap counts for both.
    """
    spans = sorted({(one.since, one.until) for own in several for one in own})
    return [tuple(_among(spans, one) for one in own) for own in several]


def _among(spans: Sequence[Span], one: Period) -> Period:
    others = tuple(other for other in spans if other != (one.since, one.until))
    return Period(one.since, one.until, one.level, others)


def _spans(rows: Iterable[Registration], rules: RuleTable) -> list[Span]:
    edges = [*sorted(edge for row in rows if (edge := _edge(row, rules))), (date.max, True, date.min)]
    ends = ((since, cancelled, min(until, then - _DAY)) for (since, cancelled, until), (then, _, _) in pairwise(edges))
    return [(since, last) for since, cancelled, last in ends if since <= last and not cancelled]


def _edge(row: Registration, rules: RuleTable) -> tuple[date, bool, date] | None:
    """From which day, whether a cancellation, until which day; None for what neither begins nor ends a period."""
    if row.kind == CHANGE or not row.registered_on:
        return None
    first, last = span(row.registered_on)
    if row.kind == registrations.CANCELLED:
        return last, True, date.min
    until = row.valid_until or registrations.expiry(row.registered_on, rules)
    return (first, False, span(until)[1]) if until else None


def _level(own: str, holdings: Iterable[Holding], first: date, last: date, rules: RuleTable) -> str:
    """The highest level held at the end or at the start of a period; 2021 is held from 2021-01-01 on."""
    at_start = rules.on("education.level_change", last, or_first=True).value == HELD_AT_START
    day = first if at_start else last
    held = {one.level for one in holdings if one.approved_on and span(one.approved_on)[0] <= day}
    return max({own, *held}, key=LEVELS.index)
