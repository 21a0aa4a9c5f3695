"""One program at a time works in a register's folder; the operating system's lock, so a crash releases it."""

import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import EnvironmentRefused, RegisterUnavailable

LOCK = "register.lock"
HOLDER = "lock.json"

_UNKNOWN = {"host": "?", "pid": "?", "since": "?"}


class FolderLock:
    """Held from `acquire` to `release`, to the end of the `with` block or to the end of the process."""

    def __init__(self, lock: FileLock, folder: Path) -> None:
        self._lock = lock
        self._holder = folder / HOLDER

    @classmethod
    def acquire(cls, folder: Path) -> Self:
        """Never waits. Raises RegisterUnavailable("register.in_use", host, pid, since in ISO to the minute),
        and EnvironmentRefused when the folder is missing, read-only or on a file system without locks.
        """
        if not folder.is_dir():
            raise EnvironmentRefused("file.missing", path=str(folder))
        # the lock belongs to the process, not to a thread; a substitute that a crash leaves behind is no lock
        lock = FileLock(folder / LOCK, timeout=0, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise RegisterUnavailable("register.in_use", **_read_holder(folder / HOLDER)) from error
        except OSError as error:
            raise atomic.refusal(error, folder) from error
        held = cls(lock, folder)
        held._tell()
        return held

    def release(self) -> None:
        """May be called twice."""
        if self._lock.is_locked:
            with suppress(OSError):  # left behind it does no harm: the next holder overwrites it
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _tell(self) -> None:
        since = datetime.now(UTC).astimezone().isoformat(" ", "minutes")
        holder = {"host": platform.node(), "pid": os.getpid(), "since": since}
        try:
            atomic.write_bytes(self._holder, json.dumps(holder).encode())
        except EnvironmentRefused:
            self._lock.release()
            raise


def _read_holder(path: Path) -> dict[str, Any]:
    """What the sentence needs, "?" where the holder has not said it (yet)."""
    try:
        told: dict[str, Any] = json.loads(path.read_bytes())
        return {key: told[key] for key in _UNKNOWN}
    except (OSError, ValueError, TypeError, KeyError):
        return _UNKNOWN
