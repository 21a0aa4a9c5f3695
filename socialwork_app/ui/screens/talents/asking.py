"""A dialog with a line of its own for each thing it asks, which keeps open until all is given."""

from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import error
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.forms.editors import LineEditor
from socialwork_app.ui.widgets.card import named_label


class AskingDialog(QDialog):
    """`agree`: what the button says."""

    def __init__(self, title: str, agree: str, opened: OpenRegister, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._opened = opened
        self.hint = named_label("", "warning")
        self.hint.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.agree_button = self.buttons.addButton(agree, QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree_button.setProperty("primary", True)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def day_of(self, editor: LineEditor) -> date | None:
        """The day that stands in it, if it is exact."""
        value = self._opened.parser.parse(editor.field, editor.raw()).value
        day = PartialDate.parse(str(value)) if value else None
        return day.earliest() if day and day.exact else None

    def has_day(self, editor: LineEditor) -> bool:
        """Else it says so and takes the keyboard."""
        found = self._opened.parser.parse(editor.field, editor.raw())
        exact = self.day_of(editor) is not None
        missing = error("date.day_missing" if found.value else "field.required", label=editor.field.label)
        self._mark(editor, "" if exact else sentence_of_problem(next(iter(found.problems), missing)))
        return exact

    def has_text(self, editor: LineEditor) -> bool:
        missing = error("field.required", label=editor.field.label)
        given = bool(str(editor.raw()).strip())
        self._mark(editor, "" if given else sentence_of_problem(missing))
        return given

    def _mark(self, editor: LineEditor, problem: str) -> None:
        editor.set_problem(problem)
        if problem:
            editor.line.setFocus()
