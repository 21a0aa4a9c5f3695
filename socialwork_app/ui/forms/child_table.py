"""What belongs to a record, as a table with the same form behind it; and what belongs to its rows beneath."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import NUMBERS
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History, Undone
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records, Row
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.record_dialog import RecordDialog
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

MOST = 200


class ChildTable(QWidget):
    """The rows of `kind` that belong to one record. With children of its own, those of the chosen row stand beneath."""

    chosen = Signal(object)
    """Row id of the one selected row, or None."""

    def __init__(
        self, opened: OpenRegister, kind: str, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opened, self._bridge, self._bus = opened, bridge, bus
        self.records = Records(opened, kind)
        self.register = self.records.register
        self._owner_column = f"{opened.catalogue[self.register.owner].singular}_id"
        self._owner_id: int | None = None
        self._rows: list[Row] = []
        self.fields = [opened.catalogue.listed_field(self.register, key) for key in self._columns()]
        self.model = RowsModel([field.label for field in self.fields], self)
        self.table = TableView(self.register.title)
        self.new_button = self._button("新增", self.ask_new)
        self.edit_button = self._button("编辑", self.ask_edit)
        self.delete_button = self._button("删除", self.ask_delete)
        self.undo_bar = UndoBar()
        self.count = named_label("", "muted")
        self.children_tables = [
            ChildTable(opened, child.key, bridge, bus) for child in opened.catalogue.children(self.register.key)
        ]
        self._lay_out()
        if not opened.allows("save", self.register.key):
            self.new_button.hide()
            self.delete_button.hide()
        self._connect()
        self._show_rows([])

    def _columns(self) -> tuple[str, ...]:
        """The register's own columns: whose they are is known from where they stand."""
        return tuple(key for key in self.register.columns if key not in self.register.borrowed)

    def _button(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(f"{text}{self.register.title}")
        button.clicked.connect(pressed)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        heading: QLabel = named_label(self.register.title, "sectionTitle")
        for widget in (heading, self.count):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        for button in (self.new_button, self.edit_button, self.delete_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 2)
        layout.addWidget(self.undo_bar)
        for table in self.children_tables:
            layout.addWidget(table, 1)

    def _connect(self) -> None:
        self.table.show_model(self.model)
        self.table.set_widths([field.width for field in self.fields])
        self.table.setMinimumHeight(self.table.fontMetrics().height() * 5)
        self.table.selection_changed.connect(self._choose)
        self.table.doubleClicked.connect(lambda _index: self.ask_edit())
        for key, act in ((QKeySequence.StandardKey.Delete, self.ask_delete), (Qt.Key.Key_Return, self.ask_edit)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.undo_bar.undo_asked.connect(self._undo)
        self._bus.changed.connect(self._take_note)

    # showing

    def show_owner(self, owner_id: int | None) -> None:
        if owner_id != self._owner_id:
            self.undo_bar.hide()
        self._owner_id = owner_id
        self.new_button.setEnabled(owner_id is not None)
        self.load()

    def load(self) -> None:
        owner = self._owner_id
        if owner is None:
            self._show_rows([])
            return
        asked = Filter(where=(Condition(self._owner_column, owner),))
        self._show_rows(self.records.first_rows(asked, self._columns(), MOST))

    def _show_rows(self, rows: list[Row]) -> None:
        chosen = self.chosen_id()
        self._rows = rows
        self.model.show_rows([[self._cell(row, index) for index in range(len(self.fields))] for row in rows])
        self.count.setText(f"{len(rows)} 条")
        self.table.say_empty("" if rows else f"没有{self.register.title}")
        ids = [row.id for row in rows]
        if chosen in ids:
            self.table.select_row(ids.index(chosen))
        elif rows and self.children_tables:
            self.table.select_row(len(rows) - 1)
        self._choose()

    def _cell(self, row: Row, column: int) -> Cell:
        field = self.fields[column]
        text = self.records.display(field.key, row.values.get(field.key))
        return Cell(text, right=field.kind in NUMBERS)

    def chosen_id(self) -> int | None:
        ranges = self.table.selected_ranges()
        if len(ranges) != 1 or ranges[0][0] != ranges[0][1] or ranges[0][0] >= len(self._rows):
            return None
        return self._rows[ranges[0][0]].id

    def selected_ids(self) -> list[int]:
        return [row.id for first, last in self.table.selected_ranges() for row in self._rows[first : last + 1]]

    def _choose(self) -> None:
        chosen = self.chosen_id()
        self.edit_button.setEnabled(chosen is not None)
        self.delete_button.setEnabled(bool(self.selected_ids()))
        for table in self.children_tables:
            table.show_owner(chosen)
        self.chosen.emit(chosen)

    def _take_note(self, changes: Changes) -> None:
        if self.register.key in changes.kinds and self._owner_id is not None:
            self.load()

    # doing

    def ask_new(self) -> RecordDialog | None:
        return self._open(None) if self._owner_id is not None else None

    def ask_edit(self) -> RecordDialog | None:
        chosen = self.chosen_id()
        return self._open(chosen) if chosen is not None else None

    def _open(self, row_id: int | None) -> RecordDialog:
        dialog = RecordDialog(self._opened, self.register.key, self._bridge, self.window())
        dialog.show_record(row_id, self._owner_id)
        dialog.open()
        return dialog

    def ask_delete(self) -> None:
        ids = self.selected_ids()
        if ids and messages.ask(self, f"删除所选的 {len(ids)} 条{self.register.title}？", "删除", "删除后可撤销。"):
            self._bridge.write(lambda control: self.records.delete(ids, control), self._deleted)

    def _deleted(self, changes: Changes) -> None:
        self.undo_bar.offer(f"已删除 {len(changes.ids)} 条{self.register.title}", changes.change_id)

    def _undo(self, change_id: int) -> None:
        history = History(self._opened)
        self._bridge.write(lambda control: history.undo(change_id, control), self._undone)

    def _undone(self, undone: Undone) -> None:
        messages.tell_kept(self, undone.kept)
