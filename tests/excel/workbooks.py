"""Workbooks as others make them, written for the reader's tests."""

import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from socialwork_app.excel.cells import Cell, Merge, RawSheet, raw_sheet

HEADERS = ["序号", "姓名", "性别", "身份证号", "手机号"]
KNOWN = frozenset(
    ("姓名", "性别", "身份证号", "手机号", "工作单位", "毕业院校及专业", "学历", "证书编号", "备注", "民族", "街道")
)
ZHANG: list[Cell] = [1, "张三", "男", "530115199001019992", "19900000001"]
LI: list[Cell] = [2, "李四", "女", "530115199203049981", "19900000002"]


def known(header: str) -> bool:
    return "".join(header.split()) in KNOWN


def sheet(rows: Sequence[Sequence[Cell]], *merges: Merge, name: str = "名册") -> RawSheet:
    return raw_sheet(name, False, [list(row) for row in rows], merges)


def xlsx(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        tab = book.create_sheet(f"表{number}")
        for row in rows:
            tab.append(list(row))
    book.save(path)
    return path


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part changed."""
    with ZipFile(BytesIO(path.read_bytes())) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return path


def with_cells(path: Path, cells: str) -> Path:
    """A workbook whose one sheet holds this XML as its rows."""

    def change(content: bytes) -> bytes:
        before, _, _rest = content.partition(b"<sheetData")
        return before + b"<sheetData>" + cells.encode() + b"</sheetData></worksheet>"

    return with_part(xlsx(path, [["x"]]), "xl/worksheets/sheet1.xml", change)


def spreadsheetml(rows: str, options: str = "", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="名册"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    ).encode(encoding)


def opendocument(path: Path, rows: str, styles: str = "", manifest: str = "") -> Path:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<office:document-content{spaces} xmlns:calcext="urn:org:documentfoundation:names:calc">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="名册" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return path


def biff2(*records: tuple[int, bytes]) -> bytes:
    """A sheet of Excel 2: records without a container."""
    every = [(0x0009, struct.pack("<HH", 2, 0x10)), *records, (0x000A, b"")]
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in every)


def biff2_cell(row: int, column: int, value: bytes) -> bytes:
    return struct.pack("<HH3x", row, column) + value


def xlsb(path: Path, cells: Sequence[tuple[int, int, int, bytes]], shared: Sequence[str] = ()) -> Path:
    """Cells as row, column, kind of record, value; rows in order."""
    rows, columns = [cell[0] for cell in cells], [cell[1] for cell in cells]
    area = struct.pack("<4I", min(rows), max(rows), min(columns), max(columns))
    content, at = [_record(129), _record(148, area), _record(145)], -1
    for row, column, kind, value in cells:
        if row != at:
            content.append(_record(0, struct.pack("<I", row) + bytes(13)))
            at = row
        content.append(_record(kind, struct.pack("<II", column, 0) + value))
    content += [_record(146), _record(130)]
    texts = [_record(159, struct.pack("<II", len(shared), len(shared)))]
    texts += [_record(19, b"\0" + _wide(text)) for text in shared] + [_record(160)]
    book = [_record(131), _record(143), _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("名册"))]
    book += [_record(144), _record(132)]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin")), 1
        )
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.bin", b"".join(book))
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(content))
        archive.writestr("xl/sharedStrings.bin", b"".join(texts))
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + _length(len(body)) + body


def _length(size: int) -> bytes:
    low = size & 0x7F
    return bytes([low]) if size < 128 else bytes([low | 0x80]) + _length(size >> 7)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
