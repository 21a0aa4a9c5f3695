"""One editor a kind of field. All have the same protocol, so that a form needs to know none of them."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.masking import mask
from socialwork_app.domain.problems import Severity
from socialwork_app.services.references import Choice
from socialwork_app.ui.theme import MUTED, ORANGE, RED

SEVERITY_WORDS = {Severity.ERROR: "有误", Severity.WARNING: "提醒"}
SEVERITY_COLOURS = {Severity.ERROR: RED, Severity.WARNING: ORANGE}
DATE_FORMS = "2017-06-10 / 2017-06 / 2017"
LINES_OF_LONG_TEXT = 3


class Editor(QWidget):
    """What every editor can do. `raw` is what stands in it, to be understood by the service."""

    changed = Signal()
    """The user changed it; `set` is silent."""
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._row)
        layout.addWidget(self._message)

    def raw(self) -> object:
        raise NotImplementedError

    def set(self, value: Value, label: str, /) -> None:
        """Show a stored value; `label` is what people read for it."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        raise NotImplementedError

    def set_problem(self, text: str, severity: Severity = Severity.ERROR) -> None:
        """Show what is wrong under the field; "" when nothing is."""
        self._say(f"{SEVERITY_WORDS[severity]}：{text}" if text else "", SEVERITY_COLOURS[severity])

    def set_note(self, text: str) -> None:
        """A grey remark under the field, such as where a derived value comes from."""
        self._say(text, MUTED)

    @property
    def message(self) -> str:
        return self._message.text()

    def has_keyboard(self) -> bool:
        return self._input().hasFocus()

    def _say(self, text: str, colour: str) -> None:
        self._message.setText(text)
        self._message.setStyleSheet(f"color: {colour}; font-size: 12px")
        self._message.setVisible(bool(text))
        self._input().setAccessibleDescription(text)

    def _input(self) -> QWidget:
        """The part that takes the keyboard."""
        widget = self.focusProxy()
        return widget if widget is not None else self

    def _adopt(self, widget: QWidget) -> None:
        widget.setAccessibleName(self.field.label)
        widget.setToolTip(self.field.hint)
        widget.installEventFilter(self)
        self._row.addWidget(widget, 1)
        self.setFocusProxy(widget)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return False


class LineEditor(Editor):
    """Text of one line; dates and numbers too, since only the service knows what they may look like."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(DATE_FORMS if field.kind is Kind.DATE else field.hint)
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


class ComboBox(QComboBox):
    """A combo box that lets the wheel scroll the form and that finds its entries while one types."""

    def __init__(self, *, typed: bool) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        if typed:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = self.completer()
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboEditor(Editor):
    """What combo boxes share: they are read as text, and read-only means that nothing opens."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, typed: bool = True) -> None:
        super().__init__(field, parent)
        self.combo = ComboBox(typed=typed)
        self._adopt(self.combo)
        line = self.combo.lineEdit()
        if line is not None:
            line.setAccessibleName(field.label)
            line.setPlaceholderText(field.hint)
            line.textEdited.connect(lambda _text: self.changed.emit())
        self.combo.activated.connect(lambda _index: self.changed.emit())
        if typed:
            self.combo.completer().activated.connect(lambda _text: self.changed.emit())

    def set_read_only(self, read_only: bool) -> None:
        self.combo.setEnabled(not read_only)

    def _show_text(self, text: str) -> None:
        self.combo.setCurrentIndex(self.combo.findText(text, Qt.MatchFlag.MatchExactly))
        if self.combo.isEditable() and self.combo.currentText() != text:
            self.combo.setEditText(text)


class CodeEditor(ComboEditor):
    """One entry of a code list; what was typed may be a synonym, which the service knows."""

    def __init__(self, field: Field, lists: CodeLists, parent: QWidget | None = None) -> None:
        super().__init__(field, parent, typed=field.kind is not Kind.YES_NO)
        code_list = lists["yes_no" if field.kind is Kind.YES_NO else field.code_list]
        self.combo.addItems(["", *(entry.label for entry in code_list.entries)])

    def raw(self) -> object:
        return self.combo.currentText()

    def set(self, _value: Value, label: str, /) -> None:
        if self.combo.currentText() != label:
            self._show_text(label)


class ReferenceEditor(ComboEditor):
    """A row of another register: chosen from those that stand, or typed; the service settles what is new."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._choices: tuple[Choice, ...] = ()
        self._ids: dict[str, int] = {}
        self._within: int | None = None
        self._names: dict[int, str] = {}
        self._chosen: tuple[str, int | None] = ("", None)

    def offer(self, choices: tuple[Choice, ...], owners: dict[int, str] | None = None) -> None:
        """`owners`: names of what the choices belong to, to tell those of the same name apart."""
        self._choices, self._names = choices, owners or {}
        self._fill()

    def offer_within(self, owner: int | None) -> None:
        """Restrict the choices to those that belong to this row; None offers all."""
        if owner != self._within:
            self._within = owner
            self._fill()

    def raw(self) -> object:
        """The row id where the text is that of a choice, else the text."""
        text = self.combo.currentText().strip()
        label, row_id = self._chosen
        if text == label and row_id is not None:
            return row_id
        return self._ids.get(text, text)

    def set(self, value: Value, label: str, /) -> None:
        self._chosen = (label, value if isinstance(value, int) else None)
        if self.combo.currentText() != label:
            self._show_text(label)

    def _fill(self) -> None:
        text = self.combo.currentText()
        offered = [choice for choice in self._choices if self._within is None or choice.owner == self._within]
        self._ids = self._named(offered)
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems(["", *self._ids])
        self._show_text(text)
        self.combo.blockSignals(False)

    def _named(self, offered: list[Choice]) -> dict[str, int]:
        """What is shown → row id; choices of one name are told apart by what they belong to."""
        count = Counter(choice.label for choice in offered)
        return {
            choice.label if count[choice.label] == 1 else self._full(choice): choice.id for choice in offered
        }

    def _full(self, choice: Choice) -> str:
        return f"{choice.label}（{self._names.get(choice.owner or 0, str(choice.id))}）"


def editor_for(field: Field, lists: CodeLists, parent: QWidget | None = None) -> Editor:
    if field.kind is Kind.REFERENCE:
        return ReferenceEditor(field, parent)
    if field.kind in (Kind.CODE, Kind.YES_NO):
        return CodeEditor(field, lists, parent)
    if field.kind is Kind.LONG_TEXT:
        return LongTextEditor(field, parent)
    return HiddenEditor(field, parent) if field.sensitive else LineEditor(field, parent)
