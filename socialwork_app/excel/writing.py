"""Rosters as an office hands them on: a workbook that is ready to print and seal."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from inspect import unwrap
from io import BytesIO
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sheets import Align, Sheet, SheetColumn, line_count, spans, text_width
from socialwork_app.excel.sheets import (
    A4,
    MAX_ROWS,
    cleaned,
    excel_width,
    new_workbook,
    row_height,
    workbook_in_memory,
    worksheet_name,
    write_across,
    write_text,
)
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Part = tuple[Sheet, Iterable[Sequence[Value]]]
_TITLE_ROW, _LINE_ROW, _HEADER_ROW, _FIRST_ROW = range(4)
_FOOT_ROWS = 2
_LIMIT = MAX_ROWS - _FIRST_ROW - _FOOT_ROWS
_FONT_SIZE, _TITLE_SIZE = 11.0, 16.0
_ROOM_ACROSS, _ROOM_UPRIGHT, _DIGIT, _CELL_FRAME = 765.0, 518.0, 7.0, 3.75
"""Points: what A4 has between its margins, a digit of the widest font that stands in for 宋体, what a cell needs beside its text."""
_EXACT = 10**15
"""Excel keeps 15 digits of a number; a longer one stays whole as text only."""


def write_roster(
    sheet: Sheet,
    rows: Iterable[Sequence[Value]],
    target: Path,
    control: Control | None = None,
    total: int | None = None,
) -> int:
    """Write the sheet with these rows and return their number; `total` is that number where it is known.

    Raises DomainError where the rows or a text are more than a worksheet holds, EnvironmentRefused or
    Cancelled; then the old file still stands.
    """
    if total is not None and total > _LIMIT:
        raise DomainError("sheet.too_many_rows", limit=_LIMIT)
    with new_workbook(target) as workbook:
        return _add_sheet(workbook, sheet, (control or Control()).each(rows, total))


def write_sheets(parts: Sequence[Part], target: Path, control: Control | None = None) -> int:
    """The same with several sheets, each on a worksheet of its own; returns the number of all rows."""
    with new_workbook(target) as workbook:
        return sum(_add_sheet(workbook, sheet, rows) for sheet, rows in (control or Control()).each(parts, len(parts)))


def sheets_in_memory(parts: Iterable[Part]) -> tuple[bytes, int]:
    """The same as bytes, with the number of all rows, for what must not stand on a disk unencrypted."""
    made = BytesIO()
    with workbook_in_memory(made) as workbook:
        count = sum(_add_sheet(workbook, sheet, rows) for sheet, rows in parts)
    return made.getvalue(), count


def _add_sheet(workbook: "Workbook", sheet: Sheet, rows: Iterable[Sequence[Value]]) -> int:
    worksheet = workbook.add_worksheet(worksheet_name(sheet.tab or sheet.title))
    _set_page(worksheet, sheet)
    formats = _Formats.of(workbook, enlarged(sheet))
    _write_head(worksheet, sheet, formats)
    cells = [_Cells.of(workbook, number, column, sheet.lines) for number, column in enumerate(sheet.columns)]
    count = _write_rows(worksheet, cells, sheet, at_most(_LIMIT, rows))
    _write_foot(worksheet, sheet, formats, _FIRST_ROW + count)
    if sheet.rows_a_page:
        worksheet.set_h_pagebreaks([*range(_FIRST_ROW + sheet.rows_a_page, _FIRST_ROW + count, sheet.rows_a_page)])
    return count


def at_most(limit: int, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    """The rows, as long as a worksheet has room for them; DomainError beyond."""
    for number, row in enumerate(rows):
        if number == limit:
            raise DomainError("sheet.too_many_rows", limit=limit)
        yield row


def enlarged(sheet: Sheet) -> float:
    """How much larger the text round a wide table is set, for the page is made smaller to fit the paper.

    A page across takes about 135 half-width characters at full size, an upright one 90.
    """
    return min(max(sheet.width / (135 if sheet.landscape else 90), 1.0), 2.2)


def _set_page(worksheet: "Worksheet", sheet: Sheet) -> None:
    worksheet.set_paper(A4)
    if sheet.landscape:
        worksheet.set_landscape()
    if sheet.rows_a_page:  # Excel heeds no page breaks of ours where it is to fit the paper itself
        worksheet.set_print_scale(int(_shrinking(sheet) * 100))
    else:
        worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.center_horizontally()
    worksheet.repeat_rows(_HEADER_ROW)
    worksheet.set_footer("&C第 &P 页 共 &N 页", {"scale_with_doc": False})
    worksheet.freeze_panes(_FIRST_ROW, 0)
    worksheet.set_default_row(_usual_height(sheet))
    worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})
    for number, column in enumerate(sheet.columns):
        worksheet.set_column(number, number, excel_width(column.width))


@dataclass(frozen=True, slots=True)
class _Formats:
    """Of what stands round the table; `scale` as `enlarged` says."""

    scale: float
    title: "Format"
    header: "Format"
    left: "Format"
    right: "Format"
    note: "Format"

    @classmethod
    def of(cls, workbook: "Workbook", scale: float) -> "_Formats":
        title = {
            "font_name": "黑体",
            "font_size": round(_TITLE_SIZE * scale),
            "bold": True,
            "align": "center",
        }
        header = {"bold": True, "bg_color": "#E7E6E6", "border": 1, "align": "center"}
        line = {"font_size": round(_FONT_SIZE * scale), "valign": "vcenter"}
        middle = {"valign": "vcenter", "text_wrap": True}
        return cls(
            scale,
            title=workbook.add_format(title | middle),
            header=workbook.add_format(header | middle),
            left=workbook.add_format(line),
            right=workbook.add_format(line | {"align": "right"}),
            note=workbook.add_format(line | {"text_wrap": True}),
        )


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one column. `fitting`: how many characters surely stand in the usual lines, any or all ASCII."""

    number: int
    label: str
    width: float
    fitting: tuple[int, int]
    text: "Format"
    whole: "Format"

    @classmethod
    def of(cls, workbook: "Workbook", number: int, column: SheetColumn, lines: int) -> "_Cells":
        room = int(column.width * lines)
        return cls(
            number,
            column.label,
            column.width,
            fitting=(room // 2, room),
            text=_cell_format(workbook, "@", column.placed("")),
            whole=_cell_format(workbook, "0", column.placed(0)),
        )


def _cell_format(workbook: "Workbook", num_format: str, align: Align) -> "Format":
    place = {"align": align, "valign": "vcenter", "text_wrap": True}
    return workbook.add_format({"border": 1, "num_format": num_format} | place)


def _write_head(worksheet: "Worksheet", sheet: Sheet, formats: _Formats) -> None:
    title_scale = formats.scale * _TITLE_SIZE / _FONT_SIZE
    _set_height(worksheet, _TITLE_ROW, line_count(sheet.title, sheet.width / title_scale), title_scale)
    write_across(worksheet, _TITLE_ROW, (0, len(sheet.columns) - 1), sheet.title, formats.title)
    _set_height(worksheet, _LINE_ROW, 1, formats.scale)
    both = (sheet.left_line, sheet.right_line)
    _write_parts(worksheet, _LINE_ROW, sheet, both, (formats.left, formats.right))
    most = max(line_count(column.label, column.width) for column in sheet.columns)
    _set_height(worksheet, _HEADER_ROW, most, 1.2)
    for number, column in enumerate(sheet.columns):
        write_text(worksheet, _HEADER_ROW, number, column.label, formats.header)


def _set_height(worksheet: "Worksheet", row: int, lines: int, scale: float = 1.0) -> None:
    worksheet.set_row(row, row_height(lines) * scale)


def _write_parts(
    worksheet: "Worksheet", row: int, sheet: Sheet, parts: Sequence[str], formats: Sequence["Format"]
) -> None:
    """Write texts beside each other over the whole width; in one cell where the columns are too few."""
    if len(parts) > len(sheet.columns):
        write_across(worksheet, row, (0, len(sheet.columns) - 1), "　　".join(parts), formats[0])
        return
    shares = [text_width(part) + 8 for part in parts]
    groups = spans([column.width for column in sheet.columns], shares)
    for span, part, cell_format in zip(groups, parts, formats, strict=True):
        write_across(worksheet, row, span, part, cell_format)


def _shrinking(sheet: Sheet) -> float:
    """By how much the page is made smaller so that the columns fit its width."""
    room = _ROOM_ACROSS if sheet.landscape else _ROOM_UPRIGHT
    wide = sum(excel_width(column.width) * _DIGIT + _CELL_FRAME for column in sheet.columns)
    return min(1.0, room / wide)


def _usual_height(sheet: Sheet) -> float:
    """So that a row that is to be signed has its height on paper."""
    on_paper = sheet.row_height / _shrinking(sheet)
    return on_paper if sheet.rows_a_page else max(row_height(sheet.lines), on_paper)


def _write_rows(worksheet: "Worksheet", cells: Sequence[_Cells], sheet: Sheet, rows: Iterable[Sequence[Value]]) -> int:
    """Write the rows, as tall as usual unless one needs more lines, and return their number.

    The inner loop is nearly the whole cost of a large export.
    """
    write_string, write_number, write_blank = (
        _direct(worksheet, name) for name in ("write_string", "write_number", "write_blank")
    )
    count, usual, height = 0, sheet.lines, _usual_height(sheet)
    for count, values in enumerate(rows, start=1):
        row = _HEADER_ROW + count
        lines = usual
        for value, cell in zip(values, cells, strict=True):
            if value is None:
                write_blank(row, cell.number, None, cell.text)
            elif isinstance(value, int) and -_EXACT < value < _EXACT:
                write_number(row, cell.number, value, cell.whole)
            elif (
                isinstance(value, str)
                and 0 < len(value) <= cell.fitting[value.isascii()]
                and value.isprintable()
                and value[0] != "<"
            ):
                write_string(row, cell.number, value, cell.text)
            else:
                lines = max(lines, _write_cell(worksheet, row, cell, value))
        if lines > usual and not sheet.rows_a_page and row_height(lines) > height:
            _set_height(worksheet, row, lines)
    return count


def _direct(worksheet: "Worksheet", name: str) -> Callable[..., object]:
    """A method without XlsxWriter's decorator, which looks for an "A1" in every call: a twentieth of an export."""
    return MethodType(unwrap(getattr(type(worksheet), name)), worksheet)


def _write_cell(worksheet: "Worksheet", row: int, cell: _Cells, value: Value) -> int:
    """Write what may need cleaning, more lines or to be text, and return the lines that it takes."""
    text = cleaned(str(value), row + 1, cell.label)
    write_text(worksheet, row, cell.number, text, cell.text)
    return line_count(text, cell.width)


def _write_foot(worksheet: "Worksheet", sheet: Sheet, formats: _Formats, row: int) -> None:
    if sheet.note:
        lines = line_count(sheet.note, sheet.width / formats.scale)
        _set_height(worksheet, row, lines, formats.scale)
        write_across(worksheet, row, (0, len(sheet.columns) - 1), sheet.note, formats.note)
        row += 1
    if sheet.signature:
        _set_height(worksheet, row, 1, formats.scale * 1.5)
        _write_parts(worksheet, row, sheet, sheet.signature, [formats.left] * len(sheet.signature))
