"""The short way to the total of a running period, for the many whose case is plain; all others go through `hours`.

Plain is who holds one certificate and has no degree among the records, whose period begins and ends on the very days that
one registration states, and to whom nothing is carried. Then the level is that of the certificate, no other period
matters, and the hours are the sum of what counts between the two days.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from socialwork_app.domain.hours import (
    Period,
    Registration,
    Total,
    carries,
    hours_required,
    needs_proof,
    periods,
    total_of,
)
from socialwork_app.domain.rules import RuleTable

Stated = tuple[str, str | None, str | None, str | None, float | None]
"""A certificate's level; of a registration kind, registered_on, valid_until; the sum of the 小时 that count from the first
day to the last, None where the day asked for does not lie between them, UNCOUNTABLE or more where there is a degree or a
record more precise than hundredths."""
UNCOUNTABLE = 1e9
EXACT = len("2026-01-01")


class NotPlain(Exception):  # noqa: N818 - an answer, not an error
    """The short way does not lead there."""


class PlainHours:
    """As of one day. Remembers what it has worked out: the same dates and hours come again person by person."""

    def __init__(self, day: date, rules: RuleTable) -> None:
        self.needs_proof = needs_proof(day, rules)
        """By this the hours are to be summed; a period that ends under another rule is not plain."""
        self._day, self._rules, self._today = day, rules, day.isoformat()
        self._periods: dict[tuple[object, ...], tuple[Period, dict[float, Total]] | None] = {}
        self._totals: dict[int, dict[float, Total]] = {}

    def running(self, rows: Sequence[Stated]) -> tuple[Period, Total] | None:
        """From all registrations of the only certificate of a person; None where no period runs. NotPlain."""
        several = len(rows) > 1
        level, kind, since, until, hours = self._last(rows) if several else rows[0]
        key = level, kind, since, until, several
        try:
            found = self._periods[key]
        except KeyError:
            found = self._periods[key] = self._period(level, Registration(kind, since, until), after_others=several)
        if found is None:
            return None
        if hours is None or hours >= UNCOUNTABLE:
            raise NotPlain
        period, totals = found
        if hours not in totals:
            totals[hours] = total_of(hours_required(period, self._rules), round(hours * 100))
        return period, totals[hours]

    def _last(self, rows: Sequence[Stated]) -> Stated:
        """The one registration that is left when those are gone that were over before the day and begin before all
        others: such a one limits nothing but its own period."""
        ordered = sorted(rows, key=lambda row: row[2] or "")
        for (_, _, since, until, _), then in pairwise(ordered):
            begun, ended, next_begun = since or "", until or "", then[2] or ""
            exact = len(begun) == len(ended) == EXACT
            if not (exact and ended < self._today and begun < next_begun):
                raise NotPlain
        return ordered[-1]

    def _period(self, level: str, row: Registration, *, after_others: bool) -> tuple[Period, dict[float, Total]] | None:
        own = periods([row], level, (), self._rules)
        period = next((one for one in own if one.holds(self._day)), None)
        if period is None:
            return None
        as_stated = (period.since.isoformat(), period.until.isoformat()) == (row.registered_on, row.valid_until)
        alike = needs_proof(period.until, self._rules) is self.needs_proof
        if not as_stated or not alike or (after_others and carries(period.until, self._rules)):
            raise NotPlain
        return period, self._totals.setdefault(hours_required(period, self._rules), {})
