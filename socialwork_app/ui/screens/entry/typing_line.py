"""Lines for typing with an input method: what its keys are, as long as it composes, are not ours."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_THE_INPUT_METHOD = (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
NAME_OF_LINE = "姓名、拼音、简拼或身份证号"
LONGEST = 1_000_000
"""Characters of a pasted block: the usual limit of a line would cut it off unsaid."""


class TypingLine(QLineEdit):
    """Enter and Esc go on to what the line stands in, but not while something is being composed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing and event.key() in _OF_THE_INPUT_METHOD:
            if event.key() in ENTER:
                QGuiApplication.inputMethod().commit()
            event.accept()
        else:
            self._press(event)

    def _press(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (*ENTER, Qt.Key.Key_Escape):
            event.ignore()


class PersonLine(TypingLine):
    """Where people are looked for."""

    typed = Signal(str)
    """What stands in it has changed; never a block."""
    block_pasted = Signal(str)
    """Several lines at once, as a workbook gives them."""
    moved = Signal(int)
    taken = Signal()
    left = Signal()
    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__(NAME_OF_LINE)
        self.setPlaceholderText(NAME_OF_LINE)
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self.textChanged.connect(self._look_for_block)

    def _press(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in ENTER:
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            QLineEdit.keyPressEvent(self, event)

    def _paste(self) -> None:
        """A whole block need not be laid out as a line first."""
        text = QGuiApplication.clipboard().text()
        if len(text.strip().splitlines()) > 1:
            self.block_pasted.emit(text)
        else:
            self.insert(in_one_line(text))

    def _look_for_block(self, text: str) -> None:
        """By the menu, by dropping, by an input method: line breaks stay in the text."""
        if len(text.strip().splitlines()) > 1:
            self.clear()
            self.block_pasted.emit(text)
        elif "\t" in text or len(text.splitlines()) > 1:
            self.setText(in_one_line(text))
        else:
            self.typed.emit(text)


def in_one_line(text: str) -> str:
    """The cells of one row."""
    return "、".join(cell.strip() for cell in text.strip().split("\t") if cell.strip())
