"""The window opened on a register, kept as a picture and closed again: proof that it can be shown on this machine."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui import app
from socialwork_app.ui.remembered import Remembered

LONGEST, BETWEEN = 120_000, 50
"""Milliseconds: until it is given up, and between two looks whether all has been loaded."""


def take(files: RegisterFiles, opened: OpenRegister, target: Path) -> tuple[int, int]:
    """Width and height of the PNG. Raises EnvironmentRefused where the window does not come. Closes the register."""
    app.set_locale()
    application = app.make_application()
    session = app.Session(lambda: files, None, Remembered(), opened)
    picture = _Picture(session, target)
    session.window.show()
    try:
        application.exec()
    finally:
        session.close()
    if picture.size is None:
        raise EnvironmentRefused("window.not_shown")
    return picture.size


class _Picture(QObject):
    def __init__(self, session: app.Session, target: Path) -> None:
        super().__init__(session)
        self.size: tuple[int, int] | None = None
        self._session = session
        self._target = target
        self._timer = QTimer(self, interval=BETWEEN)
        self._timer.timeout.connect(self._look)
        session.window.ready.connect(self._timer.start)
        QTimer.singleShot(LONGEST, self, session.window.close)

    def _look(self) -> None:
        if self._session.bridge.busy:
            return
        self._timer.stop()
        shown = self._session.window.grab()
        if shown.save(str(self._target), "PNG"):
            self.size = shown.width(), shown.height()
        self._session.window.close()
