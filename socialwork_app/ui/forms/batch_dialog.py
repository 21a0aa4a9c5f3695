"""The import that a value came from: when, by whom, from which file, and the records that it made and changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field, Value
from socialwork_app.domain.fields.log import TOUCHED_FIELDS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.history import Batch, History, TouchedWindow
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.paged_table_model import PagedTableModel
from socialwork_app.ui.widgets.table_view import TableView

SIZE = (640, 520)


class BatchDialog(QDialog):
    def __init__(self, history: History, change_id: int, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导入批次")
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        self.model = PagedTableModel(TOUCHED_FIELDS, _plain, self)
        self.table = TableView("本批记录")
        self.table.show_model(self.model)
        self.table.set_widths([field.width for field in TOUCHED_FIELDS])
        self.table.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        self.resize(*SIZE)

        def work(_control: Control) -> tuple[Batch, TouchedWindow]:
            return history.batch(change_id), history.touched(change_id)

        bridge.run(work, self._show)

    def _show(self, found: tuple[Batch, TouchedWindow]) -> None:
        batch, window = found
        undone = "，已撤销" if batch.undone else ""
        self.about.setText(
            f"第 {batch.batch} 批：{batch.file}\n{batch.at[:16].replace('T', ' ')} {batch.by} 导入，"
            f"新增 {batch.created:,} 条，更新 {batch.updated:,} 条{undone}。撤销整批请到“导入”页。"
        )
        self.model.show_window(window)


def _plain(_field: Field, value: Value) -> str:
    return "" if value is None else str(value)
