"""What an office hands on: read back by other libraries than the one that wrote it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.domain.sheets import Sheet, SheetColumn, line_count, spans, text_width
from socialwork_app.excel.sheets import MAX_ROWS, MAX_TEXT, cleaned, worksheet_name
from socialwork_app.excel.writing import at_most, write_roster
from socialwork_app.foundation.errors import DomainError, EnvironmentRefused
from socialwork_app.foundation.jobs import Cancelled, Control

COLUMNS = (
    SheetColumn("序号", 6, "center"),
    SheetColumn("姓名", 10, "center"),
    SheetColumn("身份证号", 20),
    SheetColumn("工作单位", 20),
    SheetColumn("学时", 8),
)
SHEET = Sheet("持证社会工作者名册", COLUMNS, "填报单位：晋宁区民政局", "截至日期：2026-03-31")
ROWS: list[tuple[Value, ...]] = [
    (1, "张三", "530115198503179987", "=1+1", 90),
    (2, "买买提·阿卜", "00012345678901234X", "http://例.cn/@", 0),
    (3, "", None, "昆明市晋宁区昆阳街道永乐社区社会工作服务站", -5),
]


def written(folder: Path, sheet: Sheet = SHEET, rows: Sequence[Sequence[Value]] = ROWS) -> Worksheet:
    target = folder / "名册.xlsx"
    assert write_roster(sheet, rows, target) == len(rows)
    return openpyxl.load_workbook(target).worksheets[0]


def column_sheet(*widths: float, **more: object) -> Sheet:
    columns = tuple(SheetColumn(f"列{number}", width) for number, width in enumerate(widths))
    return Sheet("名册", columns, "填报单位：甲", "截至日期：乙", **more)  # type: ignore[arg-type]


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    written(tmp_path)
    read = CalamineWorkbook.from_path(tmp_path / "名册.xlsx").get_sheet_by_index(0).to_python()
    assert read[0][0] == SHEET.title
    assert read[1][0] == SHEET.left_line
    assert SHEET.right_line in read[1]
    assert read[2] == [column.label for column in COLUMNS]
    assert read[3:6] == [["" if value is None else value for value in row] for row in ROWS]
    assert [cell for cell in read[6] if cell] == ["制表：", "审核：", "负责人："]


def test_text_is_text_and_numbers_are_numbers(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    formula_like, number, id_number = sheet["D4"], sheet["E4"], sheet["C4"]
    assert formula_like.data_type != "f"
    assert formula_like.value == "=1+1"
    assert (id_number.value, id_number.number_format) == ("530115198503179987", "@")
    assert (number.value, number.number_format, number.alignment.horizontal) == (90, "0", "right")
    assert sheet["A4"].alignment.horizontal == "center"
    assert sheet["D5"].hyperlink is None


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        (999_999_999_999_999, 999_999_999_999_999),
        (10**17 + 1, "100000000000000001"),
        (-(10**15), str(-(10**15))),
    ],
)
def test_numbers_that_excel_would_cut_stay_whole_as_text(tmp_path: Path, number: int, stored: Value) -> None:
    assert written(tmp_path, column_sheet(20), [(number,)])["A4"].value == stored


def test_page_is_ready_to_print(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    footer = sheet.oddFooter
    assert footer and footer.center and footer.center.text == "第 &P 页 共 &N 页"
    assert sheet.auto_filter.ref is None
    assert "A1:E1" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A1"].font.b and sheet["A1"].alignment.horizontal == "center"
    upright = written(tmp_path, column_sheet(10, landscape=False), [("甲",)])
    assert upright.page_setup.orientation != "landscape"


def test_every_cell_of_the_table_has_its_borders(tmp_path: Path) -> None:
    for row in written(tmp_path)["A3:E6"]:
        for cell in row:
            border = cell.border
            assert {border.left.style, border.right.style, border.top.style, border.bottom.style} == {"thin"}


def test_row_is_as_high_as_its_lines(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    one, three = (sheet.row_dimensions[row].height for row in (4, 6))
    assert one and three
    assert three == one + 2 * 15


def test_note_stands_between_table_and_signature(tmp_path: Path) -> None:
    sheet = written(
        tmp_path, column_sheet(10, 10, 10, note="注：已遮盖。", signature=("制表：",)), [("甲", "乙", "丙")]
    )
    assert (sheet["A5"].value, sheet["A6"].value) == ("注：已遮盖。", "制表：")
    assert "A5:C5" in {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize("widths", [(10,), (10, 10), (5, 30, 5), tuple([8] * 26), tuple([80] * 4)])
def test_head_and_foot_stand_in_any_number_of_columns(tmp_path: Path, widths: tuple[float, ...]) -> None:
    sheet = written(tmp_path, column_sheet(*widths), [["值"] * len(widths)] * 2)
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    whole = "".join(texts)
    for text in ("填报单位：甲", "截至日期：乙", "制表：", "审核：", "负责人："):
        assert whole.count(text) == 1
    assert sheet.max_column == len(widths)


def test_no_rows_still_make_a_sheet(tmp_path: Path) -> None:
    assert written(tmp_path, rows=[])["A4"].value == "制表："


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("甲\x00乙\x0b丙\x1f", "甲乙丙"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("\ud800半\ufffe", "半"),
        ("<r>粗</r>", "<r>粗</r>"),
        ("<r><t>" + "长" * 40 + "</t></r>", "<r><t>" + "长" * 40 + "</t></r>"),
        ("_x0041_", "_x0041_"),
        (" 前后 ", " 前后 "),
        ("a&b<c>\"'", "a&b<c>\"'"),
        ("𠮷" * 5, "𠮷" * 5),
        ("{=1}", "{=1}"),
    ],
)
def test_awkward_texts(tmp_path: Path, text: str, stored: str) -> None:
    written(tmp_path, column_sheet(40), [(text,), (f"{text}。",)])
    read = CalamineWorkbook.from_path(tmp_path / "名册.xlsx").get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[3:5]] == [stored, f"{stored}。"]


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was_cleaned(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    target = tmp_path_factory.mktemp("any") / "a.xlsx"
    write_roster(column_sheet(12, 12), [(text, "止")], target)
    read = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert read[3] == [cleaned(text, 4, "列0"), "止"]


def test_text_of_the_greatest_length_is_whole_and_a_longer_one_is_refused(tmp_path: Path) -> None:
    assert len(written(tmp_path, column_sheet(10), [("长" * MAX_TEXT,)])["A4"].value) == MAX_TEXT
    with pytest.raises(DomainError) as caught:
        write_roster(column_sheet(10), [("短",), ("𠮷" * (MAX_TEXT // 2 + 1),)], tmp_path / "名册.xlsx")
    assert sentence_of(caught.value).startswith("第 5 行“列0”超过 32767 个字符")


def test_more_rows_than_a_worksheet_holds_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    def never() -> Iterator[tuple[Value, ...]]:
        raise AssertionError
        yield ()

    with pytest.raises(DomainError) as caught:
        write_roster(SHEET, never(), tmp_path / "a.xlsx", total=MAX_ROWS)
    assert "1048571" in sentence_of(caught.value)
    assert not list(tmp_path.iterdir())


def test_rows_are_counted_where_their_number_was_not_known() -> None:
    rows = [(1,), (2,), (3,)]
    assert list(at_most(3, rows)) == rows
    with pytest.raises(DomainError, match=r"sheet\.too_many_rows"):
        list(at_most(2, rows))


def test_row_with_too_few_values_is_a_bug_that_shows(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="longer"):
        write_roster(SHEET, [("甲",)], tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


class _Stopping(Control):
    """Asked to stop when so many rows are done."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.steps: list[tuple[int, int | None]] = []

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self.steps.append((done, total))
        if done >= self.after:
            raise Cancelled


