"""Messy rosters of invented people, as offices send them."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from socialwork_app.domain.id_number import checksum

HEADERS = ("序号", "姓 名", "性別", "身份证号码", "出生年月", "学历", "工作单位", "级别", "证书管理号", "批准日期", "联系方式",
           "所属街道", "备注（可不填）")  # fmt: skip


def id_number(birth: str = "19850317", order: str = "996", prefix: str = "530122") -> str:
    first17 = f"{prefix}{birth}{order}"
    return first17 + checksum(first17)


ZHANG, LI = id_number(), id_number("19900102", "997")


def row(**cells: object) -> list[object]:
    """A row with some cells, by header."""
    known = [header.replace(" ", "") for header in HEADERS]
    values: list[object] = [None] * len(HEADERS)
    for header, value in cells.items():
        values[known.index(header)] = value
    return values


def write(path: Path, rows: Sequence[Sequence[object]], headers: Sequence[str] = HEADERS, foot: bool = True) -> Path:
    """Title, 填报单位 line, header in row 3, rows from row 4, a total and a signature line."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headers))
    sheet["A1"] = "2025年持证社会工作者名册"
    sheet["A2"] = "填报单位：示例单位"
    for number, cells in enumerate((headers, *rows), start=3):
        for column, value in enumerate(cells, start=1):
            sheet.cell(number, column, value)
    if foot:
        sheet.cell(len(rows) + 5, 1, "合计")
        sheet.cell(len(rows) + 5, 2, len(rows))
        sheet.cell(len(rows) + 6, 1, "制表：某某")
    workbook.save(path)
    return path
