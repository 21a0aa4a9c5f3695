"""Backups that nobody asks for: one before the window closes, one a day while it stays open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError
from socialwork_app.ui import messages
from socialwork_app.ui.widgets.progress_dialog import ProgressDialog

if TYPE_CHECKING:
    from socialwork_app.ui.idle_lock import IdleLock
    from socialwork_app.ui.screens.factory import Workplace

LOOK = 10 * 60_000
QUIET = 3 * 60_000
"""Milliseconds between two looks whether one is due, and for which nobody must have touched the window."""


def backup_first(at: Workplace, window: QWidget, close: Callable[[], object]) -> bool:
    """Whether a backup was begun, behind a bar that can be cut short. However it ends, `close` is called then."""
    from socialwork_app.services.automatic_backups import AutomaticBackups

    automatic = AutomaticBackups(at.opened)
    if not automatic.wanted():
        return False

    def go() -> None:
        QTimer.singleShot(0, window, close)

    def failed(error: Exception) -> None:
        if isinstance(error, CodedError):
            messages.warn(window, "关闭前的备份没有完成。登记册已经保存，不受影响。", sentence_of(error))
        else:
            messages.tell_error(window, error)
        go()

    job = at.bridge.start(automatic.run, lambda _done: go(), failed, go, writing=True)
    stopping = "正在停止备份，然后关闭…"
    job.bar = ProgressDialog("正在备份，完成后关闭", job, window, stop="不备份，直接关闭", stopping=stopping)
    job.bar.open()
    return True


class DailyBackup(QObject):
    """Looks now and then; a backup runs beside the work and keeps nobody waiting. One that fails is told on the desk."""

    def __init__(self, at: Workplace, lock: IdleLock, parent: QObject) -> None:
        super().__init__(parent)
        from socialwork_app.services.automatic_backups import AutomaticBackups

        self._at, self._lock = at, lock
        self._automatic = AutomaticBackups(at.opened)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    def look(self) -> None:
        if not self._at.bridge.busy and self._lock.quiet >= QUIET and self._automatic.due():
            self._at.bridge.start(self._automatic.run, lambda _done: None, self._failed)

    def _failed(self, error: Exception) -> None:
        from socialwork_app.services.backups import CHANGES

        if not isinstance(error, CodedError):
            messages.tell_error(None, error)
        self._at.bus.announce(CHANGES)