def test_progress_is_told(tmp_path: Path) -> None:
    control = _Stopping(10_000)
    write_roster(column_sheet(6), [(1,)] * 1_001, tmp_path / "a.xlsx", control, 1_001)
    assert control.steps == [(0, 1_001), (500, 1_001), (1_000, 1_001)]


@pytest.mark.parametrize("failure", ["cancelled", "refused", "broken"])
def test_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path, failure: str) -> None:
    target = tmp_path / "名册.xlsx"
    target.write_bytes(b"old")
    rows: list[tuple[Value, ...]] = [("甲",)] * 2_000
    wrong: dict[str, tuple[type[Exception], tuple[Value, ...]]] = {
        "cancelled": (Cancelled, ("甲",)),
        "refused": (DomainError, ("长" * (MAX_TEXT + 1),)),
        "broken": (ValueError, ()),
    }
    expected, last = wrong[failure]
    with pytest.raises(expected):
        write_roster(column_sheet(8), [*rows, last], target, _Stopping(1_500 if failure == "cancelled" else 10_000))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_environment_that_refuses_is_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "taken.xlsx"
    folder.mkdir()
    with pytest.raises(EnvironmentRefused):
        write_roster(SHEET, ROWS, folder)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentRefused):
        write_roster(SHEET, ROWS, tmp_path / "file" / "a.xlsx")
    assert {path.name for path in tmp_path.iterdir()} == {"taken.xlsx", "file"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # XlsxWriter drops its zip file open
def test_disk_that_takes_no_more_is_told_apart(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="no such limits on Windows")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, hard))
    try:
        for count in (20, 5_000):  # refused when the file is packed; when the rows are written
            with pytest.raises(EnvironmentRefused, match=r"file\.failed"):
                write_roster(SHEET, ROWS[:1] * count, tmp_path / "a.xlsx")
            assert not list(tmp_path.iterdir())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("名册", "名册"),
        ("2026/03 [甲]:*?\\", "202603 甲"),
        ("'引'", "引"),
        ("", "名册"),
        ("History", "名册"),
        ("长" * 40, "长" * 31),
        ("𠮷" * 20, "𠮷" * 15),
    ],
)
def test_tab_names(tmp_path: Path, title: str, name: str) -> None:
    assert worksheet_name(title) == name
    sheet = Sheet(title, COLUMNS, "", "")
    assert written(tmp_path, sheet).title == name


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("张三", 4), ("1 张", 4), ("𠮷", 2)])
def test_text_width(text: str, width: int) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 4, 1), ("张三", 4, 1), ("张三丰", 4, 2), ("甲\n乙", 8, 2), ("\n", 8, 2), ("123", 2, 2)],
)
def test_line_count(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines


@given(st.lists(st.floats(1, 60), min_size=1, max_size=30), st.data())
def test_spans_part_all_columns_without_gap(widths: list[float], data: st.DataObject) -> None:
    shares = data.draw(st.lists(st.floats(1, 50), min_size=1, max_size=len(widths)))
    groups = spans(widths, shares)
    assert len(groups) == len(shares)
    assert [column for first, last in groups for column in range(first, last + 1)] == list(range(len(widths)))


def test_spans_follow_the_shares() -> None:
    assert spans([10.0] * 10, [1, 1]) == [(0, 4), (5, 9)]
    assert spans([10.0] * 10, [3, 1, 1]) == [(0, 5), (6, 7), (8, 9)]
    assert spans([10.0] * 3, [16, 14]) == [(0, 1), (2, 2)]
