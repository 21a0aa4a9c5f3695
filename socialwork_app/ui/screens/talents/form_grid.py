"""A sheet of a form as it looks, and what is filled into which of its cells."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from socialwork_app.services.form_files import FormSheet, reference

MOST_ROWS, MOST_COLUMNS = 400, 80
"""What is shown of a sheet: forms have a page."""
CHARACTER, POINT = 8, 4 / 3
"""Pixels of a character's width and of a point."""
USUAL_WIDTH, USUAL_HEIGHT, LOWEST = 8.5, 15.0, 26
FILLED, FORMULA = QColor("#d8ecd9"), QColor("#eef2f7")
Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int]
"""Row and column, 0-based."""
NOWHERE = QModelIndex()


class FormModel(QAbstractTableModel):
    """`filled`: what goes in, by row and column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: FormSheet | None = None
        self.filled: dict[Place, str] = {}

    def show_sheet(self, sheet: FormSheet, filled: Mapping[Place, str]) -> None:
        self.beginResetModel()
        self.sheet, self.filled = sheet, dict(filled)
        self.endResetModel()

    def fill(self, index: Index, value: str) -> None:
        """ "" takes away what is filled in."""
        place = (index.row(), index.column())
        if value:
            self.filled[place] = value
        else:
            self.filled.pop(place, None)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.sheet is None else min(self.sheet.rows, MOST_ROWS)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.sheet is None else min(self.sheet.columns, MOST_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(section + 1) if orientation == Qt.Orientation.Vertical else reference(0, section).rstrip("1")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.sheet is None or not index.isValid():
            return None
        place = (index.row(), index.column())
        value = self.filled.get(place)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"【{value}】" if value else self.sheet.texts.get(place, "")
        if role == Qt.ItemDataRole.BackgroundRole:
            return FILLED if value else FORMULA if place in self.sheet.formulas else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index)
        return Qt.AlignmentFlag.AlignCenter if role == Qt.ItemDataRole.TextAlignmentRole else None

    def told(self, index: Index) -> str:
        """Which cell this is, and what it holds."""
        if self.sheet is None or not index.isValid():
            return ""
        place = (index.row(), index.column())
        if value := self.filled.get(place):
            return f"{reference(*place)}：填入 {value}"
        kind = "公式，不能填入" if place in self.sheet.formulas else self.sheet.texts.get(place, "") or "空"
        return f"{reference(*place)}：{kind}"


class FormTable(QTableView):
    """Enter or a double click asks for a name, Delete takes away what is filled in."""

    name_asked = Signal()
    clear_asked = Signal()
    chosen = Signal(QModelIndex)

    def __init__(self, model: FormModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("表格")
        self.setModel(model)
        self._model = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().setMinimumSectionSize(LOWEST)
        self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(now))
        self.doubleClicked.connect(lambda _index: self.name_asked.emit())

    def show_sheet(self, sheet: FormSheet, filled: Mapping[Place, str]) -> None:
        self.clearSpans()
        self._model.show_sheet(sheet, filled)
        rows, columns = self._model.rowCount(), self._model.columnCount()
        for top, left, bottom, right in sheet.merges:
            high, wide = min(bottom, rows - 1) - top + 1, min(right, columns - 1) - left + 1
            if high > 0 and wide > 0 and (high, wide) != (1, 1):
                self.setSpan(top, left, high, wide)
        for column in range(columns):
            self.setColumnWidth(column, round(sheet.widths.get(column, USUAL_WIDTH) * CHARACTER))
        for row in range(rows):
            self.setRowHeight(row, max(LOWEST, round(sheet.heights.get(row, USUAL_HEIGHT) * POINT)))
        self.setCurrentIndex(self._model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.name_asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_asked.emit()
        else:
            super().keyPressEvent(event)
