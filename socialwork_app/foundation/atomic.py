"""Write a file so that a failure at any moment leaves the old one."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from socialwork_app.foundation.errors import EnvironmentRefused


@contextmanager
def replacing(target: Path) -> Generator[Path, None, None]:
    """Give a temporary path beside `target`; on a clean end it is flushed to disk and takes the target's place.

    Raises EnvironmentRefused when the folder, the disk or the program that has the target open says no.
    """
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            dir=target.parent, prefix=f".{target.stem}.", suffix=target.suffix, delete=False
        ) as file:
            temporary = Path(file.name)
        yield temporary
        _flush(temporary)
        temporary.replace(target)
    except OSError as error:
        raise refusal(error, target) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_bytes(target: Path, data: bytes) -> None:
    with replacing(target) as temporary:
        temporary.write_bytes(data)


def refusal(error: OSError, path: Path) -> EnvironmentRefused:
    """The environment's refusal as one of the three that a user can act on."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return EnvironmentRefused("disk.full", path=str(path))
    if isinstance(error, FileNotFoundError):
        return EnvironmentRefused("file.missing", path=str(path))
    if isinstance(error, PermissionError):
        return EnvironmentRefused("file.refused", path=str(path))
    return EnvironmentRefused("file.failed", path=str(path), reason=error.strerror or type(error).__name__)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
