"""The short way to the total of a running period, for the many whose case is plain; all others go through `hours`.

Plain is who holds one certificate and has no degree among the records, whose period begins and ends on the very days that
one registration states, and to whom nothing is carried. Then the level is that of the certificate, no other period
matters, and the hours are the sum of what counts between the two days.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from socialwork_app.domain.hours import Total, carries, hours_required, needs_proof, total_of
from socialwork_app.domain.periods import Period, Registration, periods
from socialwork_app.domain.rules import RuleTable

Stated = tuple[int, str, str | None, str | None, str | None, float | None]
"""A certificate's id and level; of a registration kind, registered_on, valid_until; the sum of the hundredths of a 小时
that count from the first day to the last, None where the day asked for does not lie between them, UNCOUNTABLE or more
where there is a degree."""
StatedPeriod = tuple[str, str | None, str | None, str | None]
"""Of these the level, registration kind, registered_on, valid_until."""
UNCOUNTABLE = 10**12
EXACT = len("2026-01-01")
_Asked = tuple[Period, bool, dict[float, Total]]
"""A period, whether it has the surplus of the one before, and the totals that were met, by their hundredths."""


class NotPlain(Exception):  # noqa: N818 - an answer, not an error
    """The short way does not lead there."""


class PlainHours:
    """As of one day. Remembers what it has worked out: the same dates and hours come again person by person."""

    def __init__(self, day: date, rules: RuleTable) -> None:
        self.needs_proof = needs_proof(day, rules)
        """By this the hours are to be summed; a period that ends under another rule is not plain."""
        self._day, self._rules, self._today = day, rules, day.isoformat()
        self._periods: dict[StatedPeriod, _Asked | None] = {}
        self._totals: dict[int, dict[float, Total]] = {}

    def running(self, rows: Sequence[Stated]) -> tuple[Period, Total] | None:
        """From all certificates of a person and their registrations; None where no period runs. NotPlain."""
        row = rows[0] if len(rows) == 1 else self._last(rows)
        return self.of_lone(row[1:5], row[5], preceded=len(rows) > 1)

    def of_lone(
        self, key: StatedPeriod, hundredths: float | None, *, preceded: bool = False
    ) -> tuple[Period, Total] | None:
        """The same from the only registration, as nearly all have; or from the last, if those that `preceded` are gone."""
        try:
            found = self._periods[key]
        except KeyError:
            found = self._periods[key] = self._period(*key)
        if found is None:
            return None
        period, carried, totals = found
        if hundredths is None or hundredths >= UNCOUNTABLE or (preceded and carried):
            raise NotPlain
        total = totals.get(hundredths)
        if total is None:
            total = totals[hundredths] = total_of(hours_required(period, self._rules), round(hundredths))
        return period, total

    def _last(self, rows: Sequence[Stated]) -> Stated:
        """The one registration that is left when those are gone that were over before the day and begin before all
        others: such a one limits nothing but its own period."""
        ordered = sorted(rows, key=lambda row: row[3] or "")
        for (certificate, _, _, since, until, _), then in pairwise(ordered):
            begun, ended, next_begun = since or "", until or "", then[3] or ""
            exact = len(begun) == len(ended) == EXACT
            if certificate != then[0] or not (exact and ended < self._today and begun < next_begun):
                raise NotPlain
        return ordered[-1]

    def _period(self, level: str, kind: str | None, since: str | None, until: str | None) -> _Asked | None:
        own = periods([Registration(kind, since, until)], level, (), self._rules)
        period = next((one for one in own if one.holds(self._day)), None)
        if period is None:
            return None
        as_stated = (period.since.isoformat(), period.until.isoformat()) == (since, until)
        if not as_stated or needs_proof(period.until, self._rules) is not self.needs_proof:
            raise NotPlain
        totals = self._totals.setdefault(hours_required(period, self._rules), {})
        return period, carries(period.until, self._rules), totals
