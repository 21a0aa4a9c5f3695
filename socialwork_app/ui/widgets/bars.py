"""Horizontal bars with the figure printed beside each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from socialwork_app.ui.theme import INK, PRIMARY

LINES = 1.7
GAP = 8
SHORTEST = 60
"""Pixels of the longest bar, at least."""


class Bars(QWidget):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = name
        self._bars: tuple[tuple[str, int], ...] = ()

    def show_bars(self, bars: Sequence[tuple[str, int]]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleName(f"{self._name}：" + "，".join(f"{label} {count}" for label, count in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._left() + SHORTEST + self._right(), round(self._line() * len(self._bars)) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _line(self) -> float:
        return self.fontMetrics().height() * LINES

    def _left(self) -> int:
        return max((self.fontMetrics().horizontalAdvance(label) for label, _ in self._bars), default=0) + GAP

    def _right(self) -> int:
        return GAP + max((self.fontMetrics().horizontalAdvance(f"{count:,}") for _, count in self._bars), default=0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, most = self._left(), max(1, *(count for _, count in self._bars))
        room = self.width() - left - self._right()
        for number, (label, count) in enumerate(self._bars):
            line = QRectF(0, number * self._line(), self.width(), self._line())
            self._paint_bar(painter, line, left, max(2.0, room * count / most), label, count)

    def _paint_bar(self, painter: QPainter, line: QRectF, left: int, length: float, label: str, count: int) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        thickness = line.height() * 0.5
        painter.setPen(QColor(INK))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, label)
        painter.drawText(line.adjusted(left + length + GAP, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | middle, f"{count:,}")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PRIMARY))
        painter.drawRoundedRect(QRectF(left, line.center().y() - thickness / 2, length, thickness), 3, 3)
