"""Import, stages one and two: the file's tables, and which column is which field."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import (
    HALF_DAY,
    ITEM_POINTS,
    NUMBERING,
    SEVERAL_COLUMNS,
    HeaderBook,
    ImportKind,
    signature,
    slots,
)
from socialwork_app.domain.problems import Severity
from socialwork_app.domain.sentences import sentence
from socialwork_app.excel.reading import RawSheet, read_workbook
from socialwork_app.excel.side_by_side import taken_apart
from socialwork_app.excel.tables import Table, TableRow, find_table
from socialwork_app.excel.templates import NOTES_NAME
from socialwork_app.foundation import file_names
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows as stored
from socialwork_app.services.opened import OpenRegister

HEADED = 10
"""Rows at most above the first person of a sign-in sheet."""
NEW = 0
"""In place of a person's row id: a person to be made."""


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column of the sheet and the field it fills; `field` is "" where it is not taken."""

    index: int
    header: str
    field: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that is no record, said aloud all the same."""

    sheet: str
    row: int
    message: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem where the officer finds it: the row number that Excel shows, the header as it stands."""

    sheet: str
    row: int
    column: str
    field: str
    code: str
    message: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class ReadTable:
    sheet: str
    header_row: int
    columns: tuple[MatchedColumn, ...]
    rows: list[TableRow]
    left_out: tuple[LeftOutRow, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read, its columns matched; corrections are texts put in place of cells.

    `people`: who a row means where it could not be told, by sheet and row: a row id, or NEW. `course`: the training course
    of all rows that name none. `told`: values of the main register for all rows that have none of their own.
    """

    file: str
    kind: ImportKind
    tables: tuple[ReadTable, ...]
    left_out: tuple[LeftOutRow, ...]
    corrections: Mapping[tuple[str, int, str], str]
    people: Mapping[tuple[str, int], int]
    course: int | None
    told: Mapping[str, Value] = field(default_factory=dict[str, Value])

    def with_match(self, sheet: str, header: str, field: str) -> "Reading":
        """The column under this header fills another field, or none; the field leaves its other column."""
        return replace(self, tables=tuple(_matched(table, header, field) if table.sheet == sheet else table
                                          for table in self.tables))  # fmt: skip

    def with_correction(self, sheet: str, row: int, field: str, text: str) -> "Reading":
        return replace(self, corrections={**self.corrections, (sheet, row, field): text})

    def with_person(self, sheet: str, row: int, person: int) -> "Reading":
        return replace(self, people={**self.people, (sheet, row): person})

    def with_course(self, course: int | None) -> "Reading":
        return replace(self, course=course)

    def with_told(self, told: Mapping[str, Value]) -> "Reading":
        return replace(self, told={**self.told, **told})


def _matched(table: ReadTable, header: str, field: str) -> ReadTable:
    columns = tuple(
        replace(column, field=field) if column.header == header
        else replace(column, field="") if field not in ("", *SEVERAL_COLUMNS) and column.field == field else column
        for column in table.columns
    )  # fmt: skip
    return replace(table, columns=columns)


def read(
    opened: OpenRegister, path: Path, kind: ImportKind, sheet: str, password: str | None, control: Control
) -> Reading:
    """Every visible sheet that has a table of this kind, or the one that is named."""
    book = HeaderBook([slot.field for slot in slots(kind, opened.catalogue).values()], _items(opened, kind))
    sheets = read_workbook(path, password, control)
    tables: list[ReadTable] = []
    left_out: list[LeftOutRow] = []
    for raw in _wanted(sheets, sheet, left_out):
        table = find_table(_told(raw) if HALF_DAY in kind.extra else raw, book.knows)
        if table is None:
            left_out.append(LeftOutRow(raw.name, 0, sentence("import.no_table")))
        else:
            tables += [_read_table(opened, kind, book, part) for part in taken_apart(table)]
    if not tables:
        raise DomainError("import.nothing_found", file=file_names.shown(path.name), kind=kind.title)
    return Reading(file_names.shown(path.name), kind, tuple(tables), tuple(left_out), {}, {}, None)


def _items(opened: OpenRegister, kind: ImportKind) -> list[str]:
    """The items of all criteria, where a file may have their points."""
    if ITEM_POINTS not in kind.extra:
        return []
    with opened.database.read() as connection:
        return [row["title"] for row in stored.all_rows(connection, opened.schema, "appraisal_items")]


def _wanted(sheets: list[RawSheet], name: str, left_out: list[LeftOutRow]) -> list[RawSheet]:
    if name:
        found = [sheet for sheet in sheets if sheet.name == name]
        if not found:
            raise DomainError("import.no_such_sheet", sheet=name, sheets="、".join(sheet.name for sheet in sheets))
        return found
    left_out += [LeftOutRow(sheet.name, 0, sentence("import.hidden_sheet")) for sheet in sheets if sheet.hidden]
    return [sheet for sheet in sheets if not sheet.hidden and sheet.name != NOTES_NAME]


def _told(raw: RawSheet) -> RawSheet:
    """With the dates near the top as texts: 7月1日 typed above a half-day becomes a date in Excel."""
    top = [[str(cell)[:10] if isinstance(cell, date) else cell for cell in row] for row in raw.rows[:HEADED]]
    return replace(raw, rows=top + raw.rows[HEADED:])


def _read_table(opened: OpenRegister, kind: ImportKind, book: HeaderBook, table: Table) -> ReadTable:
    known = [book.field_key(column.header, column.parts) for column in table.columns]
    names = _told_apart([column.header for column in table.columns], known)
    with opened.database.read() as connection:
        remembered = stored.header_mapping(connection, opened.schema, kind.key, signature(names))
    columns: list[MatchedColumn] = []
    taken: set[str] = set()
    for column, name, meant in zip(table.columns, names, known, strict=True):
        key = remembered.get(name, meant)
        columns.append(MatchedColumn(column.index, name, "" if key in taken else key))
        if key not in SEVERAL_COLUMNS:
            taken.add(key)
    left_out = tuple(LeftOutRow(table.sheet, row.number, sentence(f"left_out.{row.reason}")) for row in table.left_out)
    return ReadTable(table.sheet, table.header_row, tuple(columns), table.rows, left_out)


def _told_apart(names: list[str], known: list[str]) -> list[str]:
    """Two columns of one header are matched each for itself, and so remembered: the later ones are counted. Not so those of
    a field that may have several columns, and the numbers of the rows."""
    used: Counter[str] = Counter()
    found: list[str] = []
    for name, key in zip(names, known, strict=True):
        told = name
        while used[told] and key not in SEVERAL_COLUMNS and signature([name]) not in NUMBERING:
            used[name] += 1
            told = f"{name}({used[name]})"
        used[told] += 1
        found.append(told)
    return found


def matching_of(table: ReadTable) -> dict[str, str]:
    """Header → field as it stands now, for remembering."""
    return {column.header: column.field for column in table.columns}
