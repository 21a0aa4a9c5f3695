"""Empty workbooks to fill in, which the import reads back: its own headers, lists to choose from, notes."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialwork_app.domain.sheets import line_count
from socialwork_app.excel.sheets import (
    A4,
    excel_width,
    new_workbook,
    row_height,
    worksheet_name,
    write_across,
    write_text,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 5_000
"""Rows below the header that have lists and hints."""

NOTES_NAME, _CHOICES_NAME = "填表说明", "可选值"
_MAX_MESSAGE, _MAX_MESSAGE_TITLE = 255, 32
_CHOICES_SHOWN = 30
_NOTES_WIDTHS = (20.0, 8.0, 40.0, 60.0)
_MIDDLE = {"valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """`width` in half-width characters; `text`: what is typed stays as typed (ID numbers, dates)."""

    label: str
    hint: str
    choices: tuple[str, ...]
    required: bool
    width: float
    text: bool


def write_template(title: str, columns: Sequence[TemplateColumn], target: Path, notes: Sequence[str]) -> None:
    """Write the empty table, its notes and the lists to choose from. Raises EnvironmentRefused."""
    with new_workbook(target) as workbook:
        table = workbook.add_worksheet(worksheet_name(title))
        _write_table(workbook, table, columns)
        _write_notes(workbook, title, columns, notes)
        _add_lists(workbook, table, columns)


def _write_table(workbook: "Workbook", table: "Worksheet", columns: Sequence[TemplateColumn]) -> None:
    _set_page(table)
    table.freeze_panes(1, 0)
    table.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS + 1}"})
    table.set_row(0, max(row_height(line_count(column.label, column.width)) for column in columns) + 6)
    required, optional = _header_format(workbook, required=True), _header_format(workbook, required=False)
    as_typed = workbook.add_format({"num_format": "@"})
    for number, column in enumerate(columns):
        table.set_column(number, number, excel_width(column.width), as_typed if column.text else None)
        write_text(table, 0, number, column.label, required if column.required else optional)


def _set_page(worksheet: "Worksheet") -> None:
    worksheet.set_paper(A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_default_row(row_height(1))


def _header_format(workbook: "Workbook", *, required: bool) -> "Format":
    colours = {"bg_color": "#FCE4D6", "font_color": "#9C2A00"} if required else {"bg_color": "#E7E6E6"}
    return workbook.add_format({"bold": True, "border": 1, "align": "center"} | _MIDDLE | colours)


def _add_lists(workbook: "Workbook", table: "Worksheet", columns: Sequence[TemplateColumn]) -> None:
    """Hints and lists. The lists stand on a hidden sheet: the cell's own rule holds 255 characters."""
    listed = [column for column in columns if column.choices]
    if listed:
        _write_choices(workbook.add_worksheet(_CHOICES_NAME), listed)
    for number, column in enumerate(columns):
        rule: dict[str, Any] = {"validate": "any"}
        if column.choices:
            rule = _list_rule(listed.index(column), len(column.choices))
        table.data_validation(1, number, ROWS, number, rule | _message(column))


def _write_choices(worksheet: "Worksheet", listed: Sequence[TemplateColumn]) -> None:
    for row in range(max(len(column.choices) for column in listed)):
        for number, column in enumerate(listed):
            if row < len(column.choices):
                worksheet.write_string(row, number, column.choices[row])
    worksheet.hide()


def _list_rule(number: int, count: int) -> dict[str, Any]:
    """Another spelling may be typed all the same: the import knows more of them than the list shows."""
    from xlsxwriter.utility import xl_range_abs

    return {
        "validate": "list",
        "source": f"={_CHOICES_NAME}!{xl_range_abs(0, number, count - 1, number)}",
        "error_type": "warning",
        "error_title": "不在可选项内",
        "error_message": "请从下拉列表中选择。",
    }


def _message(column: TemplateColumn) -> dict[str, str]:
    """The hint that shows beside the cell, as long as a workbook allows."""
    message = "".join(("必填。" if column.required else "", column.hint)) or "选填。"
    return {"input_title": column.label[:_MAX_MESSAGE_TITLE], "input_message": message[:_MAX_MESSAGE]}


def _write_notes(workbook: "Workbook", title: str, columns: Sequence[TemplateColumn], notes: Sequence[str]) -> None:
    worksheet = workbook.add_worksheet(NOTES_NAME)
    _set_page(worksheet)
    for number, width in enumerate(_NOTES_WIDTHS):
        worksheet.set_column(number, number, excel_width(width))
    heading = workbook.add_format({"font_name": "黑体", "font_size": 16, "bold": True} | _MIDDLE)
    plain = workbook.add_format(_MIDDLE)
    _write_line(worksheet, 0, f"{title}　{NOTES_NAME}", heading, 1.5)
    for row, note in enumerate(notes, start=1):
        _write_line(worksheet, row, note, plain)
    _write_explanations(workbook, worksheet, len(notes) + 2, columns)


def _write_line(worksheet: "Worksheet", row: int, text: str, cell_format: "Format", scale: float = 1.0) -> None:
    """One line over the whole width."""
    worksheet.set_row(row, row_height(line_count(text, sum(_NOTES_WIDTHS) / scale)) * scale)
    write_across(worksheet, row, (0, len(_NOTES_WIDTHS) - 1), text, cell_format)


def _write_explanations(
    workbook: "Workbook", worksheet: "Worksheet", row: int, columns: Sequence[TemplateColumn]
) -> None:
    """The table of the columns: what each is called, whether it must be filled, how, and with what."""
    header = _header_format(workbook, required=False)
    cell = workbook.add_format({"border": 1} | _MIDDLE)
    _write_cells(worksheet, row, ("列名", "必填", "怎么填", "可选值"), header)
    for number, column in enumerate(columns, start=row + 1):
        parts = (column.label, "是" if column.required else "", column.hint, _shown(column.choices))
        _write_cells(worksheet, number, parts, cell)


def _write_cells(worksheet: "Worksheet", row: int, texts: Sequence[str], cell_format: "Format") -> None:
    lines = max(line_count(text, width) for text, width in zip(texts, _NOTES_WIDTHS, strict=True))
    worksheet.set_row(row, row_height(lines))
    for number, text in enumerate(texts):
        write_text(worksheet, row, number, text, cell_format)


def _shown(choices: Sequence[str]) -> str:
    if len(choices) <= _CHOICES_SHOWN:
        return "、".join(choices)
    return "、".join(choices[:_CHOICES_SHOWN]) + f"……共 {len(choices)} 项，见下拉列表"
