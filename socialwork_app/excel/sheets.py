"""What every new workbook shares: how it comes to be, and what its tabs, texts and rows can hold."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from socialwork_app.foundation.atomic import BESIDE, refusal, replacing
from socialwork_app.foundation.errors import DomainError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""UTF-16 units in one cell."""
A4 = 9
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""What every workbook says of its making: the same rows make the same file, whenever it is written. The day that counts
stands on the sheet."""

_ROW_HEIGHT, _LINE_HEIGHT, _MAX_HEIGHT = 21.0, 15.0, 409.0
"""Points: a row of one line, each further line, and the most that Excel takes."""

_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@contextmanager
def new_workbook(target: Path) -> Generator["Workbook"]:
    """A workbook that takes the target's place on a clean end; its rows must be written from the top down.

    Rows go through scratch files beside the target: memory stays flat, nothing of them is left anywhere else.
    """
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    with (
        replacing(target) as temporary,
        TemporaryDirectory(dir=target.parent, prefix=f".{target.stem[:BESIDE]}.") as scratch,
        temporary.open("wb") as file,
    ):
        workbook = Workbook(file, _options() | {"constant_memory": True, "tmpdir": scratch})
        workbook.use_zip64()
        workbook.set_properties({"created": CREATED})
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:
            raise refusal(error.args[0], target) from error
        finally:
            _close_scratch(workbook)


@contextmanager
def workbook_in_memory(target: BinaryIO) -> Generator["Workbook"]:
    """The same where nothing of it may stand on a disk: all of its rows are in memory at once, and no scratch file."""
    from xlsxwriter.workbook import Workbook

    workbook = Workbook(target, _options() | {"in_memory": True})
    workbook.set_properties({"created": CREATED})
    yield workbook
    workbook.close()


def _close_scratch(workbook: "Workbook") -> None:
    """After a failure the scratch files are open still, and Windows does not remove an open file."""
    for worksheet in workbook.worksheets():
        if worksheet.row_data_fh:
            worksheet.row_data_fh.close()


def _options() -> dict[str, object]:
    """Anew for each: a workbook writes into what it is given, and the next one would be another file."""
    return {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "宋体", "font_size": 11},
    }


def worksheet_name(title: str) -> str:
    r"""A title as Excel takes it on a tab: 31 UTF-16 units, none of []:*?/\, no apostrophe at an end."""
    short = _NOT_IN_NAMES.sub("", title).encode("utf-16-le", "ignore")[:62].decode("utf-16-le", "ignore")
    name = short.strip(" '")
    return "名册" if name.lower() in ("", "history") else name


def cleaned(text: str, row: int, label: str) -> str:
    """Without the characters that a workbook can't hold; DomainError naming the cell where it is too long."""
    text = _IMPOSSIBLE.sub("", _LINE_ENDS.sub("\n", text))
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise DomainError("sheet.text_too_long", row=row, column=label, limit=MAX_TEXT)
    return text


def write_text(worksheet: "Worksheet", row: int, column: int, text: str, cell_format: "Format") -> None:
    """Write a cleaned text as what it is, whatever it looks like."""
    if not text:
        worksheet.write_blank(row, column, None, cell_format)
    elif text.startswith("<r>"):  # XlsxWriter would take it for its own marks of rich text
        worksheet.write_rich_string(row, column, text[:1], cell_format, text[1:], cell_format)
    else:
        worksheet.write_string(row, column, text, cell_format)


def write_across(worksheet: "Worksheet", row: int, span: tuple[int, int], text: str, cell_format: "Format") -> None:
    """Write a cleaned text over the columns from the first to the last of `span`."""
    first, last = span
    if last > first:
        worksheet.merge_range(row, first, row, last, "", cell_format)
    write_text(worksheet, row, first, text, cell_format)


def row_height(lines: int) -> float:
    """Points."""
    return min(_ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT, _MAX_HEIGHT)


def excel_width(width: float) -> float:
    """Half-width characters as Excel's column width: Chinese glyphs are a little wider than two digits."""
    return min(width * 1.05 + 1.5, 255.0)
