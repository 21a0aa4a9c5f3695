"""A table that has its columns several times side by side, as sign-in sheets do to save paper, taken apart."""

from dataclasses import replace

from socialwork_app.domain import headers
from socialwork_app.domain.imports import NUMBERING
from socialwork_app.excel.table_rows import is_blank
from socialwork_app.excel.tables import Table, TableColumn, TableRow

_MARK = "(第"
_FEWEST = 2
"""Columns that repeat: one header twice is no second table."""


def taken_apart(table: Table) -> list[Table]:
    """Each block as a table of its own, from the left; the rows keep their numbers. Most tables have one block."""
    width = _block([column.header for column in table.columns])
    if width == len(table.columns):
        return [table]
    blocks = [table.columns[first : first + width] for first in range(0, len(table.columns), width)]
    return [_part(table, number, block) for number, block in enumerate(blocks, start=1)]


def _block(names: list[str]) -> int:
    """How many columns there are before they begin anew."""
    for width in range(_FEWEST, len(names) // 2 + 1):
        if len(names) % width == 0 and names == names[:width] * (len(names) // width):
            return width
    return len(names)


def _part(table: Table, number: int, columns: tuple[TableColumn, ...]) -> Table:
    telling = [column.index for column in columns if headers.normalise(column.parts[-1]) not in NUMBERING]
    rows: list[TableRow] = [row for row in table.rows if not all(is_blank(row.cells[index]) for index in telling)]
    name, left_out = (table.sheet, table.left_out) if number == 1 else (f"{table.sheet}{_MARK}{number}栏)", ())
    return replace(table, sheet=name, columns=columns, rows=rows, left_out=left_out)


def without_block(name: str) -> str:
    """The name of the sheet that a part was on."""
    return name.partition(_MARK)[0]
