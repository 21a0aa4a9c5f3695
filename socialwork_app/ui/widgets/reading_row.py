"""Reads for a view in a job, one at a time; what takes long shows a bar, a count and a cancel."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import Job, JobBridge

SHOWN_AFTER_MS = 300
BAR_WIDTH = 180


class ReadingRow(QWidget):
    stopped = Signal()
    """The reading was called off or failed: what was asked for is not there."""

    def __init__(self, bridge: JobBridge, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._said = text
        self._job: Job | None = None
        self._next: tuple[Callable[[Control], Any], Callable[[Any], object]] | None = None
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._bar.setFixedWidth(BAR_WIDTH)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.setAccessibleName(f"取消{text}")
        self.cancel_button.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self._bar, self.cancel_button):
            layout.addWidget(widget)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOWN_AFTER_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def read(self, work: Callable[[Control], Any], done: Callable[[Any], object]) -> None:
        """What is still being read for an earlier question is called off."""
        self._next = (work, done)
        if self._job is None:
            self._begin()
        else:
            self._job.cancel()

    def cancel(self) -> None:
        self._next = None
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        assert self._next is not None
        work, done = self._next
        self._next = None
        self._show_step(0, None, "")
        self._patience.start()
        self._job = self._bridge.start(work, partial(self._done, done), self._failed, self._cancelled)
        self._job.progressed.connect(self._show_step)

    def _show_step(self, done: int, total: int | None, _what: str) -> None:
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        count = f" {done / total:.0%}" if total else f" {done:,}" if done else ""
        self._text.setText(f"正在{self._said}…{count}")

    def _done(self, done: Callable[[Any], object], result: object) -> None:
        if not self._went_on():
            done(result)

    def _failed(self, error: Exception) -> None:
        if not self._went_on():
            self.stopped.emit()
            messages.tell_error(self.window(), error)

    def _cancelled(self) -> None:
        if not self._went_on():
            self.stopped.emit()

    def _went_on(self) -> bool:
        """Whether a newer question waited, which is being read now."""
        self._job = None
        self._patience.stop()
        self.hide()
        if self._next is None:
            return False
        self._begin()
        return True
