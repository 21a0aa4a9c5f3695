"""One's own password; for administrators a new recovery code."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.roles import Permission
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.accounts import Accounts
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.recovery_code import RecoveryCodeDialog
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, password_line, side_by_side

WIDEST = 640
FORGOTTEN = "忘记的，填恢复码"


class PasswordPage(QWidget):
    sign_out_asked = Signal()

    def __init__(
        self, opened: OpenRegister, files: RegisterFiles, bridge: JobBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opened, self._files, self._bridge = opened, files, bridge
        self._accounts = Accounts(opened)
        self.old = password_line("原密码", FORGOTTEN)
        self.password, self.again = password_line("新密码"), password_line("再次输入")
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.change_button = QPushButton("更改密码")
        self.change_button.setProperty("primary", True)
        self.present = password_line("密码", "密码，或现用的恢复码")
        self.code_button = QPushButton("换发恢复码")
        self.result = named_label("", "muted")
        self.leave_button = button("退出并换人登录", "关闭登记册，回到登录")
        self.leave_button.clicked.connect(self.sign_out_asked)
        self._lay_out()
        self.change_button.clicked.connect(self.change)
        self.code_button.clicked.connect(self.ask_new_code)
        for line in (self.old, self.password, self.again, self.present):
            line.textChanged.connect(lambda _text: self._show_state())
        self._show_state()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self._password_card())
        if self._opened.may(Permission.ADMINISTER):
            layout.addWidget(self._code_card())
        layout.addLayout(side_by_side(self.leave_button, None))
        layout.addStretch(1)

    def _password_card(self) -> Card:
        form = QFormLayout()
        form.addRow("帐户", QLabel(f"{self._opened.user}（{self._opened.role.label}）"))
        form.addRow("原密码", self.old)
        form.addRow("新密码", self.password)
        form.addRow("再次输入", self.again)
        form.addRow("", self.advice)
        buttons = QHBoxLayout()
        buttons.addWidget(self.result, 1)
        buttons.addWidget(self.change_button)
        card = Card("密码")
        card.setMaximumWidth(WIDEST)
        card.body.addLayout(form)
        card.body.addLayout(buttons)
        return card

    def _code_card(self) -> Card:
        card = Card("恢复码")
        card.setMaximumWidth(WIDEST)
        text = named_label("忘记密码时用恢复码打开登记册。换发后，原来打印的恢复码不再有效。", "muted")
        text.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.present, 1)
        row.addWidget(self.code_button)
        card.body.addWidget(text)
        card.body.addLayout(row)
        return card

    def _show_state(self) -> None:
        if self._opened.is_demo or not self._accounts.own:
            self._show_none()
            return
        password, again = self.password.text(), self.again.text()
        self.change_button.setEnabled(bool(self.old.text().strip() and password.strip()) and password == again)
        self.code_button.setEnabled(bool(self.present.text().strip()))
        self.advice.setText(self._advice(password, again))

    def _show_none(self) -> None:
        for widget in (self.old, self.password, self.again, self.change_button):
            widget.setEnabled(False)
        for widget in (self.present, self.code_button):
            widget.setEnabled(not self._opened.is_demo)
        self.advice.setText("示例登记册不设密码。" if self._opened.is_demo else sentence("account.not_own"))

    def _advice(self, password: str, again: str) -> str:
        if again and password != again:
            return "两次输入的密码不一致。"
        weakness = self._files.weakness(password, self._opened.owner) if password.strip() else None
        return f"提醒：{sentence(weakness)}" if weakness else ""

    def change(self) -> None:
        accounts, old, password = self._accounts, self.old.text(), self.password.text()

        def work(_control: Control) -> None:
            accounts.change_password(old, password)

        self.change_button.setEnabled(False)
        self.result.setText("")
        self._bridge.write(work, self._changed, partial(self._refused, self.old))

    def _changed(self, _nothing: None) -> None:
        for line in (self.old, self.password, self.again):
            line.clear()
        self.result.setText("密码已更改，下次打开时使用")

    def _refused(self, line: QLineEdit, error: Exception) -> None:
        self._show_state()
        line.setFocus()
        line.selectAll()
        messages.tell_error(self, error)

    def ask_new_code(self) -> None:
        accounts, present = self._accounts, self.present.text()
        if messages.ask(self.window(), "换发恢复码？", "换发", "原来打印的恢复码将不再有效。"):
            refused = partial(self._refused, self.present)
            self._bridge.write(lambda _control: accounts.new_recovery_code(present), self.show_code, refused)

    def show_code(self, code: str) -> None:
        self.present.clear()
        RecoveryCodeDialog(code, self._opened.owner, self.window()).open()
