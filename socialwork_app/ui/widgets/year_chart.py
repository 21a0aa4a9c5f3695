"""Upright bars, one a year, with what they stand for written above and below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from socialwork_app.ui.theme import INK, LINE, PRIMARY

WIDTH, LINES = 76, 7
"""Pixels of a year at least; lines of text that it is high."""


@dataclass(frozen=True, slots=True)
class YearBar:
    """`part`: from 0 to 1; None where there is no figure, only words."""

    year: str
    words: str
    part: float | None


class YearChart(QWidget):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = name
        self._bars: tuple[YearBar, ...] = ()

    def show_years(self, bars: Sequence[YearBar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleName(f"{self._name}：" + "，".join(f"{bar.year} {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH * max(1, len(self._bars)), self.fontMetrics().height() * LINES)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._bars[-max(1, self.width() // WIDTH) :]  # the newest, where the room is short
        width = min(float(self.width()) / len(shown), WIDTH * 1.6)
        for number, bar in enumerate(shown):
            self._paint(painter, QRectF(number * width, 0, width, self.height()), bar)

    def _paint(self, painter: QPainter, room: QRectF, bar: YearBar) -> None:
        line = self.fontMetrics().height() * 1.2
        floor, top = room.bottom() - line, room.top() + line
        height = (floor - top) * (bar.part or 0)
        painter.setPen(QColor(INK))
        painter.drawText(QRectF(room.left(), floor, room.width(), line), Qt.AlignmentFlag.AlignCenter, bar.year)
        over = QRectF(room.left(), floor - height - line, room.width(), line)
        painter.drawText(over, Qt.AlignmentFlag.AlignCenter, bar.words)
        painter.setPen(QColor(LINE))
        painter.drawLine(QLineF(room.left(), floor, room.right(), floor))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PRIMARY))
        thickness = room.width() * 0.36
        painter.drawRect(QRectF(room.center().x() - thickness / 2, floor - height, thickness, height))
