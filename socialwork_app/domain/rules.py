"""Rules of the profession as a dated table: which number holds on a day, and which document says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
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
        begun = not self.valid_from or PartialDate.parse(self.valid_from).earliest() <= day
        return begun and (not self.valid_to or PartialDate.parse(self.valid_to).latest() >= day)


class RuleTable:
    """Old periods are judged by old rules: ask with the day that the matter belongs to."""

    def __init__(self, rows: Iterable[Mapping[str, Value]]) -> None:
        self.rules = tuple(Rule(*(str(row.get(name) or "") for name in Rule.__slots__)) for row in rows)
        self._found: dict[tuple[str, date], Rule] = {}  # the same few are asked for row by row

    def on(self, name: str, day: date) -> Rule:
        """The rule in force on a day; of several the one that came last."""
        if (name, day) not in self._found:
            self._found[name, day] = self._look_up(name, day)
        return self._found[name, day]

    def _look_up(self, name: str, day: date) -> Rule:
        holding = [rule for rule in self.rules if rule.rule == name and rule.holds(day)]
        if not holding:
            raise DomainError("rule.missing", rule=name, day=day.isoformat())
        return max(holding, key=lambda rule: rule.valid_from)

    def number(self, name: str, day: date) -> int:
        rule = self.on(name, day)
        try:
            return int(rule.value)
        except ValueError as error:
            raise DomainError("rule.not_a_number", rule=rule.title, value=rule.value) from error
