"""The entry: no words opens the window, words are a command."""

import errno
import io
import multiprocessing
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from socialwork_app.foundation import logs, paths
from socialwork_app.foundation.errors import EnvironmentRefused

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.services.register_files import RegisterFiles

BUG = 70  # as sysexits.h has it for an internal error
READER_LEFT = 141  # as a shell has it for a closed pipe


def main() -> int:
    multiprocessing.freeze_support()  # a child process of the packaged program begins here and goes no further
    logs.configure(paths.log_file())
    if len(sys.argv) == 1:
        return _window(None)
    _speak_utf8()
    result = _command(sys.argv[1:])
    return _window(result) if isinstance(result, Path) else result


def _speak_utf8() -> None:
    """The packaged program without a console has no streams at all; what it says there goes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")


def _command(words: list[str]) -> int | Path:
    """A bug in a command becomes a sentence and a number in the log; a user never sees a traceback."""
    from socialwork_app import bootstrap
    from socialwork_app.cli.main import run
    from socialwork_app.domain.sentences import sentence

    try:
        result = run(words, bootstrap.register_files(), _picture)
        sys.stdout.flush()
    except Exception as error:  # the last line of defence
        if _reader_left(error):  # having enough, as `head` does; the interpreter would flush once more at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return READER_LEFT
        print(sentence("bug", number=logs.report_bug(error), path=paths.log_file()), file=sys.stderr)  # noqa: T201
        return BUG
    return result


def _reader_left(error: Exception) -> bool:
    """Windows says of a pipe that nobody reads that the argument is invalid, and says it again."""
    if sys.platform != "win32" or not isinstance(error, OSError) or error.errno != errno.EINVAL:
        return isinstance(error, BrokenPipeError)
    try:
        print(flush=True)  # noqa: T201
    except OSError:
        return True
    return False


def _window(folder: Path | None) -> int:
    """The window, or where there is no screen a sentence and, for a sample register, its roster."""
    if not has_screen():
        from socialwork_app.domain.sentences import sentence

        print(sentence("window.no_screen"), file=sys.stderr)  # noqa: T201
        return _roster_instead(folder) if folder else 4
    from socialwork_app.ui import app

    return app.run(_register_files, folder, paths.settings_file())


def _picture(opened: "OpenRegister", target: Path) -> tuple[int, int]:
    """Width and height of the window's picture. Raises EnvironmentRefused where there is no screen."""
    if not has_screen():
        raise EnvironmentRefused("window.no_screen")
    from socialwork_app.ui import picture

    return picture.take(_register_files(), opened, target)


def _register_files() -> "RegisterFiles":
    from socialwork_app import bootstrap

    return bootstrap.register_files()


def has_screen() -> bool:
    """Whether a window can be opened: without a display Qt ends the process."""
    if sys.platform != "linux":
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _roster_instead(folder: Path) -> int:
    target = folder / "持证社会工作者名册.xlsx"
    result = _command(["--register", str(folder), "export", "certified", "--out", str(target)])
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
