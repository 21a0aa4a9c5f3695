"""A zip whose files are encrypted (WinZip's AES-256): 7-Zip, WinRAR, WPS and others open it with its password.

The names of its files stand in it for everybody to read, so they must say nothing about anybody.
"""

# pyright: reportMissingTypeStubs=false

import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from socialwork_app.foundation.errors import DomainError

AES_BITS = 256
AT_ONCE = 1_000_000


class LockedZip:
    """One that is being written; `digests`: of what was put in, by name."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """Encrypted on its way to the disk."""
        self._archive.writestr(name, data)
        self.digests[name] = hashlib.sha256(data).hexdigest()


@contextmanager
def new(target: Path, password: str) -> Generator[LockedZip]:
    """DomainError("pack.password") for one that other programs might spell in another way."""
    require_password(password)
    zipper = _library()
    with zipper.AESZipFile(
        target, "w", compression=zipper.ZIP_DEFLATED, encryption=zipper.WZ_AES, allowZip64=True
    ) as archive:
        archive.setencryption(zipper.WZ_AES, nbits=AES_BITS)
        archive.setpassword(password.encode())
        yield LockedZip(archive)


def digests(path: Path, password: str) -> Generator[tuple[str, str]]:
    """Name and digest of every file, each read to its end, where its own checksum is compared."""
    with _library().AESZipFile(path) as archive:
        archive.setpassword(password.encode())
        for name in archive.namelist():
            found = hashlib.sha256()
            with archive.open(name) as file:
                while part := file.read(AT_ONCE):
                    found.update(part)
            yield name, found.hexdigest()


def require_password(password: str) -> None:
    """The letters, digits and signs of a keyboard: how others are turned into bytes, the programs do not agree on."""
    if not password or not password.isascii() or not password.isprintable():
        raise DomainError("pack.password")


def _library() -> Any:
    """It has no types, and is seldom needed."""
    import pyzipper

    return pyzipper
