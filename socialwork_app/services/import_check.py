"""Import, stage three: how each row differs from what stands, and so what is to be made or changed.

Nothing is written here. The result is a plan: people, certificates and registrations to be made or changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from socialwork_app.domain import exam_entries, imports, registrations
from socialwork_app.domain.exams import SUBJECT_KEYS
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.imports import Mode, Outcome
from socialwork_app.domain.problems import Severity, error, warning
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.domain.values import Parser
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import import_lookup
from socialwork_app.services import import_scores
from socialwork_app.services.import_entries import Entries, Entry
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_standing import Standing
from socialwork_app.services.import_tables import LeftOutRow, Reading, RowProblem
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References


class Shown(NamedTuple):
    """How values are shown in a preview."""

    parser: Parser
    references: References

    def text(self, field_: Field, value: Value) -> str:
        if field_.kind is Kind.REFERENCE:
            return self.references.label(field_, value)
        return self.parser.display(field_, value, masked=True)


class CellChange(NamedTuple):
    """Its texts are made when they are looked at: of most rows nobody does."""

    field: Field
    stands: Value
    given: Value
    shown: Shown

    @property
    def label(self) -> str:
        return self.field.label

    @property
    def old(self) -> str:
        return self.shown.text(self.field, self.stands)

    @property
    def new(self) -> str:
        return self.shown.text(self.field, self.given)


class PreviewRow(NamedTuple):
    """A tuple, like the cells in it: an import makes as many as the file has rows."""

    sheet: str
    number: int
    outcome: Outcome
    name: str
    cells: tuple[CellChange, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying would do. `plans` are for `import_write`; `seen_change` tells whether the register moved on."""

    reading: Reading
    rows: tuple[PreviewRow, ...]
    problems: tuple[RowProblem, ...]
    counts: Mapping[str, int]
    left_out: tuple[LeftOutRow, ...]
    plans: tuple[Plan, ...]
    references: References
    seen_change: int


BEST_FIRST = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)


def check(opened: OpenRegister, reading: Reading, mode: Mode, control: Control) -> Preview:
    return _Check(opened, reading, mode).run(control)


