"""The hand-over pack: for whom, by which password, and where to."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services import hand_over
from socialwork_app.services.hand_over import HandOver, Packed
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.recovery_code import PACK_PASSWORD, RecoveryCodeDialog
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, password_line, side_by_side
from socialwork_app.ui.widgets.path_line import PathLine, ask_new_zip
from socialwork_app.ui.widgets.tall_area import TallArea

WIDEST = 900
WHAT = (
    "人员变动时交给接任的人，不用本程序也能读：各登记册（完整号码）、名册、扫描件、现行规则、待办事项、任期内的日志和目录，"
    "装在一个加密压缩包里。7-Zip、WinRAR、WPS 都能打开。"
)
GOING_ON = (
    "交接包只供查阅，不能再导入程序。接任的人要继续登记：在“备份与恢复”做一份备份交给对方，连同恢复码，"
    "或在“帐户”里为对方新增一个管理员；对方在新计算机上从备份恢复即可。"
)
DAY_HINT = "如 2024-03-01，不填为建册以来"


class HandOverPage(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._service = HandOver(opened)
        self.purpose = _line("用途", "如：岗位移交，接收人、日期。记入日志")
        self.since, self.to = _line("日志起", DAY_HINT), _line("日志止", "不填为今天")
        self.own = QCheckBox("自己设定密码（不选则自动生成，显示一次）")
        self.password, self.again = (
            password_line("交接包密码", "字母、数字和符号"),
            password_line("再次输入", "再次输入"),
        )
        self._both = QWidget()
        both = side_by_side(self.password, self.again)
        both.setContentsMargins(0, 0, 0, 0)
        self._both.setLayout(both)
        self.target = PathLine("存为", "如 U 盘上的 交接包.zip", ask_new_zip)
        self.make_button = button("制作交接包", "写入加密压缩包并逐个打开核对", primary=True)
        self.result = _wrapped("")
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        form = self._form = QFormLayout()
        form.addRow("用途", self.purpose)
        form.addRow("日志期间", side_by_side(self.since, QLabel("至"), self.to))
        form.addRow("密码", self.own)
        form.addRow("", self._both)
        form.addRow("存为", self.target)
        card = Card("交接包")
        card.body.addWidget(_wrapped(WHAT))
        card.body.addLayout(form)
        card.body.addLayout(side_by_side(None, self.make_button))
        card.body.addWidget(self.result)
        card.body.addWidget(_wrapped(GOING_ON, "muted"))
        card.setMaximumWidth(WIDEST)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TallArea(page))

    def _connect(self) -> None:
        self.make_button.clicked.connect(self.make)
        self.own.toggled.connect(lambda _on: self._show_state())
        for line in (self.purpose, self.password, self.again, self.target.line):
            line.textChanged.connect(lambda _text: self._show_state())

    def _show_state(self) -> None:
        own = self.own.isChecked()
        self._form.setRowVisible(self._both, own)
        settled = not own or bool(self.password.text() and self.password.text() == self.again.text())
        self.make_button.setEnabled(bool(self.purpose.text().strip() and self.target.text()) and settled)
        self.result.setVisible(bool(self.result.text()))

    def make(self) -> None:
        term = [_day(line) for line in (self.since, self.to)]
        if None in term:
            messages.warn(self.window(), "日志期间的日期无法识别。请写成 2024-03-01。")
            return
        since, to = (one if isinstance(one, date) else None for one in term)
        target, service, purpose = Path(self.target.text()), self._service, self.purpose.text()
        password = self.password.text() if self.own.isChecked() else hand_over.new_password()
        told = "" if self.own.isChecked() else password

        def work(control: Control) -> tuple[Packed, str]:
            return service.pack(target, password, purpose, since=since, to=to, control=control), told

        self._bridge.run_with_bar("正在制作交接包", work, self._made, parent=self.window())

    def _made(self, done: tuple[Packed, str]) -> None:
        packed, password = done
        for line in (self.password, self.again):
            line.clear()
        missing = f"，{packed.missing} 个附件的内容已缺失" if packed.missing else ""
        self.result.setText(
            f"已制作并逐个打开核对：{packed.files:,} 个文件，记录 {packed.rows:,} 条，附件 {packed.scans:,} 个{missing}。{packed.file}"
        )
        self._show_state()
        if password:
            RecoveryCodeDialog(password, self._opened.owner, self.window(), PACK_PASSWORD).open()


def _day(line: QLineEdit) -> date | str | None:
    """What the line says; "" for nothing, None for no day."""
    text = line.text().strip()
    try:
        return date.fromisoformat(text) if text else ""
    except ValueError:
        return None


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line


def _wrapped(text: str, name: str = "") -> QLabel:
    label = named_label(text, name)
    label.setWordWrap(True)
    return label
