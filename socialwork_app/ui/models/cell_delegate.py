"""Paints a cell by itself: one call a cell instead of the five that the standard delegate asks for."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from socialwork_app.ui.models.cell_model import Cell, CellModel
from socialwork_app.ui.theme import BAND, INK, LINE, PAPER, SELECTED, TONES

PADDING = 8
LINES = 1.9
"""Height of a row in heights of its text."""


class CellDelegate(QStyledItemDelegate):
    """For views of a `CellModel`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paper, self._band, self._selected = QColor(PAPER), QColor(BAND), QColor(SELECTED)
        self._line, self._ink = QPen(QColor(LINE)), QPen(QColor(INK))
        self._tones = {name: QPen(QColor(colour)) for name, colour in TONES.items()}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        painter.fillRect(rect, self._background(option, index.row()))
        painter.setPen(self._line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        model = index.model()
        if isinstance(model, CellModel):
            self._write(painter, option, rect, model.cell(index.row(), index.column()))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = option.fontMetrics  # pyright: ignore[reportAttributeAccessIssue]
        text = str(index.data() or "")
        return QSize(metrics.horizontalAdvance(text) + 2 * PADDING + 2, round(metrics.height() * LINES))

    def _background(self, option: QStyleOptionViewItem, row: int) -> QColor:
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            return self._selected
        return self._band if row % 2 else self._paper

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, cell: Cell) -> None:
        if not cell.text:
            return
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        text = option.fontMetrics.elidedText(  # pyright: ignore[reportAttributeAccessIssue]
            cell.text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.setPen(self._tones.get(cell.tone, self._ink))
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, text)
