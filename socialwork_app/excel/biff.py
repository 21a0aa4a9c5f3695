""".xls of Excel 2 to 2003: xlrd, because it alone tells error cells and reads the old ones too.

Its texts are shared objects and its areas at most 65,536 by 256, so that no small file asks for much.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from datetime import time
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

from socialwork_app.excel import caps
from socialwork_app.excel.biff_errors import error_text
from socialwork_app.excel.cells import Cell, CellError, Merge, RawSheet, clean_text, number, raw_sheet
from socialwork_app.excel.compound import SIGNATURE, workbook_stream
from socialwork_app.foundation.jobs import Control

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_ENCRYPTED = "Workbook is encrypted"
_YEAR_10000 = 2_957_004
"""The first day number, counted from 1904, that has no date."""
_LIBRARY_BUGS = (
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)
"""What it stumbles over in a damaged file, besides what it says itself."""


class Locked(Exception):  # noqa: N818 - a state of the file; the reader goes on with the password
    """The workbook is encrypted."""


def read(data: bytes, control: Control) -> list[RawSheet]:
    """Raises Locked for an encrypted workbook."""
    from xlrd.biffh import XLRDError

    stream = workbook_stream(data) if data.startswith(SIGNATURE) else data
    with caps.damaged_if(XLRDError, *_LIBRARY_BUGS):
        book = _open(stream)
        return list(_sheets(book, control))


def _open(stream: bytes) -> "Book":
    from xlrd import open_workbook
    from xlrd.biffh import XLRDError

    try:
        return open_workbook(
            file_contents=stream,
            formatting_info=True,  # merges are read with the formatting only
            on_demand=True,
            logfile=StringIO(),
        )
    except XLRDError as error:
        if str(error) == _ENCRYPTED:
            raise Locked from error
        raise


def _sheets(book: "Book", control: Control) -> Iterator[RawSheet]:
    cells = 0
    for index in range(book.nsheets):
        control.step(index, book.nsheets)
        raw = _raw(book.sheet_by_index(index), book.datemode)
        book.unload_sheet(index)
        cells += len(raw.rows) * len(raw.rows[0]) if raw.rows else 0
        caps.check_cells(cells)
        yield raw


def _raw(sheet: "Sheet", datemode: Literal[0, 1]) -> RawSheet:
    rows = [
        [
            _READERS[kind](value, datemode)
            for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        ]
        for row in range(sheet.nrows)
    ]
    return raw_sheet(sheet.name, sheet.visibility != 0, rows, _merges(sheet.merged_cells))


def _merges(ranges: Iterable[tuple[int, int, int, int]]) -> Iterator[Merge]:
    """The library's ranges end one behind the last."""
    for top, below, left, after in ranges:
        yield top, left, below - 1, after - 1


def _moment(value: float, datemode: Literal[0, 1]) -> Cell:
    """A date, a time of day below one, or the number itself where no calendar reaches."""
    from xlrd.xldate import xldate_as_datetime

    if not 0 <= value < _YEAR_10000:
        return number(value)
    moment = xldate_as_datetime(value, datemode)
    if value < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


_READERS: dict[int, Callable[[Any, Literal[0, 1]], Cell]] = {
    0: lambda _value, _mode: None,
    1: lambda value, _mode: clean_text(value),
    2: lambda value, _mode: number(value),
    3: _moment,
    4: lambda value, _mode: bool(value),
    5: lambda value, _mode: CellError(error_text(value)),
    6: lambda _value, _mode: None,
}
"""By the library's cell kind: empty, text, number, date, boolean, error, blank."""
