"""The generic screen of a register: its list at the left, the chosen record at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.records.bulk_edit import BulkEdit
from socialwork_app.ui.screens.records.merge_dialog import MergeDialog
from socialwork_app.ui.screens.records.paper import Paper
from socialwork_app.ui.screens.records.records_list import RecordsList
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.card import page_title
from socialwork_app.ui.widgets.controls import button, page_key

if TYPE_CHECKING:
    from socialwork_app.services.exports import Exports
    from socialwork_app.services.history import History
    from socialwork_app.ui.forms.record_panel import RecordPanel

LIST_SHARE, PANEL_SHARE = 3, 2
MARGINS = (16, 12, 16, 12)


class RecordsScreen(QWidget):
    def __init__(
        self,
        records: Records,
        history: History,
        exports: Exports,
        bridge: JobBridge,
        bus: ChangesBus,
        remembered: Remembered | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._history = history
        self._bridge = bridge
        self._bus = bus
        self._paper = Paper(exports, records.register.key, bridge, self)
        self._panel: RecordPanel | None = None
        self._shown: int | None = None
        self.list = RecordsList(records, bridge, bus, remembered or Remembered())
        self.undo_bar = UndoBar()
        self._new = button("新增", "Ctrl+N", primary=True)
        self._export = button("导出", "把列表中的全部记录导出为工作簿")
        self._print = button("打印", "打印列表中的全部记录")
        self._bulk = button("批量修改", "给选中的记录填同一内容")
        self.merge_button = button("合并…", "选中的两人是同一人时，合并为一条")
        self._delete = button("删除", "Del")
        self._chosen = QLabel()
        self._lay_out()
        self._hide_what_is_not_allowed()
        self._connect()
        self._selection_changed()

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(10)
        self._splitter.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.addLayout(self._header())
        layout.addWidget(self.list.tools)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.undo_bar)
        layout.addLayout(self._footer())

    def _hide_what_is_not_allowed(self) -> None:
        allows, kind = self._records.opened.allows, self._records.register.key
        decides = allows("review", kind) and any(field.decided for field in self._records.register.fields)
        for each, action in ((self._new, "save"), (self._delete, "delete")):
            if not allows(action, kind):
                each.hide()
        if not (allows("save", kind) or decides):
            self._bulk.hide()
        self.merge_button.setVisible(kind == PEOPLE.key and allows("merge", kind))

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(page_title(self._records.register.title))
        row.addStretch(1)
        for each in (self._new, self._export, self._print):
            row.addWidget(each)
        return row

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.list.total)
        row.addStretch(1)
        row.addWidget(self._chosen)
        row.addWidget(self.merge_button)
        row.addWidget(self._bulk)
        row.addWidget(self._delete)
        return row

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_record)
        self._export.clicked.connect(lambda: self._paper.ask_and_export(self.list.asked(), self.list.keys()))
        self._print.clicked.connect(lambda: self._paper.print(self.list.asked(), self.list.keys()))
        self._bulk.clicked.connect(self._ask_bulk_edit)
        self.merge_button.clicked.connect(self.ask_merge)
        self._delete.clicked.connect(self._ask_delete)
        self.list.selection_changed.connect(self._selection_changed)
        self.list.record_chosen.connect(self.show_record)
        self.undo_bar.undo_asked.connect(self._undo)
        for keys, act in (("Ctrl+N", self.new_record), ("Ctrl+F", self._search), ("Ctrl+Z", self.undo_bar.undo)):
            page_key(keys, act, self)
        delete = QShortcut(QKeySequence("Del"), self.list.table)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self._ask_delete)

    def may_leave(self) -> bool:
        """False where the user wants to go on with what is not saved."""
        return self._panel is None or self._panel.may_leave()

    def shut(self) -> None:
        """Give the list's connection back."""
        self.list.model.clear()

    # the record at the right

    def show_record(self, row_id: int) -> None:
        if row_id == self._shown or not self.may_leave():
            return
        self._shown = row_id
        panel = self._open_panel()
        panel.show_record(row_id)

    def new_record(self) -> None:
        if not self._new.isHidden() and self.may_leave():
            self._shown = None
            self._open_panel().new_record()

    def _open_panel(self) -> RecordPanel:
        if self._panel is None:
            self._panel = self._make_panel()
        self._panel.show()
        return self._panel

    def _make_panel(self) -> RecordPanel:
        from socialwork_app.ui.forms.record_panel import RecordPanel

        opened, kind = self._records.opened, self._records.register.key
        panel = RecordPanel(opened, kind, self._bridge, self._bus, self._splitter)  # which takes it in as its last part
        panel.saved.connect(self._saved)
        panel.closed.connect(self._closed)
        self._splitter.setStretchFactor(0, LIST_SHARE)
        self._splitter.setStretchFactor(1, PANEL_SHARE)
        width = self._splitter.width()
        self._splitter.setSizes([width * LIST_SHARE // 5, width * PANEL_SHARE // 5])
        return panel

    def _saved(self, row_id: int) -> None:
        self._shown = row_id

    def _closed(self) -> None:
        self._shown = None
        if self._panel:
            self._panel.hide()
        self.list.table.clearSelection()
        self.list.table.setFocus()

    # several records

    def _selection_changed(self) -> None:
        count = self.list.table.selected_count()
        self._chosen.setText(f"已选 {count:,} 条" if count else "")
        self.merge_button.setEnabled(count == 2)
        self._bulk.setEnabled(count > 0)
        self._delete.setEnabled(count > 0)

    def _search(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _ask_bulk_edit(self) -> None:
        ids = self.list.selected_ids()
        if not ids or not self.may_leave():
            return
        dialog = BulkEdit(self._records, len(ids), self.window())
        if dialog.exec():
            self.edit_all(ids, dialog.key(), dialog.raw())

    def edit_all(self, ids: list[int], key: str, raw: object) -> None:
        label = self._records.register.field(key).label

        def work(control: Control) -> Changes:
            return self._records.set_all(ids, key, raw, control)

        def done(changes: Changes) -> None:
            self.undo_bar.offer(f"已修改 {len(ids):,} 条的{label}", changes.change_id)

        self._bridge.run_with_bar("批量修改", work, done, parent=self.window())

    def ask_merge(self) -> MergeDialog | None:
        ids = self.list.selected_ids()
        if len(ids) != 2 or not self.may_leave():
            return None
        self._closed()
        dialog = MergeDialog(self._records.opened, self._bridge, (ids[0], ids[1]), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.merged.connect(lambda text, changes: self.undo_bar.offer(text, changes.change_id))
        dialog.open()
        return dialog

    def _ask_delete(self) -> None:
        ids = self.list.selected_ids()
        question = f"删除选中的 {len(ids):,} 条{self._records.register.title}记录？"
        if self._delete.isHidden():
            return
        if ids and messages.ask(
            self.window(), question, "删除", "所附的经历、证书、登记和附件一并删除。删除后可以撤销。"
        ):
            self.delete(ids)

    def delete(self, ids: list[int]) -> None:
        def work(control: Control) -> Changes:
            return self._records.delete(ids, control)

        def done(changes: Changes) -> None:
            if self._shown in ids and self._panel:
                self._shown = None
                self._panel.hide()
            self.undo_bar.offer(f"已删除 {len(ids):,} 条", changes.change_id)

        self._bridge.run_with_bar("删除", work, done, parent=self.window())

    def _undo(self, change_id: int) -> None:
        self._bridge.run_with_bar(
            "撤销",
            lambda control: self._history.undo(change_id, control),
            self.undo_bar.tell_undone,
            parent=self.window(),
        )
