"""A pasted block on its way into the register: judged, entered, the rest dealt with line by line; all of it in jobs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.fast_entry import BlockLine, EnteredAll, Proposed
from socialwork_app.ui import messages
from socialwork_app.ui.screens.entry.block_card import BlockCard
from socialwork_app.ui.screens.entry.subject import Subject

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import Job, JobBridge

P = TypeVar("P", bound=Proposed)


class PastedBlock(QObject, Generic[P]):
    judged = Signal()
    entered = Signal(object)
    """An `EnteredAll`."""
    failed = Signal()
    """It could not be judged."""
    writing = Signal(bool)

    def __init__(self, card: BlockCard[P], subject: Subject[P, Any], bridge: JobBridge) -> None:
        super().__init__(card)
        self._card, self._subject, self._bridge = card, subject, bridge
        self._job: Job | None = None
        self._at: BlockLine[P] | None = None
        self._asked = 0
        self.text = ""
        """As far as it is not dealt with."""
        card.enter_asked.connect(self.enter)

    # judging

    def judge(self, text: str) -> None:
        """Anew where another exam or course was chosen meanwhile."""
        self.forget()
        self.text = text
        self._card.wait("正在核对…")
        make = self._subject.service()

        def work(control: Control) -> list[BlockLine[P]]:
            return make().judge_block(text, control)

        job = self._job = self._bridge.start(work, partial(self._show, self._asked), partial(self._fail, self._asked))
        self._follow(job, "正在核对…")

    def _show(self, number: int, lines: list[BlockLine[P]]) -> None:
        if number == self._asked:
            self._card.show_lines(lines)
            self.judged.emit()

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._asked:
            self.forget()
            self.failed.emit()
            messages.tell_error(self._card.window(), error)

    # entering

    def enter(self) -> None:
        proposals = self._card.ready()
        if not proposals:
            return
        make = self._subject.service()

        def work(control: Control) -> EnteredAll[P]:
            return make().enter_all(proposals, control)

        self._card.enter_button.setEnabled(False)
        self.writing.emit(True)
        job = self._job = self._bridge.start(work, self._written, self._refused, self._stand_still, writing=True)
        job.ended.connect(lambda: self.writing.emit(False))
        self._follow(job, "正在录入…")

    def _written(self, done: EnteredAll[P]) -> None:
        refused = {proposal.person_id: reason for proposal, reason in done.refused}
        self._card.keep_wrong(done.entered, lambda proposal: refused.get(proposal.person_id, ""))
        self._keep_rest()
        self.entered.emit(done)

    def _refused(self, error: Exception) -> None:
        self._stand_still()
        messages.tell_error(self._card.window(), error)

    def _stand_still(self) -> None:
        """Nothing was written: all lines stay as they were."""
        self._card.show_lines(self._card.lines)

    # one line

    @property
    def is_at_line(self) -> bool:
        """Whether one of its lines is being dealt with by itself."""
        return self._at is not None

    def begin_line(self, line: BlockLine[P]) -> None:
        self._at = line

    def leave_line(self) -> None:
        self._at = None

    def drop_line(self) -> None:
        if self._at is not None:
            self._card.drop(self._at)
            self._keep_rest()

    def _keep_rest(self) -> None:
        if self.text:
            self.text = "\n".join(line.pasted.text for line in self._card.lines)

    # the end

    def forget(self) -> None:
        """An answer that is still on its way counts no more; what is being written rolls back."""
        self.text = ""
        self._at = None
        self._asked += 1
        if self._job is not None:
            self._job.cancel()

    def _follow(self, job: Job, text: str) -> None:
        job.progressed.connect(partial(self._show_progress, job, text))
        job.ended.connect(partial(self._forget_job, job))

    def _show_progress(self, job: Job, text: str, done: int, total: int | None, _what: str) -> None:
        if job is self._job and self.text and total:
            self._card.summary.setText(f"{text} {done:,} / {total:,}")

    def _forget_job(self, job: Job) -> None:
        if self._job is job:
            self._job = None
