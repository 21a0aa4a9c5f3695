"""Starts the window: the frame is painted first, what takes time comes after."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from socialwork_app.foundation import paths
from socialwork_app.ui import messages, theme
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.garbage import WindowCollector
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.main_window import PROGRAM, MainWindow
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.factory import Workplace

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.services.register_files import RegisterFiles

SWITCH_INTERVAL = 0.0001
"""Seconds after which a working thread lets the window's thread have its turn."""


def run(
    make_files: Callable[[], RegisterFiles],
    folder: Path | None,
    settings_path: Path,
    opened: OpenRegister | None = None,
) -> int:
    """The window from its first paint to its end; gives the exit status. Closes the register.

    `make_files` is called after the first paint: the services behind it take longer to import than a window to show.
    """
    set_locale()
    remembered = Remembered(settings_path)
    application = make_application(remembered.settings.scale)
    sys.excepthook = _tell_bug
    sys.setswitchinterval(SWITCH_INTERVAL)
    session = Session(make_files, folder, remembered, opened)
    session.window.show()
    try:
        return application.exec()
    finally:
        session.close()
        sys.excepthook = sys.__excepthook__


def set_locale() -> None:
    """Qt warns about a locale that can't say Chinese."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := os.environ.get(name):
            if value in ("C", "POSIX"):
                os.environ[name] = "C.UTF-8"
            return
    if sys.platform == "linux":
        os.environ["LANG"] = "C.UTF-8"


def make_application(scale: int = 100) -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("socialwork")
    application.setApplicationDisplayName(PROGRAM)
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    theme.apply(application, scale)
    return application


class Session(QObject):
    """One run of the window: opens the register after the first paint and closes it at the end."""

    def __init__(
        self,
        make_files: Callable[[], RegisterFiles],
        folder: Path | None,
        remembered: Remembered,
        opened: OpenRegister | None = None,
    ) -> None:
        super().__init__()
        self._make_files = make_files
        self._folder = folder
        self._remembered = remembered
        self.opened = opened
        self.bus = ChangesBus(self)
        self.bridge = JobBridge(self.bus, self)
        self.window = MainWindow(remembered)
        self.window.painted.connect(self._open)
        self.window.sign_out_asked.connect(self.sign_out)
        self.window.rekey_asked.connect(self.rekey)
        self.window.register_asked.connect(self.sign_out)
        self._collector = WindowCollector(self)
        self._collector.start()
        self.window.ready.connect(self._collector.spare_what_stands)

    def close(self) -> None:
        self.bridge.shut()
        self._collector.stop()
        self.window.shut()
        if self.opened is not None:
            self.opened.close()

    def sign_out(self, folder: Path | None = None) -> None:
        """And let somebody else in, or open another register from now on, such as a restored one."""
        if self.bridge.busy:
            messages.tell(self.window, "还有工作正在进行，请等它结束。")
            return
        if self.opened is not None:
            self.window.leave_register()
            self.opened.close()
            self._folder = folder or self.opened.folder
        self.opened = None
        self._open()

    def rekey(self, password: str) -> None:
        """The register is closed for it and opened anew."""
        from socialwork_app.services.rekeying import rekey

        opened = self.opened
        if opened is None or self.bridge.busy:
            messages.tell(self.window, "还有工作正在进行，请等它结束。")
            return
        rekeyed = partial(self._rekeyed, opened.owner)
        self.window.leave_register()
        self.bridge.run_with_bar("正在更换密钥…", lambda control: rekey(opened, password, control), rekeyed,
                                 self._not_rekeyed, self.window, self.sign_out)  # fmt: skip

    def _rekeyed(self, owner: str, code: str) -> None:
        from socialwork_app.ui.recovery_code import RecoveryCodeDialog

        RecoveryCodeDialog(code, owner, self.window).exec()
        self.sign_out()

    def _not_rekeyed(self, error: Exception) -> None:
        messages.tell_error(self.window, error)
        self.sign_out()

    def _open(self) -> None:
        files = self._make_files()
        if self.opened is None:
            self.opened = self._ask(files)
        if self.opened is None:
            self.window.close()
            return
        self._remembered.set_last_register(self.opened.folder)
        self.window.show_register(Workplace(self.opened, files, self.bridge, self.bus, self._remembered))

    def _ask(self, files: RegisterFiles) -> OpenRegister | None:
        from socialwork_app.ui.login import open_register

        last = self._remembered.settings.last_register
        folder = self._folder or (Path(last) if last else paths.default_register())
        return open_register(files, folder, self.bridge, self.window)


def _tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        QApplication.exit(130)
        return
    messages.tell_error(None, error)
