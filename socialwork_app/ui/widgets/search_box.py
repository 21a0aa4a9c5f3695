"""The search box of a list: answers while something is typed, with any input method."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchBox(QLineEdit):
    asked = Signal(str)
    """What stands in the box, without blanks at its ends, whenever that has changed."""
    left_downwards = Signal()
    """The arrow key that goes from the box into the list."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("搜索")
        self.setToolTip(f"{placeholder}（Ctrl+F）")
        self.setClearButtonEnabled(True)
        self._asked = ""
        self.textChanged.connect(self._ask)

    def _ask(self, text: str) -> None:
        wanted = text.strip()
        if wanted != self._asked:
            self._asked = wanted
            self.asked.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
