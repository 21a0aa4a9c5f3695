"""Who may sign in and as what, after how long the window locks, and another key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.moments import to_the_minute
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.accounts import Account, Accounts
from socialwork_app.services.opened import IDLE_MINUTES, OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.services.signing_in import confirm
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.system.account_dialog import AccountDialog
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of, side_by_side
from socialwork_app.ui.widgets.table_view import TableView

HEADERS, WIDTHS = ("帐户", "角色", "状态", "上次登录", "可以做什么"), (16, 10, 10, 18, 60)
NEVER = "从未"
MINUTES = (3, 5, 10, 15, 30, 60)
REKEY = (
    "整册用新密钥重新加密：怀疑有人拿走了密码和文件，或者知道密码的人离开时使用。其他帐户须重设密码，恢复码换新；"
    "旧备份仍用旧密钥和旧密码。"
)


class AccountsPage(QWidget):
    rekey_asked = Signal(str)

    def __init__(
        self, opened: OpenRegister, files: RegisterFiles, bridge: JobBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opened, self._files, self._bridge = opened, files, bridge
        self._accounts = Accounts(opened)
        self._shown: tuple[Account, ...] = ()
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("帐户")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.new_button = button("新建帐户…", "给另一位同事设帐户和密码", primary=True)
        self.role_button = button("改角色…", "改变所选帐户可以做的事")
        self.reset_button = button("重设密码…", "给所选帐户设新密码，不用知道原密码")
        self.switch_button = button("停用", "所选帐户不能再登录，历史中的名称不变")
        kept = opened.idle_minutes
        self.idle = combo("空闲锁定", [(f"{minutes} 分钟", minutes) for minutes in sorted({*MINUTES, kept})])
        self.idle.setCurrentIndex(self.idle.findData(kept))
        self.rekey_button = button("更换密钥…", REKEY)
        self._lay_out()
        self._connect()
        self._load()

    def _lay_out(self) -> None:
        row = side_by_side(self.new_button, self.role_button, self.reset_button, self.switch_button, None)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._idle_row())
        layout.addWidget(self._key_card())

    def _idle_row(self) -> QHBoxLayout:
        hint = named_label("键盘、鼠标无人动过，到时锁定窗口，输入密码继续", "muted")
        return side_by_side(label_of("空闲锁定", self.idle), self.idle, hint, None)

    def _key_card(self) -> Card:
        card = Card("密钥")
        text = QLabel(REKEY)
        text.setWordWrap(True)
        text.setObjectName("muted")
        card.body.addWidget(text)
        card.body.addLayout(side_by_side(self.rekey_button, None))
        return card

    def _connect(self) -> None:
        self.table.selection_changed.connect(self._show_state)
        self.idle.activated.connect(self._keep_idle)
        for widget, act in ((self.new_button, self.ask_new), (self.role_button, self.ask_role),
                            (self.reset_button, self.ask_password), (self.switch_button, self.ask_switch),
                            (self.rekey_button, self.ask_rekey)):  # fmt: skip
            widget.clicked.connect(act)

    def _load(self) -> None:
        self._bridge.run(lambda _control: self._accounts.list(), self._show)

    def _show(self, found: tuple[Account, ...]) -> None:
        """The chosen one stays chosen: a second press must not be about somebody else."""
        chosen = self.chosen.name if self.chosen else ""
        self._shown = found
        self.model.show_rows([_cells(one) for one in found])
        if found:
            self.table.select_row(next((row for row, one in enumerate(found) if one.name == chosen), 0))
        self._show_state()

    @property
    def chosen(self) -> Account | None:
        ranges = self.table.selected_ranges()
        return self._shown[ranges[0][0]] if self.table.selected_count() == 1 else None

    def _show_state(self) -> None:
        chosen, demo = self.chosen, self._opened.is_demo
        for widget in (self.role_button, self.reset_button, self.switch_button):
            widget.setEnabled(chosen is not None and not demo)
        self.reset_button.setEnabled(chosen is not None and not demo and not chosen.disabled)
        self.switch_button.setText("启用…" if chosen is not None and chosen.disabled else "停用")
        for widget in (self.new_button, self.rekey_button, self.idle):
            widget.setEnabled(not demo)

    def ask_new(self) -> None:
        dialog = AccountDialog(self._files, "新建帐户", parent=self.window())
        self._act_after(dialog, lambda: self._accounts.add(dialog.name, dialog.role, dialog.password))

    def ask_role(self) -> None:
        if (one := self.chosen) is not None:
            dialog = AccountDialog(self._files, "改角色", one, with_password=False, parent=self.window())
            self._act_after(dialog, lambda: self._accounts.set_role(one.name, dialog.role))

    def ask_password(self) -> None:
        if (one := self.chosen) is not None:
            dialog = AccountDialog(self._files, "重设密码", one, with_role=False, parent=self.window())
            self._act_after(dialog, lambda: self._accounts.reset(one.name, dialog.password))

    def ask_switch(self) -> None:
        one = self.chosen
        if one is None:
            return
        if one.disabled:
            dialog = AccountDialog(self._files, "启用帐户", one, with_role=False, parent=self.window())
            self._act_after(dialog, lambda: self._accounts.enable(one.name, dialog.password))
        elif messages.ask(self.window(), f"停用帐户“{one.name}”？", "停用", "此后不能登录；他做过的事仍记在他名下。"):
            self._act(lambda: self._accounts.disable(one.name))

    def ask_rekey(self) -> None:
        """The password is tried before the register is closed for it."""
        others = self._accounts.others()
        detail = REKEY + (f"\n须重设密码的帐户：{'、'.join(others)}。" if others else "")
        if not messages.ask(self.window(), "更换密钥？", "更换", detail):
            return
        password = messages.ask_text(self.window(), "更换密钥", "您的密码", hidden=True)
        if password:
            self.rekey_button.setEnabled(False)
            self._bridge.run(
                lambda _control: confirm(self._opened, password), partial(self._ask_rekey_with, password), self._failed
            )

    def _ask_rekey_with(self, password: str, _nothing: None) -> None:
        """Where other work is still going on it does not come to that, and can be asked for again."""
        self._show_state()
        self.rekey_asked.emit(password)

    def _keep_idle(self, _index: int) -> None:
        minutes = self.idle.currentData()
        self._bridge.write(lambda _control: self._opened.set_setting(IDLE_MINUTES, str(minutes)), _nothing_more)

    def _act_after(self, dialog: AccountDialog, act: Callable[[], None]) -> None:
        dialog.accepted.connect(partial(self._act, act))
        dialog.open()

    def _act(self, act: Callable[[], None]) -> None:
        def work(_control: Control) -> tuple[Account, ...]:
            act()
            return self._accounts.list()

        self._bridge.write(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._show_state()
        messages.tell_error(self.window(), error)


def _nothing_more(_result: None) -> None:
    pass


def _cells(one: Account) -> list[Cell]:
    tone = "muted" if one.disabled else "" if one.has_password else "soon"
    here = to_the_minute(one.last_here) or NEVER
    return [Cell(one.name), Cell(one.role.label), Cell(one.state, tone), Cell(here), Cell(one.role.duties)]
