"""A line for a place on the disk, with the button that opens the dialog for it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

Asking = Callable[[QWidget, str, str], str]
"""Asks for a place: parent, title and the present one; "" when it was called off."""


class PathLine(QWidget):
    def __init__(self, name: str, hint: str, asking: Asking) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.button = QPushButton("选择…")
        self.button.setAccessibleName(f"选择{name}")
        self._name, self._asking = name, asking
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._ask)

    def text(self) -> str:
        return self.line.text().strip()

    def _ask(self) -> None:
        if chosen := self._asking(self.window(), self._name, self.text()):
            self.line.setText(chosen)


def ask_folder(parent: QWidget, title: str, present: str) -> str:
    return QFileDialog.getExistingDirectory(parent, title, present)


def ask_zip(parent: QWidget, title: str, present: str) -> str:
    return QFileDialog.getOpenFileName(parent, title, present, "压缩包 (*.zip)")[0]


def ask_new_zip(parent: QWidget, title: str, present: str) -> str:
    name = QFileDialog.getSaveFileName(parent, title, present, "压缩包 (*.zip)")[0]
    return name if not name or name.lower().endswith(".zip") else f"{name}.zip"
