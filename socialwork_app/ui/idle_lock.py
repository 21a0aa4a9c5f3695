"""Locks the window when nobody has touched it for a while: every window is covered, what runs goes on, what is typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from socialwork_app import PROGRAM_TITLE
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.widgets.card import named_label, page_title
from socialwork_app.ui.widgets.controls import button, password_line, side_by_side

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister

INPUT = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
}  # fmt: skip
LOCK_KEYS = QKeySequence("Ctrl+L")
MINUTE = 60_000
WIDTH = 400


class IdleLock(QObject):
    """Listens to the windows that have the keyboard, not to the whole program: that would cost every event."""

    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._covers: list[Cover] = []
        self._heard: QObject | None = None
        self.dialog: LockDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.lock)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._go_on)
        application.focusObjectChanged.connect(self._listen_to)
        self._go_on(QGuiApplication.focusWindow())
        self.begin()

    @property
    def locked(self) -> bool:
        return self.dialog is not None

    @property
    def quiet(self) -> int:
        """Milliseconds for which nobody has touched the window; where it does not lock, as many as it takes."""
        running = self._timer.isActive()
        return self._timer.interval() - self._timer.remainingTime() if running else self._opened.idle_minutes * MINUTE

    def begin(self) -> None:
        """From now on, so many minutes; where no password is asked for, never."""
        if not self._opened.is_demo:
            self._timer.start(self._opened.idle_minutes * MINUTE)

    def lock(self) -> None:
        if self.locked or self._opened.is_demo:
            return
        self._timer.stop()
        while popup := QApplication.activePopupWidget():
            popup.close()
        self.dialog = LockDialog(self._opened, self._bridge)
        self.dialog.unlocked.connect(self.unlock)
        self._cover_all()

    def unlock(self) -> None:
        for cover in self._covers:
            cover.lift()
        self._covers.clear()
        if self.dialog is not None:
            self.dialog.done(QDialog.DialogCode.Accepted)
            self.dialog.deleteLater()
        self.dialog = None
        self.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and _locks(event):
            self.lock()
            return True
        if event.type() in INPUT and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _go_on(self, window: QWindow | None) -> None:
        if window is None:
            return
        window.installEventFilter(self)
        if self.locked:
            QTimer.singleShot(0, self, self._cover_all)  # a job that has ended may open a window
        elif self._timer.isActive():
            self._timer.start()

    def _listen_to(self, focused: QObject | None) -> None:
        """What an input method writes goes past the window."""
        if self._heard is not None and isValid(self._heard):
            self._heard.removeEventFilter(self)
        self._heard = focused
        if focused is not None:
            focused.installEventFilter(self)

    def _cover_all(self) -> None:
        if self.dialog is None:
            return
        covered = [cover.parentWidget() for cover in self._covers if isValid(cover)]
        bare = [window for window in QApplication.topLevelWidgets()
                if window.isVisible() and window is not self.dialog and window not in covered]  # fmt: skip
        if bare or not self.dialog.isVisible():
            self._covers += [Cover(window) for window in bare]
            self.dialog.hide()  # of the windows that block the others the one shown last has the keyboard
            self.dialog.show()
        self.dialog.activateWindow()


def _locks(event: QKeyEvent) -> bool:
    """Also in a dialog, which keeps a shortcut of the window behind it from being heard."""
    return event.type() == QEvent.Type.KeyPress and QKeySequence(event.keyCombination()) == LOCK_KEYS


class Cover(QWidget):
    """Over all of a window, whose title says nothing as long."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setAccessibleName("已锁定")
        self._window, self._title = window, window.windowTitle()
        window.setWindowTitle(PROGRAM_TITLE)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def lift(self) -> None:
        if not isValid(self):
            return
        self._window.setWindowTitle(self._title)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)


class LockDialog(QDialog):
    unlocked = Signal()

    def __init__(self, opened: OpenRegister, bridge: JobBridge) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setWindowTitle(PROGRAM_TITLE)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(WIDTH)
        self._opened, self._bridge = opened, bridge
        self.password = password_line("密码", "密码，或恢复码")
        self.open_button = button("解锁", "", primary=True)
        self.open_button.setDefault(True)
        self._problem = named_label("", "error")
        self._problem.setWordWrap(True)
        self._lay_out()
        self.open_button.clicked.connect(self.ask)

    def _lay_out(self) -> None:
        told = QLabel(f"帐户“{self._opened.user}”。未保存的内容还在，正在进行的工作继续。")
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        for widget in (page_title("已锁定"), told, self.password, self._problem):
            layout.addWidget(widget)
        layout.addLayout(side_by_side(None, self.open_button))

    def reject(self) -> None:
        """Neither Esc nor the window's frame opens it."""

    def ask(self) -> None:
        from socialwork_app.services.signing_in import confirm

        opened, password = self._opened, self.password.text()

        def work(_control: Control) -> None:
            confirm(opened, password)

        self.open_button.setEnabled(False)
        self._bridge.run(work, self._confirmed, self._refused)

    def _confirmed(self, _nothing: None) -> None:
        self.unlocked.emit()

    def _refused(self, error: Exception) -> None:
        self.open_button.setEnabled(True)
        self.password.clear()
        self.password.setFocus()
        if isinstance(error, CodedError):
            self._problem.setText(sentence_of(error))
        else:
            messages.tell_bug(self, error)
