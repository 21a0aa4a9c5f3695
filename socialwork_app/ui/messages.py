"""One voice to the user: the only place that opens message boxes."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMessageBox, QWidget

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.logs import report_bug

Leaving = Literal["save", "discard", "stay"]


def tell(parent: QWidget | None, text: str, detail: str = "") -> None:
    _box(parent, QMessageBox.Icon.Information, text, detail).exec()


def warn(parent: QWidget | None, text: str, detail: str = "") -> None:
    _box(parent, QMessageBox.Icon.Warning, text, detail).exec()


def tell_kept(parent: QWidget | None, kept: Sequence[str]) -> None:
    """What a step taken back left as it is, if anything: it was changed again since."""
    if kept:
        tell(parent, "已撤销。以下记录后来又有修改，保持不变：", "\n".join(kept))


def tell_error(parent: QWidget | None, error: BaseException) -> None:
    """An error that has a sentence is told with it; any other is our own bug."""
    if isinstance(error, CodedError):
        warn(parent, sentence_of(error))
    else:
        tell_bug(parent, error)


def tell_bug(parent: QWidget | None, error: BaseException) -> None:
    reference = report_bug(error)
    text = f"程序出现意外，刚才的操作没有完成。已记入日志，编号 {reference}。"
    _box(
        parent,
        QMessageBox.Icon.Critical,
        text,
        "已保存的内容不受影响。可重试；再次出现时请将编号和日志交维护人员。",
    ).exec()


def ask(parent: QWidget | None, text: str, yes: str, detail: str = "", no: str = "取消") -> bool:
    """`yes` names what is done, such as 删除; the other answer is the one that Enter and Esc give."""
    box = _box(parent, QMessageBox.Icon.Question, text, detail)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refused = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refused)
    box.setEscapeButton(refused)
    box.exec()
    return box.clickedButton() is agreed


def ask_to_leave(parent: QWidget | None, text: str = "有尚未保存的修改。") -> Leaving:
    box = _box(parent, QMessageBox.Icon.Question, text, "")
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    save = box.addButton("保存", QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("放弃修改", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("继续编辑", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is save:
        return "save"
    return "discard" if box.clickedButton() is discard else "stay"


def ask_text(parent: QWidget | None, title: str, label: str, text: str = "", *, hidden: bool = False) -> str | None:
    """What was typed, None when it was called off. `hidden` for passwords."""
    echo = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
    typed, agreed = QInputDialog.getText(parent or _window(), title, label, echo, text)
    return typed if agreed else None


def _box(parent: QWidget | None, icon: QMessageBox.Icon, text: str, detail: str) -> QMessageBox:
    box = QMessageBox(icon, "", text, QMessageBox.StandardButton.Ok, parent or _window())
    box.setWindowTitle(QApplication.applicationDisplayName())
    box.setInformativeText(detail)
    box.button(QMessageBox.StandardButton.Ok).setText("知道了")
    return box


def _window() -> QWidget | None:
    """The window in front, but for one that is just closing."""
    window = QApplication.activeWindow()
    return window if window is not None and window.isVisible() else None
