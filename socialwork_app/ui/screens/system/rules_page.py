"""The rule table: numbers with their documents and dates, to be kept up to date by the officer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.record_panel import RecordPanel
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.records.records_list import RecordsList
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.card import named_label

KIND = "rules"
ADVICE = "规定变动时不要改旧行：给旧行填废止日期，另增一行新规定。旧时段仍按旧规定计算。"


class RulesPage(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._records, self._history = Records(opened, KIND), History(opened)
        self.list = RecordsList(self._records, bridge, bus, Remembered())
        self.panel = RecordPanel(opened, KIND, bridge, bus)
        self.panel.hide()
        self.new_button = QPushButton("新增")
        self.new_button.setProperty("primary", True)
        self.delete_button = QPushButton("删除")
        self.undo_bar = UndoBar()
        for button in (self.new_button, self.delete_button):
            button.setAccessibleName(f"{button.text()}{self._records.register.title}")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        advice = named_label(ADVICE, "muted")
        advice.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(advice, 1)
        row.addWidget(self.delete_button)
        row.addWidget(self.new_button)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(10)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.panel)
        splitter.setSizes([600, 440])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.list.tools)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.list.total)
        layout.addWidget(self.undo_bar)

    def _connect(self) -> None:
        self.list.record_chosen.connect(self.show_record)
        self.list.selection_changed.connect(self._choose)
        self.panel.closed.connect(self.panel.hide)
        if not self._records.opened.allows("save", self._records.register.key):
            self.new_button.hide()
            self.delete_button.hide()
        self.new_button.clicked.connect(self.new_record)
        self.delete_button.clicked.connect(self.ask_delete)
        self.undo_bar.undo_asked.connect(self._undo)
        self._choose()

    def _choose(self) -> None:
        self.delete_button.setEnabled(self.list.table.selected_count() > 0)

    def show_record(self, row_id: int) -> None:
        if self.panel.may_leave():
            self.panel.show()
            self.panel.show_record(row_id)

    def new_record(self) -> None:
        if self.panel.may_leave():
            self.panel.show()
            self.panel.new_record()

    def may_leave(self) -> bool:
        return self.panel.may_leave()

    def shut(self) -> None:
        """Give the list's connection back."""
        self.list.model.clear()

    def ask_delete(self) -> None:
        ids = self.list.selected_ids()
        title = self._records.register.title
        if ids and messages.ask(self.window(), f"删除选中的 {len(ids)} 条{title}？", "删除", "删除后可以撤销。"):
            self._bridge.write(lambda control: self._records.delete(ids, control), self._deleted)

    def _deleted(self, changes: Changes) -> None:
        self.undo_bar.offer(f"已删除 {len(changes.ids)} 条{self._records.register.title}", changes.change_id)

    def _undo(self, change_id: int) -> None:
        history = self._history

        def work(control: Control) -> object:
            return history.undo(change_id, control)

        self._bridge.write(work, self._undone)

    def _undone(self, _undone: object) -> None:
        """An undo names the kinds of the lists in the rail; this one looks by itself."""
        self.list.reload()
