"""Opening a register: make the first one, unlock one with its password or recovery code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.roles import FIRST
from socialwork_app.domain.sentences import sentence, sentence_of
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.recovery_code import RecoveryCodeDialog
from socialwork_app.ui.widgets.card import named_label, page_title
from socialwork_app.ui.widgets.controls import combo, password_line

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.services.register_files import RegisterFiles

WIDTH = 460
MISSING = "register.missing"
ADVICE = "建议 8 位以上，字母、数字、符号混用。忘记密码只能用恢复码打开，无人能代为找回。"


def open_register(files: RegisterFiles, folder: Path, bridge: JobBridge, parent: QWidget) -> OpenRegister | None:
    """Ask until a register is open; None when the user gives up."""
    while True:
        dialog = _dialog_for(files, folder, bridge, parent)
        if not dialog.exec():
            return None
        if dialog.opened is not None:
            return dialog.opened
        folder = dialog.folder


def _dialog_for(files: RegisterFiles, folder: Path, bridge: JobBridge, parent: QWidget) -> OpeningDialog:
    try:
        protected = files.needs_password(folder)
    except CodedError as error:
        dialog = FirstRunDialog(files, folder, bridge, parent)
        if error.code != MISSING:
            dialog.say(sentence_of(error))
        return dialog
    return UnlockDialog(files, folder, bridge, parent, protected=protected)


class OpeningDialog(QDialog):
    """Ends accepted with `opened`, or accepted with another `folder` to go on with."""

    def __init__(self, files: RegisterFiles, folder: Path, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(WIDTH)
        self.files = files
        self.folder = folder
        self.opened: OpenRegister | None = None
        self._bridge = bridge
        self._problem = named_label("", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._body = QWidget()
        self._busy = named_label("正在打开…", "muted")
        self._busy.hide()

    def say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def work(self, work: Callable[[Control], object], done: Callable[[object], None]) -> None:
        """Making and checking keys takes a tenth of a second and more: in a thread."""
        self.say("")
        self._body.setEnabled(False)
        self._busy.show()
        self._bridge.write(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._body.setEnabled(True)
        self._busy.hide()
        if isinstance(error, CodedError):
            self.say(sentence_of(error))
        else:
            messages.tell_bug(self, error)

    def reject(self) -> None:
        """What is being opened would be left open."""
        if self._body.isEnabled():
            super().reject()

    def choose_other(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择登记册所在的文件夹", str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self.accept()


class UnlockDialog(OpeningDialog):
    def __init__(
        self,
        files: RegisterFiles,
        folder: Path,
        bridge: JobBridge,
        parent: QWidget | None = None,
        *,
        protected: bool = True,
    ) -> None:
        super().__init__(files, folder, bridge, parent)
        self.setWindowTitle("打开登记册")
        self.accounts = files.accounts(folder)
        self.account = combo("帐户", [(name, name) for name in self.accounts])
        self.password = password_line("密码")
        self.recovery = QLineEdit()
        self.recovery.setAccessibleName("恢复码")
        self.recovery.setPlaceholderText("建册时打印或保存的恢复码")
        self._forgot = _link("忘记密码，用恢复码打开")
        self._open = _primary("打开")
        self._lay_out()
        self._forgot.clicked.connect(self.use_recovery)
        self._open.clicked.connect(self.unlock)
        self._show_recovery(False)
        if not protected:
            self.unlock()

    def _lay_out(self) -> None:
        folder = named_label(str(self.folder), "muted")
        folder.setWordWrap(True)
        other = _link("打开其他登记册…")
        other.clicked.connect(self.choose_other)
        self._form = QFormLayout()
        self._form.addRow("帐户", self.account)
        self._form.addRow("密码", self.password)
        self._form.addRow("恢复码", self.recovery)
        buttons = QHBoxLayout()
        buttons.addWidget(other)
        buttons.addWidget(self._forgot)
        buttons.addStretch(1)
        buttons.addWidget(self._open)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._form)
        inner.addLayout(buttons)
        layout = QVBoxLayout(self)
        for widget in (page_title("打开登记册"), folder, self._body, self._problem, self._busy):
            layout.addWidget(widget)

    def _show_recovery(self, shown: bool) -> None:
        self._form.setRowVisible(self.recovery, shown)
        self._form.setRowVisible(self.password, not shown)
        self._form.setRowVisible(self.account, not shown and len(self.accounts) > 1)
        self._forgot.setVisible(not shown)

    def use_recovery(self) -> None:
        self._show_recovery(True)
        self.recovery.setFocus()

    def unlock(self) -> None:
        code, password, account = self.recovery.text().strip(), self.password.text(), self.account.currentText()

        def work(_control: Control) -> OpenRegister:
            return self.files.open(self.folder, password, recovery_code=code, account=account)

        self.work(work, self._unlocked)

    def _unlocked(self, opened: object) -> None:
        from socialwork_app.services.opened import OpenRegister

        assert isinstance(opened, OpenRegister)
        self.opened = opened
        if opened.notices:
            messages.tell(self, "请留意：", "\n".join(opened.notices))
        if self.recovery.text().strip():
            where = "“帐户”重设各帐户的密码" if len(self.accounts) > 1 else "“我的密码”设置新密码"
            messages.tell(self, "已用恢复码打开。", f"请到“系统”的{where}。")
        self.accept()


class FirstRunDialog(OpeningDialog):
    def __init__(self, files: RegisterFiles, folder: Path, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(files, folder, bridge, parent)
        self.setWindowTitle("新建登记册")
        self.owner = QLineEdit()
        self.owner.setAccessibleName("登记单位")
        self.owner.setPlaceholderText("名册上的填报单位，如：××区民政局")
        self.account = QLineEdit(FIRST)
        self.account.setAccessibleName("帐户")
        self.account.setPlaceholderText("记入日志的名称，可填姓名")
        self.password = password_line("密码")
        self.again = password_line("再次输入")
        self._warned_of = ""
        self.place = QLineEdit(str(folder))
        self.place.setAccessibleName("存放位置")
        self._create = _primary("新建")
        self._create.clicked.connect(self.create_register)
        self._busy.setText("正在新建…")
        self._lay_out()

    def _lay_out(self) -> None:
        browse = QPushButton("浏览…")
        browse.setAccessibleName("选择存放位置")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(browse)
        form = QFormLayout()
        for label, field in (("登记单位", self.owner), ("帐户", self.account), ("密码", self.password),
                             ("再次输入", self.again)):  # fmt: skip
            form.addRow(label, field)
        form.addRow("存放位置", place)
        hint = named_label(ADVICE, "muted")
        hint.setWordWrap(True)
        other, restore = _link("打开已有登记册…"), _link("从备份恢复…")
        other.clicked.connect(self.choose_other)
        restore.clicked.connect(self.restore)
        buttons = QHBoxLayout()
        buttons.addWidget(other)
        buttons.addWidget(restore)
        buttons.addStretch(1)
        buttons.addWidget(self._create)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(form)
        inner.addWidget(hint)
        inner.addLayout(buttons)
        layout = QVBoxLayout(self)
        for widget in (page_title("新建登记册"), self._body, self._problem, self._busy):
            layout.addWidget(widget)

    def restore(self) -> None:
        from socialwork_app.ui.restore_pane import RestoreDialog

        dialog = RestoreDialog(self.files, self._bridge, self)
        if dialog.exec() and dialog.folder is not None:
            self.folder = dialog.folder
            self.accept()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择存放位置", self.place.text())
        if chosen:
            self.place.setText(chosen)

    def create_register(self) -> None:
        owner, password = self.owner.text().strip(), self.password.text()
        if problem := self._what_is_missing(owner, password):
            self.say(problem)
            return
        weak = self.files.weakness(password, owner)
        if weak and self._warned_of != password:
            self._warned_of = password
            self.say(f"{sentence(weak)}仍要使用请再按一次。")
            return
        folder, account = Path(self.place.text().strip()), self.account.text()

        def work(_control: Control) -> tuple[OpenRegister, str]:
            return self.files.create(folder, owner, password, account=account)

        self.work(work, self._created)

    def _what_is_missing(self, owner: str, password: str) -> str:
        if not owner:
            return "请填写登记单位。"
        if not password:
            return "请设置密码。"
        if password != self.again.text():
            return "两次输入的密码不一致。请重新输入。"
        return "" if self.place.text().strip() else "请选择存放位置。"

    def _created(self, made: object) -> None:
        self.opened, code = made  # pyright: ignore[reportGeneralTypeIssues, reportAttributeAccessIssue]
        RecoveryCodeDialog(code, self.owner.text().strip(), self).exec()
        self.accept()


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("link", True)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button


def _primary(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("primary", True)
    button.setAccessibleName(text)
    button.setDefault(True)
    return button
