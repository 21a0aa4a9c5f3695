"""Files that ask for more than they hold, and files that are cut off: a refusal, never a crash."""

import struct
from collections.abc import Callable
from datetime import time
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_app.excel import caps, ooxml, reading
from socialwork_app.excel.reading import read_workbook
from socialwork_app.foundation import apart
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control
from tests.excel.workbooks import (
    HEADERS,
    LI,
    ZHANG,
    biff2,
    biff2_cell,
    opendocument,
    spreadsheetml,
    with_cells,
    with_part,
    xlsb,
    xlsx,
)

SHARED = Path(__file__).parents[2].parent / "shared/data/workbooks"
NUMBER = struct.pack("<d", 1.0)


def code_of(path: Path) -> str:
    with pytest.raises(DomainError) as refused:
        read_workbook(path)
    return refused.value.code


@pytest.mark.parametrize(
    "far",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="A4294967295"><v>1</v></c>',
        '<c r="ZZZZ1"><v>1</v></c>',
        '<c s="1" r="XFD1048576"><v>1</v></c>',
        '<c\tr="XFD1048576"><v>1</v></c>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<q:c xmlns:q="q" r="XFD1048576"><v>1</v></q:c>',
        '<c r="AH1048576" t="inlineStr"><is><t>x</t></is></c>',
    ],
)
def test_a_cell_far_away_is_refused_before_room_is_made(tmp_path: Path, far: str) -> None:
    path = with_cells(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{far}</row>')
    assert code_of(path) == "workbook.area_too_large"


def test_rows_without_numbers_are_counted(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "a.xlsx", '<row r="4000000000"><c><v>1</v></c></row>')
    assert code_of(path) == "workbook.area_too_large"


def test_far_cells_without_a_value_ask_for_nothing(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert read_workbook(path)[0].rows == [[1]]


def test_far_cells_of_the_binary_kind(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", [(0, 0, 5, NUMBER), (1_048_575, 16_383, 5, NUMBER)])
    assert code_of(path) == "workbook.area_too_large"


def with_shared_texts(path: Path, texts: list[str]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_column(0, 0, texts)
    return path


def test_one_long_text_in_every_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "MAX_TEXT_BYTES", 1_000_000)
    path = tmp_path / "a.xlsx"
    assert code_of(with_shared_texts(path, ["很长的文字" * 200] * 500)) == "workbook.too_large"
    assert len(read_workbook(with_shared_texts(path, [f"{n:03}" * 100 for n in range(500)]))[0].rows) == 500
    cells = [(row, 0, 7, b"\0\0\0\0") for row in range(500)]
    binary = xlsb(tmp_path / "a.xlsb", cells, ["很长的文字" * 300]).read_bytes()
    with pytest.raises(DomainError, match=r"workbook\.too_large"):
        ooxml.read(binary, Control(), alone=True)


@pytest.mark.parametrize(
    "prolog",
    [b"<!DOCTYPE x>", b'<!-- <a> --><!DOCTYPE x [<!ENTITY e "e">]>', b'\n<!DOCTYPE x SYSTEM "file:///x">\n'],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_document_types_are_refused(tmp_path: Path, prolog: bytes, part: str) -> None:
    def change(content: bytes) -> bytes:
        declaration, end, rest = content.rpartition(b"?>")
        return declaration + end + prolog + rest

    assert code_of(with_part(xlsx(tmp_path / "a.xlsx", [["x"]]), part, change)) == "workbook.unsafe"


def test_document_types_elsewhere(tmp_path: Path) -> None:
    bomb = spreadsheetml("<Row><Cell><Data>&e;</Data></Cell></Row>")
    (tmp_path / "a.xls").write_bytes(bomb.replace(b"<Workbook", b'<!DOCTYPE x [<!ENTITY e "e">]><Workbook'))
    assert code_of(tmp_path / "a.xls") == "workbook.unsafe"
    path = opendocument(tmp_path / "a.ods", "")
    with_part(path, "content.xml", lambda content: b'<!DOCTYPE x [<!ENTITY e "e">]>' + content)
    assert code_of(path) == "workbook.unsafe"


def test_packed_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["x"]])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(20 * 2**20))
    assert code_of(path) == "workbook.too_large"
    monkeypatch.setattr(caps, "MAX_PARTS", 5)
    assert code_of(xlsx(path, [["x"]])) == "workbook.too_large"
    monkeypatch.setattr(caps, "MAX_FILE_BYTES", 100)
    assert code_of(path) == "workbook.too_large"


def test_an_archive_of_archives_is_not_unpacked(tmp_path: Path) -> None:
    """As 42.zip: each level is small, and none of them is a workbook."""
    inner = zip_of({"0.dll": bytes(2**20)})
    for _level in range(5):
        inner = zip_of({f"lib {number}.zip": inner for number in range(16)})
    path = tmp_path / "名册.xlsx"
    path.write_bytes(inner)
    assert code_of(path) == "workbook.packed"
    with_part(xlsx(path, [["x"]]), "xl/theme/theme1.xml", lambda _content: inner)
    assert read_workbook(path)[0].rows == [["x"]]


def zip_of(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_parts_that_lie_over_each_other(tmp_path: Path) -> None:
    """One packed content, pointed to from many entries: no entry by itself is unusual."""
    parts = {f"xl/media/image{number:03}.png": b"" for number in range(60)}
    path = xlsx(tmp_path / "a.xlsx", [["x"]])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/kernel.png", random_bytes(20_000))
        kernel = archive.getinfo("xl/media/kernel.png")
        for name in parts:
            archive.filelist.append(again := ZipInfo(name))
            again.CRC, again.compress_size, again.file_size = kernel.CRC, kernel.compress_size, kernel.file_size
            again.header_offset, again.compress_type = kernel.header_offset, kernel.compress_type
    assert code_of(path) == "workbook.unsafe"


def random_bytes(count: int) -> bytes:
    return Random(1).randbytes(count)


def test_a_table_of_contents_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(path, [["x"]]).read_bytes() + b"PK\x01\x02" * (2 * caps.MAX_PARTS))
    assert code_of(path) == "workbook.too_large"


def test_a_sheet_that_stands_twice(tmp_path: Path) -> None:
    """It could stand there a million times, and each time be read anew."""

    def twice(content: bytes) -> bytes:
        start, end = content.index(b"<sheet "), content.index(b"</sheets>")
        return content[:end] + content[start:end].replace(b"\xe8\xa1\xa81", b"B") + content[end:]

    assert code_of(with_part(xlsx(tmp_path / "a.xlsx", [["x"]]), "xl/workbook.xml", twice)) == "workbook.damaged"


LONG_TAG = b'<a b="' + b">" * (6 * 2**20) + b'"/>'


@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_a_tag_without_end(tmp_path: Path, kind: str) -> None:
    """Read piece by piece it would be looked through anew with every piece."""
    path = tmp_path / f"a.{kind}"
    if kind == "ods":
        with_part(opendocument(path, ""), "content.xml", lambda _content: LONG_TAG)
    elif kind == "xls":
        path.write_bytes(spreadsheetml("").replace(b"<Table>", LONG_TAG + b"<Table>"))
    else:
        cells = '<row><c t="n"><v>1</v></c></row>'
        with_part(
            with_cells(path, cells),
            "xl/worksheets/sheet1.xml",
            lambda content: content.replace(b"<row>", LONG_TAG + b"<row>"),
        )
    assert code_of(path) == "workbook.unsafe"


UNKNOWN = b'<?xml version="1.0" encoding="UTF-65536"?>'


@pytest.mark.parametrize("part", ["xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_an_encoding_that_nobody_knows(tmp_path: Path, part: str) -> None:
    def change(content: bytes) -> bytes:
        return UNKNOWN + content.rpartition(b"?>")[2].replace(b'r="A1"', b"").replace(b"x:c ", b"c ")

    assert code_of(with_part(xlsx(tmp_path / "a.xlsx", [["x"]]), part, change)) == "workbook.damaged"


def test_an_encoding_that_nobody_knows_elsewhere(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "a.ods", "")
    assert code_of(with_part(path, "content.xml", lambda content: UNKNOWN + content)) == "workbook.damaged"
    assert code_of(with_part(path, "META-INF/manifest.xml", lambda content: UNKNOWN + content)) == "workbook.damaged"


def test_blanks_told_by_their_number(tmp_path: Path) -> None:
    cell = "<table:table-cell><text:p>" + '<text:s text:c="99999999"/>' * 9 + "</text:p></table:table-cell>"
    path = opendocument(tmp_path / "a.ods", f"<table:table-row>{cell}</table:table-row>")
    assert code_of(path) == "workbook.too_large"


def test_a_length_of_time_beyond_all_days(tmp_path: Path) -> None:
    cells = "".join(f'<table:table-cell office:time-value="PT{hours}H30M00S"><text:p>x</text:p></table:table-cell>'
                    for hours in ("9" * 40, "36", "08"))  # fmt: skip
    rows = read_workbook(opendocument(tmp_path / "a.ods", f"<table:table-row>{cells}</table:table-row>"))[0].rows
    assert rows == [["PT" + "9" * 40 + "H30M00S", 36.5 / 24, time(8, 30)]]


class TestApart:
    """What can't be measured, or is large, is read in a process of its own."""

    @pytest.fixture
    def used(self, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        asked: list[object] = []
        each = apart.each
        monkeypatch.setattr(
            apart, "each", lambda work, *args, control: asked.append(args[1]) or each(work, *args, control=control)
        )
        return asked

    def test_a_far_cell(self, tmp_path: Path, used: list[object]) -> None:
        """The library takes room for the whole area."""
        cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="A200000"><v>2</v></c></row>'
        rows = read_workbook(with_cells(tmp_path / "a.xlsx", cells))[0].rows
        assert (len(rows), rows[0], rows[-1], len(used)) == (200_000, [1], [2], 1)

    def test_an_ordinary_one_is_read_here(self, tmp_path: Path, used: list[object]) -> None:
        """A list of a hundred thousand too."""
        far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="A199999"><v>2</v></c></row>'
        assert len(read_workbook(with_cells(tmp_path / "b.xlsx", far))[0].rows) == 199_999
        read_workbook(xlsx(tmp_path / "a.xlsx", [HEADERS, ZHANG]))
        read_workbook(opendocument(tmp_path / "a.ods", ""))
        assert used == []

    def test_a_large_one_comes_over_whole(
        self, tmp_path: Path, used: list[object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(caps, "SMALL_BYTES", 1000)
        monkeypatch.setattr(reading, "_ROWS_SENT", 7)
        rows = [[number, f"张三{number}"] for number in range(40)]
        read = read_workbook(xlsx(tmp_path / "a.xlsx", rows, [], [["乙"]]))
        assert ([sheet.rows for sheet in read], len(used)) == ([rows, [], [["乙"]]], 1)

    def test_one_without_end_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apart, "SECONDS", 0.2)
        path = tmp_path / "a.xls"
        path.write_bytes(b"<table><tr><td>" + b"<a b" * 400_000)
        assert code_of(path) == "workbook.beyond_limits"

    def test_a_wish_to_stop_is_heard(self, tmp_path: Path) -> None:
        class Stopped(Control):
            def step(self, done: int, total: int | None = None, what: str = "") -> None:
                raise Cancelled

        path = tmp_path / "a.xls"
        path.write_bytes(b"<table><tr><td>" + b"<a b" * 400_000)
        with pytest.raises(Cancelled):
            read_workbook(path, control=Stopped())


def test_a_part_that_is_longer_than_it_says(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [[f"行{n}"] for n in range(200)])
    with ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", size // 2)))
    assert code_of(path) == "workbook.damaged"


@pytest.mark.parametrize(
    "rows",
    [
        '<Row ss:Index="999999999"><Cell><Data>x</Data></Cell></Row>',
        '<Row><Cell ss:Index="999999999"><Data>x</Data></Cell></Row>',
        '<Row><Cell ss:MergeAcross="99999999"/><Cell><Data>x</Data></Cell></Row>',
    ],
)
def test_far_cells_of_the_xml_kind(tmp_path: Path, rows: str) -> None:
    (tmp_path / "a.xls").write_bytes(spreadsheetml(rows))
    assert code_of(tmp_path / "a.xls") == "workbook.area_too_large"


@pytest.mark.parametrize(
    "rows",
    [
        '<Row ss:Index="0"><Cell><Data>x</Data></Cell></Row>',
        '<Row><Cell ss:Index="-3"><Data>x</Data></Cell></Row>',
        '<Row><Cell ss:MergeAcross="-3"><Data>x</Data></Cell></Row>',
        '<Row ss:Span="x"><Cell><Data>x</Data></Cell></Row>',
        "<Cell><Data>x</Data></Cell>",
    ],
)
def test_places_that_no_sheet_has(tmp_path: Path, rows: str) -> None:
    (tmp_path / "a.xls").write_bytes(spreadsheetml(rows))
    assert code_of(tmp_path / "a.xls") == "workbook.damaged"


def test_repeated_cells_within_the_sheet_but_too_many(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert code_of(opendocument(tmp_path / "a.ods", rows)) == "workbook.area_too_large"


def test_locked_open_document(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "a.ods", "", manifest="<manifest:encryption-data/>".replace("manifest:", ""))
    assert code_of(path) == "workbook.locked_otherwise"


def test_overlapping_merges_are_not_trusted(tmp_path: Path) -> None:
    table = '<Cell ss:MergeAcross="9" ss:MergeDown="9"><Data>x</Data></Cell><Cell ss:Index="10"><Data>x</Data></Cell>'
    (tmp_path / "a.xls").write_bytes(spreadsheetml(f"<Row>{table}</Row>" * 10))
    assert code_of(tmp_path / "a.xls") == "workbook.damaged"


def _xlsx(folder: Path) -> bytes:
    return xlsx(folder / "made.xlsx", [HEADERS, ZHANG, LI]).read_bytes()


def _ods(folder: Path) -> bytes:
    row = "<table:table-row><table:table-cell><text:p>张三</text:p></table:table-cell></table:table-row>"
    return opendocument(folder / "made.ods", row).read_bytes()


def _xlsb(folder: Path) -> bytes:
    return xlsb(folder / "made.xlsb", [(0, 0, 7, b"\0\0\0\0"), (1, 0, 3, b"\x07")], ["张三"]).read_bytes()


def _text(content: bytes) -> Callable[[Path], bytes]:
    return lambda _folder: content


def _shared(name: str) -> Callable[[Path], bytes]:
    return lambda _folder: (SHARED / name).read_bytes()


WHOLE: list[Callable[[Path], bytes]] = [
    _xlsx,
    _ods,
    _xlsb,
    _text(biff2((0x0004, biff2_cell(0, 0, b"\x02AB")))),
    _text(spreadsheetml('<Row><Cell><Data ss:Type="String">张三</Data></Cell></Row>')),
    _text("<table><tr><td rowspan=2>张三<td>男<tr><td>李四</table>".encode()),
    _text("姓名,性别\n张三,男\n".encode("gb18030")),
]
if SHARED.is_dir():
    WHOLE += [
        _shared(name)
        for name in (
            "poi__chinese-provinces.xls",
            "poi__testEXCEL_4.xls",
            "poi__testEXCEL_5.xls",
            "poi__password.xls",
            "calamine__merged_range.xlsx",
            "calamine__pass_protected.xlsx",
        )
    ]


def read_or_refuse(path: Path) -> None:
    try:
        read_workbook(path)
    except DomainError as error:
        assert error.code.startswith("workbook.")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=st.sampled_from(WHOLE), share=st.floats(0, 1))
def test_any_beginning_of_a_workbook(tmp_path: Path, whole: Callable[[Path], bytes], share: float) -> None:
    content = whole(tmp_path)
    path = tmp_path / "cut.xls"
    path.write_bytes(content[: int(len(content) * share)])
    read_or_refuse(path)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    whole=st.sampled_from(WHOLE),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=4),
)
def test_any_workbook_with_bytes_changed(
    tmp_path: Path, whole: Callable[[Path], bytes], changes: list[tuple[float, bytes]]
) -> None:
    content = bytearray(whole(tmp_path))
    for share, change in changes:
        at = int(len(content) * share)
        content[at : at + len(change)] = change
    path = tmp_path / "changed.xls"
    path.write_bytes(content)
    read_or_refuse(path)
