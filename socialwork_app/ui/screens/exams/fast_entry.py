"""Signing people up one after the other, by keyboard alone: a line to find the person, Enter to take and Enter to write.

What is looked up, judged and written runs in jobs; an answer counts only as long as its question stands.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.exam_entries import FIRST_YEAR
from socialwork_app.domain.exams import LEVELS
from socialwork_app.domain.problems import Severity
from socialwork_app.domain.sentences import sentence, sentence_of, sentence_of_problem
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.exam_signup import BlockLine, Entered, EnteredAll, Proposal
from socialwork_app.services.history import History, Undone
from socialwork_app.ui import messages
from socialwork_app.ui.screens.exams.block_card import BlockCard
from socialwork_app.ui.screens.exams.entered_table import EnteredRow, EnteredTable
from socialwork_app.ui.screens.exams.parts import combo, label_of
from socialwork_app.ui.screens.exams.people_finder import PeopleFinder, SignUps
from socialwork_app.ui.screens.exams.proposal_card import LABELS, Given, ProposalCard
from socialwork_app.ui.screens.exams.typing_line import ENTER, PersonLine, in_one_line
from socialwork_app.ui.widgets.tall_area import TallArea

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.ui.job_bridge import Job
    from socialwork_app.ui.screens.factory import Workplace

MARGINS = (16, 12, 16, 12)
JUDGED_BY = frozenset({"exam_sittings", "eligibility_rules", "rules"})
NAME_OF_LINE = "姓名、拼音、简拼或身份证号"
HOW_TO = "↑↓ 选人，回车确认，再回车录入；Alt+1～3 勾选科目；Esc 返回。可直接粘贴 Excel、WPS 中的多行名单。"
NONE_FOUND = "登记册中没有此人。新建请在同一行写：姓名 身份证号 电话 单位"


class FastEntry(QWidget):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._history = at.bridge, History(at.opened)
        self._sign_ups = SignUps(at.opened)
        self._question = 0
        self._busy = self._take_waits = self._undoing = False
        self._person: int | None = None  # who stands on the card or is being judged for it
        self._made: tuple[int, int] | None = None  # the new person and the change that made it
        self._block = ""  # what was pasted, as far as it is not dealt with
        self._line_at: BlockLine | None = None  # the line of it that stands in the search line
        self._block_job: Job | None = None
        self._build(at.opened)
        self._lay_out()
        self._connect(at)

    # building

    def _build(self, opened: OpenRegister) -> None:
        levels = opened.catalogue.code_lists["level"]
        today = opened.today().year
        self.year = combo(LABELS["year"], [(str(year), year) for year in range(today + 1, FIRST_YEAR - 1, -1)])
        self.year.setCurrentIndex(1)
        self.level = combo(LABELS["level"], [(levels.label(level), level) for level in LEVELS])
        self.line = PersonLine(NAME_OF_LINE)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAccessibleName("提示")
        self.found = PeopleFinder(self._sign_ups, self._exam, self._bridge)
        self.card = ProposalCard()
        self.block = BlockCard()
        self.entered = EnteredTable({level: levels.label(level) for level in LEVELS})
        self.setFocusProxy(self.line)
        self._say("")

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        for text, widget in (("年度(&Y)", self.year), ("级别(&L)", self.level)):
            head.addWidget(label_of(text, widget))
            head.addWidget(widget)
        head.addWidget(self.line, 1)
        self._one = QWidget()
        sides = QHBoxLayout(self._one)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self.found, 1)
        sides.addWidget(self.card, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._one)
        self.stack.addWidget(self.block)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(self._head)
        layout.addWidget(self.hint)
        layout.addWidget(self.stack)
        layout.addWidget(self.entered, 1)
        self._layout = layout
        self._area = TallArea(page)  # at 150 % the table of those entered is below the fold
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def _connect(self, at: Workplace) -> None:
        self.found.answered.connect(self._show_answer)
        self.found.failed.connect(lambda error: messages.tell_error(self.window(), error))
        self.found.currentRowChanged.connect(lambda _row: self._tell_marked())
        self.year.currentIndexChanged.connect(lambda _index: self._exam_changed())
        self.level.currentIndexChanged.connect(lambda _index: self._exam_changed())
        self.line.typed.connect(self._typed)
        self.line.moved.connect(self.found.move_mark)
        self.line.taken.connect(self._enter)
        self.line.left.connect(self._go_on)
        self.line.undo_asked.connect(self.undo)
        self.line.block_pasted.connect(self.show_block)
        self.found.itemClicked.connect(lambda _item: self._take())
        self.card.submitted.connect(self._submit)
        self.card.left.connect(self._leave_card)
        self.block.enter_asked.connect(self.enter_block)
        self.block.left.connect(self._leave_block)
        self.block.line_asked.connect(self._take_line)
        self.entered.undo_asked.connect(self.undo)
        at.bus.changed.connect(self._take_note)
        for keys, act in (("Ctrl+F", self._to_line), ("Ctrl+Z", self.undo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.card.proposal is None and not self._block:
            self.line.setFocus()
            self._show_top()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Year and level are chosen: on to the people."""
        if event.key() in ENTER:
            self._to_line()
        else:
            super().keyPressEvent(event)

    # what is asked for

    def _exam(self) -> tuple[str, int]:
        return str(self.level.currentData()), int(self.year.currentData())

    def _exam_changed(self) -> None:
        """Whoever stands on the card, or in the block, is judged anew."""
        person = self._person
        self._begin_question()
        if self._block and self._line_at is None:
            self.show_block(self._block)
        elif person is not None:
            self._propose(person)

    def _choosing_exam(self) -> bool:
        return self.year.hasFocus() or self.level.hasFocus()

    def _take_note(self, changes: Changes) -> None:
        if changes.kinds & JUDGED_BY:
            self._sign_ups.forget()

    def may_leave(self) -> bool:
        name = self.card.proposal.name if self.card.proposal else ""
        if not self.card.edited or messages.ask(self.window(), f"{name}还没有录入。", "放弃", no="继续录入"):
            return True
        self.card.number.setFocus()
        return False

    def _say(self, text: str, name: str = "muted") -> None:
        """The line under the search line; how to go about it when there is nothing else."""
        self.hint.setText(text or HOW_TO)
        if self.hint.objectName() != name:
            self.hint.setObjectName(name)
            self.hint.style().unpolish(self.hint)
            self.hint.style().polish(self.hint)

    # looking for people

    def _begin_question(self) -> None:
        """Whoever was being judged is so no longer."""
        self._question += 1
        self._busy = self._take_waits = False
        self._person = None
        self.card.clear()

    def _typed(self, text: str) -> None:
        self._begin_question()
        self._made = None
        self._say("")
        if text.strip():
            self._show_page(self._one)
        self.found.ask(text)

    def _show_answer(self) -> None:
        if not self.found.count():
            self._say(NONE_FOUND, "warning")
        elif self._take_waits:
            self._take()
        self._take_waits = False

    def _tell_marked(self) -> None:
        """Those who hear the screen keep the keyboard in the line."""
        item = self.found.currentItem()
        self.line.setAccessibleDescription(item.text() if item else "")

    # taking one

    def _enter(self) -> None:
        if self._busy or not self.line.text().strip():
            return
        if self.card.proposal is not None:
            self._submit()
        elif self.found.settled:
            self._take()
        else:
            self._take_waits = True
            self.found.hurry()

    def _take(self) -> None:
        if self._busy or not self.found.settled:
            return
        if person := self.found.marked():
            self._propose(person.id)
        elif self.found.new_marked():
            self._make_person(dict(self.found.sought.new or {}))

    def _propose(self, person_id: int) -> None:
        self._busy = True
        self._person = person_id
        number, sign_ups, (level, year) = self._question, self._sign_ups, self._exam()

        def work(_control: Control) -> Proposal:
            return sign_ups.of(level, year).propose(person_id)

        self._bridge.run(work, partial(self._show_proposal, number), partial(self._not_taken, number))

    def _show_proposal(self, number: int, proposal: Proposal) -> None:
        if number != self._question:
            return
        self._busy = False
        level, year = self._exam()
        stands = sentence("exam.entered_twice", year=year) if proposal.entry_id is not None else ""
        self.card.show_proposal(proposal, level, stands)
        if not self._choosing_exam():
            self.card.take_keyboard()
            self._show_top()

    def _not_taken(self, number: int, error: Exception) -> None:
        if number == self._question:
            self._busy = False
            messages.tell_error(self.window(), error)

    def _make_person(self, new: dict[str, object]) -> None:
        self._busy = True
        number, sign_ups, (level, year) = self._question, self._sign_ups, self._exam()

        def work(_control: Control) -> Entered:
            return sign_ups.of(level, year).make_person(new)

        self._bridge.write(work, partial(self._person_made, number), partial(self._not_taken, number))

    def _person_made(self, number: int, made: Entered) -> None:
        if number != self._question:
            return
        self._busy = False
        said = "".join(sentence_of_problem(problem) for problem in made.problems if made.entry_id is not None
                       or problem.severity is Severity.ERROR)  # fmt: skip
        if made.entry_id is None:
            self._say(f"没有新建：{said}", "error")
            return
        self._say(f"已新建人员。{said}", "warning" if said else "muted")
        self._made = made.entry_id, made.changes.change_id or 0
        self._propose(made.entry_id)

    # writing

    def _submit(self) -> None:
        proposal = self.card.proposal
        if proposal is None:
            return
        if proposal.entry_id is None:
            if self.card.find_fault():
                return
            self._write(proposal, self.card.given())
        if self._line_at is not None:
            self.block.drop(self._line_at)
            self._keep_block()
        self._go_on()

    def _write(self, proposal: Proposal, given: Given) -> None:
        """The next one may be typed meanwhile; what is refused after all comes to stand in the table with its reason."""
        sign_ups, (level, year) = self._sign_ups, self._exam()
        before = (self._made[1],) if self._made and self._made[0] == proposal.person_id else ()
        row = EnteredRow.of(proposal, year, level, given, before)

        def work(_control: Control) -> Entered:
            return sign_ups.of(level, year).enter(proposal, given.subjects, given.reason, given.more())

        self._bridge.write(work, partial(self._written, row), partial(self._not_written, row))

    def _written(self, row: EnteredRow, entered: Entered) -> None:
        if entered.entry_id is None:
            self._refuse(row, "".join(sentence_of_problem(problem) for problem in entered.problems))
        else:
            changes = (entered.changes.change_id or 0, *row.changes)
            self.entered.add(EnteredRow(row.name, row.year, row.level, row.answer, row.answer_told, row.given, changes))

    def _not_written(self, row: EnteredRow, error: Exception) -> None:
        if isinstance(error, CodedError):
            self._refuse(row, sentence_of(error))
        else:
            self._refuse(row, "程序出现意外。")
            messages.tell_error(self.window(), error)

    def _refuse(self, row: EnteredRow, reason: str) -> None:
        self.entered.add(row.failed(reason))
        self._say(f"{row.name}没有录入：{reason}", "error")

    def _go_on(self) -> None:
        """An empty line for the next one, or the rest of a block."""
        self._begin_question()
        self._made = self._line_at = None
        self.line.clear()
        if self._block:
            self._show_page(self.block)
            self.block.take_keyboard()
            self._show_top()
        else:
            self._show_page(self._one)
            self._to_line()

    def _show_page(self, page: QWidget) -> None:
        """A block takes most of the height."""
        self.stack.setCurrentWidget(page)
        self._layout.setStretchFactor(self.stack, 2 if page is self.block else 0)

    def _show_top(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def _to_line(self) -> None:
        self._show_top()
        self.line.setFocus()
        self.line.selectAll()

    def _leave_card(self) -> None:
        """Back to those who were found."""
        self._begin_question()
        if self._made:  # who was offered as new is there now
            self.found.ask(self.line.text())
        self._to_line()

    # the way back

    def undo(self) -> None:
        last = self.entered.last()
        if not last or self._undoing:
            return
        self._undoing = True
        history, changes = self._history, last[0].changes

        def work(control: Control) -> Undone:
            done = [history.undo(change_id, control) for change_id in changes]
            kinds = frozenset[str]().union(*(one.changes.kinds for one in done))
            kept = tuple(word for one in done for word in one.kept)
            return Undone(sum(one.reversed for one in done), kept, Changes(kinds))

        self._bridge.write(work, partial(self._undone, last), partial(self._not_undone, changes))

    def _undone(self, rows: tuple[EnteredRow, ...], undone: Undone) -> None:
        self._undoing = False
        self.entered.forget(rows[0].changes)
        who = rows[0].name if len(rows) == 1 else f"{len(rows):,} 人"
        self._say(f"已撤销：{who}" + ("，新建的人员一并撤销" if len(rows[0].changes) > 1 else ""))
        if undone.kept:
            messages.tell(self.window(), "已撤销。以下记录后来又有修改，保持不变：", "\n".join(undone.kept))

    def _not_undone(self, changes: tuple[int, ...], error: Exception) -> None:
        """Somebody took it back elsewhere: it is no longer ours to offer."""
        self._undoing = False
        self.entered.forget(changes)
        messages.tell_error(self.window(), error)

    # a block

    def show_block(self, text: str) -> None:
        self._block = text
        self.block.wait("正在核对…")
        if self._choosing_exam():
            self._begin_question()
        else:
            self._go_on()
        if self._block_job is not None:
            self._block_job.cancel()
        sign_ups, (level, year), number = self._sign_ups, self._exam(), self._question

        def work(control: Control) -> list[BlockLine]:
            return sign_ups.of(level, year).judge_block(text, control)

        job = self._block_job = self._bridge.start(
            work, partial(self._show_block, number), partial(self._block_failed, number)
        )
        job.progressed.connect(partial(self._show_progress, number, "正在核对…"))
        job.ended.connect(partial(self._block_ended, job))

    def _show_progress(self, number: int, text: str, done: int, total: int | None, _what: str) -> None:
        if number == self._question and self._block and total:
            self.block.summary.setText(f"{text} {done:,} / {total:,}")

    def _block_ended(self, job: Job) -> None:
        if self._block_job is job:
            self._block_job = None
            self._head.setEnabled(True)

    def _show_block(self, number: int, lines: list[BlockLine]) -> None:
        if number == self._question and self._block:
            self.block.show_lines(lines, self._exam()[0])
            if not self._choosing_exam():
                self.block.take_keyboard()
            self._show_top()

    def _block_failed(self, number: int, error: Exception) -> None:
        if number == self._question and self._block:
            self._leave_block()
            messages.tell_error(self.window(), error)

    def enter_block(self) -> None:
        proposals = self.block.ready()
        if not proposals:
            return
        sign_ups, exam = self._sign_ups, self._exam()

        def work(control: Control) -> EnteredAll:
            return sign_ups.of(*exam).enter_all(proposals, control)

        self.block.enter_button.setEnabled(False)
        job = self._block_job = self._bridge.start(
            work, partial(self._block_written, exam), self._block_refused, self._block_cancelled, writing=True
        )
        self._head.setEnabled(False)
        job.progressed.connect(partial(self._show_progress, self._question, "正在录入…"))
        job.ended.connect(partial(self._block_ended, job))

    def _block_written(self, exam: tuple[str, int], done: EnteredAll) -> None:
        level, year = exam
        changes = (done.changes.change_id or 0,)
        self.entered.add(*(
            EnteredRow.of(one, year, level, Given(one.subjects, one.first_time, "", False, ""), changes)
            for one in done.entered
        ))  # fmt: skip
        refused = {proposal.person_id: reason for proposal, reason in done.refused}
        self.block.keep_wrong(done.entered, lambda proposal: refused.get(proposal.person_id, ""))
        left = len(self.block.lines)
        if self._block:
            self._keep_block()
            self._go_on()
        rest = f"，{left:,} 行有问题，请逐人处理" if left else ""
        self._say(f"已录入 {len(done.entered):,} 人{rest}")

    def _block_refused(self, error: Exception) -> None:
        self._block_cancelled()
        messages.tell_error(self.window(), error)

    def _block_cancelled(self) -> None:
        """Nothing was written: all lines stay as they were."""
        self.block.show_lines(self.block.lines, self._exam()[0])

    def _leave_block(self) -> None:
        if self._block_job is not None:
            self._block_job.cancel()
        self._block = ""
        self._go_on()

    def _keep_block(self) -> None:
        self._block = "\n".join(line.pasted.text for line in self.block.lines)

    def _take_line(self, line: BlockLine) -> None:
        """Into the search line, as if it had been typed and entered."""
        self.line.setText(in_one_line(line.pasted.text))
        self._line_at = line
        self._to_line()
        self._enter()
