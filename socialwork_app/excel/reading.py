"""Reads a workbook that somebody else made: any format, by its content, and never more of it than fits.

What was measured and is small is read here. What can't be measured, or is large, is read in a process of its own, which
is ended when it takes too much.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from socialwork_app.excel import (
    biff,
    caps,
    csv_table,
    html_table,
    locked,
    locked_odf,
    ooxml,
    opendocument,
    spreadsheetml,
    web_archive,
)
from socialwork_app.excel.cells import Cell, CellError, Merge, RawSheet
from socialwork_app.excel.sniffing import Format, decode, sniff
from socialwork_app.foundation.atomic import refusal
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

__all__ = ["Cell", "CellError", "Merge", "RawSheet", "read_workbook"]

_LOCK_FILES = ("~$", ".~")
_FOLDER_FILES = ("desktop.ini", "thumbs.db")
_LOCKED: dict[Format, Callable[[bytes, str | None], bytes]] = {
    Format.LOCKED_OOXML: locked.decrypted,
    Format.LOCKED_OPEN_DOCUMENT: locked_odf.unlocked_whole,
}
_UNMEASURED = (Format.BIFF, *_LOCKED, Format.BINARY_OOXML, Format.HTML, Format.WEB_ARCHIVE)
"""Whose readers can be made to work without end, for more memory, or to break down, by a few bytes."""
_ARCHIVES = (Format.OOXML, Format.OPEN_DOCUMENT)
_ROWS_SENT = 5000
_OF_TEXT: dict[Format, Callable[[str, Control], list[RawSheet]]] = {
    Format.SPREADSHEETML: spreadsheetml.read,
    Format.HTML: html_table.read,
    Format.DELIMITED: csv_table.read,
}


def read_workbook(path: Path, password: str | None = None, control: Control | None = None) -> list[RawSheet]:
    """All sheets with cells, the hidden ones marked.

    Raises DomainError `workbook.…` for what can't be read, EnvironmentRefused for what can't be opened.
    """
    _refuse_by_name(path)
    data, control = _content(path), control or Control()
    form = sniff(data)
    if form not in _UNMEASURED and _is_small(form, data):
        try:
            return _read(data, form, password, control, alone=False)
        except caps.Large:
            pass
    return _read_apart(data, form, password, control)


def _refuse_by_name(path: Path) -> None:
    if path.name.startswith(_LOCK_FILES):
        raise DomainError("workbook.lock_file")
    if path.name.lower() in _FOLDER_FILES:
        raise DomainError("workbook.unknown")


def _content(path: Path) -> bytes:
    try:
        caps.check_file_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise refusal(error, path) from error


def _is_small(form: Format, data: bytes) -> bool:
    if form in _ARCHIVES:
        return caps.unpacked_size(data) <= caps.SMALL_BYTES
    return len(data) <= caps.SMALL_TEXT_BYTES


def _read_apart(data: bytes, form: Format, password: str | None, control: Control) -> list[RawSheet]:
    from socialwork_app.foundation import apart

    sheets: list[RawSheet] = []
    try:
        with closing(apart.each(_pieces, data, form, password, control=control)) as pieces:
            for piece in pieces:
                if isinstance(piece, RawSheet):
                    sheets.append(piece)
                else:
                    sheets[-1].rows.extend(piece)
    except apart.BeyondLimits as error:
        raise caps.beyond_limits() from error
    return sheets


def _pieces(data: bytes, form: Format, password: str | None, control: Control) -> Iterator[RawSheet | list[list[Cell]]]:
    """Each sheet without its rows, then these by and by: what is sent at once is in memory three times."""
    for sheet in _read(data, form, password, control, alone=True):
        yield replace(sheet, rows=[])
        for start in range(0, len(sheet.rows), _ROWS_SENT):
            yield sheet.rows[start : start + _ROWS_SENT]


def _read(data: bytes, form: Format, password: str | None, control: Control, alone: bool) -> list[RawSheet]:
    if unlock := _LOCKED.get(form):
        return _unlocked(unlock(data, password), password, control)
    match form:
        case Format.OOXML | Format.BINARY_OOXML:
            return ooxml.read(data, control, alone)
        case Format.OPEN_DOCUMENT:
            return opendocument.read(data, password, control, alone)
        case Format.BIFF:
            return _biff(data, password, control)
        case Format.WEB_ARCHIVE:
            return web_archive.read(data, control)
        case _:
            return _OF_TEXT[form](decode(data), control)


def _biff(data: bytes, password: str | None, control: Control) -> list[RawSheet]:
    try:
        return biff.read(data, control)
    except biff.Locked:
        return _unlocked(locked.decrypted(data, password), password, control)


def _unlocked(plain: bytes, password: str | None, control: Control) -> list[RawSheet]:
    """What is inside must be a plain workbook: one locked again would not end."""
    match sniff(plain):
        case Format.OOXML | Format.BINARY_OOXML:
            return ooxml.read(plain, control, alone=True)
        case Format.OPEN_DOCUMENT:
            return opendocument.read(plain, password, control, alone=True)
        case Format.BIFF:
            return _biff_once(plain, control)
        case _:
            raise DomainError("workbook.damaged")


def _biff_once(data: bytes, control: Control) -> list[RawSheet]:
    try:
        return biff.read(data, control)
    except biff.Locked as error:
        raise DomainError("workbook.damaged") from error
