"""The table on a sheet: its columns with their headers, its rows, and which rows were left out and why."""

from dataclasses import dataclass
from typing import NamedTuple

from socialwork_app.excel.cells import Cell, RawSheet
from socialwork_app.excel.table_header import Header, Known, find_header
from socialwork_app.excel.table_rows import LeftOut, RowJudge, all_blank, is_blank

__all__ = ["LeftOut", "Table", "TableColumn", "TableRow", "find_table"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`index` among the sheet's columns, 0-based; `parts` are the header's texts from top to bottom."""

    index: int
    parts: tuple[str, ...]

    @property
    def header(self) -> str:
        return "/".join(self.parts)


class TableRow(NamedTuple):
    """`number` as Excel shows it; `cells` by the sheet's columns. A merged value stands in each of its rows."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """`header_row` is the number that Excel shows for the header's last row."""

    sheet: str
    header_row: int
    columns: tuple[TableColumn, ...]
    rows: list[TableRow]
    left_out: tuple[LeftOut, ...]


def find_table(sheet: RawSheet, known: Known) -> Table | None:
    """None when no row has a text that is `known` as a field's name. The sheet stays as it is."""
    header = find_header(sheet, known)
    if header is None:
        return None
    rows, left_out = _rows(sheet, header)
    return Table(sheet.name, sheet.first_row + header.last, _columns(sheet, header, rows), rows, tuple(left_out))


def _columns(sheet: RawSheet, header: Header, rows: list[TableRow]) -> tuple[TableColumn, ...]:
    """A column that has its header from a merge alone counts only when it holds something."""
    own = sheet.rows[header.first : header.last + 1]
    return tuple(
        TableColumn(column, parts)
        for column, parts in header.parts.items()
        if not all(is_blank(row[column]) for row in own) or not all(is_blank(row.cells[column]) for row in rows)
    )


def _rows(sheet: RawSheet, header: Header) -> tuple[list[TableRow], list[LeftOut]]:
    judge = RowJudge(sheet, header)
    carried = _carried(sheet, header.last + 1)
    rows: list[TableRow] = []
    left_out: list[LeftOut] = []
    for index in range(header.last + 1, len(sheet.rows)):
        row, number = sheet.rows[index], sheet.first_row + index
        if all_blank(row):  # ends at the first cell that is not
            continue
        if reason := judge.reason(row):
            left_out.append(LeftOut(number, reason))
        else:
            rows.append(TableRow(number, _with(row, carried.get(index))))
    return rows, left_out


def _carried(sheet: RawSheet, below: int) -> dict[int, dict[int, Cell]]:
    """The values that merges bring to lower rows, by row and column."""
    found: dict[int, dict[int, Cell]] = {}
    for top, left, bottom, _right in sheet.merges:
        if top >= below and not is_blank(sheet.rows[top][left]):
            for row in range(top + 1, bottom + 1):
                found.setdefault(row, {})[left] = sheet.rows[top][left]
    return found


def _with(row: list[Cell], carried: dict[int, Cell] | None) -> list[Cell]:
    return [carried.get(column, cell) for column, cell in enumerate(row)] if carried else row
