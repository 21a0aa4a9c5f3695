"""Workbooks made by others and by the libraries, against facts that are known of them."""

import errno
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml as locked_ooxml
import pytest
import xlsxwriter

from socialwork_app.domain.sentences import SENTENCES, sentence_of
from socialwork_app.excel.reading import CellError, RawSheet, read_workbook
from socialwork_app.foundation.errors import DomainError, EnvironmentRefused
from socialwork_app.foundation.jobs import Cancelled, Control
from tests.excel import old_workbooks
from tests.excel.workbooks import biff2, biff2_cell, with_cells, with_part, xlsb, xlsx

SHARED = Path(__file__).parents[2].parent / "shared/data/workbooks"
shared_files = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of others' workbooks is not here")


WEB_ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: image/png

--x
Content-Type: text/html; charset="gb2312"
Content-Location: file:///C:/book.htm

<html><body><table><tr><td>姓名<td>学时<tr><td>张三<td>1.5</table></body></html>
--x--
"""


def read(name: str, password: str | None = None) -> list[RawSheet]:
    return read_workbook(SHARED / name, password)


def code_of(path: Path, password: str | None = None) -> str:
    with pytest.raises(DomainError) as refused:
        read_workbook(path, password)
    assert sentence_of(refused.value)
    return refused.value.code


@shared_files
@pytest.mark.parametrize(
    ("name", "height", "width", "facts"),
    [
        ("calamine__date_1904.xlsx", 3, 2, {(0, 0): date(2021, 1, 1), (1, 0): date(2021, 1, 2)}),
        ("calamine__date.xls", 3, 2, {(0, 0): date(2021, 1, 1), (0, 1): 15}),
        ("calamine__has_x000D_.xlsx", 1, 1, {(0, 0): "ABC\nDEF"}),
        ("calamine__header-row.xlsx", 10, 4, {(8, 0): "Columns", (8, 3): "Column C"}),
        ("calamine__number_rows_repeated.ods", 8, 2, {(0, 0): "A", (0, 1): "B", (2, 1): "D"}),
        ("calamine__merge_cells.xls", 2, 3, {(0, 0): "Row Merge"}),
        ("poi__SimpleStrict.xlsx", 6, 3, {(0, 0): "test", (0, 2): 1}),
        ("poi__InlineStrings.xlsx", 7, 4, {(1, 0): 12, (1, 1): "A", (1, 2): "1st Inline String", (1, 3): 12}),
        ("poi__noSharedStringTable.xlsx", 1, 2, {(0, 0): date(2006, 4, 12), (0, 1): 123}),
        ("poi__chinese-provinces.xls", 4, 2, {(1, 1): "安徽省", (2, 1): "北京市", (3, 1): "重庆市"}),
        ("poi__testEXCEL_5.xls", 22, 5, {(3, 1): "Number"}),
        ("poi__testEXCEL_4.xls", 163, 12, {}),
    ],
)
def test_first_sheet(name: str, height: int, width: int, facts: dict[tuple[int, int], object]) -> None:
    sheet = read(name)[0]
    assert (sheet.first_row, len(sheet.rows), len(sheet.rows[0])) == (1, height, width)
    found = {place: sheet.rows[place[0]][place[1]] for place in facts}
    assert found == facts
    assert {place: type(value) for place, value in found.items()} == {k: type(v) for k, v in facts.items()}


@shared_files
def test_merges_lie_within_the_rows() -> None:
    assert read("calamine__merge_cells.xls")[0].merges == ((0, 0, 0, 1), (1, 1, 1, 2))
    merges = read("calamine__merged_range.xlsx")[0].merges
    assert len(merges) == 9 and (0, 2, 1, 3) in merges


@shared_files
def test_error_cells_are_told() -> None:
    column = [row[0] for row in read("calamine__errors.xlsx")[0].rows]
    texts = ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]
    assert column == [CellError(text) for text in texts]


@shared_files
def test_hidden_sheets_are_marked() -> None:
    assert [(s.name, s.hidden) for s in read("poi__TwoSheetsOneHidden.xlsx")] == [("Sheet1", True), ("Sheet2", False)]


@shared_files
def test_blanks_stay() -> None:
    inline, shared = read("calamine__whitespace_trim.xlsx")
    assert inline.rows[0][0] == shared.rows[0][0] == "trimmed value"
    assert shared.rows[0][1] == "  preserved value  "


@shared_files
@pytest.mark.parametrize(
    ("name", "password", "rows"),
    [
        ("calamine__pass_protected.xlsx", "123", []),
        ("poi__xor-encryption-abc.xls", "abc", [[1], [2], [3]]),
    ],
)
def test_locked(name: str, password: str, rows: list[list[object]]) -> None:
    assert code_of(SHARED / name) == "workbook.locked"
    assert code_of(SHARED / name, "nonsense") == "workbook.wrong_password"
    assert code_of(SHARED / name, "a password that is far longer than fifteen") == "workbook.wrong_password"
    assert read(name, password)[0].rows == rows


@shared_files
def test_locked_by_a_stream_cipher() -> None:
    assert code_of(SHARED / "poi__password.xls") == "workbook.locked"
    filled = [row for row in read("poi__password.xls", "password")[0].rows if any(row)]
    assert len(filled) == 1


@shared_files
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("calamine__too_small.xls", "workbook.unknown"),
        ("calamine__issue_594_dos.ods", "workbook.area_too_large"),
        ("poi__poc-xmlbomb.xlsx", "workbook.unsafe"),
        ("poi__xlsx-corrupted.xlsx", "workbook.unsafe"),
        ("poi__poc-shared-strings.xlsx", "workbook.too_large"),
    ],
)
def test_refused(name: str, code: str) -> None:
    assert code_of(SHARED / name) == code


def test_values_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        tab = book.add_worksheet("甲")
        tab.write_row(2, 1, ["张　三", " x ", 13800138000, 1.5, True, 530115199001020000])
        tab.write_datetime(3, 1, datetime(1985, 3, 17), book.add_format({"num_format": "yyyy-mm-dd"}))
        tab.write_datetime(3, 2, datetime(1985, 3, 17, 8, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        tab.write_number(3, 3, 0.5, book.add_format({"num_format": "hh:mm"}))
        tab.write_number(3, 4, 1.5, book.add_format({"num_format": "[h]:mm"}))
        book.add_worksheet("乙").very_hidden()
    first, second = read_workbook(path)
    assert first.rows[:2] == [[None] * 7] * 2
    assert first.rows[2] == [None, "张　三", " x ", 13800138000, 1.5, True, 530115199001020000.0]
    assert [type(cell) for cell in first.rows[2][3:]] == [int, float, bool, float]
    assert first.rows[3][1:5] == [date(1985, 3, 17), datetime(1985, 3, 17, 8, 30), time(12), 1.5]
    assert (second.rows, second.hidden) == ([], True)


def test_errors_far_from_the_first_cell(tmp_path: Path) -> None:
    cells = '<row r="3"><c r="C3"><v>1</v></c><c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    cells += '<row r="9"><c r="AZ9" t=\'e\'><v>#N/A</v></c></row>'
    rows = read_workbook(with_cells(tmp_path / "a.xlsx", cells))[0].rows
    assert (rows[2][2:4], rows[8][51]) == ([1, CellError("#DIV/0!")], CellError("#N/A"))


@pytest.mark.parametrize(
    "cells",
    [
        '<row><c t="n"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
        '<row r="1"><c  s="0" r = "A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>',
        '<z:row xmlns:z="z" r="1"><z:c r="A1"><z:v>1</z:v></z:c><z:c r="B1" t="e"><z:v>#N/A</z:v></z:c></z:row>',
    ],
)
def test_unusual_spelling_of_cells(tmp_path: Path, cells: str) -> None:
    assert read_workbook(with_cells(tmp_path / "a.xlsx", cells))[0].rows == [[1, CellError("#N/A")]]


def test_line_ends_and_nul(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="inlineStr"><is><t>A_x000D_\nB_x0000_</t></is></c></row>'
    )
    assert read_workbook(path)[0].rows == [["A\nB"]]


def test_binary_workbook(tmp_path: Path) -> None:
    number = b"\0\0\0\0\0\0\xf8\x3f"
    cells = [(1, 1, 7, b"\0\0\0\0"), (1, 2, 3, b"\x07"), (4, 1, 5, number), (5, 3, 11, b"\x2a\0\0")]
    (sheet,) = read_workbook(xlsb(tmp_path / "a.xls", cells, ["张三"]))
    assert sheet.name == "名册"
    assert sheet.rows[1] == [None, "张三", CellError("#DIV/0!"), None]
    assert (sheet.rows[4][1], sheet.rows[5][3]) == (1.5, CellError("#N/A"))


def test_excel_2_without_a_container(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(
        biff2(
            (0x0004, biff2_cell(0, 0, b"\x02AB")),
            (0x0005, biff2_cell(1, 1, b"\x17\x01")),
            (0x0005, biff2_cell(2, 0, b"\x01\x00")),
        )
    )
    assert read_workbook(path)[0].rows == [["AB", None], [None, CellError("#REF!")], [True, None]]


OLD: list[tuple[str, bytes]] = [
    ("Excel 97", old_workbooks.compound({"Workbook": old_workbooks.excel_97([["姓名", "学时"], ["张三", 1.5]])})),
    ("Excel 5", old_workbooks.compound({"Book": old_workbooks.excel_5([["姓名", "学时"], ["张三", 1.5]])})),
    ("tabs", "姓名\t学时\n张三\t1.5\n".encode("utf-16")),
    ("a page in one file", WEB_ARCHIVE.encode("gb18030")),
]


@pytest.mark.parametrize(("kind", "content"), OLD)
def test_what_is_named_xls(tmp_path: Path, kind: str, content: bytes) -> None:
    path = tmp_path / f"{kind}.xls"
    path.write_bytes(content)
    rows = read_workbook(path)[0].rows
    assert [[str(cell) for cell in row] for row in rows] == [["姓名", "学时"], ["张三", "1.5"]]


@pytest.mark.parametrize("version", [3, 4])
def test_excel_3_and_4(tmp_path: Path, version: int) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbooks.excel_3_or_4(version, [["Name", "Id"], ["Zhang", "1"]]))
    assert read_workbook(path)[0].rows == [["Name", "Id"], ["Zhang", "1"]]


def test_structure_protected_workbook_opens_unasked(tmp_path: Path) -> None:
    plain = xlsx(tmp_path / "plain.xlsx", [["姓名"]])
    locked = BytesIO()
    locked_ooxml.OOXMLFile(BytesIO(plain.read_bytes())).encrypt("VelvetSweatshop", locked)
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked.getvalue())
    assert read_workbook(path)[0].rows == [["姓名"]]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("~$名册.xlsx", b"", "workbook.lock_file"),
        (".~名册.xlsx", b"x", "workbook.lock_file"),
        (".~lock.名册.xlsx#", b"x", "workbook.lock_file"),
        ("desktop.ini", "[.ShellClassInfo]\r\nIconResource=shell32.dll,4\r\n".encode("utf-16"), "workbook.unknown"),
        ("a.rar", b"Rar!\x1a\x07\x01\0", "workbook.packed"),
        ("a.xlsx", b"7z\xbc\xaf\x27\x1c\0\x04", "workbook.packed"),
        ("a.xlsx", b"", "workbook.empty"),
        ("a.xlsx", b"PK\x03\x04", "workbook.damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook.damaged"),
        ("a.xls", b"\x09\x08\x04\x00\x00\x05\x05\x00", "workbook.damaged"),
        ("a.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "workbook.unknown"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "workbook.unknown"),
        ("a.xls", b"a,b\x01\nc,d\x02", "workbook.unknown"),
        ("a.xls", "只是一句话。".encode(), "workbook.unknown"),
        ("a.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related; x,y", "workbook.unknown"),
        ("a.xls", b"<?xml version='1.0'?><other a=',' />", "workbook.unknown"),
        ("a.xls", b"<html><body>nothing, here</body></html>", "workbook.unknown"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert code_of(tmp_path / name) == code


def test_other_office_files(tmp_path: Path) -> None:
    path = with_part(xlsx(tmp_path / "a.xlsx", [["x"]]), "xl/workbook.xml", lambda content: content)
    path.write_bytes(path.read_bytes().replace(b"xl/workbook.xml", b"wd/document.xml"))
    assert code_of(path) == "workbook.unknown"


def test_file_that_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentRefused) as missing:
        read_workbook(tmp_path / "a.xlsx")
    assert missing.value.code == "file.missing"
    with pytest.raises(EnvironmentRefused) as folder:
        read_workbook(tmp_path)
    assert folder.value.code.startswith("file.")
    assert isinstance(folder.value.__cause__, OSError) and folder.value.__cause__.errno in (errno.EISDIR, errno.EACCES)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    class Stopped(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    (tmp_path / "a.csv").write_text("姓名,性别\n张三,男\n", encoding="utf-8")
    for path in (xlsx(tmp_path / "a.xlsx", [["x"]]), tmp_path / "a.csv"):
        with pytest.raises(Cancelled):
            read_workbook(path, control=Stopped())


def test_every_refusal_has_its_sentence() -> None:
    assert len([code for code in SENTENCES if code.startswith("workbook.")]) >= 10
