"""A start of the window, in a process of its own: `python -m tests.benchmark.window_steps STEP WORD …`.

Prints the monotonic clock at the first paint and, with a register, at the first painted rows: JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

if TYPE_CHECKING:
    from socialwork_app.services.register_files import RegisterFiles


class FirstPaint(QObject):
    """Calls `painted` once, when the next painting of the widget is over."""

    def __init__(self, widget: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(widget)
        self._painted: Callable[[], None] | None = painted
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._painted and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)
            self._painted = None
        return super().eventFilter(watched, event)


def bare() -> None:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("社会工作人才登记册"))
    stamps: dict[str, float] = {}
    FirstPaint(window, lambda: _stamp(stamps, "painted", last=True))
    window.showMaximized()
    application.exec()
    print(json.dumps(stamps))


def program(folder: str) -> None:
    from socialwork_app.ui import app
    from socialwork_app.ui.remembered import Remembered

    app.set_locale()
    application = app.make_application()
    session = app.Session(_register_files, Path(folder), Remembered())
    stamps: dict[str, float] = {}
    FirstPaint(session.window, lambda: _stamp(stamps, "painted"))
    session.window.painted.connect(lambda: _show_people(session.window, stamps))
    session.window.show()
    application.exec()
    session.close()
    print(json.dumps(stamps))


def _register_files() -> "RegisterFiles":
    from socialwork_app import bootstrap

    return bootstrap.register_files()


def _show_people(window: QMainWindow, stamps: dict[str, float]) -> None:
    """The register is open: go to the list of people and wait for its rows."""
    from socialwork_app.ui.main_window import MainWindow
    from socialwork_app.ui.screens.records.records_list import RecordsList

    assert isinstance(window, MainWindow)
    window.go_to("people")
    shown = window.visit("people").findChild(RecordsList)
    assert isinstance(shown, RecordsList)

    def filled() -> None:
        if shown.model.rowCount():
            shown.model.modelReset.disconnect(filled)
            FirstPaint(shown.table.viewport(), lambda: _stamp(stamps, "rows", last=True))

    shown.model.modelReset.connect(filled)


def _stamp(stamps: dict[str, float], name: str, *, last: bool = False) -> None:
    stamps[name] = time.monotonic()
    if last:
        QApplication.quit()


STEPS: dict[str, Callable[..., None]] = {step.__name__: step for step in (bare, program)}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
