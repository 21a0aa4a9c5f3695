"""Shows a recovery code or a password that was made, once: the program keeps no copy that could be shown again."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.ui import messages
from socialwork_app.ui.widgets.card import named_label, page_title

WIDTH = 480
ADVICE = "忘记密码时，只有它能打开登记册。请打印或抄写后放进保险柜，不要与计算机放在一起。本页关闭后不再显示。"


@dataclass(frozen=True, slots=True)
class Secret:
    """What it is called, and what is to be done with it."""

    title: str
    advice: str


RECOVERY_CODE = Secret("恢复码", ADVICE)
PACK_PASSWORD = Secret(
    "交接包密码", "打开交接包需要它，无人能代为找回。请打印或抄写，与交接包分开交给接收人。本页关闭后不再显示。"
)


class RecoveryCodeDialog(QDialog):
    """Can't be closed before it is said that the code was kept."""

    def __init__(self, code: str, owner: str, parent: QWidget | None = None, secret: Secret = RECOVERY_CODE) -> None:
        super().__init__(parent)
        self._secret = secret
        self.setWindowTitle(secret.title)
        self.setMinimumWidth(WIDTH)
        self._code = code
        self._owner = owner
        self.kept = QCheckBox("已抄存")
        self.kept.setAccessibleName(f"已抄存{secret.title}")
        self.finish = _button("完成")
        self.finish.setProperty("primary", True)
        self.finish.setEnabled(False)
        self.kept.toggled.connect(self.finish.setEnabled)
        self.finish.clicked.connect(self.accept)
        self._lay_out()

    def _lay_out(self) -> None:
        code = named_label(self._code, "recoveryCode")
        code.setAccessibleName(self._secret.title)
        code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        code.setWordWrap(True)
        advice = QLabel(self._secret.advice)
        advice.setWordWrap(True)
        print_button, save_button = _button("打印"), _button("保存为文件")
        print_button.clicked.connect(self._ask_print)
        save_button.clicked.connect(self._ask_save)
        buttons = QHBoxLayout()
        for button in (print_button, save_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.kept)
        buttons.addWidget(self.finish)
        layout = QVBoxLayout(self)
        for widget in (page_title(self._secret.title), code, advice):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def reject(self) -> None:
        if self.kept.isChecked():
            super().reject()

    def text(self) -> str:
        return f"{self._owner}\n社会工作人才登记册 {self._secret.title}\n\n{self._code}\n\n{self._secret.advice}\n"

    def save(self, target: Path) -> None:
        try:
            atomic.write_bytes(target, self.text().encode("utf-8-sig"))
        except EnvironmentRefused as error:
            messages.tell_error(self, error)

    def paint(self, device: QPagedPaintDevice) -> None:
        painter = QPainter(device)
        margin = device.width() / 10
        page = QRectF(0, 0, device.width(), device.height()).adjusted(margin, margin, -margin, -margin)
        painter.drawText(page, int(Qt.TextFlag.TextWordWrap), self.text())
        painter.end()

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, f"保存{self._secret.title}", f"{self._secret.title}.txt", "文本文件 (*.txt)"
        )
        if name:
            self.save(Path(name))

    def _ask_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.paint(printer)


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button
