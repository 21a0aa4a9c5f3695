"""A contact written down by keyboard, and the reply to what was asked for."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.problems import Problem
from socialwork_app.domain.registers.catalogue import CONTACT_LOG
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.services.contacts import Entry, Keeper
from socialwork_app.services.references import Choice
from socialwork_app.ui.forms.combo_editors import CodeEditor, ReferenceEditor
from socialwork_app.ui.forms.editor import Editor
from socialwork_app.ui.forms.editors import LineEditor
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, label_of

DATE, FORM, LEADER, MATTER, REQUEST, REPLY, DONE = (
    CONTACT_LOG.field(key) for key in ("date", "contact_form", "leader", "matter", "request", "reply", "done_on")
)
DAY_LENGTH, FRAME = 10, 26
"""Characters of 2026-03-05, and pixels of a line beside its text."""


def make_room_for_day(editor: LineEditor) -> None:
    editor.line.setMinimumWidth(editor.line.fontMetrics().horizontalAdvance("0" * DAY_LENGTH) + FRAME)


class Lines(Card):
    """A few editors and a button; Enter in any line does what the button does."""

    submitted = Signal()

    def __init__(self, title: str, action: str, tip: str, editors: Sequence[Editor]) -> None:
        super().__init__()
        self.body.setContentsMargins(10, 6, 10, 8)
        self.setAccessibleName(title)
        self.title = named_label(title, "sectionTitle")
        self.title.setWordWrap(True)
        self.button = button(action, tip, primary=True)
        self._editors = {editor.field.key: editor for editor in editors}
        self.button.clicked.connect(self.submitted)
        for editor in editors:
            if isinstance(editor, LineEditor):
                editor.line.returnPressed.connect(self.submitted)

    def raw(self) -> dict[str, object]:
        return {key: editor.raw() for key, editor in self._editors.items()}

    def say(self, problems: Iterable[Problem]) -> None:
        """Beside each field what is wrong with it; the keyboard goes to the first."""
        told = {problem.field: sentence_of_problem(problem) for problem in problems}
        for key, editor in self._editors.items():
            editor.set_problem(told.get(key, ""))
        wrong = next((editor for key, editor in self._editors.items() if key in told), None)
        if wrong is not None:
            wrong.setFocus()


class ContactEntry(Lines):
    """Day and form stay from one to the next: visits are written down in a row."""

    def __init__(self, lists: CodeLists) -> None:
        self.day, self.form, self.leader = LineEditor(DATE), CodeEditor(FORM, lists), ReferenceEditor(LEADER)
        self.matter, self.request = LineEditor(MATTER), LineEditor(REQUEST)
        editors = (self.day, self.form, self.leader, self.matter, self.request)
        super().__init__("记一次联系（Ctrl+N）", "记入(&J)", "在内容或诉求中按回车也可记入", editors)
        make_room_for_day(self.day)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        places = ((self.day, "日期(&D)", 0, 0, 1), (self.form, "形式(&F)", 0, 2, 1), (self.leader, "领导(&L)", 1, 0, 3),
                  (self.matter, "内容(&N)", 2, 0, 3), (self.request, "诉求(&Q)", 3, 0, 2))  # fmt: skip
        for editor, label, row, column, span in places:
            grid.addWidget(label_of(label, editor), row, column)
            grid.addWidget(editor, row, column + 1, 1, span)
        grid.addWidget(self.button, 3, 3)
        for column, stretch in ((1, 3), (3, 2)):
            grid.setColumnStretch(column, stretch)
        self.body.addWidget(self.title)
        self.body.addLayout(grid)

    def offer(self, leaders: Iterable[Keeper]) -> None:
        self.leader.offer(tuple(Choice(one.id, one.name) for one in leaders))

    def begin(self, today: date, leader: Keeper | None) -> None:
        """For another person."""
        if not str(self.day.raw()).strip():
            self.day.set(None, today.isoformat())
        self.leader.set(leader.id if leader else None, leader.name if leader else "")
        self.clear()

    def take_keyboard(self) -> None:
        """Where something is still to be said."""
        (self.matter if str(self.form.raw()) else self.form).setFocus()

    def clear(self) -> None:
        for editor in (self.matter, self.request):
            editor.set(None, "")
        self.say(())


class Answering(Lines):
    """The reply to a request, and the day on which it was done."""

    def __init__(self) -> None:
        self.reply, self.done_on = LineEditor(REPLY), LineEditor(DONE)
        super().__init__("答复诉求", "办结(&B)", "记下答复；办结日期空着的仍为待办", (self.reply, self.done_on))
        make_room_for_day(self.done_on)
        row = QHBoxLayout()
        for label, editor, stretch in (("答复(&R)", self.reply, 3), ("办结日期(&E)", self.done_on, 1)):
            row.addWidget(label_of(label, editor))
            row.addWidget(editor, stretch)
        row.addWidget(self.button)
        self.body.addWidget(self.title)
        self.body.addLayout(row)
        self.entry: Entry | None = None
        self.hide()

    def show_entry(self, entry: Entry | None, today: date) -> None:
        """One with a request; of any other there is nothing to answer."""
        self.entry = entry if entry and entry.values["request"] else None
        self.setVisible(self.entry is not None)
        if self.entry is not None:
            values = self.entry.values
            self.title.setText(f"答复 {values['date']} 的诉求")
            self.reply.set(None, values["reply"] or "")
            self.done_on.set(None, values["done_on"] or today.isoformat())
            self.say(())
