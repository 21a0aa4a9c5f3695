"""One change of the log, such as an import: when, by whom, and the records that it made, changed and deleted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field, Value
from socialwork_app.domain.fields.log import TOUCHED_FIELDS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.history import History, TouchedWindow
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.paged_table_model import PagedTableModel
from socialwork_app.ui.widgets.table_view import TableView

SIZE = (640, 520)


class ChangeDialog(QDialog):
    def __init__(self, history: History, change_id: int, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"第 {change_id} 号改动")
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        self.model = PagedTableModel(TOUCHED_FIELDS, plain, self)
        self.table = TableView("涉及的记录")
        self.table.show_model(self.model)
        self.table.set_widths([field.width for field in TOUCHED_FIELDS])
        self.table.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        self.resize(*SIZE)

        def work(_control: Control) -> tuple[str, TouchedWindow]:
            return history.told(change_id), history.touched(change_id)

        bridge.run(work, self._show)

    def _show(self, found: tuple[str, TouchedWindow]) -> None:
        about, window = found
        self.about.setText(about)
        self.model.show_window(window)
        self.table.say_empty("" if window.total else "没有涉及登记册中的记录")


def plain(_field: Field, value: Value) -> str:
    """For lists whose values are words already."""
    return "" if value is None else str(value)
