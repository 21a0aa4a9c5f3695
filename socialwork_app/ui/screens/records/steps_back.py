"""What was done on a page, one step after another, and the way back through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History, Undone
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.controls import page_key

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import JobBridge


class StepsBack(UndoBar):
    """Ctrl+Z while the page is in sight takes the last step back, and then the one before."""

    def __init__(self, opened: OpenRegister, bridge: JobBridge, page: QWidget) -> None:
        super().__init__(page)
        self._history, self._bridge = History(opened), bridge
        self._steps: list[int] = []
        self.undo_asked.connect(self._take_back)
        page_key("Ctrl+Z", self.undo_last, page)

    def add(self, text: str, changes: Changes) -> None:
        self.remember(changes)
        self.offer(text, changes.change_id)

    def remember(self, changes: Changes) -> None:
        """For what is seen at once and needs no words."""
        if changes.change_id is not None:
            self._steps.append(changes.change_id)

    def forget(self) -> None:
        """Those steps are out of sight and no longer taken back by a key."""
        self._steps.clear()
        self.hide()

    def undo_last(self) -> None:
        """Also where the bar was closed, or speaks of an earlier step."""
        if self._steps:
            self._take_back(self._steps[-1])

    def _take_back(self, change_id: int) -> None:
        self._steps = [step for step in self._steps if step != change_id]
        self._bridge.write(lambda control: self._history.undo(change_id, control), self._tell)

    def _tell(self, undone: Undone) -> None:
        self.offer("已撤销", self._steps[-1] if self._steps else None)
        messages.tell_kept(self.window(), undone.kept)
