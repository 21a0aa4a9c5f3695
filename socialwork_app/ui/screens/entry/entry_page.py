"""Signing people up one after the other, by keyboard alone: a line to find the person, Enter to take and Enter to write.

What is looked up, judged and written runs in jobs; an answer counts only as long as its question stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.fast_entry import BlockLine, EnteredAll, Proposed
from socialwork_app.services.history import History
from socialwork_app.ui import messages
from socialwork_app.ui.screens.entry.block_card import BlockCard
from socialwork_app.ui.screens.entry.entered_table import EnteredTable
from socialwork_app.ui.screens.entry.entry_card import EntryCard
from socialwork_app.ui.screens.entry.entry_layout import EntryLayout, Hint
from socialwork_app.ui.screens.entry.newcomer import Newcomer
from socialwork_app.ui.screens.entry.pasted_block import PastedBlock
from socialwork_app.ui.screens.entry.people_finder import PeopleFinder
from socialwork_app.ui.screens.entry.searching import Searching
from socialwork_app.ui.screens.entry.subject import Subject
from socialwork_app.ui.screens.entry.typing_line import ENTER, PersonLine, in_one_line
from socialwork_app.ui.screens.entry.way_back import WayBack
from socialwork_app.ui.screens.entry.writing import Writing
from socialwork_app.ui.widgets.controls import page_key

if TYPE_CHECKING:
    from socialwork_app.ui.screens.factory import Workplace

P = TypeVar("P", bound=Proposed)
G = TypeVar("G")


class EntryPage(QWidget, Generic[P, G]):
    """`beside`: what stands to the right of the table of those entered."""

    def __init__(
        self, subject: Subject[P, G], at: Workplace, beside: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._subject, self._bridge = subject, at.bridge
        self._question, self._busy = 0, False
        self._person: int | None = None  # who stands on the card or is being judged for it
        self._build(at)
        self._lay_out(beside)
        self._connect()
        self._say("")

    # building

    def _build(self, at: Workplace) -> None:
        words = self._subject.words
        self.line = PersonLine()
        self.hint = Hint()
        self.found = PeopleFinder(self._subject.finding, self._bridge)
        self._searching = Searching(self.line, self.found)
        self.card = EntryCard(words.card, self._subject.details)
        self.block = BlockCard(self._subject)
        self.entered = EnteredTable(words.entered)
        self._pasted = PastedBlock(self.block, self._subject, self._bridge)
        self._newcomer = Newcomer(self._subject.finding, self._bridge, self)
        self.writing = Writing(self.entered, self._bridge)
        self._way_back = WayBack(self.entered, History(at.opened), self._bridge)
        self.undo = self._way_back.undo
        self.setFocusProxy(self.line)

    def _lay_out(self, beside: Sequence[QWidget]) -> None:
        self._area = EntryLayout(self._subject.head, self.line, self.hint)
        self._area.place((self.found, self.card), self.block, (self.entered, *beside))
        self.stack = self._area.stack
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def _connect(self) -> None:
        self._subject.when_changed(self._judge_anew)
        self.found.failed.connect(lambda error: messages.tell_error(self.window(), error))
        self._searching.person_taken.connect(self._take)
        self._searching.newcomer_taken.connect(self._make)
        self._searching.nobody.connect(lambda: self._say(self._subject.words.none_found, "warning"))
        self._searching.doubtful.connect(self._say)
        self.line.typed.connect(self._typed)
        self.line.taken.connect(self._enter)
        self.line.left.connect(self._go_on)
        self.line.undo_asked.connect(self.undo)
        self.line.block_pasted.connect(self.show_block)
        self._newcomer.made.connect(self._person_made)
        self._newcomer.not_made.connect(self._person_not_made)
        self.card.submitted.connect(self._submit)
        self.card.left.connect(self._leave_card)
        self.block.left.connect(self._leave_block)
        self.block.line_asked.connect(self._take_line)
        self._pasted.judged.connect(self._block_judged)
        self._pasted.failed.connect(self._go_on)
        self._pasted.entered.connect(self._block_entered)
        self._pasted.writing.connect(self._area.head.setDisabled)
        self.writing.refused.connect(lambda said: self._say(said, "error"))
        self._way_back.said.connect(self._say)
        page_key("Ctrl+F", self._to_line, self)
        page_key("Ctrl+Z", self.undo, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.card.proposal is None and not self._pasted.text:
            self._to_line()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From wherever else on the page: on to the people."""
        if event.key() in (*ENTER, Qt.Key.Key_Escape):
            self._to_line()
        else:
            super().keyPressEvent(event)

    # what is asked for

    def _judge_anew(self) -> None:
        """Whoever stands on the card, or in the block, is judged anew."""
        person = self._person
        self._begin_question()
        self._say("")
        if self._pasted.text and not self._pasted.is_at_line:
            self.show_block(self._pasted.text)
        elif person is not None and not self._subject.missing():
            self._propose(person)

    def _choosing(self) -> bool:
        return any(chooser.hasFocus() for _, chooser in self._subject.head)

    def may_leave(self) -> bool:
        name = self.card.proposal.name if self.card.proposal else ""
        if not self.card.edited or messages.ask(self.window(), f"{name}还没有录入。", "放弃", no="继续录入"):
            return True
        self.card.take_keyboard()
        return False

    def _say(self, text: str, name: str = "muted") -> None:
        """The line under the search line; how to go about it when there is nothing else."""
        missing = self._subject.missing()
        if bool(missing) is self.line.isEnabled():
            self.line.setDisabled(bool(missing))
            self.setFocus()
        self.hint.say(missing or text or self._subject.words.how_to, name)

    # looking for people

    def _begin_question(self) -> None:
        """Whoever was being judged is so no longer."""
        self._question += 1
        self._busy = False
        self._person = None
        self._searching.wait_no_more()
        self.card.clear()

    def _typed(self, text: str) -> None:
        self._begin_question()
        self._newcomer.forget()
        self._say("")
        if text.strip():
            self._area.show_one()
        self._searching.ask(text)

    # taking one

    def _enter(self) -> None:
        if self._busy or not self.line.text().strip():
            return
        if self.card.proposal is not None:
            self._submit()
        else:
            self._searching.take()

    def _take(self, person_id: int) -> None:
        if not self._busy:
            self._propose(person_id)

    def _make(self, new: Mapping[str, object]) -> None:
        if not self._busy:
            self._busy = True
            self._newcomer.make(new)

    def _propose(self, person_id: int) -> None:
        self._busy = True
        self._person = person_id
        number, make = self._question, self._subject.service()

        def work(_control: Control) -> P:
            return make().propose(person_id)

        self._bridge.run(work, partial(self._show_proposal, number), partial(self._not_judged, number))

    def _show_proposal(self, number: int, proposal: P) -> None:
        if number != self._question:
            return
        self._busy = False
        self.card.show_proposal(proposal)
        if not self._choosing():
            self.card.take_keyboard()
            self._area.show_top()

    def _not_judged(self, number: int, error: Exception) -> None:
        if number == self._question:
            self._busy = False
            messages.tell_error(self.window(), error)

    def _person_made(self, person_id: int, said: str) -> None:
        self._say(f"已新建人员。{said}", "warning" if said else "muted")
        self._propose(person_id)

    def _person_not_made(self, said: str) -> None:
        self._busy = False
        self._say(f"没有新建：{said}", "error")

    # writing

    def _submit(self) -> None:
        proposal = self.card.proposal
        if proposal is None:
            return
        if not proposal.stands:
            if self.card.find_fault():
                return
            self._write(proposal)
        self._pasted.drop_line()
        self._go_on()

    def _write(self, proposal: P) -> None:
        """The next one may be typed meanwhile; what is refused after all comes to stand in the table with its reason."""
        subject, given = self._subject, self.card.details.given()
        before = self._newcomer.change_of(proposal.person_id)
        self.writing.begin(subject.entering(proposal, given), partial(subject.row, proposal, given), before)

    def _go_on(self) -> None:
        """An empty line for the next one, or the rest of a block."""
        self._begin_question()
        self._newcomer.forget()
        self._pasted.leave_line()
        self.line.clear()
        if self._pasted.text:
            self._area.show_block()
            self.block.take_keyboard()
        else:
            self._area.show_one()
            self._to_line()

    def _to_line(self) -> None:
        self._area.show_top()
        self.line.setFocus()
        self.line.selectAll()

    def _leave_card(self) -> None:
        """Back to those who were found."""
        self._begin_question()
        if self._newcomer.is_made:  # who was offered as new is there now
            self._searching.ask(self.line.text())
        self._to_line()

    # a block

    def show_block(self, text: str) -> None:
        choosing = self._choosing()
        self._pasted.judge(text)
        if choosing:
            self._begin_question()
        else:
            self._go_on()

    def _block_judged(self) -> None:
        if self._area.shows_block and not self._choosing():
            self.block.take_keyboard()

    def _block_entered(self, done: EnteredAll[P]) -> None:
        changes = (done.changes.change_id or 0,)
        usual = ((one, self._subject.as_usual(one)) for one in done.entered)
        self.entered.add(*(replace(self._subject.row(one, given, ""), changes=changes) for one, given in usual))
        left = len(self.block.lines)
        if self._area.shows_block:
            self._go_on()
        rest = f"，{left:,} 行有问题，请逐人处理" if left else ""
        self._say(f"已录入 {len(done.entered):,} 人{rest}")

    def _leave_block(self) -> None:
        self._pasted.forget()
        self._go_on()

    def _take_line(self, line: BlockLine[P]) -> None:
        """Into the search line, as if it had been typed and entered."""
        self.line.setText(in_one_line(line.pasted.text))
        self._pasted.begin_line(line)
        self._to_line()
        self._searching.take(only_one=True)
