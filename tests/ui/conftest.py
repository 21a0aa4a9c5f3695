"""The window's jobs and signal, and a register with invented people."""

import gc
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from socialwork_app.services import samples
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui import messages, theme
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.main_window import MainWindow
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.factory import Holding, Workplace

W = TypeVar("W", bound=QWidget)
USUAL = QSize(1180, 640)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The platform without a screen says this of every window; it is no fault of ours."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def collecting_in_the_windows_thread() -> Iterator[None]:
    """As the running program does it: a widget taken apart in a worker's thread would end the process."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def bus(qapp: object) -> ChangesBus:
    return ChangesBus()


@pytest.fixture
def bridge(bus: ChangesBus, opened: OpenRegister) -> Iterator[JobBridge]:
    """Asks for `opened` so that jobs end before the register is closed."""
    made = JobBridge(bus)
    yield made
    made.shut()


@pytest.fixture
def jobs(bus: ChangesBus) -> Iterator[JobBridge]:
    """For what works with no register, or with one of its own."""
    made = JobBridge(bus)
    yield made
    made.shut()


@pytest.fixture
def rest(qtbot: QtBot, bridge: JobBridge) -> Callable[[], None]:
    """Waits until every job has ended."""
    return lambda: qtbot.waitUntil(lambda: not bridge.busy)


@pytest.fixture
def workplace(opened: OpenRegister, files: RegisterFiles, bridge: JobBridge, bus: ChangesBus) -> Workplace:
    return Workplace(opened, files, bridge, bus, Remembered())


@pytest.fixture
def at(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """Where questions are answered with yes."""
    for name in ("tell", "warn", "ask"):
        monkeypatch.setattr(messages, name, lambda *_words, **_more: True)
    return workplace


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the user is told, with the detail, instead of a box that waits for a click."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, text, detail="": found.append((text, detail)))
    monkeypatch.setattr(messages, "tell_error", lambda _parent, error: found.append((str(error), "")))
    return found


@pytest.fixture
def peopled(opened: OpenRegister) -> OpenRegister:
    samples.fill(opened, 450)
    return opened


@pytest.fixture
def window(qtbot: QtBot, workplace: Workplace, rest: Callable[[], None]) -> Iterator[MainWindow]:
    """With the register open in it."""
    made = MainWindow(Remembered())
    with qtbot.waitSignal(made.painted):
        made.show()
    made.show_register(workplace)
    yield made
    rest()
    made.shut()
    made.hide()
    made.deleteLater()


@pytest.fixture
def show(qtbot: QtBot, rest: Callable[[], None]) -> Iterator[Callable[..., QWidget]]:
    """Widgets in a window of their own, the one shown last in front; gone when all jobs have ended."""
    made: list[QWidget] = []

    def shown(widget: W, size: QSize = USUAL) -> W:
        made.append(widget)
        widget.resize(size)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        rest()
        return widget

    yield shown
    rest()
    for widget in made:
        if isinstance(widget, Holding):
            widget.shut()
        widget.hide()
        widget.deleteLater()


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., None]:
    """The key goes to whatever has the keyboard, as it does for the officer."""

    def pressed(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    return pressed


@pytest.fixture
def write(qtbot: QtBot) -> Callable[[str], None]:
    """Letters by keys, Chinese as an input method commits it."""

    def written(text: str) -> None:
        if text.isascii():
            qtbot.keyClicks(QApplication.focusWidget(), text)
            return
        event, at = QInputMethodEvent("", []), QApplication.focusWidget()
        event.setCommitString(text)
        assert at is not None
        QApplication.sendEvent(at, event)

    return written


@pytest.fixture
def themed(qapp):
    """Letters and margins are those of the program."""
    font = qapp.font()
    qapp.setFont(theme.font())
    qapp.setStyleSheet(theme.style_sheet())
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
