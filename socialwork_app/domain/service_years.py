"""Years of social work, counted from spells of work: overlaps once, calendar by calendar.

Every day is a share of its month and every February has 28 days' worth, so that a year from whatever day is twelve months
to the unit, spells add up without rounding, and a day more never makes less.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from socialwork_app.domain.partial_date import PartialDate

DAYS_A_MONTH = 30
"""In how many days what is left beside whole months is told."""
_MONTH = 2 * 13_020
"""Units a month: the least that 28, 30 and 31 days divide, twice since two days of a leap February share one day's worth."""
Span = tuple[date, date]
"""First and last day, both counted."""


@dataclass(frozen=True, slots=True)
class Spell:
    """ISO dates as precise as they are known; without `until` it goes on."""

    since: str
    until: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """Whole months and the days beside them (fewer than 30)."""

    months: int
    days: int

    @property
    def years(self) -> float:
        """To two places, cut off: 2.99 never reads as 3."""
        return (self.months * DAYS_A_MONTH + self.days) * 100 // (12 * DAYS_A_MONTH) / 100


def counted(
    spells: Sequence[Spell], away: Sequence[Spell], after: date | None, last: date, *, generous: bool
) -> Length:
    """The time of all spells up to `last`, without the times `away` (full-time study) and before `after`.

    Where dates are not exact, `generous` takes the longest reading and otherwise the shortest.
    """
    spans = [_span(spell, last, wide=generous) for spell in spells]
    gone = [_span(spell, last, wide=not generous) for spell in away]
    if after is not None:
        spans = [(max(first, after), end) for first, end in spans]
    return _total(_without(_merged(spans), _merged(gone)))


def _span(spell: Spell, last: date, *, wide: bool) -> Span:
    first, until = _dates(spell.since)[0 if wide else 1], last
    if spell.until:
        until = min(_dates(spell.until)[1 if wide else 0], last)
    return first, until


@lru_cache(maxsize=8_192)
def _dates(text: str) -> Span:
    """The earliest and the latest day that the text can mean."""
    known = PartialDate.parse(text)
    return known.earliest(), known.latest()


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Apart and in order; spans that touch become one."""
    merged: list[Span] = []
    for first, end in sorted(span for span in spans if span[0] <= span[1]):
        if merged and first <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((first, end))
    return merged


def _without(spans: Sequence[Span], gone: Sequence[Span]) -> list[Span]:
    left = list(spans)
    day = timedelta(days=1)
    for out, back in gone:
        left = [
            part
            for first, end in left
            for part in ((first, min(end, out - day)), (max(first, back + day), end))
            if part[0] <= part[1]
        ] if any(first <= back and out <= end for first, end in left) else left  # fmt: skip
    return _merged(left)


def _total(spans: Iterable[Span]) -> Length:
    months, rest = divmod(sum(_place(end + timedelta(days=1)) - _place(first) for first, end in spans), _MONTH)
    return Length(months, min(-(-rest * DAYS_A_MONTH // _MONTH), DAYS_A_MONTH - 1))


@lru_cache(maxsize=8_192)
def _place(day: date) -> int:
    """Units from the year 0 to the beginning of a day. In a leap year 28 and 29 February are half a day's worth each."""
    months = day.year * 12 + day.month - 1
    if day.month == 2:
        worth = _MONTH // 28
        return months * _MONTH + (27 * worth + worth // 2 if day.day == 29 else (day.day - 1) * worth)
    return months * _MONTH + (day.day - 1) * (_MONTH // calendar.monthrange(day.year, day.month)[1])
