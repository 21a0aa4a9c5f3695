"""A sheet on paper, described once as data; the workbook writer and the printer both work from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from socialwork_app.domain.fields.field import Value

Align = Literal["left", "center", "right"]
SIGNATURE = ("制表：", "审核：", "负责人：")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`width` in half-width characters: a Chinese character counts two."""

    label: str
    width: float
    align: Align = "left"

    def placed(self, value: Value) -> Align:
        """Where a value stands in its cell: whole numbers stand right unless the column is centred."""
        return "right" if isinstance(value, int) and self.align == "left" else self.align


NUMBER = SheetColumn("序号", 5, "center")
"""Of the lines, on most sheets the first column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`left_line` and `right_line` stand between title and table: 填报单位：… and 截至日期：2026-03-31.

    `note` and `signature` follow the last row. `lines`: what most rows need, so that only taller ones are set singly.
    `row_height`: points that a row has at least, to sign in. `rows_a_page`: where set, all rows are just so high and a
    page ends after so many. `tab`: what the worksheet is called, if not like the title.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    left_line: str
    right_line: str
    signature: tuple[str, ...] = SIGNATURE
    landscape: bool = True
    note: str = ""
    lines: int = 1
    row_height: float = 0.0
    rows_a_page: int = 0
    tab: str = ""

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


def beside(rows: Sequence[Sequence[Value]], a_page: int, empty: Sequence[Value]) -> list[list[Value]]:
    """The rows twice side by side: down the left of a page of so many lines, then down its right."""
    found: list[list[Value]] = []
    for start in range(0, len(rows), 2 * a_page):
        left, right = rows[start : start + a_page], rows[start + a_page : start + 2 * a_page]
        found += [[*one, *(right[line] if line < len(right) else empty)] for line, one in enumerate(left)]
    return found


def text_width(text: str) -> int:
    """Half-width characters that a text takes: 2 for a Chinese character, 1 for a letter or digit.

    The text must hold no lone surrogates.
    """
    return len(text) if text.isascii() else (len(text) + len(text.encode())) // 2


def line_count(text: str, width: float) -> int:
    """Lines that a text fills when it is wrapped at `width` half-width characters."""
    return sum(max(1, -int(-text_width(line) // width)) for line in text.split("\n"))


def spans(widths: Sequence[float], shares: Sequence[float]) -> list[tuple[int, int]]:
    """Part a row of columns into neighbouring groups, about in proportion to `shares`: (first, last) of each.

    Every group gets one column at least, so there must be no more shares than columns.
    """
    scale = sum(widths) / sum(shares)
    groups: list[tuple[int, int]] = []
    first = 0
    for number, share in enumerate(shares, start=1):
        last = _reaching(widths, first, share * scale, len(widths) - 1 - (len(shares) - number))
        groups.append((first, len(widths) - 1 if number == len(shares) else last))
        first = last + 1
    return groups


def _reaching(widths: Sequence[float], first: int, wanted: float, limit: int) -> int:
    """The column, from `first` to `limit`, whose right edge comes nearest to the wanted width."""
    last, filled = first, widths[first]
    while last < limit and filled + widths[last + 1] / 2 <= wanted:
        last += 1
        filled += widths[last]
    return last
