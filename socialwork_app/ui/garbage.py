"""Keeps Python's cyclic collector in the window's thread.

Left to itself it runs in whichever thread makes the next object, and a widget taken apart outside the
window's thread ends the process.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
"""Between two looks. What was made meanwhile is gone through in one go, so it should not be much."""


class WindowCollector(QObject):
    """From its start to its stop only this collects."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(collect_due)

    def start(self) -> None:
        gc.disable()
        self._timer.start()

    def spare_what_stands(self) -> None:
        """Never look again at what has been made so far: modules and tables, a tenth of a second to go through."""
        gc.freeze()

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """The oldest generation that has grown beyond its threshold, as Python itself would choose."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
