"""Where the parts of the entry page stand: choosers and line, those found beside the card, those entered below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from socialwork_app.ui.widgets.controls import label_of
from socialwork_app.ui.widgets.tall_area import TallArea

MARGINS = (16, 12, 16, 12)


class Hint(QLabel):
    """The line under the search line."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName("提示")

    def say(self, text: str, name: str) -> None:
        """`name`: of a label in the style sheet."""
        self.setText(text)
        if self.objectName() != name:
            self.setObjectName(name)
            self.style().unpolish(self)
            self.style().polish(self)


class EntryLayout(TallArea):
    """At 150 % the table of those entered is below the fold."""

    def __init__(self, head: Sequence[tuple[str, QWidget]], line: QWidget, hint: QWidget) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        for text, chooser in head:
            row.addWidget(label_of(text, chooser))
            row.addWidget(chooser)
        row.addWidget(line, 1)
        self.stack = QStackedWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(*MARGINS)
        for part in (self.head, hint, self.stack):
            self._column.addWidget(part)

    def place(self, one: Sequence[QWidget], block: QWidget, below: Sequence[QWidget]) -> None:
        self.stack.addWidget(_side_by_side(one))
        self.stack.addWidget(block)
        self._column.addWidget(_side_by_side(below), 1)

    def show_one(self) -> None:
        self.stack.setCurrentIndex(0)
        self._column.setStretchFactor(self.stack, 0)

    def show_block(self) -> None:
        """A block takes most of the height."""
        self.stack.setCurrentIndex(1)
        self._column.setStretchFactor(self.stack, 2)
        self.show_top()

    @property
    def shows_block(self) -> bool:
        return self.stack.currentIndex() == 1

    def show_top(self) -> None:
        self.verticalScrollBar().setValue(0)


def _side_by_side(parts: Sequence[QWidget]) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part, 1)
    return held
