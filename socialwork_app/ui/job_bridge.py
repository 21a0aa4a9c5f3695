"""Runs jobs in threads for the window. Results, failures and cancels arrive in the window's own thread.

Reading jobs run side by side, writing jobs one after another in one thread. What a result says it changed is
announced on the bus after the one who asked has had it.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus, changes_in

R = TypeVar("R")
Work = Callable[[Control], Any]

READERS = 3


class JobSignals(QObject):
    progressed = Signal(int, object, str)
    """Done, total or None, what; several steps that the window had no time for arrive as one."""
    ended = Signal()


class Job:
    """One running piece of work. It ends once: with a result, a failure or a cancel.

    A thread must never be the last to let go of a widget, so this is no QObject itself, and all that the work
    holds is let go of in the window's thread, by `finish`.
    """

    def __init__(self, work: Work, close: Callable[["Job"], None], relay: "Relay") -> None:
        self.result: Any = None
        self.error: BaseException | None = None
        self.was_cancelled = False
        self.bar: QDialog | None = None  # a dialog that nobody holds would be gone at once
        self.signals: JobSignals | None = JobSignals(relay)
        self._work: Work | None = work
        self._close: Callable[[Job], None] | None = close
        self._relay = relay
        self._cancel_asked = threading.Event()
        self._step: tuple[int, int | None, str] = (0, None, "")
        self._told = threading.Event()

    @property
    def progressed(self) -> SignalInstance:
        """Only until the job has ended, like `ended`."""
        assert self.signals is not None
        return self.signals.progressed

    @property
    def ended(self) -> SignalInstance:
        assert self.signals is not None
        return self.signals.ended

    def cancel(self) -> None:
        """Ask it to stop; it ends at its next step, or at once if it has not begun."""
        self._cancel_asked.set()

    def execute(self) -> None:
        """The pool's thread runs this."""
        try:
            self.check_cancel()
            assert self._work is not None
            self.result = self._work(_JobControl(self))
        except Cancelled:
            self.was_cancelled = True
        except BaseException as error:
            self.error = error
        self._relay.over.emit(self)

    def check_cancel(self) -> None:
        if self._cancel_asked.is_set():
            raise Cancelled

    def step(self, done: int, total: int | None, what: str) -> None:
        self._step = (done, total, what)
        if not self._told.is_set():
            self._told.set()
            self._relay.stepped.emit(self)

    def tell_step(self) -> None:
        self._told.clear()
        if self.signals is not None:
            self.signals.progressed.emit(*self._step)

    def finish(self) -> None:
        signals, close = self.signals, self._close
        self.signals = self._close = None
        assert signals is not None and close is not None
        signals.ended.emit()
        try:
            close(self)
        finally:
            self.let_go()
            signals.deleteLater()

    def let_go(self) -> None:
        self._work = self.result = self.error = self.bar = self._close = None


class Relay(QObject):
    """Brings what threads say into the window's thread."""

    stepped = Signal(object)
    over = Signal(object)


class _JobControl(Control):
    def __init__(self, job: Job) -> None:
        self._job = job

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self._job.check_cancel()
        self._job.step(done, total, what)


class JobBridge(QObject):
    """The window's `Jobs`."""

    def __init__(self, bus: ChangesBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bus = bus
        self._jobs: set[Job] = set()
        self._relay = Relay(self)
        self._relay.stepped.connect(self._tell_step)
        self._relay.over.connect(self._finish)
        self._reading = QThreadPool(self)
        self._reading.setMaxThreadCount(READERS)
        self._writing = QThreadPool(self)
        self._writing.setMaxThreadCount(1)

    def run(
        self,
        work: Callable[[Control], R],
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Reading work. Without `failed` the user is told."""
        self.start(work, done, failed)

    def write(
        self,
        work: Callable[[Control], R],
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Work that changes the register, in order."""
        self.start(work, done, failed, writing=True)

    def start(
        self,
        work: Callable[[Control], R],
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        *,
        writing: bool = False,
    ) -> Job:
        """The same with the running job in hand, for its progress and its cancel."""

        def close(job: Job) -> None:
            self._close(job, done, failed, cancelled)

        job = Job(work, close, self._relay)
        self._jobs.add(job)
        (self._writing if writing else self._reading).start(job.execute)
        return job

    def run_with_bar(
        self,
        title: str,
        work: Callable[[Control], R],
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
        parent: QWidget | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Job:
        """Long writing work behind a bar with a count and a cancel, which rolls the work back."""
        from socialwork_app.ui.widgets.progress_dialog import ProgressDialog

        job = self.start(work, done, failed, cancelled, writing=True)
        job.bar = ProgressDialog(title, job, parent or QApplication.activeWindow())
        job.bar.open()
        return job

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def shut(self) -> None:
        """Cancel what runs and wait for it: the register is closed after this. Nobody is told any more."""
        for job in tuple(self._jobs):
            job.cancel()
        self._reading.waitForDone()
        self._writing.waitForDone()
        for job in self._jobs:
            job.let_go()
        self._jobs.clear()

    def _tell_step(self, job: Job) -> None:
        if job in self._jobs:
            job.tell_step()

    def _finish(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.discard(job)
            job.finish()

    def _close(
        self,
        job: Job,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None,
        cancelled: Callable[[], object] | None,
    ) -> None:
        if job.was_cancelled:
            if cancelled and _alive(cancelled):
                cancelled()
        elif job.error is not None:
            self._fail(job.error, failed)
        else:
            self._succeed(job.result, done)

    def _fail(self, error: BaseException, failed: Callable[[Exception], object] | None) -> None:
        if failed is None or not isinstance(error, Exception):
            messages.tell_error(None, error)
        elif _alive(failed):
            failed(error)

    def _succeed(self, result: Any, done: Callable[[Any], object]) -> None:
        try:
            if _alive(done):
                done(result)
        finally:
            changes = changes_in(result)
            if changes is not None:
                self.bus.announce(changes)


def _alive(callback: Callable[..., object]) -> bool:
    """False for a method of a widget that was closed while its job ran."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
