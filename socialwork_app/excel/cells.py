"""What a sheet of somebody else's workbook comes to, whichever format it came in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from math import isfinite

from socialwork_app.foundation.errors import DomainError

_LINE_END = re.compile(r"_x000D_\n?|\r\n?")
_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed; `text` is what the sheet shows, such as #DIV/0!."""

    text: str


Cell = str | int | float | bool | date | datetime | time | CellError | None

Merge = tuple[int, int, int, int]
"""top, left, bottom, right: 0-based indexes into the rows, all inclusive."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The cells as they stand; every row is as wide as the widest, none is blank at the end.

    `first_row` is the row number that Excel shows for rows[0]; `merges` lie within the rows.
    """

    name: str
    hidden: bool
    first_row: int
    rows: list[list[Cell]]
    merges: tuple[Merge, ...]


def clean_text(text: str) -> str | None:
    """Line ends as \\n, without NUL; None for an empty text. Blanks stay: they may mean something."""
    if not text.isprintable() or "_x" in text:
        text = _LINE_END.sub("\n", text.replace("\0", ""))
    return text or None


@lru_cache(4096)
def number(value: float) -> Cell:
    """A whole number as int where a float holds it exactly: 13800138000.0 was typed as 13800138000."""
    if value.is_integer():
        return int(value) if abs(value) < _EXACT else value
    return value if isfinite(value) else CellError("#NUM!")


def raw_sheet(name: str, hidden: bool, rows: list[list[Cell]], merges: Iterable[Merge] = ()) -> RawSheet:
    """Cut off what is blank below and at the right of the last value, and make all rows equally wide."""
    widths = [_width(row) for row in rows]
    while widths and not widths[-1]:
        widths.pop()
    widest = max(widths, default=0)
    level = [row if len(row) == widest else _levelled(row, widest) for row in rows[: len(widths)]]
    return RawSheet(name, hidden, 1, level, _within(merges, len(level), widest))


def _width(row: list[Cell]) -> int:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return width


def _levelled(row: list[Cell], width: int) -> list[Cell]:
    return row[:width] + [None] * (width - len(row))


def _within(merges: Iterable[Merge], height: int, width: int) -> tuple[Merge, ...]:
    """The parts of the merges that lie in the rows. Real ones never overlap: their areas fit in the sheet."""
    inside = [
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in merges
        if top < height and left < width and top <= bottom and left <= right
    ]
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in inside) > height * width:
        raise DomainError("workbook.damaged")
    return tuple(sorted(merge for merge in inside if merge[:2] != merge[2:]))
