"""Stage two: which column of the file is which field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from socialwork_app.domain.fields.field import Field
from socialwork_app.domain.headers import normalise
from socialwork_app.domain.imports import NUMBERING
from socialwork_app.services.import_tables import MatchedColumn, Reading
from socialwork_app.ui.forms.combo_editors import ComboBox
from socialwork_app.ui.theme import ORANGE
from socialwork_app.ui.widgets.card import Card, named_label

NOT_TAKEN = "（不导入）"


class ColumnsCard(Card):
    matched = Signal(str, str, str)
    """Sheet, header and the key of the field that the column shall fill, "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("2 核对列", parent)
        self._fields = QStandardItemModel(self)
        self._combos: dict[tuple[str, str], ComboBox] = {}
        self.summary = named_label("选择文件后，在此核对每一列对应的项目", "muted")
        self.summary.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.summary)
        self.body.addWidget(self._area, 1)

    def combo(self, sheet: str, header: str) -> ComboBox:
        return self._combos[sheet, header]

    def offer(self, fields: Sequence[Field]) -> None:
        """What a column can be matched to. All combo boxes share one list of it."""
        self._fields.clear()
        for key, label in (("", NOT_TAKEN), *((field.key, field.label) for field in fields)):
            item = QStandardItem(label)
            item.setData(key, Qt.ItemDataRole.UserRole)
            self._fields.appendRow(item)

    def clear(self) -> None:
        self._combos.clear()
        self._show(QWidget())
        self.summary.setText("选择文件后，在此核对每一列对应的项目")

    def show_reading(self, reading: Reading) -> None:
        """The columns with their combo boxes; of the same columns only what changed."""
        columns = [(table.sheet, column) for table in reading.tables for column in table.columns]
        if [(sheet, column.header) for sheet, column in columns] != list(self._combos):
            self._build(reading)
        for sheet, column in columns:
            self._select(self._combos[sheet, column.header], column)
        unmatched = sum(not column.field and not _numbers_rows(column) for _, column in columns)
        self.summary.setText(
            f"{len(columns)} 列，{unmatched} 列未对应" if unmatched else f"{len(columns)} 列已全部对应"
        )

    def _build(self, reading: Reading) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setColumnStretch(1, 1)
        self._combos.clear()
        for table in reading.tables:
            if len(reading.tables) > 1:
                grid.addWidget(named_label(table.sheet, "sectionTitle"), grid.rowCount(), 0, 1, 2)
            for column in table.columns:
                self._add(grid, table.sheet, column)
        grid.setRowStretch(grid.rowCount(), 1)
        self._show(page)

    def _show(self, page: QWidget) -> None:
        self._area.setWidget(page)
        for surface in (page, self._area.viewport()):
            surface.setAutoFillBackground(False)

    def _add(self, grid: QGridLayout, sheet: str, column: MatchedColumn) -> None:
        row = grid.rowCount()
        label = named_label(column.header, "")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        combo = ComboBox(typed=False)
        combo.setModel(self._fields)
        combo.setAccessibleName(f"“{column.header}”一列对应的项目")
        label.setBuddy(combo)
        combo.activated.connect(
            lambda _index: self.matched.emit(sheet, column.header, combo.currentData(Qt.ItemDataRole.UserRole))
        )
        grid.addWidget(label, row, 0)
        grid.addWidget(combo, row, 1)
        self._combos[sheet, column.header] = combo

    def _select(self, combo: ComboBox, column: MatchedColumn) -> None:
        combo.setCurrentIndex(max(0, combo.findData(column.field, Qt.ItemDataRole.UserRole)))
        missing = not column.field and not _numbers_rows(column)
        combo.setStyleSheet(f"color: {ORANGE}" if missing else "")
        combo.setAccessibleDescription("未对应，不导入" if missing else "")


def _numbers_rows(column: MatchedColumn) -> bool:
    """True for 序号 and the like, which nobody misses."""
    return normalise(column.header) in NUMBERING
