"""The window: the rail at the left, one screen at a time, made on its first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from socialwork_app import PROGRAM_TITLE
from socialwork_app.foundation import paths
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui import messages
from socialwork_app.ui.idle_lock import IdleLock
from socialwork_app.ui.screens import factory
from socialwork_app.ui.screens.factory import SCREENS, SHORTCUTS, WITHIN, Guarded, Holding, Workplace
from socialwork_app.ui.status_bar import StatusBar
from socialwork_app.ui.unasked_backups import DailyBackup, backup_first
from socialwork_app.ui.widgets.rail import Rail

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.ui.manual import ManualDialog
    from socialwork_app.ui.remembered import Remembered
    from socialwork_app.ui.screens.records.records_screen import RecordsScreen

PROGRAM = PROGRAM_TITLE
DEMO = "示例登记册（虚构人员）"
USUAL_SIZE = (1280, 720)
DESK, SYSTEM = SCREENS[0][0], SCREENS[-1][0]
TITLES = dict(SCREENS)


class MainWindow(QMainWindow):
    painted = Signal()
    """Once, after the frame was first painted: what takes time begins then."""
    ready = Signal()
    """All that the first visits of screens need has been imported."""
    sign_out_asked = Signal()
    rekey_asked = Signal(str)
    """With the password of who works here."""
    register_asked = Signal(object)
    """The folder of another register, which is to be worked with from now on."""

    def __init__(self, remembered: Remembered) -> None:
        super().__init__()
        self._remembered = remembered
        self._at: Workplace | None = None
        self._screens: dict[str, QWidget] = {}
        self._manual: ManualDialog | None = None
        self._allowed: tuple[str, ...] = ()
        self.idle_lock: IdleLock | None = None
        self._daily: DailyBackup | None = None
        self._backup_tried = False
        self._was_painted = False
        self.current = ""
        self.setObjectName("window")
        self.setWindowTitle(PROGRAM)
        self.rail = Rail([(key, title, SHORTCUTS[key]) for key, title in SCREENS])
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.status.show_opening()
        self._lay_out()
        self._take_place()
        self.rail.chosen.connect(self.go_to)
        self._add_shortcuts()

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(body)

    def _take_place(self) -> None:
        """Where the window stood last, else all of the screen."""
        saved = QByteArray.fromBase64(self._remembered.settings.window_geometry.encode())
        if saved.isEmpty() or not self.restoreGeometry(saved):
            room = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(USUAL_SIZE[0], room.width()), min(USUAL_SIZE[1], room.height()))
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _add_shortcuts(self) -> None:
        for key, keys in SHORTCUTS.items():
            QShortcut(QKeySequence(keys), self).activated.connect(lambda key=key: self.go_to(key))
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_manual)

    def show_register(self, at: Workplace) -> None:
        """The register is open: fill the window."""
        self._at = at
        self.rail.load_icons()
        self._allowed = factory.screens_of(at.opened.role)
        self.rail.show_only(self._allowed)
        self.rail.setEnabled(True)
        self.idle_lock = IdleLock(at.opened, at.bridge, self)
        self._daily, self._backup_tried = DailyBackup(at, self.idle_lock, self), False
        self.go_to(self._allowed[0])
        at.bridge.run(_warm_up, self._tell_ready)

    def leave_register(self) -> None:
        """Before the register is closed and another opened, or the same by somebody else."""
        self.shut()
        for screen in self._screens.values():
            self._stack.removeWidget(screen)
            screen.deleteLater()
        self._screens.clear()
        if self.idle_lock is not None:
            self.idle_lock.deleteLater()
        if self._daily is not None:
            self._daily.deleteLater()
        self.idle_lock = self._daily = self._at = None
        self.current = ""
        self.rail.setEnabled(False)
        self.setWindowTitle(PROGRAM)
        self.status.show_opening()

    def _tell_ready(self, _nothing: None) -> None:
        self.ready.emit()

    def go_to(self, key: str) -> None:
        """Show a screen unless the present one is not to be left."""
        if self._at is None or key not in self._allowed or (key != self.current and not self._may_leave()):
            return
        self._stack.setCurrentWidget(self.visit(key))
        self.rail.select(key)
        self.current = key
        self._tell_register(self._at.opened)

    def _tell_register(self, opened: OpenRegister) -> None:
        """Whose it is and when it was backed up may have changed since."""
        title = f"{PROGRAM}  {opened.owner}".rstrip()
        self.setWindowTitle(f"{title}  {DEMO}" if opened.is_demo else title)
        self.status.show_register(opened)

    def visit(self, key: str) -> QWidget:
        if key not in self._screens:
            assert self._at is not None
            made = self._screens[key] = factory.make(key, self._at)
            made.setAccessibleName(TITLES[key])
            self._stack.addWidget(made)
            if key == DESK:
                self._connect_desk(made)
            elif key == SYSTEM:
                self._connect_system(made)
            elif key in WITHIN.values():
                self._connect_tabs(made)
        return self._screens[key]

    def _connect_desk(self, desk: QWidget) -> None:
        from socialwork_app.ui.screens.desk.desk_screen import DeskScreen

        assert isinstance(desk, DeskScreen)
        desk.screen_asked.connect(self.go_to)
        desk.new_asked.connect(self.new_record)
        desk.record_asked.connect(self.show_record)
        desk.backup_asked.connect(self.show_backups)

    def show_backups(self) -> None:
        from socialwork_app.ui.screens.system.system_screen import SystemScreen

        self.go_to(SYSTEM)
        screen = self.visit(SYSTEM)
        if self.current == SYSTEM and isinstance(screen, SystemScreen):
            screen.show_backups()

    def _connect_system(self, screen: QWidget) -> None:
        from socialwork_app.ui.screens.system.system_screen import SystemScreen

        assert isinstance(screen, SystemScreen)
        screen.sign_out_asked.connect(self._ask_sign_out)
        screen.rekey_asked.connect(self.rekey_asked)
        screen.register_asked.connect(self.register_asked)

    def _ask_sign_out(self) -> None:
        if self._may_leave():
            self.sign_out_asked.emit()

    def _connect_tabs(self, screen: QWidget) -> None:
        from socialwork_app.ui.screens.tabs import TabbedScreen

        assert isinstance(screen, TabbedScreen)
        screen.screen_asked.connect(self.go_to)
        screen.record_asked.connect(self.show_record)

    def new_record(self, key: str) -> None:
        if screen := self._list_of(key):
            screen.new_record()

    def show_record(self, key: str, row_id: int) -> None:
        if screen := self._list_of(key):
            screen.show_record(row_id)

    def _list_of(self, key: str) -> RecordsScreen | None:
        """The list of a register, in front; None where the present screen is not to be left."""
        from socialwork_app.ui.screens.records.records_screen import RecordsScreen
        from socialwork_app.ui.screens.tabs import TabbedScreen

        place = WITHIN.get(key, key)
        self.go_to(place)
        screen = self.visit(place)
        if self.current != place:
            return None
        if isinstance(screen, TabbedScreen):
            return screen.records(key)
        return screen if isinstance(screen, RecordsScreen) else None

    def show_manual(self) -> None:
        from socialwork_app.ui.manual import ManualDialog

        if not paths.manual().is_file():
            messages.warn(self, "找不到用户手册。", str(paths.manual()))
            return
        if self._manual is None:
            self._manual = ManualDialog(paths.manual(), self)
        self._manual.show()
        self._manual.show_chapter(TITLES.get(self.current, ""))
        self._manual.activateWindow()

    def shut(self) -> None:
        """Give back what the screens hold, before the register is closed."""
        for screen in self._screens.values():
            if isinstance(screen, Holding):
                screen.shut()

    def _may_leave(self) -> bool:
        screen = self._screens.get(self.current)
        return not isinstance(screen, Guarded) or screen.may_leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        if self._backup_first():
            event.ignore()
            return
        self._remembered.set_geometry(self.saveGeometry().toBase64().toStdString())
        super().closeEvent(event)

    def _backup_first(self) -> bool:
        """Whether the window closes by itself after a backup; once, since it closes then whatever came of it."""
        if self._at is None or self._backup_tried:
            return False
        self._backup_tried = True
        return backup_first(self._at, self, self.close)


def _warm_up(_control: Control) -> None:
    factory.warm_up()
