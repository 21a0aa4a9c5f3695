"""A bar across for each year, its parts one beside the other with what they are and how many written in or after them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from socialwork_app.ui.theme import INK, PAPER, PRIMARY

LINES, GAP, NARROWEST = 2.0, 8, 240
LIGHTEST = 150
"""Per cent that the last shade of the colour is lighter than the first."""
Parts = Sequence[tuple[str, int]]


class StackedYears(QWidget):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = name
        self._years: tuple[tuple[str, Parts], ...] = ()

    def show_years(self, years: Sequence[tuple[str, Parts]]) -> None:
        self._years = tuple(years)
        told = (f"{year} " + "、".join(f"{label} {count}" for label, count in parts) for year, parts in years)
        self.setAccessibleName(f"{self._name}：" + "；".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, round(self._line() * max(1, len(self._years))) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _line(self) -> float:
        return self.fontMetrics().height() * LINES

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = max((self.fontMetrics().horizontalAdvance(year) for year, _ in self._years), default=0) + GAP
        for number, (year, parts) in enumerate(self._years):
            line = QRectF(0, number * self._line(), self.width(), self._line())
            painter.setPen(QColor(INK))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, year)
            self._paint_parts(painter, line.adjusted(left, 4, 0, -4), parts)

    def _paint_parts(self, painter: QPainter, room: QRectF, parts: Parts) -> None:
        """Each as wide as its share, but never so narrow that its words are cut."""
        words = [f"{label} {count}" for label, count in parts]
        least = [self.fontMetrics().horizontalAdvance(text) + GAP for text in words]
        spare, whole = max(0.0, room.width() - sum(least)), max(1, sum(count for _, count in parts))
        at = room.left()
        for number, (_, count) in enumerate(parts):
            part = QRectF(at, room.top(), least[number] + spare * count / whole, room.height())
            shade = QColor(PRIMARY).lighter(100 + LIGHTEST * number // max(1, len(parts)))
            painter.fillRect(part.adjusted(0, 0, -1, 0), shade)
            painter.setPen(QColor(PAPER if shade.lightness() < LIGHTEST else INK))
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, words[number])
            at = part.right()
