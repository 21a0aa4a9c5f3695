"""Backup to one file, and back into a new folder."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.foundation.jobs import Control
from socialwork_app.services import restoring
from socialwork_app.services.backups import Backups
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.widgets.card import Card, named_label

KIND = "备份文件 (*.zip)"
SUFFIX = ".zip"
WIDEST = 760
NEVER = "尚未备份"


class BackupPage(QWidget):
    def __init__(
        self, opened: OpenRegister, files: RegisterFiles, bridge: JobBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opened, self._files, self._bridge = opened, files, bridge
        self._backups = Backups(opened)
        self.last = named_label("", "muted")
        self.backup_button = QPushButton("立即备份")
        self.backup_button.setProperty("primary", True)
        self.backup_result = named_label("", "")
        self.source = _line("备份文件", "选择 .zip 备份文件")
        self.folder = _line("恢复到", "一个新的空文件夹")
        self.password = _line("备份时的密码", "忘记的，填备份时的恢复码")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.restore_button = QPushButton("恢复")
        self.restore_result = named_label("", "")
        self._lay_out()
        self._connect()
        self._show_last()
        self._show_state()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self._backup_card())
        layout.addWidget(self._restore_card())
        layout.addStretch(1)

    def _backup_card(self) -> Card:
        row = QHBoxLayout()
        row.addWidget(self.last, 1)
        row.addWidget(self.backup_button)
        card = Card("备份")
        card.setMaximumWidth(WIDEST)
        card.body.addLayout(row)
        card.body.addWidget(_wrapped(self.backup_result))
        advice = "备份文件与登记册一样加密，恢复它需要备份时的密码或恢复码。请存到移动硬盘等另一处。"
        card.body.addWidget(_wrapped(named_label(advice, "muted")))
        return card

    def _restore_card(self) -> Card:
        form = QFormLayout()
        form.addRow("备份文件", _with_button(self.source, "选择…", self.choose_source))
        form.addRow("恢复到", _with_button(self.folder, "选择…", self.choose_folder))
        form.addRow("备份时的密码", self.password)
        row = QHBoxLayout()
        row.addWidget(_wrapped(self.restore_result), 1)
        row.addWidget(self.restore_button)
        card = Card("恢复")
        card.setMaximumWidth(WIDEST)
        advice = "恢复到新文件夹，不影响正在使用的登记册。核对无误后，下次启动时打开新文件夹即可。"
        card.body.addWidget(_wrapped(named_label(advice, "muted")))
        card.body.addLayout(form)
        card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        self.backup_button.clicked.connect(self.ask_backup)
        self.restore_button.clicked.connect(self.restore)
        for line in (self.source, self.folder):
            line.textChanged.connect(lambda _text: self._show_state())

    def _show_last(self) -> None:
        last = self._backups.last()
        self.last.setText(f"上次备份：{last[:16].replace('T', ' ') if last else NEVER}")

    def _show_state(self) -> None:
        self.restore_button.setEnabled(bool(self.source.text().strip() and self.folder.text().strip()))

    def ask_backup(self) -> None:
        suggested = f"登记册备份{self._opened.today():%Y%m%d}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self.window(), "备份到", suggested, KIND)
        if name:
            self.backup(Path(name) if Path(name).suffix else Path(name + SUFFIX))

    def backup(self, target: Path) -> None:
        service = self._backups

        def work(control: Control) -> tuple[Path, Mapping[str, int]]:
            return target, service.backup(target, control)

        self._bridge.run_with_bar("正在备份", work, self._backed_up, parent=self.window())

    def _backed_up(self, done: tuple[Path, Mapping[str, int]]) -> None:
        target, counts = done
        self.backup_result.setText(f"备份完成并已核对：{self._in_words(counts)}。{target}")
        self._show_last()

    def choose_source(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), "选择备份文件", "", KIND)
        if name:
            self.source.setText(name)

    def choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window(), "恢复到")
        if name:
            self.folder.setText(name)

    def restore(self) -> None:
        files, password = self._files, self.password.text()
        source, folder = Path(self.source.text().strip()), Path(self.folder.text().strip())

        def work(control: Control) -> tuple[Path, Mapping[str, int]]:
            return folder, restoring.restore(files, source, folder, password, control)

        self._bridge.run_with_bar("正在恢复", work, self._restored, parent=self.window())

    def _restored(self, done: tuple[Path, Mapping[str, int]]) -> None:
        folder, counts = done
        self.password.clear()
        self.restore_result.setText(f"恢复完成并已核对：{self._in_words(counts)}。{folder}")

    def _in_words(self, counts: Mapping[str, int]) -> str:
        """Tables that are registers and not empty, with their titles."""
        named = {register.key: register.title for register in self._opened.catalogue.registers}
        return "，".join(f"{named[table]} {count:,}" for table, count in counts.items() if count and table in named)


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line


def _with_button(line: QLineEdit, text: str, pressed: object) -> QWidget:
    button = QPushButton(text)
    button.setAccessibleName(f"选择{line.accessibleName()}")
    button.clicked.connect(pressed)
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(line, 1)
    row.addWidget(button)
    return both


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label
