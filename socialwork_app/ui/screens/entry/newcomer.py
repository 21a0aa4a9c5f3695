"""Somebody who is not in the register yet is made from what the line says; an undo of the sign-up takes the person along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from socialwork_app.domain.problems import Severity
from socialwork_app.domain.sentences import sentence_of, sentence_of_problem
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.services.records import Saved
from socialwork_app.ui import messages

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import JobBridge


class Newcomer(QObject):
    made = Signal(int, str)
    """The person, and what is odd about it."""
    not_made = Signal(str)
    """Why not."""

    def __init__(self, finding: PeopleFinding, bridge: JobBridge, page: QWidget) -> None:
        super().__init__(page)
        self._finding, self._bridge, self._page = finding, bridge, page
        self._question = 0
        self._made: tuple[int, int] | None = None

    def make(self, new: Mapping[str, object]) -> None:
        finding, raw = self._finding, dict(new)

        def work(_control: Control) -> Saved:
            return finding.make_person(raw)

        self._bridge.write(work, partial(self._take, self._question), partial(self._fail, self._question))

    def forget(self) -> None:
        """What is still being made is asked for no more."""
        self._question += 1
        self._made = None

    @property
    def is_made(self) -> bool:
        return self._made is not None

    def change_of(self, person_id: int) -> tuple[int, ...]:
        """The change that made this person, if it is the one that was made last."""
        return (self._made[1],) if self._made and self._made[0] == person_id else ()

    def _take(self, number: int, saved: Saved) -> None:
        if number != self._question:
            return
        said = "".join(sentence_of_problem(problem) for problem in saved.problems if saved.id is not None
                       or problem.severity is Severity.ERROR)  # fmt: skip
        if saved.id is None:
            self.not_made.emit(said)
        else:
            self._made = saved.id, saved.changes.change_id or 0
            self.made.emit(saved.id, said)

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._question:
            self.not_made.emit(sentence_of(error) if isinstance(error, CodedError) else "程序出现意外。")
            messages.tell_error(self._page.window(), error)
