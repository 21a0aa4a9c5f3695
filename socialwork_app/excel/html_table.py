"""HTML tables, which web systems hand out as .xls."""

import re
from html.parser import HTMLParser

from socialwork_app.excel.caps import MAX_ROWS, damaged_if
from socialwork_app.excel.cells import RawSheet, clean_text
from socialwork_app.excel.grid import Grid
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

_PIECE = 2**20
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLANKS_AT_BREAK = re.compile(r" *\n *")
_MAX_COLUMN_SPAN = 1000
"""HTML's own limit."""


def read(text: str, control: Control) -> list[RawSheet]:
    """One sheet for each outermost table that holds anything; a table in a cell is text of that cell."""
    reader = _Reader()
    with damaged_if(AssertionError, ValueError):
        for start in range(0, len(text), _PIECE):
            control.step(start, len(text))
            reader.feed(text[start : start + _PIECE])
        reader.close()
    if not reader.sheets:
        raise DomainError("workbook.unknown")
    return reader.sheets


class _Reader(HTMLParser):
    """Cells and rows end where the next begins: closing tags are optional in HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[RawSheet] = []
        self.depth = 0
        self._begin_table()

    def _begin_table(self) -> None:
        self.grid = Grid()
        self.row, self.column = -1, 0
        self.spans = (1, 1)
        self.taken: dict[int, int] = {}
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self._begin_table()
        elif self.depth == 1 and tag == "tr":
            self._end_cell()
            self.row, self.column = self.row + 1, 0
        elif self.depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self.text:
            self.text.append("\v")

    def handle_endtag(self, tag: str) -> None:
        if tag != "table" or self.depth == 0:
            return
        if self.depth == 1:
            self._end_cell()
            sheet = self.grid.sheet(f"表{len(self.sheets) + 1}")
            self.sheets += [sheet] if sheet.rows else []
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def close(self) -> None:
        """A table that never ended was cut off."""
        super().close()
        if self.depth:
            raise DomainError("workbook.damaged")

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self.row = max(self.row, 0)
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        self.spans = (
            _span(attributes.get("rowspan"), MAX_ROWS),
            _span(attributes.get("colspan"), _MAX_COLUMN_SPAN),
        )
        self.text = []

    def _end_cell(self) -> None:
        if self.text is None:
            return
        rows, columns = self.spans
        self.grid.put(self.row, self.column, clean_text(_collapsed("".join(self.text))))
        self.grid.merge(self.row, self.column, rows, columns)
        for column in range(self.column, self.column + columns):
            self.taken[column] = self.row + rows - 1
        self.column += columns
        self.text = None


def _collapsed(text: str) -> str:
    """Blanks as a browser shows them; \\v stands for a break."""
    lines = _BLANKS.sub(" ", text).replace("\v", "\n")
    return _BLANKS_AT_BREAK.sub("\n", lines).strip(" \n")


def _span(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and int(text) else 1
