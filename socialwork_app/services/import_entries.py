"""Import: what each row means and what is wrong with it by itself, before it is compared with the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from socialwork_app.domain import imports, people, registrations
from socialwork_app.domain.education import split_school_and_major
from socialwork_app.domain.exams import SUBJECT_KEYS, levels_named
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.imports import BY_HEADER, SCORE_SUBJECT, Slot
from socialwork_app.domain.masking import HIDDEN
from socialwork_app.domain.problems import Problem, Severity, error, warning
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.values import Parsed, Parser, split_cell, split_levels
from socialwork_app.excel.tables import TableRow
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows
from socialwork_app.services.import_tables import MatchedColumn, Reading, ReadTable
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

IN_WORDS = (SCORE_SUBJECT.key, "subjects")
"""Columns that name subjects in their cells, where others do in their header."""
PAIRED = ("certificate_number", "approved_on")


class Taken(NamedTuple):
    """A column that is taken: its place, its register, its field and how its cells are read."""

    place: int
    register: str
    field: Field
    parse: Callable[[object], Parsed]


class Columns:
    """The columns of a table that are taken; which of them say how a row's others are read."""

    def __init__(self, taken: Sequence[Taken], parser: Parser, references: dict[str, list[Field]]) -> None:
        self.taken = taken
        self.references = {register: fields for register, fields in references.items() if fields}
        self.id_type = next((column for column in taken if column.field.key == "id_type"), None)
        self.level = next(
            (column for column in taken if column.register == "certificates" and column.field.key == "level"), None
        )
        self.levelled: list[tuple[int, set[str]]] = []  # whose header names a subject with its levels
        self.in_words: list[int] = []
        self._parser = parser
        self._unlike: dict[tuple[Value, bool], Sequence[Taken]] = {}

    def of_row(self, id_type: Value, several: bool) -> Sequence[Taken]:
        """As a row is read whose document is of this kind; what is written for each of several levels is left out."""
        if not (id_type or several):
            return self.taken
        if (id_type, several) not in self._unlike:
            self._unlike[id_type, several] = [
                self._by_id_type(column, id_type)
                for column in self.taken
                if not (several and column.register == "certificates" and column.field.key in ("level", *PAIRED))
            ]
        return self._unlike[id_type, several]

    def _by_id_type(self, column: Taken, id_type: Value) -> Taken:
        if column.field.kind is not Kind.ID_NUMBER or not id_type:
            return column
        return column._replace(parse=self._parser.parser_for(people.number_field(column.field, id_type)))


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
        self.course = reading.course or self._only_course()
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

    def _columns(self, table: ReadTable) -> Columns:
        parser = self.opened.parser
        slots = [(column.index, self._slot(column)) for column in table.columns if column.field in self.slots]
        slots += enumerate(self._written_beside(table), start=_width(table))
        taken = [Taken(index, slot.register, slot.field, parser.parser_for(slot.field)) for index, slot in slots]
        columns = Columns(taken, parser, self._references(taken))
        if self.main.key == "exam_entries":
            columns.levelled = [(one.index, levels) for one in table.columns
                                if one.field in SUBJECT_KEYS and (levels := levels_named(one.header))]  # fmt: skip
            columns.in_words = [one.index for one in table.columns if one.field in IN_WORDS]
        return columns

    def _written_beside(self, table: ReadTable) -> list[Slot]:
        """The fields without a column that corrections fill: what was asked for and is missing in the whole file."""
        matched = {column.field for column in table.columns}
        given = dict.fromkeys(key for sheet, _, key in self.reading.corrections if sheet == table.sheet)
        return [self.slots[key] for key in given if key in self.slots and key not in matched]

    def _slot(self, column: MatchedColumn) -> Slot:
        """What is written under a half-day is kept by its header: which half-day that is, the course tells. So are points."""
        if kept := BY_HEADER.get(column.field):
            return Slot(kept.register, replace(kept.field, key=column.header, label=column.header))
        return self.slots[column.field]

    def _references(self, taken: Sequence[Taken]) -> dict[str, list[Field]]:
        """Of each register the columns that are references, in the register's order: a township tells villages apart."""
        keys = {(column.register, column.field.key) for column in taken}
        return {
            register: [field_ for field_ in self.references.fields_of(self.opened.catalogue[register])
                       if (register, field_.key) in keys]
            for register in self.kind.registers
        }  # fmt: skip

    def _entry(self, table: ReadTable, columns: Columns, row: TableRow) -> Entry:
        values: dict[str, dict[str, Value]] = {register: {} for register in self.kind.registers}
        entry = Entry(table, row.number, values, [], [])
        cells = self._corrected(table, columns.taken, row)
        several = self._several_levels(columns, cells)
        id_type = columns.id_type.parse(cells[columns.id_type.place]).value if columns.id_type else None
        self._fill(entry, columns.of_row(id_type, bool(several)), cells)
        if "certificates" in values:
            entry.certificates = self._certificates(entry, columns.taken, cells, several)
        if columns.levelled or columns.in_words:
            self._hold_subjects_against_level(entry, columns, cells)
        self._complete(entry, columns)
        return entry

    def _hold_subjects_against_level(self, entry: Entry, columns: Columns, cells: Sequence[object]) -> None:
        """Where subjects are named with their level, that is the row's; a score of another level's subject is none of it."""
        values, told = entry.values[self.main.key], set[str]()
        for place, levels in columns.levelled:
            told |= levels if cells[place] is not None else set()
        for place in columns.in_words:
            told |= levels_named(str(cells[place] or ""))
        level = values.get("level")
        if level and told and level not in told:
            entry.problems.append(error("exam.subject_of_other_level", "level", level=self.levels.label(str(level))))
        elif len(told) == 1:
            values.setdefault("level", *told)

    def _fill(self, entry: Entry, columns: Sequence[Taken], cells: Sequence[object]) -> None:
        for index, register, field_, parse in columns:
            raw = cells[index]
            if raw is None:
                continue
            value, problems = parse(raw)
            if problems:
                if field_.sensitive and HIDDEN in str(raw) and self._passed_over(entry, field_):
                    continue
                entry.problems.extend(problems)
            if value is not None:
                values = entry.values[register]
                if values.setdefault(field_.key, value) != value:  # two columns for one field
                    entry.problems.append(error("value.twice", field_.key, label=field_.label))
                    values[field_.key] = value

    def _passed_over(self, entry: Entry, field_: Field) -> bool:
        """Whether a number as our own rosters mask it is left out: it says nothing of people who stand, and as a phone it
        must not take the place of the whole one. Somebody may be made by an ID number: there it stays an error."""
        if self.kind.finds_person and not self.kind.makes_person:
            return True
        if field_.kind is Kind.ID_NUMBER:
            return False
        entry.problems.append(warning("phone.masked", field_.key))
        return True

    def _corrected(self, table: ReadTable, columns: Sequence[Taken], row: TableRow) -> Sequence[object]:
        """The row's cells with corrections in their place, those without a column after the last."""
        corrections = self.reading.corrections
        if not corrections:
            return row.cells
        cells: list[object] = [*row.cells, *[None] * len(columns)]
        for index, _, field_, _ in columns:
            cells[index] = corrections.get((table.sheet, row.number, field_.key), cells[index])
        return cells

    def _several_levels(self, columns: Columns, cells: Sequence[object]) -> tuple[str, ...]:
        """The levels of a cell that holds more than one."""
        raw = cells[columns.level.place] if columns.level else None
        return self._split_levels(raw) if isinstance(raw, str) else ()

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

    def _complete(self, entry: Entry, columns: Columns) -> None:
        """References, derived values and rules of the subject."""
        for register, fields in columns.references.items():
            entry.problems += self.references.resolve_into(entry.values[register], fields)
        for key, value in self.reading.told.items():
            entry.values[self.main.key].setdefault(key, value)
        if self.kind.of_course:
            self._complete_course(entry, entry.values[self.main.key])
        if SCORE_SUBJECT in self.kind.extra:
            _spread_score(entry, entry.values[self.main.key])
        person = entry.values.get("people")
        if person is not None:
            self._complete_person(entry, person)
        registration = entry.values.get("registrations")
        if registration and registration.get("registered_on") and not registration.get("valid_until"):
            registration["valid_until"] = registrations.expiry(str(registration["registered_on"]), self.rules)
        self._require(entry)

    def _complete_course(self, entry: Entry, values: dict[str, Value]) -> None:
        if self.course is not None:
            values.setdefault("course", self.course)
        elif values.get("course") is None and "course" not in _fields(entry.problems):
            entry.problems.append(error("course.not_told", "course"))

    def _only_course(self) -> int | None:
        """The one course that is in the state in which such lists come."""
        if not self.kind.of_course:
            return None
        with self.opened.database.read() as connection:
            found = rows.find_ids(connection, self.opened.schema, "courses", {"state": self.kind.of_course})
        return found[0] if len(found) == 1 else None

    def _complete_person(self, entry: Entry, person: dict[str, Value]) -> None:
        school = person.get("school")
        if isinstance(school, str) and not person.get("major") and " " in school:
            named, major = split_school_and_major(school)
            person.update(school=named, **({"major": major} if major else {}))
        if not self.kind.finds_person or self.kind.makes_person:
            told = people.told(str(person["id_number"])) if people.has_resident_id(person) else {}
            entry.problems.extend(people.contradictions(person, told))
            person.update(told)
        if not (self.kind.finds_person or person.get("id_number") or "id_number" in _fields(entry.problems)):
            entry.problems.append(warning("id_number.missing", "id_number"))

    def _required_fields(self) -> tuple[tuple[str, Field], ...]:
        """Of the row's registers, but for certificates: of these a row holds any number."""
        needed = (field for field in self.main.fields if field.required and field.default is None)
        fields = [
            (self.main.key, field) for field in needed if self.kind.makes_items and field.key not in self.kind.told
        ]
        if self.kind.finds_person and self.kind.makes_items:
            fields.append(("people", self.opened.catalogue["people"].field("name")))
        return tuple(fields)

    def _require(self, entry: Entry) -> None:
        if not (self.required or entry.certificates):
            return
        missing = [field_ for register, field_ in self.required if entry.values[register].get(field_.key) is None]
        missing += [field_ for certificate in entry.certificates for field_ in self.of_certificates
                    if certificate.get(field_.key) is None]  # fmt: skip
        known = _fields(entry.problems) if missing else ()
        entry.problems += [
            error("field.required", field_.key, label=field_.label) for field_ in missing if field_.key not in known
        ]


def _width(table: ReadTable) -> int:
    """A sheet's rows are all as wide as its widest."""
    return len(table.rows[0].cells) if table.rows else 0


def _fields(problems: Sequence[Problem]) -> set[str]:
    return {problem.field for problem in problems}


def _spread_score(entry: Entry, values: dict[str, Value]) -> None:
    """Of a sheet with one row a subject: the score goes where the subject's own column would put it."""
    subject, score = values.pop("subject", None), values.pop("score", None)
    if subject is not None and score is not None:
        values[str(subject)] = score
    if values.keys().isdisjoint(SUBJECT_KEYS) and not entry.rejected:
        entry.problems.append(error("exam.no_score" if score is None else "exam.no_subject"))
