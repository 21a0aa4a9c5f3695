"""Rules of the profession as a dated table: which number holds on a day, and which document says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.spells import holds_on
from socialwork_app.foundation.errors import DomainError


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` is text as the table holds it; `trust` is 已核实 or says what is missing."""

    rule: str
    title: str
    value: str
    unit: str
    valid_from: str
    valid_to: str
    document: str
    article: str
    trust: str

    def holds(self, day: date) -> bool:
        return holds_on((self.valid_from, self.valid_to), day)


class RuleTable:
    """Old periods are judged by old rules: ask with the day that the matter belongs to."""

    def __init__(self, rows: Iterable[Mapping[str, Value]]) -> None:
        self.rules = tuple(Rule(*(str(row.get(name) or "") for name in Rule.__slots__)) for row in rows)
        self._found: dict[tuple[str, date, bool], Rule] = {}  # the same few are asked for row by row

    def on(self, name: str, day: date, *, or_first: bool = False) -> Rule:
        """The rule in force on a day; of several the one that came last. `or_first`: what is older than the oldest rule
        is judged by that one, as a certificate of 2008 has a first registration too."""
        key = (name, day, or_first)
        if key not in self._found:
            self._found[key] = self._look_up(name, day, or_first)
        return self._found[key]

    def _look_up(self, name: str, day: date, or_first: bool) -> Rule:
        known = [rule for rule in self.rules if rule.rule == name]
        holding = [rule for rule in known if rule.holds(day)]
        if holding:
            return max(holding, key=lambda rule: rule.valid_from)
        if not known or not or_first:
            raise DomainError("rule.missing", rule=name, day=day.isoformat())
        return min(known, key=lambda rule: rule.valid_from)

    def number(self, name: str, day: date, *, or_first: bool = False) -> int:
        rule = self.on(name, day, or_first=or_first)
        try:
            return int(rule.value)
        except ValueError as error:
            raise DomainError("rule.not_a_number", rule=rule.title, value=rule.value) from error
