"""Finds the header of a sheet: one to three rows, below titles and the line that says who filled it in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from socialwork_app.excel.cells import Cell, Merge, RawSheet

_LOOKED_AT = 50
_MOST_ROWS = 3
_ABOUT_THE_SHEET = re.compile(r"[:：]|填报|填表|制表|盖章|公章|年.*月")
"""Texts above a header that say who filled the sheet in and when."""

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Header:
    """Indexes of its first and last row, and the texts above each other in each column that has any."""

    first: int
    last: int
    parts: dict[int, tuple[str, ...]]


def text_of(cell: Cell) -> str:
    """A cell's text without the blanks around it; '' for anything but a text."""
    return cell.strip() if isinstance(cell, str) else ""


def find_header(sheet: RawSheet, known: Known) -> Header | None:
    """The row with the most texts that are a field's name, and the rows above and below that belong to it."""
    top = _Top(sheet)
    counts = [len({text for text in row if text and known(text)}) for row in top.spread]
    if not any(counts):
        return None
    best = counts.index(max(counts))
    first = last = best
    while last - first + 1 < _MOST_ROWS and top.belongs_above(first, known):
        first -= 1
    while last - first + 1 < _MOST_ROWS and top.belongs_below(last, known):
        last += 1
    return Header(first, last, top.parts(first, last))


class _Top:
    """The first rows as texts: as they stand, and with the text of a merge in all of its cells."""

    def __init__(self, sheet: RawSheet) -> None:
        self.own = [[text_of(cell) for cell in row] for row in sheet.rows[:_LOOKED_AT]]
        self.filled = [[cell is not None for cell in row] for row in sheet.rows[:_LOOKED_AT]]
        self.spread = [row.copy() for row in self.own]
        self.merges = [merge for merge in sheet.merges if merge[0] < len(self.own)]
        for top, left, bottom, right in self.merges:
            for row in self.spread[top : bottom + 1]:
                row[left : right + 1] = [self.own[top][left]] * (right + 1 - left)

    def belongs_above(self, row: int, known: Known) -> bool:
        """Whether the row above is a part of the header that begins at `row`."""
        above = row - 1
        if above < 0 or any(map(_ABOUT_THE_SHEET.search, self.own[above])):
            return False
        return (
            self._joined(above)
            or any(known(text) and not below for text, below in self._pairs(above))
            or self._has_groups(above)
        )

    def belongs_below(self, row: int, known: Known) -> bool:
        """Whether the row below is a part of the header that ends at `row`: texts under its groups alone.

        It must be held by a merge too, or name a field: the first person may have a name and nothing more.
        """
        if row + 1 >= len(self.own):
            return False
        texts = self.own[row + 1]
        below = [column for column, filled in enumerate(self.filled[row + 1]) if filled]
        groups = self._group_columns(row)
        if not all(column in groups and texts[column] for column in below):
            return False
        return self._joined(row) or any(known(texts[column]) for column in below)

    def parts(self, first: int, last: int) -> dict[int, tuple[str, ...]]:
        rows = [*map(self._carried_right, range(first, last)), self.spread[last]]
        columns = enumerate(zip(*rows, strict=True))
        return {column: parts for column, texts in columns if (parts := _without_repeats(texts))}

    def _joined(self, row: int) -> bool:
        """Whether a merge holds this row and the next together; a higher one stands beside the table."""
        return any(top <= row < bottom and bottom - top < _MOST_ROWS for top, _left, bottom, _right in self.merges)

    def _pairs(self, row: int) -> Iterable[tuple[str, str]]:
        return zip(self.spread[row], self.spread[row + 1], strict=True)

    def _has_groups(self, row: int) -> bool:
        """Some merge takes in columns of the header below, but not from the first on as a lone title does."""
        texts = [column for column, text in enumerate(self.own[row]) if text]
        header = [column for column, text in enumerate(self.spread[row + 1]) if text]
        wide = [merge for merge in self._wide(row) if merge[3] - merge[1] + 1 < len(header)]
        return bool(wide and texts) and (len(texts) > 1 or texts[0] > header[0])

    def _wide(self, row: int) -> list[Merge]:
        return [merge for merge in self.merges if merge[0] <= row <= merge[2] and merge[3] > merge[1]]

    def _group_columns(self, row: int) -> set[int]:
        """Columns under a wide merge; and blank ones with the text at their left, which may stand for them all."""
        columns = {column for merge in self._wide(row) for column in range(merge[1], merge[3] + 1)}
        for column, text in enumerate(self.spread[row]):
            if column and not text:
                columns |= {column - 1, column}
        return columns

    def _carried_right(self, row: int) -> list[str]:
        """An upper row; without merges, a text also stands for the blanks at its right that have texts below."""
        carried, below = self.spread[row].copy(), self.own[row + 1]
        merged = {right for _top, _left, _bottom, right in self._wide(row)}
        for column in range(1, len(carried)):
            if not carried[column] and below[column] and below[column - 1] and column - 1 not in merged:
                carried[column] = carried[column - 1]
        return carried


def _without_repeats(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
