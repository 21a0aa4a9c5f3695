"""Stage three: what the import would do, row by row, and what is wrong."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from socialwork_app.services.import_preview import Preview
from socialwork_app.ui.screens.imports.preview_model import (
    ALL,
    CHANGES,
    LEFT_OUT,
    PROBLEMS,
    REMARKS,
    SHEET,
    WIDTHS,
    WITH_PROBLEMS,
    PreviewModel,
    wanted_rows,
)
from socialwork_app.ui.screens.imports.words import OUTCOMES, counted
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.table_view import TableView

HINT = "双击或回车可当场改正有问题的行"


class PreviewCard(Card):
    correction_asked = Signal(object)
    """A PreviewRow with problems."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("3 检查结果", parent)
        self._preview: Preview | None = None
        self.summary = named_label("", "")
        self.summary.setWordWrap(True)
        self.filter = QComboBox()
        self.filter.setAccessibleName("按结果筛选")
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model = PreviewModel(self)
        self.table = TableView("检查结果")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.detail = named_label(HINT, "muted")
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.addWidget(self.summary, 1)
        row.addWidget(self.filter)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.detail)
        self.filter.activated.connect(lambda _index: self._refresh())
        self.table.doubleClicked.connect(self._ask_correction)
        self.table.selection_changed.connect(self._show_detail)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), self.table)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(lambda: self._ask_correction(self.table.currentIndex()))
        self.show_preview(None)

    def show_preview(self, preview: Preview | None) -> None:
        self._preview = preview
        chosen = self.filter.currentData()
        self._fill_filter()
        self.filter.setCurrentIndex(max(0, self.filter.findData(chosen)))
        self.filter.setEnabled(preview is not None)
        self.summary.setText(counted(preview.counts) if preview else "")
        several = preview is not None and len(preview.reading.tables) > 1
        self.table.setColumnHidden(SHEET, not several)
        self._refresh()

    def show_only(self, which: str) -> None:
        self.filter.setCurrentIndex(max(0, self.filter.findData(which)))
        self._refresh()

    def _fill_filter(self) -> None:
        self.filter.clear()
        self.filter.addItem("全部", ALL)
        preview = self._preview
        if preview is None:
            return
        for outcome, word in OUTCOMES.items():
            if preview.counts[outcome]:
                self.filter.addItem(f"{word} {preview.counts[outcome]:,}", str(outcome))
        for which, word in ((WITH_PROBLEMS, "有问题"), (REMARKS, "整表提醒"), (LEFT_OUT, "未读取")):
            if count := len(wanted_rows(preview, which)):
                self.filter.addItem(f"{word} {count:,}", which)

    def _refresh(self) -> None:
        self.model.show_preview(self._preview, self.filter.currentData() or ALL)
        nothing = "选择文件后，在此查看每一行的处理结果" if self._preview is None else "没有记录"
        self.table.say_empty("" if self.model.rowCount() else nothing)

    def _show_detail(self) -> None:
        """The chosen row's changes and problems in full, which the table may have to cut."""
        ranges = self.table.selected_ranges()
        cells = [self.model.cell(ranges[0][0], column).text for column in (CHANGES, PROBLEMS)] if ranges else []
        self.detail.setText("\n".join(filter(None, cells)) or HINT)

    def _ask_correction(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self.model.row(index.row())
        if row is not None and row.problems:
            self.correction_asked.emit(row)
