"""Import: what each row means and what is wrong with it by itself, before it is compared with the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from socialwork_app.domain import imports, people, registrations
from socialwork_app.domain.education import split_school_and_major
from socialwork_app.domain.exams import SUBJECT_KEYS
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.problems import Problem, Severity, error, warning
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.values import Parsed, split_cell, split_levels
from socialwork_app.excel.tables import TableRow
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.import_tables import Reading, ReadTable
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Taken = tuple[int, str, Field, Callable[[object], Parsed]]
"""A column that is taken: its place, its register, its field and how its cells are read."""
PAIRED = ("certificate_number", "approved_on")


@dataclass(slots=True)
class Entry:
    """One row, taken apart: values by register, certificates by level, problems by field."""

    table: ReadTable
    number: int
    values: dict[str, dict[str, Value]]
    certificates: list[dict[str, Value]]
    problems: list[Problem]

    @property
    def rejected(self) -> bool:
        return bool(self.problems) and any(problem.severity is Severity.ERROR for problem in self.problems)


class Entries:
    """Takes the rows of a file apart, each for itself."""

    def __init__(self, opened: OpenRegister, reading: Reading, references: References, rules: RuleTable) -> None:
        self.opened = opened
        self.reading = reading
        self.kind = reading.kind
        self.references = references
        self.rules = rules
        self.slots = imports.slots(reading.kind, opened.catalogue)
        self.levels = opened.catalogue.code_lists["level"]
        self.main = opened.catalogue[self.kind.registers[0]]
        self.required = self._required_fields()
        self.of_certificates = tuple(field for field in opened.catalogue["certificates"].fields if field.required)
        self.split: dict[str, tuple[str, ...]] = {}  # of level cells: the same few words come again

    def all(self, control: Control) -> list[Entry]:
        total = sum(len(table.rows) for table in self.reading.tables)
        return [
            self._entry(table, columns, row)
            for table in self.reading.tables
            for columns in [self._columns(table)]
            for row in control.each(table.rows, total, "check")
        ]

    def _columns(self, table: ReadTable) -> list[Taken]:
        parser_for = self.opened.parser.parser_for
        return [
            (column.index, self.slots[column.field].register, self.slots[column.field].field,
             parser_for(self.slots[column.field].field))
            for column in table.columns
            if column.field in self.slots
        ]  # fmt: skip

    def _entry(self, table: ReadTable, columns: Sequence[Taken], row: TableRow) -> Entry:
        values: dict[str, dict[str, Value]] = {register: {} for register in self.kind.registers}
        entry = Entry(table, row.number, values, [], [])
        cells = self._corrected(table, columns, row)
        several = self._several_levels(columns, cells)
        id_type = self._id_type(columns, cells)
        for index, register, field_, parse in columns:
            raw = cells[index]
            if raw is None or (several and register == "certificates" and field_.key in ("level", *PAIRED)):
                continue
            if id_type and field_.kind is Kind.ID_NUMBER:
                parsed = self.opened.parser.parse(people.number_field(field_, id_type), raw)
            else:
                parsed = parse(raw)
            if parsed.problems:
                entry.problems.extend(parsed.problems)
            if parsed.value is not None:
                if values[register].get(field_.key, parsed.value) != parsed.value:  # two columns for one field
                    entry.problems.append(error("value.twice", field_.key, label=field_.label))
                values[register][field_.key] = parsed.value
        if "certificates" in values:
            entry.certificates = self._certificates(entry, columns, cells, several)
        self._complete(entry)
        return entry

    def _corrected(self, table: ReadTable, columns: Sequence[Taken], row: TableRow) -> Sequence[object]:
        """The row's cells with corrections in their place; a sheet's rows are all as wide as its widest."""
        corrections = self.reading.corrections
        if not corrections:
            return row.cells
        cells: list[object] = list(row.cells)
        for index, _, field_, _ in columns:
            cells[index] = corrections.get((table.sheet, row.number, field_.key), cells[index])
        return cells

    def _id_type(self, columns: Sequence[Taken], cells: Sequence[object]) -> Value:
        """What kind of document the row says that it is, None where it does not say."""
        for index, _, field_, parse in columns:
            if field_.key == "id_type":
                return parse(cells[index]).value
        return None

    def _several_levels(self, columns: Sequence[Taken], cells: Sequence[object]) -> tuple[str, ...]:
        """The levels of a cell that holds more than one."""
        for index, register, field_, _ in columns:
            if register == "certificates" and field_.key == "level":
                raw = cells[index]
                return self._split_levels(raw) if isinstance(raw, str) else ()
        return ()

    def _split_levels(self, text: str) -> tuple[str, ...]:
        if text not in self.split:
            found = split_levels(text, self.levels) if self.levels.match(text) is None else ()
            several = len(found) > 1 and all(self.levels.match(part) for part in found)
            self.split[text] = found if several else ()
        return self.split[text]

    def _certificates(
        self, entry: Entry, columns: Sequence[Taken], cells: Sequence[object], several: Sequence[str]
    ) -> list[dict[str, Value]]:
        common = entry.values["certificates"]
        if not several:
            return [common] if any(key != "note" for key in common) else []
        made = [{**common, "level": self.levels.match(level)} for level in several]
        for index, register, field_, parse in columns:
            if register != "certificates" or field_.key not in PAIRED:
                continue
            raw = cells[index]
            parts: list[object] = list(split_cell(raw)) if isinstance(raw, str) else [] if raw is None else [raw]
            if len(parts) not in (0, len(several)):
                entry.problems.append(error("certificates.parts", field_.key, label=field_.label, count=len(several)))
            for certificate, part in zip(made, parts, strict=False):
                parsed = parse(part)
                entry.problems.extend(parsed.problems)
                certificate[field_.key] = parsed.value
        return made

    def _complete(self, entry: Entry) -> None:
        """References, derived values and rules of the subject."""
        for register in self.kind.registers:
            if register != "registrations":
                resolved, problems = self.references.resolve(self.opened.catalogue[register], entry.values[register])
                entry.values[register] = resolved
                entry.problems.extend(problems)
        if self.kind.extra:
            _spread_score(entry, entry.values[self.main.key])
        person = entry.values.get("people")
        if person is not None:
            self._complete_person(entry, person)
        registration = entry.values.get("registrations")
        if registration and registration.get("registered_on") and not registration.get("valid_until"):
            registration["valid_until"] = registrations.expiry(str(registration["registered_on"]), self.rules)
        self._require(entry)

    def _complete_person(self, entry: Entry, person: dict[str, Value]) -> None:
        school = person.get("school")
        if isinstance(school, str) and not person.get("major") and " " in school:
            named, major = split_school_and_major(school)
            person.update(school=named, **({"major": major} if major else {}))
        if not self.kind.finds_person or self.kind.makes_person:
            told = people.derive(person)
            entry.problems.extend(people.contradictions(person, told))
            person.update(told)
        if not (self.kind.finds_person or person.get("id_number") or "id_number" in _fields(entry.problems)):
            entry.problems.append(warning("id_number.missing", "id_number"))

    def _required_fields(self) -> tuple[tuple[str, Field], ...]:
        """Of the row's registers, but for certificates: of these a row holds any number."""
        needed = (field for field in self.main.fields if field.required and field.default is None)
        fields = [(self.main.key, field) for field in needed if self.kind.makes_items]
        if self.kind.finds_person and self.kind.makes_items:
            fields.append(("people", self.opened.catalogue["people"].field("name")))
        return tuple(fields)

    def _require(self, entry: Entry) -> None:
        missing = [field_ for register, field_ in self.required if entry.values[register].get(field_.key) is None]
        missing += [field_ for certificate in entry.certificates for field_ in self.of_certificates
                    if certificate.get(field_.key) is None]  # fmt: skip
        known = _fields(entry.problems) if missing else ()
        entry.problems += [
            error("field.required", field_.key, label=field_.label) for field_ in missing if field_.key not in known
        ]


def _fields(problems: Sequence[Problem]) -> set[str]:
    return {problem.field for problem in problems}


def _spread_score(entry: Entry, values: dict[str, Value]) -> None:
    """Of a sheet with one row a subject: the score goes where the subject's own column would put it."""
    subject, score = values.pop("subject", None), values.pop("score", None)
    if subject is not None and score is not None:
        values[str(subject)] = score
    if not entry.rejected and not any(values.get(key) is not None for key in SUBJECT_KEYS):
        entry.problems.append(error("exam.no_score"))
