"""A sheet that is put together cell by cell, within what Excel itself holds."""

from socialwork_app.excel import caps
from socialwork_app.excel.cells import Cell, Merge, RawSheet, raw_sheet
from socialwork_app.foundation.errors import DomainError


class Grid:
    """Rows and columns are 0-based. Room for repeated cells and rows is checked before it is taken."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._merges: list[Merge] = []
        self._cells = 0

    def put(self, row: int, column: int, cell: Cell, repeated: int = 1) -> None:
        if row < 0 or column < 0 or repeated < 1:
            raise DomainError("workbook.damaged")
        self._room(row + 1, column + repeated)
        while len(self._rows) <= row:
            self._rows.append([])
        cells = self._rows[row]
        self._count(column + repeated - len(cells))
        cells.extend([None] * (column - len(cells)))
        cells[column : column + repeated] = [cell] * repeated

    def repeat(self, row: int, times: int) -> None:
        """The row once more below itself, so that it stands `times` times; a blank one costs nothing."""
        if row >= len(self._rows) or times < 2:
            return
        cells = self._rows[row]
        self._room(row + times, len(cells))
        self._count(len(cells) * (times - 1))
        self._rows.extend(cells.copy() for _ in range(times - 1))

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """`rows` and `columns` that the cell takes in; one by one is no merge."""
        if min(row, column) < 0 or min(rows, columns) < 1:
            raise DomainError("workbook.damaged")
        if rows > 1 or columns > 1:
            self._merges.append((row, column, row + rows - 1, column + columns - 1))

    def sheet(self, name: str, hidden: bool = False) -> RawSheet:
        caps.check_area(len(self._rows), max(map(len, self._rows), default=0))
        return raw_sheet(name, hidden, self._rows, self._merges)

    def _room(self, rows: int, columns: int) -> None:
        if rows > caps.MAX_ROWS or columns > caps.MAX_COLUMNS:
            raise caps.area_too_large()

    def _count(self, more: int) -> None:
        self._cells += max(more, 0)
        caps.check_cells(self._cells)
