"""Workbooks that are text or packed XML: SpreadsheetML, HTML, CSV, OpenDocument."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from socialwork_app.excel.reading import Cell, CellError, RawSheet, read_workbook
from tests.excel.workbooks import opendocument, spreadsheetml

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def read(folder: Path, content: bytes) -> list[RawSheet]:
    path = folder / "名册.xls"
    path.write_bytes(content)
    return read_workbook(path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["姓名", "身份证号", "备注"], ["张　三", '="530115199001019992"', '"一\n二"'], ["李四", "", " x "]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    assert read(tmp_path, text.encode(encoding))[0].rows == [
        ["姓名", "身份证号", "备注"],
        ["张　三", "530115199001019992", "一\n二"],
        ["李四", None, " x "],
    ]


def test_declared_delimiter_is_no_row(tmp_path: Path) -> None:
    assert read(tmp_path, "sep=|\r\n姓名|性别\r\n张三|男".encode())[0].rows == [["姓名", "性别"], ["张三", "男"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_xml_of_excel_2003(tmp_path: Path, encoding: str) -> None:
    rows = (
        '<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">姓<B>名</B></Data></Cell>'
        '<Cell><Data ss:Type="String">性别</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell></Row>'
        '<Row ss:Index="4" ss:Span="1"><Cell ss:Index="2"><Data ss:Type="Number">13800138000</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="DateTime">1985-03-17T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">一</Data></Cell></Row>'
    )
    (sheet,) = read(tmp_path, spreadsheetml(rows, encoding=encoding))
    assert (sheet.name, sheet.hidden, sheet.merges) == ("名册", False, ((0, 0, 1, 1),))
    assert sheet.rows == [
        ["姓名", None, "性别"],
        [None] * 3,
        [None] * 3,
        [None, 13800138000, None],
        [None] * 3,
        [date(1985, 3, 17), time(8, 30), CellError("#N/A")],
        [True, "一", None],
    ]


def test_hidden_sheet_of_excel_2003(tmp_path: Path) -> None:
    options = "<x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>"
    assert read(tmp_path, spreadsheetml("", options))[0].hidden


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_html_table(tmp_path: Path, encoding: str) -> None:
    html = (
        '<!DOCTYPE html><html><head><meta charset="gb2312"><style>td {}</style></head><body><p>前言</p>'
        "<table><tr><th rowspan=2>姓&nbsp;名<th colspan=2>学历</tr><tr><td>全日制<td>在职</tr>"
        "<tr><td> 张\n  三 <td>本科<br>学士<td></tr><tr><td>530115199001019992<td><table><tr><td>内</table></table>"
        "<table></table><table><tr><td>二</td></tr></table>"
    )
    first, second = read(tmp_path, html.encode(encoding))
    assert first.rows == [
        ["姓\xa0名", "学历", None],
        [None, "全日制", "在职"],
        ["张 三", "本科\n学士", None],
        ["530115199001019992", "内", None],
    ]
    assert first.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert second.rows == [["二"]]


def test_html_spans_reach_no_further_than_the_rows(tmp_path: Path) -> None:
    html = '<table><tr><td rowspan="999999999" colspan="0">甲<td>乙<tr><td>丙</table>'
    assert read(tmp_path, html.encode())[0].rows == [["甲", "乙"], [None, "丙"]]


CELLS: list[tuple[str, Cell]] = [
    ('office:value-type="string"><text:p>张<text:s text:c="2"/>三</text:p><text:p>二</text:p>', "张  三\n二"),
    ('office:value-type="float" office:value="13800138000"><text:p>1.38E+10</text:p>', 13800138000),
    ('office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>', 0.5),
    ('office:value-type="date" office:date-value="1985-03-17"><text:p>85.3</text:p>', date(1985, 3, 17)),
    ('office:value-type="date" office:date-value="1985-03-17T08:30:00">', datetime(1985, 3, 17, 8, 30)),
    ('office:value-type="time" office:time-value="PT08H30M00S">', time(8, 30)),
    ('office:value-type="time" office:time-value="PT36H00M00S">', 1.5),
    ('office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>', True),
    (
        'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>Err:1</text:p>',
        CellError("Err:1"),
    ),
    ('table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>', CellError("#DIV/0!")),
    (
        'office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>甲</text:p>',
        "甲",
    ),
    (">", None),
]


@pytest.mark.parametrize(("cell", "value"), CELLS)
def test_open_document_values(tmp_path: Path, cell: str, value: Cell) -> None:
    last = "<table:table-cell><text:p>末</text:p></table:table-cell>"
    row = f"<table:table-row><table:table-cell {cell}</table:table-cell>{last}</table:table-row>"
    found = read_workbook(opendocument(tmp_path / "a.ods", row))[0].rows[0]
    assert found == [value, "末"] and type(found[0]) is type(value)


def test_open_document_repeats_and_merges(tmp_path: Path) -> None:
    head = (
        "<table:table-row>"
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>甲</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>乙</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
    )
    body = (
        '<table:table-row table:number-rows-repeated="2"><table:covered-table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    )
    hidden = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    sheet = read_workbook(opendocument(tmp_path / "a.ods", head + body, hidden))[0]
    assert sheet.rows == [["甲", None, "乙", None], [None, None, 1, 1], [None, None, 1, 1]]
    assert (sheet.merges, sheet.hidden) == (((0, 0, 1, 1),), True)
