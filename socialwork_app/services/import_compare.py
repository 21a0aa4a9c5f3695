"""Import: what becomes of a row, by what stands. Here is what all kinds share, and those found by their label alone.

Nothing is written: the result is a plan for each record to be made or changed.
"""

from collections.abc import Mapping
from typing import Any

from socialwork_app.domain import imports
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import ImportKind, Mode, Outcome
from socialwork_app.domain.problems import error, warning
from socialwork_app.domain.rules import RuleTable
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import CellChange, Shown
from socialwork_app.services.import_standing import Standing
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Planned = tuple[Outcome, list[CellChange]]


class Comparison:
    """`plans` grows as rows are compared: what an earlier row of the file will make stands for the later ones. So do
    the 管理号 in `numbers`, each with its person."""

    def __init__(
        self, opened: OpenRegister, kind: ImportKind, mode: Mode, references: References, rules: RuleTable,
        standing: Standing,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.mode = mode
        self.standing = standing
        self.rules = rules
        self.today = opened.today()
        self.main = opened.catalogue[kind.registers[0]]
        self.plans: dict[object, Plan] = {}
        self.numbers: dict[str, Plan] = {}
        self._shown = Shown(opened.parser, references)
        self._fields = {key: {f.key: f for f in opened.catalogue[key].fields} for key in kind.registers}
        self._defaults = {key: {f.key: f.default for f in opened.catalogue[key].fields} for key in kind.registers}

    def plan(self, entry: Entry) -> Planned:
        """By the label: the other kinds have their own way."""
        values = entry.values[self.main.key]
        key = values[self.main.label_field]
        plan, first = self.plan_for((self.main.key, key), self.main.key, values, self.standing.by_label.get(str(key)))
        return self.settled(entry, plan, values, first)

    def find_person(self, entry: Entry, values: Mapping[str, Value]) -> dict[str, Any] | None:
        """By ID number; else by name with the same phone or unit. Two that fit are never decided here."""
        number = values.get("id_number")
        if number and number in self.standing.by_id_number:
            return self.standing.by_id_number[str(number)]
        named = self.standing.by_name.get(str(values.get("name")), [])
        same = [row for row in named if not (number and row["id_number"]) and _same_phone_or_unit(row, values)]
        if len(same) > 1:
            entry.problems.append(error("person.ambiguous", "name", count=len(same)))
        elif not same and not number and named:
            entry.problems.append(warning("person.same_name", "name"))
        return same[0] if len(same) == 1 else None

    def plan_for(
        self, key: object, register: str, values: Mapping[str, Value], found: Mapping[str, Any] | None
    ) -> tuple[Plan, bool]:
        """The record's plan and whether this is the first row that names it."""
        if key in self.plans:
            return self.plans[key], False
        stands = dict(found) if found else self.filled(register, values)
        plan = self.plans[key] = Plan(register, int(found["id"]) if found else None, stands, {})
        return plan, True

    def filled(self, register: str, values: Mapping[str, Value]) -> dict[str, Value]:
        """A new record: the given values, defaults elsewhere."""
        return {**self._defaults[register], **values}

    def settled(self, entry: Entry, plan: Plan, values: Mapping[str, Value], first: bool) -> Planned:
        if plan.new and first:
            return Outcome.CREATED, []
        if not plan.new and self.mode is Mode.SKIP:
            return Outcome.SKIPPED, []
        cells = self.change(entry, plan, values)
        return (Outcome.UPDATED if cells else Outcome.UNCHANGED), cells

    def change(self, entry: Entry, plan: Plan, values: Mapping[str, Value]) -> list[CellChange]:
        fields, shown = self._fields[plan.register], self._shown
        changed, kept = imports.changes(fields, plan.values, values, self.mode)
        cells = [CellChange(fields[key], plan.values.get(key), value, shown) for key, value in changed.items()]
        for field_ in kept:
            given = shown.text(field_, values[field_.key])
            stands = shown.text(field_, plan.values.get(field_.key))
            entry.problems.append(warning("import.kept", field_.key, label=field_.label, given=given, stands=stands))
        plan.values.update(changed)
        if not plan.new:
            plan.changed.update(changed)
        return cells

    def children(self, owner: Plan, register: str) -> list[Plan]:
        """What belongs to the owner, in the register and in the file so far."""
        children = [child for child in owner.children if child.register == register] if owner.children else []
        if not children and owner.id is not None:
            children = [Plan(register, row["id"], row, {}) for row in self.standing.children(register, owner.id)]
            owner.children += children
        return children


def _same_phone_or_unit(row: Mapping[str, Any], values: Mapping[str, Value]) -> bool:
    return any(row[key] and row[key] == values.get(key) for key in ("phone", "employer"))
