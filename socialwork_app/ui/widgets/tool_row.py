"""Search box, filters and buttons over a list: in a narrow window the filters stand in a row of their own."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

FRAME = 40
"""Pixels of a box beside its text."""


class ToolRow(QWidget):
    def __init__(
        self, box: QLineEdit, filters: QWidget, buttons: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._box, self._filters, self._buttons = box, filters, tuple(buttons)
        self._box.setMinimumWidth(box.fontMetrics().horizontalAdvance(box.placeholderText()) + FRAME)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._rows = 0
        self._arrange(1)

    def minimumSizeHint(self) -> QSize:
        """As wide as in two rows: it is the width that it is given which makes them."""
        hint = super().minimumSizeHint()
        return QSize(max(self._width(), _width(self._filters)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self._width() + self._grid.horizontalSpacing() + _width(self._filters)
        self._arrange(1 if self.width() >= whole else 2)

    def _width(self) -> int:
        """What box and buttons need."""
        parts = (self._box, *self._buttons)
        return sum(map(_width, parts)) + self._grid.horizontalSpacing() * (len(parts) - 1)

    def _arrange(self, rows: int) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        self._grid.addWidget(self._box, 0, 0, 1, rows)
        for column, button in enumerate(self._buttons, 2):
            self._grid.addWidget(button, 0, column)
        if rows == 1:
            self._grid.addWidget(self._filters, 0, 1)
        else:
            self._grid.addWidget(self._filters, 1, 0, 1, -1)


def _width(widget: QWidget) -> int:
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())
