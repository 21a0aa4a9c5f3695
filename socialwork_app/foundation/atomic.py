"""Write a file so that a failure at any moment leaves the old one."""

import errno
import glob
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import EnvironmentRefused

BESIDE = 60
"""Characters of a target's name that what stands beside it meanwhile begins with: its own name may be as long as any."""
STALE = 24 * 3600
"""Seconds after which nobody can still be writing it."""
_TOO_LONG_ON_WINDOWS = 206


@contextmanager
def replacing(target: Path) -> Generator[Path, None, None]:
    """Give a temporary path beside `target`; on a clean end it is flushed to disk and takes the target's place.

    Raises EnvironmentRefused when the folder, the disk or the program that has the target open says no.
    """
    temporary: Path | None = None
    prefix = f".{target.stem[:BESIDE]}."
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent, prefix, target.suffix)
        with NamedTemporaryFile(dir=target.parent, prefix=prefix, suffix=target.suffix, delete=False) as file:
            temporary = Path(file.name)
        yield temporary
        swap(temporary, target)
    except OSError as error:
        raise refusal(error, target) from error
    finally:
        if temporary is not None:
            with suppress(OSError):  # held by another program: swept next time, and what went wrong before is what is told
                temporary.unlink(missing_ok=True)


def _sweep(folder: Path, prefix: str, suffix: str) -> None:
    """What a kill or power cut left unfinished when this file was written before: it may hold personal data."""
    for left in folder.glob(f"{glob.escape(prefix)}{'?' * 8}{glob.escape(suffix)}"):
        with suppress(OSError):  # somebody else's, or open: it does no harm to the new file
            if clock.now().timestamp() - left.stat().st_mtime > STALE:
                left.unlink()


def swap(made: Path, target: Path) -> None:
    """A finished file takes the place of another, which stands until then; both are in one folder."""
    _flush(made)
    made.replace(target)
    flush_folder(target.parent)


def keep_beside(path: Path, kept: Path) -> None:
    """The same file under a second name, so that it outlives what is to take its place; in one folder."""
    kept.unlink(missing_ok=True)
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without links, such as a USB stick's
        with replacing(kept) as temporary:
            shutil.copyfile(path, temporary)


def flush_folder(folder: Path) -> None:
    """A name given in a folder outlives a power cut only once the folder itself is on the disk; Windows sees to it."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_bytes(target: Path, data: bytes) -> None:
    with replacing(target) as temporary:
        temporary.write_bytes(data)


def refusal(error: OSError, path: Path) -> EnvironmentRefused:
    """The environment's refusal as one of the three that a user can act on."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return EnvironmentRefused("disk.full", path=str(path))
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) == _TOO_LONG_ON_WINDOWS:
        return EnvironmentRefused("file.name_too_long", path=str(path))
    if isinstance(error, FileNotFoundError):
        return EnvironmentRefused("file.missing", path=str(path))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return EnvironmentRefused("file.refused", path=str(path))
    return EnvironmentRefused("file.failed", path=str(path), reason=error.strerror or type(error).__name__)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
