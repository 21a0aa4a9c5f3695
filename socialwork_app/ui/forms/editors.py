"""One editor a kind of field."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton, QWidget

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.masking import mask
from socialwork_app.ui.forms.combo_editors import CodeEditor, ReferenceEditor
from socialwork_app.ui.forms.editor import Editor

DATE_FORMS = "2017-06-10 / 2017-06 / 2017"
LINES_OF_LONG_TEXT = 3
NUMBERS, NUMBER_LENGTH = (Kind.ID_NUMBER, Kind.IDENTIFIER, Kind.CREDIT_CODE), 18
FRAME = 26
"""Pixels of a line beside its text."""


class LineEditor(Editor):
    """Text of one line; dates and numbers too, since only the service knows what they may look like."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(DATE_FORMS if field.kind is Kind.DATE else field.hint)
        _make_room(self.line, field)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self._adopt(self.line)

    def raw(self) -> object:
        return self.line.text()

    def set(self, _value: Value, label: str, /) -> None:
        if self.line.text() != label:
            self.line.setText(label)
            self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class HiddenLine(QLineEdit):
    """Shows its text masked unless the keyboard is in it or it was asked to show."""

    def __init__(self, hide: Callable[[str], str]) -> None:
        super().__init__()
        self.setAcceptDrops(False)  # a drop would land in the masked text
        self._hide = hide
        self._text = ""
        self._open = False
        self.textEdited.connect(self._keep)

    def whole_text(self) -> str:
        return self._text

    def set_whole_text(self, text: str) -> None:
        self._text = text
        self._refresh()

    def set_open(self, shown: bool) -> None:
        self._open = shown
        self._refresh()

    def _keep(self, text: str) -> None:
        self._text = text

    def _refresh(self) -> None:
        shown = self._open or (self.hasFocus() and not self.isReadOnly())
        text = self._text if shown else self._hide(self._text)
        if self.text() != text:
            self.setText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._refresh()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu
            self._refresh()


class HiddenEditor(Editor):
    """A sensitive number: masked until it is being edited or 显示 is pressed."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = HiddenLine(lambda text: mask(field.kind, text))
        self.line.setPlaceholderText(field.hint)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        _make_room(self.line, field)
        self._adopt(self.line)
        self.button = QToolButton()
        self.button.setText("显示")
        self.button.setAccessibleName(f"显示{field.label}")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.toggled.connect(self._show)
        self._row.addWidget(self.button)

    def raw(self) -> object:
        return self.line.whole_text()

    def set(self, _value: Value, label: str, /) -> None:
        """`label` must be the whole number."""
        if self.line.whole_text() != label:
            self.line.set_whole_text(label)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.line.set_open(self.button.isChecked())

    def hide_again(self) -> None:
        self.button.setChecked(False)

    def _show(self, shown: bool) -> None:
        self.button.setText("隐藏" if shown else "显示")
        self.line.set_open(shown)


def _make_room(line: QLineEdit, field: Field) -> None:
    """For a whole number: from a part of it nobody is told apart."""
    if field.kind in NUMBERS:
        line.setMinimumWidth(line.fontMetrics().horizontalAdvance("0" * NUMBER_LENGTH) + FRAME)


class LongTextEditor(Editor):
    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(field.hint)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES_OF_LONG_TEXT + 16)
        self._silent = False
        self.text.textChanged.connect(self._tell)
        self._adopt(self.text)

    def raw(self) -> object:
        return self.text.toPlainText()

    def set(self, _value: Value, label: str, /) -> None:
        if self.text.toPlainText() == label:
            return
        self._silent = True
        self.text.setPlainText(label)
        self._silent = False

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)

    def _tell(self) -> None:
        if not self._silent:
            self.changed.emit()


def editor_for(field: Field, lists: CodeLists, parent: QWidget | None = None) -> Editor:
    if field.kind is Kind.REFERENCE:
        return ReferenceEditor(field, parent)
    if field.kind in (Kind.CODE, Kind.YES_NO):
        return CodeEditor(field, lists, parent)
    if field.kind is Kind.LONG_TEXT:
        return LongTextEditor(field, parent)
    return HiddenEditor(field, parent) if field.sensitive else LineEditor(field, parent)
