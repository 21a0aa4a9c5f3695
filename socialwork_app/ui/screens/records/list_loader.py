"""Reads a list in threads: its first screen at once, then the whole of it in its order."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from socialwork_app.domain.filters import Filter
from socialwork_app.services.records import ListWindow, Records
from socialwork_app.ui.job_bridge import JobBridge


class ListLoader(QObject):
    """Only answers to the newest question are told. One whole list is put in order at a time: what is asked
    meanwhile waits, and of several questions that wait the newest is taken."""

    first_rows = Signal(object)
    window = Signal(object)
    """A `ListWindow`; whoever takes it closes it."""
    failed = Signal(object)

    def __init__(self, records: Records, bridge: JobBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records = records
        self._bridge = bridge
        self._number = 0
        self._answered = 0
        self._asked = Filter()
        self._keys: tuple[str, ...] = ()
        self._opening = False

    def load(self, asked: Filter, keys: Sequence[str], *, first: bool = True) -> None:
        """Without `first` what is shown stays until the whole list is there: for loading the same list anew."""
        self._number += 1
        self._asked, self._keys = asked, tuple(keys)
        if first:
            self._read_first()
        if not self._opening:
            self._open()

    def _read_first(self) -> None:
        asked, keys = self._asked, self._keys
        done = partial(self._show_first, self._number)
        self._bridge.run(lambda _control: self._records.first_rows(asked, keys), done, self.failed.emit)

    def _show_first(self, number: int, rows: object) -> None:
        if number == self._number and self._answered < number:
            self.first_rows.emit(rows)

    def _open(self) -> None:
        asked, keys = self._asked, self._keys
        self._opening = True
        self._bridge.run(
            lambda control: self._records.open_window(asked, keys, control),
            partial(self._opened, self._number),
            partial(self._refused, self._number),
        )

    def _opened(self, number: int, window: ListWindow) -> None:
        self._opening = False
        if number == self._number:
            self._answered = number
            self.window.emit(window)
        else:
            window.close()
            self._open()

    def _refused(self, number: int, error: Exception) -> None:
        self._opening = False
        if number == self._number:
            self.failed.emit(error)
        else:
            self._open()
