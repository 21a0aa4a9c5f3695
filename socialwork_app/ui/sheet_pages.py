"""A sheet laid out on pages: which rows stand on which, and how each is drawn. Lengths are device pixels."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPen

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sheets import Sheet
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui.lettering import Lettering

Rows = Sequence[Sequence[Value]]

_TITLE_SIZE, _TEXT_SIZE, _SMALL_SIZE = 16.0, 10.5, 9.0
_LEAST_TABLE_SIZE = 6.0
"""Points."""
_MAX_LINES, _MAX_LABEL_LINES, _MAX_NOTE_LINES = 3, 6, 12
_PADDING = 0.6
"""Of a cell, left and right, in half-width characters."""
_HEADER_GREY = QColor(0xE7, 0xE6, 0xE6)


def table_size(sheet: Sheet, width: float) -> float:
    """The size of the table's text, in points, with which the columns fit a page `width` points wide.

    Never so small that it can't be read: then cells are wrapped instead.
    """
    characters = sheet.width + len(sheet.columns) * 2 * _PADDING
    return min(max(width / (characters / 2), _LEAST_TABLE_SIZE), _TEXT_SIZE)


def paged(heights: Sequence[float], first_room: float, room: float, foot: float) -> list[range]:
    """The rows of each page, one page at least. The foot never stands alone: it takes the last row along."""
    pages: list[range] = []
    start, left = 0, first_room
    for row, height in enumerate(heights):
        if height > left and row > start:
            pages.append(range(start, row))
            start, left = row, room
        left -= height
    if foot > left and len(heights) - start > 1:
        pages.append(range(start, len(heights) - 1))
        start = len(heights) - 1
    return [*pages, range(start, len(heights))]


class SheetPages:
    """The pages of a sheet for one device; `count` of them, and `paint` draws one."""

    def __init__(self, sheet: Sheet, rows: Rows, device: QPaintDevice, control: Control) -> None:
        self._sheet, self._rows = sheet, rows
        self._point = device.logicalDpiY() / 72
        self._area = QRectF(0, 0, device.width(), device.height())
        self._set_lettering(device)
        self._padding = self._cell.line_height * _PADDING / 2
        self._edges = self._column_edges()
        self._inner = [right - left - 2 * self._padding for left, right in pairwise(self._edges)]
        self._labels = [
            self._label.lines(column.label, width, _MAX_LABEL_LINES)
            for column, width in zip(sheet.columns, self._inner, strict=True)
        ]
        self._heights = [self._row_height(row) for row in control.each(rows, len(rows), "排版")]
        self._pages = self._paginate()

    @property
    def count(self) -> int:
        return len(self._pages)

    def rows_of(self, page: int) -> range:
        return self._pages[page]

    def _set_lettering(self, device: QPaintDevice) -> None:
        size = table_size(self._sheet, self._area.width() / self._point)
        self._title = Lettering(device, _TITLE_SIZE, bold=True)
        self._text = Lettering(device, _TEXT_SIZE)
        self._small = Lettering(device, _SMALL_SIZE)
        self._label = Lettering(device, size, bold=True)
        self._cell = Lettering(device, size)

    def _column_edges(self) -> list[float]:
        """The left edge of each column, and the right edge of the last."""
        widths = [column.width + 2 * _PADDING for column in self._sheet.columns]
        scale = self._area.width() / sum(widths)
        return [edge * scale for edge in accumulate(widths, initial=0.0)]

    def _lines(self, column: int, value: Value) -> list[str]:
        text = "" if value is None else str(value)
        return self._cell.lines(text, self._inner[column], self._sheet.lines if self._sheet.rows_a_page else _MAX_LINES)

    def _row_height(self, row: Sequence[Value]) -> float:
        least = self._sheet.row_height * self._point
        if self._sheet.rows_a_page:
            return least
        most = max(len(self._lines(column, value)) for column, value in enumerate(row))
        return max((most + 0.8) * self._cell.line_height, least)

    @property
    def _header_height(self) -> float:
        return (max(map(len, self._labels)) + 1) * self._label.line_height

    @property
    def _title_lines(self) -> list[str]:
        return self._title.lines(self._sheet.title, self._area.width(), _MAX_LINES)

    @property
    def _note_lines(self) -> list[str]:
        return self._text.lines(self._sheet.note, self._area.width(), _MAX_NOTE_LINES)

    @property
    def _title_height(self) -> float:
        return (len(self._title_lines) + 0.5) * self._title.line_height

    @property
    def _line_height(self) -> float:
        return 1.6 * self._text.line_height

    @property
    def _note_height(self) -> float:
        return (len(self._note_lines) + 0.6) * self._text.line_height if self._sheet.note else 0.0

    @property
    def _signature_height(self) -> float:
        return 2.4 * self._text.line_height if self._sheet.signature else 0.0

    @property
    def _number_height(self) -> float:
        return 2 * self._small.line_height

    def _paginate(self) -> list[range]:
        room = self._area.height() - self._header_height - self._number_height
        first_room = room - self._title_height - self._line_height
        if (a_page := self._sheet.rows_a_page) and self._rows:
            return [range(at, min(at + a_page, len(self._rows))) for at in range(0, len(self._rows), a_page)]
        return paged(self._heights, first_room, room, self._note_height + self._signature_height)

    def paint(self, painter: QPainter, page: int) -> None:
        painter.setPen(QPen(QColor("black"), 0.5 * self._point))
        top = self._paint_head(painter) if page == 0 else 0.0
        bottom = self._paint_table(painter, top, self._pages[page])
        if page == self.count - 1:
            self._paint_foot(painter, bottom)
        number = QRectF(0, self._area.bottom() - self._small.line_height, self._area.width(), 0)
        number.setHeight(self._small.line_height)
        self._small.draw(painter, number, [f"第 {page + 1} 页 共 {self.count} 页"], "center")

    def _paint_head(self, painter: QPainter) -> float:
        """Title and line; returns where the table begins."""
        width, sheet = self._area.width(), self._sheet
        self._title.draw(painter, QRectF(0, 0, width, self._title_height), self._title_lines, "center")
        line = QRectF(0, self._title_height, width, self._line_height)
        room = width - self._text.width(sheet.right_line) - 2 * self._padding
        self._text.draw(painter, line, self._text.lines(sheet.left_line, room, 1))
        self._text.draw(painter, line, [sheet.right_line], "right")
        return line.bottom()

    def _paint_table(self, painter: QPainter, top: float, rows: range) -> float:
        """Header and rows; returns where the table ends."""
        painter.fillRect(QRectF(0, top, self._area.width(), self._header_height), _HEADER_GREY)
        levels = [top, top + self._header_height]
        for column, lines in enumerate(self._labels):
            area = self._cell_area(column, top, self._header_height)
            self._label.draw(painter, area, lines, "center")
        for row in rows:
            self._paint_row(painter, levels[-1], row)
            levels.append(levels[-1] + self._heights[row])
        self._paint_grid(painter, levels)
        return levels[-1]

    def _paint_row(self, painter: QPainter, top: float, row: int) -> None:
        columns = self._sheet.columns
        for number, (column, value) in enumerate(zip(columns, self._rows[row], strict=True)):
            area = self._cell_area(number, top, self._heights[row])
            self._cell.draw(painter, area, self._lines(number, value), column.placed(value))

    def _cell_area(self, column: int, top: float, height: float) -> QRectF:
        return QRectF(self._edges[column] + self._padding, top, self._inner[column], height)

    def _paint_grid(self, painter: QPainter, levels: Sequence[float]) -> None:
        across = [QLineF(0, level, self._edges[-1], level) for level in levels]
        upright = [QLineF(edge, levels[0], edge, levels[-1]) for edge in self._edges]
        painter.drawLines(across + upright)

    def _paint_foot(self, painter: QPainter, top: float) -> None:
        if self._sheet.note:
            note = QRectF(0, top, self._area.width(), self._note_height)
            self._text.draw(painter, note, self._note_lines)
            top = note.bottom()
        parts = len(self._sheet.signature)
        for number, text in enumerate(self._sheet.signature):
            left = self._area.width() * number / parts
            place = QRectF(left, top, self._area.width() / parts, self._signature_height)
            self._text.draw(painter, place, [text])
