"""Import: what becomes of a row, by what stands. Here is what all kinds share, and those found by their label alone.

Nothing is written: the result is a plan for each record to be made or changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from socialwork_app.domain import imports
from socialwork_app.domain.fields.field import Field, Value
from socialwork_app.domain.imports import Mode, Outcome
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.domain.rules import RuleTable
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import Candidate, CellChange, Question, Shown
from socialwork_app.services.import_standing import Row, Standing
from socialwork_app.services.import_tables import Reading, RowProblem
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Planned = tuple[Outcome, list[CellChange]]


class Comparison:
    """`plans` grows as rows are compared: what an earlier row of the file will make stands for the later ones. So do
    the 管理号 in `numbers`, each with its person, and in `made` the people who are new, by name and by the row that makes
    them. `questions`: of the rows whose person can't be told. `_steps`: how to take back what the row at hand has planned."""

    def __init__(
        self, opened: OpenRegister, reading: Reading, mode: Mode, references: References, rules: RuleTable,
        standing: Standing,
    ) -> None:  # fmt: skip
        self.opened = opened
        self.reading = reading
        self.kind = kind = reading.kind
        self.mode = mode
        self.standing = standing
        self.rules = rules
        self.today = opened.today()
        self.main = opened.catalogue[kind.registers[0]]
        self.plans: dict[object, Plan] = {}
        self.numbers: dict[str, Plan] = {}
        self.made: dict[str, dict[tuple[str, int], Mapping[str, Value]]] = {}
        self.made_numbers: dict[str, tuple[str, int]] = {}
        self.questions: dict[tuple[str, int], Question] = {}
        self._steps: list[Callable[[], object]] = []
        self._once: dict[tuple[str, Value], int | Plan] = {}
        self._shown = Shown(opened.parser, references)
        self._fields = {key: {f.key: f for f in opened.catalogue[key].fields} for key in kind.registers}
        self._defaults = {key: {f.key: f.default for f in opened.catalogue[key].fields} for key in kind.registers}

    def begin(self, entries: Sequence[Entry]) -> None:
        """What has to be known of all rows before the first is compared."""

    def remarks(self) -> Iterable[RowProblem]:
        """What is to be said of the file as a whole, after the last."""
        return ()

    def compare(self, entry: Entry) -> Planned:
        """What becomes of a row. One that turns out to be wrong leaves nothing planned."""
        self._steps.clear()
        outcome, cells = self.plan(entry)
        if not entry.rejected:
            return outcome, cells
        for take_back in reversed(self._steps):
            take_back()
        return Outcome.REJECTED, []

    def plan(self, entry: Entry) -> Planned:
        """By the label: the other kinds have their own way."""
        values = entry.values[self.main.key]
        key = values[self.main.label_field]
        plan, first = self.plan_for((self.main.key, key), self.main.key, values, self.standing.by_label.get(str(key)))
        planned = self.settled(entry, plan, values, first)
        self._refuse_taken(entry, plan, values)
        return planned

    def _refuse_taken(self, entry: Entry, plan: Plan, values: Mapping[str, Value]) -> None:
        """What may stand once belongs to the first that has it, in the register or in the file."""
        for field_ in self.main.fields:
            value = values.get(field_.key)
            if field_.unique and value is not None and plan.values[field_.key] == value:
                stands = self.standing.once.get((field_.key, value))
                holder = self._once.setdefault((field_.key, value), plan if stands is None else stands)
                if holder not in (plan.id, plan):
                    entry.problems.append(error("field.taken", field_.key, label=field_.label))

    def find_person(self, entry: Entry, values: Mapping[str, Value]) -> Row | None:
        """By ID number; else by name with the same phone or unit. Two that fit are never decided here, but asked for."""
        number = values.get("id_number")
        if number and number in self.standing.by_id_number:
            return self.standing.by_id_number[str(number)]
        if ("id", number) in self.plans or number in self.made_numbers:  # of somebody whom an earlier row makes
            return None
        named = self.namesakes(entry, values)
        if not named:
            return None
        named = [row for row in named if not (number and row["id_number"])]
        answer = self.reading.people.get((entry.table.sheet, entry.number)) if self.reading.people else None
        if answer is not None:
            return next((row for row in named if row["id"] == answer), None)
        same = self.alike(named, values)
        if len(same) > 1:
            self._ask(entry, same, error("person.ambiguous", "name", count=len(same)))
        elif not same and not number and named:
            lone = error("person.namesakes", "name", count=len(named))
            self._ask(entry, named, lone if self.kind.unnumbered else warning("person.same_name", "name"))
        return same[0] if len(same) == 1 else None

    def namesakes(self, _entry: Entry, values: Mapping[str, Value]) -> Sequence[Row]:
        return self.standing.by_name.get(str(values.get("name")), ())

    def alike(self, named: Sequence[Row], values: Mapping[str, Value]) -> Sequence[Row]:
        """Those of the same name who are, as far as can be told, the one that is meant."""
        return [row for row in named if same_phone_or_unit(row, values)]

    def _ask(self, entry: Entry, rows: Sequence[Row], problem: Problem) -> None:
        entry.problems.append(problem)
        shown, people = self._shown, self._fields["people"]
        told = ("name", "employer", "phone", "id_number")
        candidates = (
            Candidate(row["id"], "　".join(shown.text(people[key], row[key]) for key in told if row[key]))
            for row in rows
        )
        numbered = self.kind.makes_person and bool(entry.values["people"].get("id_number"))
        may_be_new = numbered or self.kind.unnumbered or not self.kind.finds_person
        self.questions[entry.table.sheet, entry.number] = Question(tuple(candidates), may_be_new)

    def plan_for(
        self, key: object, register: str, values: Mapping[str, Value], found: Mapping[str, Any] | None
    ) -> tuple[Plan, bool]:
        """The record's plan and whether this is the first row that names it."""
        if key in self.plans:
            return self.plans[key], False
        stands = dict(found) if found else self.filled(register, values)
        plan = self.plans[key] = Plan(register, int(found["id"]) if found else None, stands, {})
        self._steps.append(partial(self.plans.pop, key))
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
        cells = [self.cell_change(fields[key], plan.values.get(key), value) for key, value in changed.items()]
        for field_ in kept:
            given = shown.text(field_, values[field_.key])
            stands = shown.text(field_, plan.values.get(field_.key))
            entry.problems.append(warning("import.kept", field_.key, label=field_.label, given=given, stands=stands))
        if changed:
            self.set_values(plan, changed)
        return cells

    def set_values(self, plan: Plan, changed: Mapping[str, Value]) -> None:
        """So that a later row finds somebody by the number that this one brings."""
        self._steps.append(partial(_restore, plan, dict(plan.values), dict(plan.changed)))
        plan.values.update(changed)
        if plan.new:
            return
        plan.changed.update(changed)
        if plan.register == "people" and (number := changed.get("id_number")):
            self.standing.by_id_number[str(number)] = {**plan.values, "id": plan.id}
            self._steps.append(partial(self.standing.by_id_number.pop, str(number)))

    def add_child(self, owner: Plan, made: Plan) -> None:
        owner.children.append(made)
        self._steps.append(lambda: owner.children.remove(made))

    def cell_change(self, field_: Field, stands: Value, given: Value) -> CellChange:
        return CellChange(field_, stands, given, self._shown)

    def children(self, owner: Plan, register: str) -> list[Plan]:
        """What belongs to the owner, in the register and in the file so far."""
        children = [child for child in owner.children if child.register == register] if owner.children else []
        if not children and owner.id is not None:
            children = [Plan(register, row["id"], row, {}) for row in self.standing.children(register, owner.id)]
            owner.children += children
        return children


def _restore(plan: Plan, values: dict[str, Value], changed: dict[str, Value]) -> None:
    plan.values, plan.changed = values, changed


def same_phone_or_unit(row: Mapping[str, Any], values: Mapping[str, Value]) -> bool:
    return any(row.get(key) and row[key] == values.get(key) for key in ("phone", "employer"))
