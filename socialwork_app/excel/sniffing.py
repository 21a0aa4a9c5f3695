"""Which format a file is in, by its content: offices name HTML tables, XML and CSV .xls too."""

import re
from enum import Enum, auto

from socialwork_app.excel.caps import opened
from socialwork_app.excel.compound import SIGNATURE, WORKBOOK_STREAMS, has_stream
from socialwork_app.foundation.errors import DomainError


class Format(Enum):
    OOXML = auto()
    """.xlsx and .xlsm, Strict too."""
    BINARY_OOXML = auto()
    """.xlsb."""
    OPEN_DOCUMENT = auto()
    BIFF = auto()
    """.xls and .et, of Excel 2 to 2003."""
    LOCKED_OOXML = auto()
    LOCKED_OPEN_DOCUMENT = auto()
    """Locked as a whole; one whose parts are locked is an OPEN_DOCUMENT."""
    SPREADSHEETML = auto()
    """The XML of Excel 2003."""
    HTML = auto()
    WEB_ARCHIVE = auto()
    """HTML in one file with its pictures."""
    DELIMITED = auto()


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = {"[content_types].xml", "mimetype"}
"""What other office files have, and no archive of several files."""
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00", re.DOTALL)
_TEXT_HEAD = 64 * 1024
_SPREADSHEETML = re.compile(r"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(r"\s*(?:MIME-Version|From|Content-Type):", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def sniff(data: bytes) -> Format:
    """Raises DomainError for what is no workbook, or one of a kind that isn't read."""
    if not data:
        raise DomainError("workbook.empty")
    if data.startswith(_PACKED):
        raise DomainError("workbook.packed")
    if data.startswith(_ZIP):
        return _in_archive(data)
    if data.startswith(SIGNATURE):
        return _in_compound_file(data)
    if _BARE_BIFF.match(data):
        return Format.BIFF
    return _of_text(decode(data))


def decode(data: bytes) -> str:
    """The text of a file without a word about its encoding: by its mark, else UTF-8, else GB 18030."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return _decoded(data, "utf-8")
    except DomainError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DomainError("workbook.unknown") from error
    if _CONTROL.search(text):
        raise DomainError("workbook.unknown")
    return text


def _in_archive(data: bytes) -> Format:
    with opened(data) as archive:
        names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        return Format.OOXML
    if "xl/workbook.bin" in names:
        return Format.BINARY_OOXML
    if "content.xml" in names:
        return Format.OPEN_DOCUMENT
    if "encrypted-package" in names:
        return Format.LOCKED_OPEN_DOCUMENT
    raise DomainError("workbook.unknown" if _OFFICE & names else "workbook.packed")


def _in_compound_file(data: bytes) -> Format:
    if has_stream(data, "EncryptedPackage"):
        return Format.LOCKED_OOXML
    if has_stream(data, *WORKBOOK_STREAMS):
        return Format.BIFF
    raise DomainError("workbook.unknown")


def _of_text(text: str) -> Format:
    head = text[:_TEXT_HEAD]
    if _SPREADSHEETML.search(head):
        return Format.SPREADSHEETML
    if _HTML.search(head) and head.lstrip().startswith("<"):
        return Format.HTML
    if head.lstrip().startswith("<"):
        raise DomainError("workbook.unknown")
    if _WEB_ARCHIVE.match(head):
        return Format.WEB_ARCHIVE
    return Format.DELIMITED
