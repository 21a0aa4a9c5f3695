"""The way back: takes what was done last in this sitting out of the register again, with a person made for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History, Undone
from socialwork_app.ui import messages
from socialwork_app.ui.screens.entry.entered_table import EnteredRow, EnteredTable

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import JobBridge


class WayBack(QObject):
    said = Signal(str)

    def __init__(self, entered: EnteredTable, history: History, bridge: JobBridge) -> None:
        super().__init__(entered)
        self._entered, self._history, self._bridge = entered, history, bridge
        self._going = False
        entered.undo_asked.connect(self.undo)

    def undo(self) -> None:
        last = self._entered.last()
        if not last or self._going:
            return
        self._going = True
        history, changes = self._history, last[0].changes

        def work(control: Control) -> Undone:
            done = [history.undo(change_id, control) for change_id in changes]
            kinds = frozenset[str]().union(*(one.changes.kinds for one in done))
            kept = tuple(word for one in done for word in one.kept)
            return Undone(sum(one.reversed for one in done), kept, Changes(kinds))

        self._bridge.write(work, partial(self._undone, last), partial(self._not_undone, changes))

    def _undone(self, rows: tuple[EnteredRow, ...], undone: Undone) -> None:
        self._going = False
        self._entered.forget(rows[0].changes)
        who = rows[0].name if len(rows) == 1 else f"{len(rows):,} 人"
        self.said.emit(f"已撤销：{who}" + ("，新建的人员一并撤销" if len(rows[0].changes) > 1 else ""))
        messages.tell_kept(self._entered.window(), undone.kept)

    def _not_undone(self, changes: tuple[int, ...], error: Exception) -> None:
        """Somebody took it back elsewhere: it is no longer ours to offer."""
        self._going = False
        self._entered.forget(changes)
        messages.tell_error(self._entered.window(), error)