class _Check:
    def __init__(self, opened: OpenRegister, reading: Reading, mode: Mode) -> None:
        self.opened = opened
        self.reading = reading
        self.kind = reading.kind
        self.mode = mode
        self.references = References(opened)
        self.shown = Shown(opened.parser, self.references)
        self.rules = opened.rules()
        self.today = opened.today()
        self.main = opened.catalogue[self.kind.registers[0]]
        self.fields = {key: {f.key: f for f in opened.catalogue[key].fields} for key in self.kind.registers}
        self.defaults = {key: {f.key: f.default for f in opened.catalogue[key].fields} for key in self.kind.registers}
        self.plans: dict[object, Plan] = {}
        self.numbers: dict[str, Plan] = {}

    def run(self, control: Control) -> Preview:
        entries = Entries(self.opened, self.reading, self.references, self.rules).all(control)
        total = len(entries)
        with self.opened.database.read() as connection:
            self.seen = import_lookup.newest_change(connection, self.opened.schema)
            self.standing = Standing(connection, self.opened, entries, self.kind)
        rows = [self._plan_row(entry) for entry in control.each(entries, total, "compare")]
        unlisted = import_scores.not_in_list(self.opened, self.plans.values()) if not self.kind.makes_items else ()
        problems = (*self._unmatched(), *unlisted, *(problem for row in rows for problem in row.problems))
        counts = {str(outcome): 0 for outcome in Outcome}
        for row in rows:
            counts[row.outcome] += 1
        left_out = self.reading.left_out + tuple(row for table in self.reading.tables for row in table.left_out)
        return Preview(self.reading, tuple(rows), problems, {"read": len(rows), **counts}, left_out,
                       tuple(self.plans.values()), self.references, self.seen)  # fmt: skip

    # comparing with what stands

    def _plan_row(self, entry: Entry) -> PreviewRow:
        name = str((entry.values.get("people") or entry.values[self.main.key]).get("name") or "")
        outcome, cells = Outcome.REJECTED, list[CellChange]()
        if not entry.rejected:
            outcome, cells = self._plan(entry)
        if entry.rejected:
            outcome, cells = Outcome.REJECTED, []
        said = self._said(entry) if entry.problems else ()
        return PreviewRow(entry.table.sheet, entry.number, outcome, name, tuple(cells), said)

    def _plan(self, entry: Entry) -> tuple[Outcome, list[CellChange]]:
        if self.main.key == "people":
            return self._plan_person(entry)
        if self.kind.finds_person:
            return self._plan_child(entry)
        return self._plan_plain(entry)

    def _plan_plain(self, entry: Entry) -> tuple[Outcome, list[CellChange]]:
        values = entry.values[self.main.key]
        key = values[self.main.label_field]
        plan, first = self._plan_for((self.main.key, key), self.main.key, values, self.standing.by_label.get(str(key)))
        return self._settled(entry, plan, values, first)

    def _plan_person(self, entry: Entry) -> tuple[Outcome, list[CellChange]]:
        values = entry.values["people"]
        found = self._find_person(entry, values)
        if entry.rejected:
            return Outcome.REJECTED, []
        key: object = ("id", values["id_number"]) if values.get("id_number") else ("name", values["name"], values.get("phone")
                                                                                  or values.get("employer"))  # fmt: skip
        if found is not None:
            key = found["id"]
        plan, first = self._plan_for(key, "people", values, found)
        if plan.values.get("name") != values.get("name"):
            entry.problems.append(error("person.other_name", "name"))
            return Outcome.REJECTED, []
        if first:
            plan.first_row = entry.number
        else:
            entry.problems.append(warning("person.twice", "name", row=plan.first_row))
        if not self._may_hold(entry, plan):
            return Outcome.REJECTED, []
        if not plan.new and self.mode is Mode.SKIP:
            return Outcome.SKIPPED, []
        outcome, cells = self._settled(entry, plan, values, first)
        return self._with_certificates(entry, plan, outcome, cells)

    def _may_hold(self, entry: Entry, person: Plan) -> bool:
        """A 管理号 belongs to one person only, in the register and in the file."""
        for certificate in entry.certificates:
            number = certificate.get("certificate_number")
            if not number:
                continue
            holder = self.standing.holders.get(str(number))
            other = self.numbers.setdefault(str(number), person)
            if other is not person or (holder is not None and holder != person.id):
                entry.problems.append(error("certificate_number.other_person", "certificate_number"))
                return False
        return True

    def _find_person(self, entry: Entry, values: Mapping[str, Value]) -> dict[str, Any] | None:
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

    # what belongs to a person that stands

    def _plan_child(self, entry: Entry) -> tuple[Outcome, list[CellChange]]:
        owner, cells = self._owner(entry)
        if owner is None:
            return Outcome.REJECTED, []
        values = entry.values[self.main.key]
        if self.kind.same:
            outcome, changed = self._plan_item(entry, owner, values)
            cells += changed
        else:
            outcome = self._plan_equal(owner, values)
        if outcome is Outcome.UNCHANGED and cells:
            outcome = Outcome.UPDATED
        return outcome, cells

    def _owner(self, entry: Entry) -> tuple[Plan | None, list[CellChange]]:
        """The row's person and what changes of it; made where the kind allows it and the number tells who it is."""
        given = entry.values["people"]
        number = given.get("id_number")
        found = self.standing.by_id_number.get(str(number)) or self._find_otherwise(entry, given)
        if entry.rejected:
            return None, []
        if found is None and not (self.kind.makes_person and number):
            entry.problems.append(error("person.not_found", "name"))
            return None, []
        plan, first = self._plan_for(found["id"] if found else ("id", number), "people", given, found)
        if given.get("name") and plan.values.get("name") != given["name"]:
            entry.problems.append(error("person.other_name", "name"))
            return None, []
        changes = self.kind.makes_person and (found or not first) and self.mode is not Mode.SKIP
        return plan, self._change(entry, plan, given) if changes else []

    def _find_otherwise(self, entry: Entry, given: Mapping[str, Value]) -> dict[str, Any] | None:
        """By the unit of what hangs on the person, too; in score lists that name nobody by 报名序号."""
        item = entry.values[self.main.key]
        found = self._find_person(entry, {"employer": item.get("employer"), **given})
        return found if found or given.get("name") else self.standing.by_sign_up.get(str(item.get("sign_up_number")))

    def _plan_equal(self, owner: Plan, values: Mapping[str, Value]) -> Outcome:
        for child in self._children(owner, self.main.key):
            if all(child.values.get(key) == value for key, value in values.items()):
                return Outcome.UNCHANGED
        owner.children.append(Plan(self.main.key, None, self._filled(self.main.key, values), {}))
        return Outcome.CREATED

    def _plan_item(
        self, entry: Entry, owner: Plan, values: Mapping[str, Value]
    ) -> tuple[Outcome, list[CellChange]]:  # fmt: skip
        """An entry of an exam, found by year and level, made or changed."""
        fits = self._fitting(owner, values)
        year = values.get("year") or ""
        if len(fits) > 1:
            entry.problems.append(error("exam.several_entries", "level", count=len(fits)))
        elif not fits and not self.kind.makes_items:
            entry.problems.append(error("exam.no_entry", "level", year=year))
        if entry.rejected:
            return Outcome.REJECTED, []
        stands = fits[0].values if fits else self._filled(self.main.key, values)
        entry.problems += exam_entries.check({**stands, **values}, self.rules, self.today)
        if entry.rejected:
            return Outcome.REJECTED, []
        if fits:
            fits[0].first_row = fits[0].first_row or entry.number
            return self._settled(entry, fits[0], values, first=False)
        owner.children.append(Plan(self.main.key, None, {**stands, **exam_entries.complete(stands)}, {}))
        return Outcome.CREATED, []

    def _fitting(self, owner: Plan, values: Mapping[str, Value]) -> list[Plan]:
        """By number, else by year and level as far as the row has them; without a year what awaits its scores."""
        told = {key: values[key] for key in self.kind.same if key in values}
        fits = [child for child in self._children(owner, self.main.key) if told.items() <= child.values.items()]
        if len(fits) < 2:
            return fits
        number = values.get("sign_up_number")
        numbered = [child for child in fits if number and child.values["sign_up_number"] == number]
        if numbered:
            return numbered[:1]
        if not values.get("year"):
            fits = [child for child in fits if all(child.values.get(key) is None for key in SUBJECT_KEYS)] or fits
        return fits

    def _plan_for(
        self, key: object, register: str, values: Mapping[str, Value], found: Mapping[str, Any] | None
    ) -> tuple[Plan, bool]:
        """The record's plan and whether this is the first row that names it."""
        if key in self.plans:
            return self.plans[key], False
        stands = dict(found) if found else self._filled(register, values)
        plan = self.plans[key] = Plan(register, int(found["id"]) if found else None, stands, {})
        return plan, True

    def _filled(self, register: str, values: Mapping[str, Value]) -> dict[str, Value]:
        """A new record: the given values, defaults elsewhere."""
        return {**self.defaults[register], **values}

    def _settled(
        self, entry: Entry, plan: Plan, values: Mapping[str, Value], first: bool
    ) -> tuple[Outcome, list[CellChange]]:
        if plan.new and first:
            return Outcome.CREATED, []
        if not plan.new and self.mode is Mode.SKIP:
            return Outcome.SKIPPED, []
        cells = self._change(entry, plan, values)
        return (Outcome.UPDATED if cells else Outcome.UNCHANGED), cells

    def _change(self, entry: Entry, plan: Plan, values: Mapping[str, Value]) -> list[CellChange]:
        fields, shown = self.fields[plan.register], self.shown
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

    def _with_certificates(
        self, entry: Entry, person: Plan, outcome: Outcome, cells: list[CellChange]
    ) -> tuple[Outcome, list[CellChange]]:
        """A row's outcome is the best news in it: a new certificate of a known person is something created."""
        outcomes = [outcome]
        for given in entry.certificates:
            plan, made = self._child(person, "certificates", given, _same_certificate)
            outcomes.append(Outcome.CREATED if made else Outcome.UNCHANGED)
            if not made:
                changed = self._change(entry, plan, given)
                cells += changed
                outcomes += [Outcome.UPDATED] * bool(changed)
            outcomes.append(self._registration(entry, plan, cells))
        return next(best for best in BEST_FIRST if best in outcomes), cells

    def _registration(self, entry: Entry, certificate: Plan, cells: list[CellChange]) -> Outcome:
        given = entry.values.get("registrations")
        if not given or not any(given.get(key) for key in ("registration_number", "registered_on", "valid_until")):
            return Outcome.UNCHANGED
        entry.problems.extend(registrations.check({"registration_kind": "first", **given},
                                                  certificate.values.get("approved_on"), self.rules))  # fmt: skip
        plan, made = self._child(certificate, "registrations", given, _same_registration)
        if made:
            return Outcome.UPDATED
        changed = self._change(entry, plan, given)
        cells += changed
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def _child(
        self, owner: Plan, register: str, given: Mapping[str, Value],
        same: Callable[[Mapping[str, Value], Mapping[str, Value]], bool],
    ) -> tuple[Plan, bool]:  # fmt: skip
        for child in self._children(owner, register):
            if same(child.values, given):
                return child, False
        made = Plan(register, None, self._filled(register, given), {})
        owner.children.append(made)
        return made, True

    def _children(self, owner: Plan, register: str) -> list[Plan]:
        """What belongs to the owner, in the register and in the file so far."""
        children = [child for child in owner.children if child.register == register] if owner.children else []
        if not children and owner.id is not None:
            children = [Plan(register, row["id"], row, {}) for row in self.standing.children(register, owner.id)]
            owner.children += children
        return children

    # saying

    def _said(self, entry: Entry) -> tuple[RowProblem, ...]:
        headers = {column.field: column.header for column in entry.table.columns if column.field}
        return tuple(
            RowProblem(entry.table.sheet, entry.number, headers.get(problem.field, ""), problem.field, problem.code,
                       sentence_of_problem(problem), problem.severity)
            for problem in entry.problems
        )  # fmt: skip

    def _unmatched(self) -> list[RowProblem]:
        """Columns that no field takes are named, so that nothing is left behind unnoticed."""
        return [
            RowProblem(table.sheet, table.header_row, column.header, "", "column.unmatched",
                       sentence_of_problem(replace(warning("column.unmatched"), values={"header": column.header})),
                       Severity.WARNING)
            for table in self.reading.tables
            for column in table.columns
            if not column.field and imports.signature([column.header]) not in imports.NUMBERING
        ]  # fmt: skip


def _same_phone_or_unit(row: Mapping[str, Any], values: Mapping[str, Value]) -> bool:
    return any(row[key] and row[key] == values.get(key) for key in ("phone", "employer"))


def _same_certificate(stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    number = given.get("certificate_number")
    if number and stands.get("certificate_number") == number:
        return True
    return stands.get("level") == given.get("level")


def _same_registration(stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    """The same day, or the same number where a day is missing."""
    days = (stands.get("registered_on"), given.get("registered_on"))
    if all(days):
        return days[0] == days[1]
    number = given.get("registration_number")
    return bool(number) and stands.get("registration_number") == number
