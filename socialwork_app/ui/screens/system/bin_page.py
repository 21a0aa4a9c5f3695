"""What was deleted, and the way back."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from socialwork_app.domain.fields.log import BIN_FIELDS
from socialwork_app.domain.roles import Permission
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.bin import Bin, BinWindow, Restored
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.change_dialog import plain
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.paged_table_model import PagedTableModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, side_by_side
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

EVERY_KIND = "全部登记册"
SEARCH_WIDTH = 260


class BinPage(ReloadingPage):
    TOUCHED_BY = None

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge, self._bin = opened, bridge, Bin(opened)
        self._window: BinWindow | None = None
        self.search = QLineEdit()
        self.search.setAccessibleName("查找已删除的记录")
        self.search.setPlaceholderText("姓名或名称中的文字")
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.kind = combo(
            "登记册", [(EVERY_KIND, ""), *((each.title, each.key) for each in opened.catalogue.registers)]
        )
        self.restore_button = button("恢复", "恢复选中的记录和一同删除的内容", primary=True)
        self.model = PagedTableModel(BIN_FIELDS, plain, self)
        self.table = TableView("回收站")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.table.set_widths([field.width for field in BIN_FIELDS])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.total = named_label("", "muted")
        self._lay_out()
        self._connect()
        self.reload_after(bus)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addLayout(side_by_side(self.search, self.kind, None, self.restore_button))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.total)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.load)
        self.kind.activated.connect(lambda _index: self.load())
        self.table.selection_changed.connect(self._choose)
        self.restore_button.clicked.connect(self.restore)

    def _asked(self) -> tuple[str, str]:
        return self.search.text(), str(self.kind.currentData())

    def load(self) -> None:
        super().load()
        asked, kept = self._asked(), self._bin

        def work(_control: Control) -> tuple[tuple[str, str], BinWindow]:
            return asked, kept.window(*asked)

        self._bridge.run(work, self._show)

    def _show(self, found: tuple[tuple[str, str], BinWindow]) -> None:
        asked, window = found
        if asked != self._asked():
            return
        self._window = window
        self.model.show_window(window)
        self.total.setText(f"共 {window.total:,} 条")
        self.table.say_empty("" if window.total else "没有已删除的记录")
        self._choose()

    def _choose(self) -> None:
        allowed = self._opened.may(Permission.DECIDE)
        self.restore_button.setEnabled(allowed and self.table.selected_count() == 1)
        if not allowed:
            self.restore_button.setToolTip("恢复由审核员或管理员办理")

    def restore(self) -> None:
        ranges = self.table.selected_ranges()
        if self._window is None or not ranges:
            return
        gone, kept = self._window.gone[ranges[0][0]], self._bin
        self._bridge.write(lambda _control: kept.restore(gone.kind, gone.row_id), self._restored)

    def _restored(self, restored: Restored) -> None:
        titles = (f"{self._opened.catalogue[kind].title} {count} 条" for kind, count in restored.counts.items())
        self.load()
        messages.tell(self.window(), f"已恢复：{'、'.join(titles)}。")
