"""Name, role and password of an account, as far as each is asked for."""

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from socialwork_app.domain.roles import LONGEST_NAME, Role
from socialwork_app.domain.sentences import sentence
from socialwork_app.services.accounts import Account
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui.widgets.card import named_label, page_title
from socialwork_app.ui.widgets.controls import button, combo, password_line, side_by_side

WIDTH = 460
HANDED_OVER = "请当面告诉本人，并请其登录后到“系统”的“我的密码”更改。"


class AccountDialog(QDialog):
    """Without an account it is for a new one."""

    def __init__(
        self, files: RegisterFiles, title: str, account: Account | None = None, *,
        with_role: bool = True, with_password: bool = True, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._files, self._with_password = files, with_password
        self._name = QLineEdit(account.name if account else "")
        self._role = combo("角色", [(role.label, role) for role in Role])
        self._role.setCurrentIndex(list(Role).index(account.role if account else Role.EDITOR))
        self._password, self._again = password_line("新密码"), password_line("再次输入")
        self._duties, self._advice = named_label("", "muted"), named_label("", "warning")
        self.ok = button("确定", "", primary=True)
        self._name.setEnabled(account is None)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setAccessibleName("帐户")
        self._name.setPlaceholderText("记入日志的名称，可填姓名")
        self._lay_out(with_role=with_role)
        self._connect()
        self._show_state()

    def _lay_out(self, *, with_role: bool) -> None:
        form = QFormLayout()
        form.addRow("帐户", self._name)
        form.addRow("角色", self._role)
        form.addRow("", self._duties)
        form.addRow("新密码", self._password)
        form.addRow("再次输入", self._again)
        for widget in (self._role, self._duties):
            form.setRowVisible(widget, with_role)
        for widget in (self._password, self._again):
            form.setRowVisible(widget, self._with_password)
        handed = QLabel(HANDED_OVER)
        handed.setVisible(self._with_password)
        cancel = button("取消", "")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(page_title(self.windowTitle()))
        layout.addLayout(form)
        for label in (self._advice, handed):
            label.setWordWrap(True)
            layout.addWidget(label)
        self._duties.setWordWrap(True)
        layout.addLayout(side_by_side(None, cancel, self.ok))

    def _connect(self) -> None:
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        self._role.currentIndexChanged.connect(self._show_state)
        for line in (self._name, self._password, self._again):
            line.textChanged.connect(self._show_state)

    @property
    def name(self) -> str:
        return self._name.text()

    @property
    def role(self) -> Role:
        return Role(self._role.currentData())

    @property
    def password(self) -> str:
        return self._password.text()

    def _show_state(self, _changed: object = None) -> None:
        same = self.password == self._again.text()
        complete = bool(self.name.strip()) and (not self._with_password or bool(self.password.strip() and same))
        self.ok.setEnabled(complete)
        self._duties.setText(self.role.duties)
        self._advice.setText(self._told(same=same))
        self._advice.setVisible(bool(self._advice.text()))

    def _told(self, *, same: bool) -> str:
        if self._again.text() and not same:
            return "两次输入的密码不一致。"
        weakness = self._files.weakness(self.password, self.name) if self.password.strip() else None
        return f"提醒：{sentence(weakness)}" if weakness else ""
