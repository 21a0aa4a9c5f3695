"""A record's form in a dialog of its own, for what belongs to another record."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Record, Saved
from socialwork_app.ui import messages
from socialwork_app.ui.forms.record_form import RecordForm
from socialwork_app.ui.job_bridge import JobBridge

WIDTH, HEIGHT = 760, 460


class RecordDialog(QDialog):
    saved = Signal(int)

    def __init__(self, opened: OpenRegister, kind: str, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self.form = RecordForm(opened, kind, bridge)
        self.save_button = QPushButton("保存")
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(False)
        self.save_button.setAutoDefault(False)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.setAutoDefault(False)
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.form, 1)
        layout.addLayout(buttons)
        self.resize(WIDTH, HEIGHT)

    def show_record(self, row_id: int | None, owner_id: int | None) -> None:
        """An existing record, or None for a new one of `owner_id`."""
        title = self.form.register.title
        self.setWindowTitle(f"新增{title}" if row_id is None else f"编辑{title}")
        if row_id is None:
            self._fill(None, owner_id)
        else:
            records = self.form.records
            self._bridge.run(lambda _control: records.record(row_id), self._fill, self._failed)

    def _fill(self, record: Record | None, owner_id: int | None = None) -> None:
        self.form.show_record(record, owner_id)
        self.form.focus_first()

    def save(self) -> None:
        if not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        records, draft = self.form.records, self.form.draft()
        self._bridge.write(lambda _control: records.save(draft), self._saved, self._failed)

    def _saved(self, saved: Saved) -> None:
        self.save_button.setEnabled(True)
        if saved.id is None:
            self.form.show_problems(saved.problems)
            return
        self.saved.emit(saved.id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        messages.tell_error(self, error)

    def reject(self) -> None:
        if self.form.dirty and self.isVisible():
            answer = messages.ask_to_leave(self)
            if answer == "save":
                self.save()
            if answer != "discard":
                return
        super().reject()
