"""The window, in a process of its own: `python -m tests.benchmark.window_steps STEP WORD …`.

A start prints the monotonic clock at the first paint and, with a register, at the first painted rows; `typing` prints
the longest stalls of the event loop in seconds, by what was done meanwhile: JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

if TYPE_CHECKING:
    from socialwork_app.services.register_files import RegisterFiles
    from socialwork_app.ui.app import Session
    from socialwork_app.ui.screens.exams.fast_entry import FastEntry
    from socialwork_app.ui.screens.records.records_list import RecordsList

BEAT_MS = 5
KEY_MS = 90
"""Between two keys: eleven a second, as fast as anybody types."""
OPENING_MS = 8_000
"""Until the desk has been read and the other screen stands."""
LOOKING_MS = 700
"""At what an answer shows, before the next thing is done."""
TYPED = ("张", "李文", "王秀英", "z", "zhangwei", "lm", "wxy", "0022", "1985", "5301", "没有此人")


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
    stamps: dict[str, float] = {}
    session = _session(folder)
    FirstPaint(session.window, lambda: _stamp(stamps, "painted"))
    session.window.painted.connect(lambda: _show_people(session, lambda _list: _stamp(stamps, "rows", last=True)))
    _run(session)
    print(json.dumps(stamps))


def typing(folder: str) -> None:
    """Search, look at records, scroll and sort, with the first rows of the people painted."""
    session, heart = _session(folder), Heartbeat()
    session.window.painted.connect(lambda: _show_people(session, lambda shown: heart.begin(_work(shown, heart))))
    _run(session)
    print(json.dumps(heart.longest))


class Heartbeat(QObject):
    """Beats while a script of waiting times in milliseconds is gone through, and quits at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = ""
        self.longest: dict[str, float] = {}
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def begin(self, script: Iterator[int]) -> None:
        self._last = time.monotonic()
        self._timer.start()
        self._go_on(script)

    def _go_on(self, script: Iterator[int]) -> None:
        wait = next(script, None)
        if wait is None:
            QApplication.quit()
        else:
            QTimer.singleShot(wait, lambda: self._go_on(script))

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest[self.doing] = max(self.longest.get(self.doing, 0.0), now - self._last)
        self._last = now


def signing_up(folder: str) -> None:
    """Fast entry of an exam: each text typed, the first who is found taken, the verdict looked at, and back."""
    session, heart = _session(folder), Heartbeat()
    session.window.painted.connect(lambda: session.window.go_to("exams"))
    begin = lambda: heart.begin(_sign_up(_fast_entry(session), heart))  # noqa: E731
    session.window.ready.connect(lambda: QTimer.singleShot(OPENING_MS, begin))
    _run(session)
    print(json.dumps(heart.longest))


def _fast_entry(session: "Session") -> "FastEntry":
    from socialwork_app.ui.screens.exams.fast_entry import FastEntry

    shown = session.window.visit("exams").findChild(FastEntry)
    assert isinstance(shown, FastEntry)
    return shown


def _sign_up(shown: "FastEntry", heart: Heartbeat) -> Iterator[int]:
    heart.doing = "sign up"
    for text in TYPED:
        for sign in text:
            _press(shown.line, sign)
            yield KEY_MS
        QTest.keyClick(shown.line, Qt.Key.Key_Return)
        yield LOOKING_MS
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        yield KEY_MS
        shown.line.clear()


def shortfall(folder: str) -> None:
    """The list of those with too few hours: open it and wait for it, then narrow, scroll and search it."""
    session, heart = _session(folder), Heartbeat()
    session.window.painted.connect(lambda: session.window.go_to("training"))
    begin = lambda: heart.begin(_shortfall(session, heart))  # noqa: E731
    session.window.ready.connect(lambda: QTimer.singleShot(OPENING_MS, begin))
    _run(session)
    print(json.dumps(heart.longest))


