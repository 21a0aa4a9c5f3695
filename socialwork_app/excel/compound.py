"""The container of .xls and of locked workbooks: a small file system in one file (MS-CFB)."""

from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Protocol, cast

from socialwork_app.excel.caps import damaged_if
from socialwork_app.foundation.errors import DomainError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_STREAMS = ("Workbook", "Book")
"""Of Excel 97 and of Excel 5; a file may hold both, the newer one first."""


class _Compound(Protocol):
    direntries: list[Any]

    def exists(self, filename: str) -> bool: ...
    def openstream(self, filename: str) -> BytesIO: ...


def has_stream(data: bytes, *names: str) -> bool:
    with _opened(data) as compound:
        return any(compound.exists(name) for name in names)


def refuse_locked(data: bytes) -> None:
    """A document or form with a password for opening; any other file may pass."""
    if data.startswith(SIGNATURE) and has_stream(data, "EncryptedPackage"):
        raise DomainError("workbook.locked_otherwise")


def workbook_stream(data: bytes) -> bytes:
    """Read here and not by xlrd, which follows a chain of sectors that bites its own tail for ever."""
    with _opened(data) as compound:
        name = next(name for name in WORKBOOK_STREAMS if compound.exists(name))
        return compound.openstream(name).read()


@contextmanager
def _opened(data: bytes) -> Generator[_Compound]:
    """A stream can't be longer than the file; one that claims to be would be put together sector by sector."""
    from olefile import OleFileIO

    with (
        damaged_if(OSError, LookupError, ValueError, TypeError, ArithmeticError),
        cast(Any, OleFileIO(BytesIO(data))) as compound,
    ):
        if any(entry is not None and entry.size > len(data) for entry in compound.direntries):
            raise DomainError("workbook.damaged")
        yield compound
