"""When the register was last backed up and where; where it goes by itself; and the way back."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from socialwork_app.domain.backup_rotation import Keeping
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.domain.roles import Permission
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.automatic_backups import AutomaticBackups, BackedUp
from socialwork_app.services.backups import CHANGES, Backups, Made
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.restore_pane import RestorePane, in_words
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, side_by_side
from socialwork_app.ui.widgets.path_line import PathLine, ask_folder
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.tall_area import TallArea

KIND = "备份文件 (*.zip)"
SUFFIX = ".zip"
WIDEST = 900
NEVER = "尚未备份"
MOST_KEPT = 999
ADVICE = (
    "有修改时，关闭程序前自动备份；整天开着的，每天空闲时备份一次。每份都重新打开，逐表计数，与登记册核对。"
    "备份文件与登记册一样加密，恢复它需要备份时的密码或恢复码。"
)
SECOND_HINT = "优盘或移动硬盘上的文件夹，可不填；插着时一并写入"
NOT_FOR_YOU = "由管理员设置。"
RESTORING_NOT_FOR_YOU = "恢复和比较由管理员进行。"


class BackupPage(ReloadingPage):
    TOUCHED_BY = CHANGES.kinds
    open_asked = Signal(object)
    """The folder of a restored register that is to be worked with from now on."""

    def __init__(
        self,
        opened: OpenRegister,
        files: RegisterFiles,
        bridge: JobBridge,
        bus: ChangesBus,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._opened, self._files, self._bridge = opened, files, bridge
        self._automatic = AutomaticBackups(opened)
        self.last, self.place = named_label("", ""), _wrapped("", "muted")
        self.warnings, self.result = _wrapped("", "error"), _wrapped("")
        self.backup_button = button("立即备份", "写入备份文件夹和第二备份位置", primary=True)
        self.file_button = button("备份到文件…", "另存一份到指定的位置")
        self.folder = PathLine("备份文件夹", "", ask_folder)
        self.second = PathLine("第二备份位置", SECOND_HINT, ask_folder)
        self.keeping = [_number(name) for name in ("保留几天", "保留几周", "保留几个月")]
        self.save_button = button("保存设置", "以后的备份照此进行")
        self.pane = RestorePane(files, bridge, opened)
        self._lay_out()
        self._connect()
        self._show_arrangement()
        self.reload_after(bus)

    def load(self) -> None:
        """Backups that nobody asked for are told too."""
        super().load()
        self.show_state()

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for card in (self._backup_card(), self._automatic_card(), self._restore_card()):
            card.setMaximumWidth(WIDEST)
            column.addWidget(card)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TallArea(page))

    def _backup_card(self) -> Card:
        card = Card("备份")
        card.body.addLayout(side_by_side(self.last, None, self.file_button, self.backup_button))
        for widget in (self.place, self.warnings, self.result, _wrapped(ADVICE, "muted")):
            card.body.addWidget(widget)
        return card

    def _automatic_card(self) -> Card:
        days, weeks, months = self.keeping
        kept = side_by_side(days, QLabel("天，"), weeks, QLabel("周，"), months, QLabel("个月，各留最新一份"), None)
        form = QFormLayout()
        form.addRow("备份文件夹", self.folder)
        form.addRow("第二备份位置", self.second)
        form.addRow("保留", kept)
        may = self._opened.may(Permission.ARRANGE)
        card = Card("备份到哪里")
        card.body.addLayout(form)
        reason = named_label("" if may else NOT_FOR_YOU, "muted")
        card.body.addLayout(side_by_side(reason, None, self.save_button))
        for widget in (self.folder, self.second, *self.keeping, self.save_button):
            widget.setEnabled(may)
        return card

    def _restore_card(self) -> Card:
        card = Card("恢复")
        if self._opened.may(Permission.ADMINISTER):
            card.body.addWidget(self.pane)
        else:
            card.body.addWidget(named_label(RESTORING_NOT_FOR_YOU, "muted"))
        return card

    def _connect(self) -> None:
        self.backup_button.clicked.connect(self.backup_now)
        self.file_button.clicked.connect(self.ask_backup)
        self.save_button.clicked.connect(self.save)
        self.pane.open_asked.connect(self.open_asked)

    # where it goes

    def _show_arrangement(self) -> None:
        arranged = self._automatic.arrangement()
        self.folder.line.setText(str(arranged.folder))
        self.second.line.setText(arranged.second)
        kept = arranged.keeping
        for box, number in zip(self.keeping, (kept.daily, kept.weekly, kept.monthly), strict=True):
            box.setText(str(number))

    def save(self) -> None:
        automatic, keeping = self._automatic, Keeping(*(int(box.text() or 0) for box in self.keeping))
        folder = Path(self.folder.text()) if self.folder.text() else automatic.usual_folder()
        wanted = replace(automatic.arrangement(), folder=folder, second=self.second.text(), keeping=keeping)

        def work(_control: Control) -> None:
            automatic.arrange(wanted)

        self._bridge.write(work, self._saved)

    def _saved(self, _nothing: None) -> None:
        self._show_arrangement()
        self.result.setText("设置已保存。")
        self.show_state()

    # backing up

    def show_state(self) -> None:
        state = self._automatic.state()
        self.last.setText(f"上次备份：{_when(state.at)}")
        places = [state.file] if state.file else []
        places += [f"第二备份位置：{_when(state.second_at)}，{state.second}"] if state.second else []
        _say(self.place, "\n".join(places))
        _say(self.warnings, "\n".join(state.warnings))
        self.result.setVisible(bool(self.result.text()))

    def backup_now(self) -> None:
        automatic = self._automatic
        self._bridge.run_with_bar("正在备份", automatic.run, self._backed_up, self._failed, self.window())

    def _failed(self, error: Exception) -> None:
        self.show_state()
        messages.tell_error(self.window(), error)

    def _backed_up(self, done: BackedUp) -> None:
        second = f"第二备份位置也已写入：{done.second}。" if done.second else done.second_problem
        self.result.setText(f"备份完成并已打开核对：{in_words(self._files, done.counts)}。{second}")
        self.show_state()

    def ask_backup(self) -> None:
        suggested = f"登记册备份{self._opened.today():%Y%m%d}{SUFFIX}"
        if target := ask_target(self, "备份到", suggested, KIND):
            self.backup(target)

    def backup(self, target: Path) -> None:
        service = Backups(self._opened)

        def work(control: Control) -> Made:
            return service.keep(target, control)

        self._bridge.run_with_bar("正在备份", work, self._kept, parent=self.window())

    def _kept(self, made: Made) -> None:
        self.result.setText(f"备份完成并已打开核对：{in_words(self._files, made.held.counts)}。{made.file}")
        self.show_state()


def _when(at: str) -> str:
    return to_the_minute(at) if at else NEVER


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _number(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setValidator(QIntValidator(0, MOST_KEPT, line))
    line.setFixedWidth(line.fontMetrics().horizontalAdvance("0" * 7))
    return line


def _wrapped(text: str, name: str = "") -> QLabel:
    label = named_label(text, name)
    label.setWordWrap(True)
    return label