def _shortfall(session: "Session", heart: Heartbeat) -> Iterator[int]:
    from socialwork_app.ui.screens.training.shortfall_tab import ShortfallTab
    from socialwork_app.ui.screens.training.training_screen import TABS, TrainingScreen

    screen = session.window.visit("training")
    assert isinstance(screen, TrainingScreen)
    heart.doing = "open"
    screen.tabs.setCurrentIndex([title for title, _ in TABS].index("学时不足"))
    shown = screen.findChild(ShortfallTab)
    assert isinstance(shown, ShortfallTab)
    yield LOOKING_MS
    heart.doing = "read"
    while not shown.model.rowCount():
        yield KEY_MS
    yield LOOKING_MS
    heart.doing = "narrow"
    for choice in (shown.within, shown.level) * 2:
        choice.setCurrentIndex((choice.currentIndex() + 1) % choice.count())
        yield LOOKING_MS
    heart.doing = "scroll"
    shown.table.setFocus()
    for _ in range(20):
        QTest.keyClick(shown.table, Qt.Key.Key_PageDown)
        yield KEY_MS
    heart.doing = "search"
    for sign in TYPED[2]:
        _press(shown.search, sign)
        yield KEY_MS
    yield OPENING_MS


def _work(shown: "RecordsList", heart: Heartbeat) -> Iterator[int]:
    for doing in (_type, _look, _scroll, _sort):
        heart.doing = doing.__name__.strip("_")
        yield from doing(shown)


def _type(shown: "RecordsList") -> Iterator[int]:
    """Each text sign by sign and away again, the last of it while the answer is still being put in order."""
    shown.search.setFocus()
    for text in TYPED:
        for sign in text:
            _press(shown.search, sign)
            yield KEY_MS
        yield LOOKING_MS
        for _ in text:
            QTest.keyClick(shown.search, Qt.Key.Key_Backspace)
            yield KEY_MS
    yield 2 * LOOKING_MS


def _press(box: QWidget, sign: str) -> None:
    if sign.isascii():
        QTest.keyClicks(box, sign)
        return
    event = QInputMethodEvent()
    event.setCommitString(sign)
    QApplication.sendEvent(box, event)


def _look(shown: "RecordsList") -> Iterator[int]:
    """Into the list and down: the detail of some records, many that are passed by."""
    QTest.keyClick(shown.search, Qt.Key.Key_Down)
    yield 2 * LOOKING_MS
    for pause in (KEY_MS, KEY_MS, LOOKING_MS) * 4:
        QTest.keyClick(shown.table, Qt.Key.Key_Down)
        yield pause


def _scroll(shown: "RecordsList") -> Iterator[int]:
    """By pages, then to places all over the list."""
    for _ in range(20):
        QTest.keyClick(shown.table, Qt.Key.Key_PageDown)
        yield KEY_MS
    bar = shown.table.verticalScrollBar()
    for place in range(40):
        bar.setValue(bar.maximum() * (place * 17 % 40) // 40)
        yield KEY_MS


def _sort(shown: "RecordsList") -> Iterator[int]:
    """By each of the first columns, up and down, with a record selected in the middle of the list."""
    header = shown.table.horizontalHeader()
    for column in range(3):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            header.setSortIndicator(column, order)
            yield 3 * LOOKING_MS


def _session(folder: str) -> "Session":
    from socialwork_app.ui import app
    from socialwork_app.ui.remembered import Remembered

    app.set_locale()
    app.make_application()
    sys.setswitchinterval(app.SWITCH_INTERVAL)
    return app.Session(_register_files, Path(folder), Remembered())


def _run(session: "Session") -> None:
    session.window.show()
    QApplication.exec()
    session.close()


def _register_files() -> "RegisterFiles":
    from socialwork_app import bootstrap

    return bootstrap.register_files()


def _show_people(session: "Session", painted: Callable[["RecordsList"], None]) -> None:
    """The register is open: go to the list of people and wait for its rows."""
    from socialwork_app.ui.screens.records.records_list import RecordsList

    session.window.go_to("people")
    shown = session.window.visit("people").findChild(RecordsList)
    assert isinstance(shown, RecordsList)

    def filled() -> None:
        if shown.model.rowCount():
            shown.model.modelReset.disconnect(filled)
            FirstPaint(shown.table.viewport(), lambda: painted(shown))

    shown.model.modelReset.connect(filled)


def _stamp(stamps: dict[str, float], name: str, *, last: bool = False) -> None:
    stamps[name] = time.monotonic()
    if last:
        QApplication.quit()


STEPS: dict[str, Callable[..., None]] = {step.__name__: step for step in (bare, program, typing, signing_up, shortfall)}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
