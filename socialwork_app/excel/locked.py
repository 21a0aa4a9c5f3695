"""Workbooks with a password for opening."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from socialwork_app.excel import caps
from socialwork_app.foundation.errors import DomainError

if TYPE_CHECKING:
    from msoffcrypto.format.ooxml import OOXMLFile
    from msoffcrypto.format.xls97 import Xls97File

_OF_PROTECTED_STRUCTURE = "VelvetSweatshop"
"""With this one a workbook whose structure alone is protected is encrypted; Excel opens it without asking."""
_MAX_ROUNDS = 10_000_000
"""The most that MS-OFFCRYPTO 2.3.4.10 allows; Office writes 100,000."""
_LIBRARY_BUGS = (OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, struct.error, ExpatError)


def decrypted(data: bytes, password: str | None) -> bytes:
    """The workbook inside. Raises DomainError: no password, a wrong one, or an unknown encryption."""
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    try:
        with caps.damaged_if(FileFormatError, ParseError, *_LIBRARY_BUGS):
            return _decrypted(_open(data), password or _OF_PROTECTED_STRUCTURE)
    except InvalidKeyError as error:
        raise DomainError("workbook.wrong_password" if password else "workbook.locked") from error
    except DecryptionError as error:
        raise DomainError("workbook.locked_otherwise") from error


def _open(data: bytes) -> "OOXMLFile | Xls97File":
    from msoffcrypto import OfficeFile
    from msoffcrypto.format.ooxml import OOXMLFile
    from msoffcrypto.format.xls97 import Xls97File

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise caps.unsafe()
    file = OfficeFile(BytesIO(data))
    if not isinstance(file, OOXMLFile | Xls97File):
        raise DomainError("workbook.unknown")
    return file


def _decrypted(file: "OOXMLFile | Xls97File", password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    if isinstance(file, OOXMLFile):
        info: dict[str, Any] = file.info
        if info.get("spinValue", 0) > _MAX_ROUNDS:
            raise caps.unsafe()
        file.load_key(password=password, verify_password=True)
    else:
        file.load_key(password=password)
        _keep_off_the_disk()
    plain = BytesIO()
    file.decrypt(plain)
    return plain.getvalue()


class _Memory:
    """For the library in place of the module for temporary files."""

    TemporaryFile = BytesIO


def _keep_off_the_disk() -> None:
    """The library would write what it has unlocked into a temporary file, where people's numbers don't belong."""
    from msoffcrypto.format import xls97

    xls97.tempfile = _Memory  # pyright: ignore[reportAttributeAccessIssue]
