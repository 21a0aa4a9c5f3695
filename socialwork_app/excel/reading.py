"""Reads a workbook that somebody else made: any format, by its content, and never more of it than fits."""

from collections.abc import Callable
from pathlib import Path

from socialwork_app.excel import biff, csv_table, html_table, locked, ooxml, opendocument, spreadsheetml
from socialwork_app.excel.caps import check_file_size
from socialwork_app.excel.cells import Cell, CellError, Merge, RawSheet
from socialwork_app.excel.sniffing import Format, decode, sniff
from socialwork_app.foundation.atomic import refusal
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

__all__ = ["Cell", "CellError", "Merge", "RawSheet", "read_workbook"]

_LOCK_FILES = ("~$", ".~")
_OF_TEXT: dict[Format, Callable[[str, Control], list[RawSheet]]] = {
    Format.SPREADSHEETML: spreadsheetml.read,
    Format.HTML: html_table.read,
    Format.DELIMITED: csv_table.read,
}


def read_workbook(path: Path, password: str | None = None, control: Control | None = None) -> list[RawSheet]:
    """All sheets with cells, the hidden ones marked.

    Raises DomainError `workbook.…` for what can't be read, EnvironmentRefused for what can't be opened.
    """
    if path.name.startswith(_LOCK_FILES):
        raise DomainError("workbook.lock_file")
    return _read(_content(path), password, control or Control())


def _content(path: Path) -> bytes:
    try:
        check_file_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise refusal(error, path) from error


def _read(data: bytes, password: str | None, control: Control) -> list[RawSheet]:
    form = sniff(data)
    match form:
        case Format.LOCKED_OOXML:
            return _unlocked(data, password, control)
        case Format.OOXML:
            return ooxml.read(data, control)
        case Format.OPEN_DOCUMENT:
            return opendocument.read(data, control)
        case Format.BIFF:
            return _biff(data, password, control)
        case _:
            return _OF_TEXT[form](decode(data), control)


def _biff(data: bytes, password: str | None, control: Control) -> list[RawSheet]:
    try:
        return biff.read(data, control)
    except biff.Locked:
        return _unlocked(data, password, control)


def _unlocked(data: bytes, password: str | None, control: Control) -> list[RawSheet]:
    """What is inside must be a plain workbook: one locked again would not end."""
    plain = locked.decrypted(data, password)
    match sniff(plain):
        case Format.OOXML:
            return ooxml.read(plain, control)
        case Format.BIFF:
            return _biff_once(plain, control)
        case _:
            raise DomainError("workbook.damaged")


def _biff_once(data: bytes, control: Control) -> list[RawSheet]:
    try:
        return biff.read(data, control)
    except biff.Locked as error:
        raise DomainError("workbook.damaged") from error
