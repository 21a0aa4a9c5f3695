"""Which rows of a sheet are people, under which headers."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.excel.cells import Cell, CellError, Merge
from socialwork_app.excel.reading import read_workbook
from socialwork_app.excel.tables import LeftOut, Table, find_table
from tests.excel.workbooks import HEADERS, LI, ZHANG, known, sheet, xlsx

Rows = list[list[Cell]]
WIDTH = len(HEADERS)
HEAD: list[Cell] = list(HEADERS)


def line(*cells: Cell) -> list[Cell]:
    return [*cells, *[None] * (WIDTH - len(cells))]


def table(rows: Rows, *merges: Merge) -> Table:
    found = find_table(sheet(rows, *merges), known)
    assert found is not None
    return found


def numbers(found: Table) -> list[int]:
    return [row.number for row in found.rows]


def headers(found: Table) -> list[str]:
    return [column.header for column in found.columns]


@pytest.mark.parametrize(
    ("above", "merges"),
    [
        ([], []),
        ([line("晋宁区社会工作人才名册")], [(0, 0, 0, 4)]),
        (
            [line("晋宁区名册"), line(), line("填报单位：民政局", None, None, "2024年3月1日")],
            [(0, 0, 0, 3), (2, 0, 2, 1)],
        ),
        ([line("名册"), line("填报单位（盖章）", None, "填表日期：")], [(0, 0, 0, 4), (1, 0, 1, 1), (1, 2, 1, 4)]),
        ([line("联系人：张三", None, "手机号")], []),
        ([line(None, "姓名"), line("说明", "性别、民族要填")], []),
        ([line()] * 40, []),
    ],
)
def test_what_stands_above_the_header(above: Rows, merges: list[Merge]) -> None:
    found = table([*above, HEAD, ZHANG, LI], *merges)
    assert (found.header_row, headers(found)) == (len(above) + 1, HEADERS)
    assert numbers(found) == [len(above) + 2, len(above) + 3]
    assert [row.cells for row in found.rows] == [ZHANG, LI]
    assert found.left_out == ()


def test_no_header() -> None:
    assert find_table(sheet([["甲", "乙"], ["丙", 1]]), known) is None
    assert find_table(sheet([]), known) is None
    assert find_table(sheet([[None]] * 60 + [["姓名"]]), known) is None


GROUPED: Rows = [
    ["序号", "姓名", "学历学位", None, None, None, "备注"],
    [None, None, "全日制教育", None, "在职教育", None, None],
    [None, None, "学历", "毕业院校及专业", "学历", "毕业院校及专业", None],
]
GROUPED_MERGES: list[Merge] = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (0, 6, 2, 6), (1, 2, 1, 3), (1, 4, 1, 5)]
PERSON: list[Cell] = [1, "张三", "本科", "云南大学", None, None, None]


def test_header_of_three_rows() -> None:
    title: list[Cell] = ["名册", None, None, None, None, None, None]
    below: list[Merge] = [(t + 1, left, b + 1, r) for t, left, b, r in GROUPED_MERGES]
    found = table([title, *GROUPED, PERSON], (0, 0, 0, 6), *below)
    assert (found.header_row, numbers(found)) == (4, [5])
    assert headers(found) == [
        "序号",
        "姓名",
        "学历学位/全日制教育/学历",
        "学历学位/全日制教育/毕业院校及专业",
        "学历学位/在职教育/学历",
        "学历学位/在职教育/毕业院校及专业",
        "备注",
    ]
    assert found.columns[3].parts == ("学历学位", "全日制教育", "毕业院校及专业")


@pytest.mark.parametrize(
    ("rows", "merges", "expected"),
    [
        # the lower texts name no field: the merge at the left holds the rows together
        (
            [["姓名", "性别", "证书", None], [None, None, "名称", "年份"], ["张三", "男", "甲", "乙"]],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
            ["姓名", "性别", "证书/名称", "证书/年份"],
        ),
        # no merges at all, as CSV has it
        (
            [["姓名", "性别", "全日制", None], [None, None, "学历", "毕业院校及专业"], ["张三", "男", "甲", "乙"]],
            [],
            ["姓名", "性别", "全日制/学历", "全日制/毕业院校及专业"],
        ),
        # groups above plain headers
        (
            [["基本情况", None, "其他", None], ["姓名", "性别", "学历", "备注"], ["张三", "男", "甲", "乙"]],
            [(0, 0, 0, 1), (0, 2, 0, 3)],
            ["基本情况/姓名", "基本情况/性别", "其他/学历", "其他/备注"],
        ),
    ],
)
def test_headers_of_two_rows(rows: Rows, merges: list[Merge], expected: list[str]) -> None:
    found = table(rows, *merges)
    assert headers(found) == expected
    assert (found.header_row, [row.cells for row in found.rows]) == (2, [rows[2]])


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        # a name alone, under a header that is merged sideways or has a column without a header at its right
        ([["姓名", None, "性别"], ["张三", None, None]], [(0, 0, 0, 1)]),
        ([["姓名", None, "性别"], ["张三", None, None], ["李四", None, "女"]], []),
        ([["姓名", "", "性别"], ["张三", "组长", None]], []),
        # a remark beside the table that reaches down from the header
        ([["姓名", "性别", "备注"], ["张三", "男", None], ["李四", "女", None]], [(0, 2, 1, 2)]),
    ],
)
def test_the_first_person_is_no_header(rows: Rows, merges: list[Merge]) -> None:
    found = table(rows, *merges)
    assert (found.header_row, len(found.rows)) == (1, len(rows) - 1)


def test_a_remark_beside_the_table_is_no_part_of_it() -> None:
    rows: Rows = [["名册", None, "填全称"], ["姓名", "性别", None], ["张三", "男", None], ["李四", "女", None]]
    found = table(rows, (0, 2, 3, 2))
    assert headers(found)[:2] == ["姓名", "性别"]
    assert [row.cells for row in found.rows] == rows[2:]


def test_a_header_merged_sideways_counts_once() -> None:
    found = table([["姓名", None, "性别"], ["张三", None, "男"]], (0, 0, 0, 1), (1, 0, 1, 1))
    assert [(column.index, column.header) for column in found.columns] == [(0, "姓名"), (2, "性别")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (line("合计", None, None, 25), "total"),
        (line("合　计", "25人"), "total"),
        (line("小计：2人"), "total"),
        (line(None, "总计", 2), "total"),
        (line("备注：身份证号请核对"), "note"),
        (line("注：1.请勿改动表头"), "note"),
        (line("填表说明：一律填全称"), "note"),
        (line("制表人：张三", None, "审核人：李四", "日期：2024年"), "note"),
        (line("单位负责人（签字）：", None, None, "填报日期："), "note"),
        (line("填报人:", "王五", "联系电话：", "0871"), "note"),
        (HEAD, "repeated_header"),
        ([" 序 号", "姓  名", "性别", "身份证号", "手机号"], "repeated_header"),
        (line("晋宁区名册"), "title"),
        (line(3), "blank"),
        (line("4"), "blank"),
        (line(CellError("#REF!")), "blank"),
    ],
)
def test_rows_that_are_nobody(row: list[Cell], reason: str) -> None:
    found = table([line("晋宁区名册"), HEAD, ZHANG, row, line(), LI])
    assert found.left_out == (LeftOut(4, reason),)
    assert numbers(found) == [3, 6]


@pytest.mark.parametrize(
    "row",
    [
        line("合计", "张三"),
        line(None, "合计", "男", "530115199001019992"),
        line(None, "合计划", "男"),
        line("小计", None, None, "530115199001019992"),
        line(None, "注册", "男"),
        line("备注：", "张三", "男", "530115199001019992"),
        line("负责人：", None, None, "530115199001019992"),
        line("负责人", "张三"),
        line(None, "姓名", "男"),
        line(CellError("#REF!"), "张三"),
        line(None, None, None, 5.30115e17),
        line("（以下空白）"),
    ],
)
def test_what_may_be_a_person_stays(row: list[Cell]) -> None:
    found = table([line("晋宁区名册"), HEAD, row])
    assert (numbers(found), found.left_out) == ([3], ())


def test_merged_values_stand_in_each_row() -> None:
    rows: Rows = [
        ["街道", "姓名", "备注"],
        ["昆阳", "张三", None],
        [None, "李四", None],
        [None, None, None],
        ["晋城", "王五", "x"],
    ]
    raw = sheet(rows, (1, 0, 3, 0), (4, 1, 4, 2))
    found = find_table(raw, known)
    assert found is not None
    assert [row.cells[:2] for row in found.rows] == [["昆阳", "张三"], ["昆阳", "李四"], ["晋城", "王五"]]
    assert raw.rows[2] == [None, "李四", None]


def test_the_row_with_the_most_headers_wins() -> None:
    found = table([line("姓名", "性别"), line("甲", "乙"), HEAD, ZHANG])
    assert (found.header_row, numbers(found)) == (3, [4])


def test_from_a_file_with_blank_formatted_rows(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        [["名册"], HEADERS, ZHANG, [" ", "　"], *[[None]] * 500, [3, "王五", "男", date(2024, 1, 1)]],
    )
    found = find_table(read_workbook(path)[0], known)
    assert found is not None
    assert (found.sheet, numbers(found)) == ("表1", [3, 505])


def test_a_blank_line_merged_across_some_columns_is_no_part_of_the_header() -> None:
    found = table([line("名册"), line(), HEAD, ZHANG], (1, 0, 1, 1))
    assert (found.header_row, numbers(found), headers(found)) == (3, [4], HEADERS)


NAMES = st.text(st.sampled_from("张王李赵合注计备三四说明审核总小"), min_size=2, max_size=4)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["530115199001019992", 530115199001019992.0])), max_size=8))
def test_everybody_with_a_name_and_a_number_is_kept(people: list[tuple[str, str | float]]) -> None:
    rows: Rows = [line(None, name, None, number) for name, number in people]
    found = table([line("名册"), HEAD, *rows, line("合计", len(people)), line("制表人：张三")])
    assert [row.cells for row in found.rows] == rows
    assert [left.reason for left in found.left_out] == ["total", "note"]
