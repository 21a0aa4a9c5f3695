"""Editors that offer entries: of a code list, or the rows of another register."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.services.references import Choice
from socialwork_app.ui.forms.editor import Editor


class ComboBox(QComboBox):
    """A combo box that lets the wheel scroll the form and that finds its entries while one types."""

    picked = Signal()
    """An entry was chosen, from the list or from what the typing found."""

    def __init__(self, *, typed: bool) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        if typed:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(self.model(), self)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.activated.connect(lambda _text: self.picked.emit())
            self.setCompleter(completer)
        self.activated.connect(lambda _index: self.picked.emit())

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
        self.combo.picked.connect(self.changed)

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
        if text and text == label and row_id is not None:
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
        return {choice.label if count[choice.label] == 1 else self._full(choice): choice.id for choice in offered}

    def _full(self, choice: Choice) -> str:
        return f"{choice.label}（{self._names.get(choice.owner or 0, str(choice.id))}）"
