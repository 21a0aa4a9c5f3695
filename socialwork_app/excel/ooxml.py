""".xlsx, .xlsm and .xlsb: the library reads the values, after the parts were looked through."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from socialwork_app.excel import caps
from socialwork_app.excel.cells import Cell, CellError, Merge, RawSheet, clean_text, number, raw_sheet
from socialwork_app.excel.ooxml_parts import read_parts
from socialwork_app.excel.sheet_records import read_records
from socialwork_app.excel.sheet_xml import Errors
from socialwork_app.excel.workbook_parts import sheet_parts
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_LibraryCell = str | int | float | bool | date | datetime | time | timedelta
_DAY = timedelta(days=1)


def read(data: bytes, control: Control, alone: bool) -> list[RawSheet]:
    """Raises caps.Large for a far cell where it is not `alone` in a process: the library takes room for the area."""
    with caps.open_archive(data) as archive:
        errors, far = _looked_through(archive, control)
    if far and not alone:
        raise caps.Large
    with _library_errors():
        return list(_sheets(data, errors, control))


def _looked_through(archive: ZipFile, control: Control) -> tuple[dict[str, Errors], bool]:
    """The error cells of each sheet by its name, and whether a cell stands far away.

    Raises DomainError when a part is unsafe or too large.
    """
    parts = read_parts(archive, control)
    places = sheet_parts(archive)
    if any(place.endswith(".bin") for place in places.values()):
        errors, far = read_records(archive, places.values())
        parts.errors |= errors
        parts.far |= far
    elif not parts.xml.keys() >= set(places.values()):
        raise DomainError("workbook.damaged")
    return {name: parts.errors.get(place, {}) for name, place in places.items()}, parts.far


def _sheets(data: bytes, errors: dict[str, Errors], control: Control) -> Iterator[RawSheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    cells = 0
    for done, sheet in enumerate(book.sheets_metadata):
        control.step(done, len(book.sheets_metadata), sheet.name)
        if sheet.typ is SheetTypeEnum.WorkSheet:
            raw = _sheet(book, sheet.name, sheet.visible is not SheetVisibleEnum.Visible, errors[sheet.name])
            cells += len(raw.rows) * len(raw.rows[0]) if raw.rows else 0
            caps.check_cells(cells)
            yield raw


def _sheet(book: "CalamineWorkbook", name: str, hidden: bool, errors: Errors) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None or sheet.end is None:
        return raw_sheet(name, hidden, [])
    caps.check_area(sheet.end[0] + 1, sheet.end[1] + 1)
    left: list[Cell] = [None] * sheet.start[1]
    rows = [_row(row) for row in sheet.iter_rows()]
    if left:
        rows = [left + row for row in rows]
    for (row, column), text in errors.items():
        _place(rows, row, column, CellError(text))
    return raw_sheet(name, hidden, rows, _merges(sheet))


def _place(rows: list[list[Cell]], row: int, column: int, cell: CellError) -> None:
    """Where the library's area ends before an error cell, the rows grow: the place was checked before."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    cells = rows[row]
    cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = cell


def _row(cells: list[_LibraryCell]) -> list[Cell]:
    """Quick where it can be, as it runs a million times: nearly all cells are printable texts and stay as they are."""
    texts: Any = cells
    try:
        if "".join(texts).isprintable():  # other cells than texts raise
            return [text or None for text in texts]
    except TypeError:
        pass
    return [
        (((cell or None) if cell.isprintable() else clean_text(cell)) if type(cell) is str
         else number(cell) if type(cell) is float else cell / _DAY if isinstance(cell, timedelta) else cell)
        for cell in cells
    ]  # fmt: skip


def _merges(sheet: "CalamineSheet") -> Iterator[Merge]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield top, left, bottom, right


@contextmanager
def _library_errors() -> Generator[None]:
    """The library's own errors and its panics, which are no Exception and have no name to import."""
    from python_calamine import CalamineError

    try:
        with caps.damaged_if(CalamineError, OSError, ValueError, LookupError, OverflowError):
            yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DomainError("workbook.damaged") from error
