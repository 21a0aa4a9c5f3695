"""What counts for one person in a registration period or a year, opened from elsewhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from socialwork_app.services.hours import PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.forms.record_dialog import RecordDialog
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.screens.training.hours_pane import HoursPane
from socialwork_app.ui.widgets.controls import button, side_by_side

SIZE = (560, 560)


class HoursDialog(QDialog):
    def __init__(
        self, opened: OpenRegister, bridge: JobBridge, hours: PersonHours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("继续教育")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._opened, self._bridge = opened, bridge
        self.pane = HoursPane(opened.catalogue.code_lists["level"])
        self.pane.show_hours(hours)
        self.pane.record_asked.connect(self._edit)
        close = button("关闭", "Esc")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pane, 1)
        layout.addLayout(side_by_side(None, close))
        self.resize(*SIZE)

    def _edit(self, kind: str, row_id: int) -> None:
        """What is shown here was read before; it closes with what has changed."""
        form = RecordDialog(self._opened, kind, self._bridge, self)
        form.saved.connect(self.accept)
        form.show_record(row_id, None)
        form.open()
