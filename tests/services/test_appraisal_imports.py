"""Appraisals from workbooks: the sheets of two appraisers, results of past years, and what is wrong with a cell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import appraisal_sheet
from socialwork_app.services.appraisal_begin import begin
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.history import History
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from tests.services.appraising import ITEMS, Scheme, make_scheme
from tests.services.people_workbook import id_number, write

Save = Callable[..., int]
ZHANG = id_number("19900307", "996")


@pytest.fixture
def scheme(opened: OpenRegister, save: Save) -> Scheme:
    made = make_scheme(opened, save)
    made.holder("张三", person={"id_number": ZHANG, "employer": "甲站"})
    made.holder("李四", person={"employer": "乙站"})
    save("people", name="李四", employer="丙站")
    made.holder("王五", person={"employer": "丁站"})
    return made


@pytest.fixture
def begun(scheme: Scheme) -> Scheme:
    begin(scheme.opened, scheme.id, 2026)
    return scheme


@pytest.fixture
def take(opened: OpenRegister, tmp_path: Path) -> Callable[..., ImportResult]:
    def taken(
        headers: tuple[str, ...], *rows: list[object], mode: str = "fill", partial: bool = False, **told: str
    ) -> ImportResult:
        imports = Imports(opened)
        reading = imports.read(write(tmp_path / "表.xlsx", list(rows), headers), "appraisals")
        return imports.apply(imports.check(imports.with_told(reading, told), mode), partial=partial)

    return taken


def scores(scheme: Scheme, name: str, year: int = 2026) -> dict[tuple[str, str], float]:
    (one,) = [one for one in Appraisals(scheme.opened).of_year(scheme.id, year) if one.name == name]
    return {(score.appraiser, score.item): score.points for score in one.scores}


def said(done: ImportResult) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in done.problems]


SHEET = (
    "序号",
    "姓名",
    "工作单位",
    "职业道德（20分）",
    "专业能力\n(满分20)",
    "工作实绩",
    "示范带动",
    "继续教育",
    "总分",
)


def test_the_sheets_of_two_appraisers_come_together(begun: Scheme, take: Callable[..., ImportResult]):
    first = take(SHEET, [1, "张三", "甲站", 18, "17分", "36", 9, 10, 90], [2, "李 四", "乙站", 12, 12, 30, 6, None, 60],
                 appraiser="评委甲")  # fmt: skip
    second = take(SHEET, ["一", "张三", "", 16, 15, 30, 8, 9, 78], ["二", "王五", "丁站", "缺考", None, None, None, None, None],
                  appraiser="评委乙")  # fmt: skip
    assert (first.updated, second.updated, said(first), said(second)) == (2, 2, [], [])
    assert scores(begun, "张三")["评委甲", "专业能力"] == 17 and scores(begun, "张三")["评委乙", "工作实绩"] == 30
    assert ("评委甲", "继续教育") not in scores(begun, "李四")
    by_name = {one.name: one for one in Appraisals(begun.opened).of_year(begun.id, 2026)}
    assert (by_name["张三"].total, by_name["张三"].appraised_by) == (84, 2)
    assert (by_name["王五"].grade, by_name["王五"].total) == ("未参加考核", None)
    History(begun.opened).undo(second.batch or 0)
    assert len(scores(begun, "张三")) == len(ITEMS)


def test_the_same_appraisers_later_sheet_is_the_last_word(begun: Scheme, take: Callable[..., ImportResult]):
    headers = ("姓名", "评分人", "工作实绩", "示范带动")
    take(headers, ["张三", "评委甲", 30, None])
    again = take(headers, ["张三", "评委甲", 34, 8])
    assert again.updated == 1 and scores(begun, "张三") == {("评委甲", "工作实绩"): 34, ("评委甲", "示范带动"): 8}
    assert take(headers, ["张三", "评委甲", 34, 8]).unchanged == 1
    assert take(headers, ["张三", "评委甲", 20, 8], mode="skip").skipped == 1


def test_without_an_appraiser_it_is_said_and_what_stands_is_kept(begun: Scheme, take: Callable[..., ImportResult]):
    assert said(take(("姓名", "工作实绩"), ["张三", 30])) == [(0, "", "appraisal.nameless")]
    kept = take(("姓名", "工作实绩"), ["张三", 35])
    assert (4, "工作实绩", "import.kept") in said(kept)
    assert scores(begun, "张三") == {("", "工作实绩"): 30}


def test_what_is_wrong_is_told_by_row_and_header(begun: Scheme, take: Callable[..., ImportResult]):
    done = take(("姓名", "职业道德(20分)", "工作实绩"), ["张三", 25, 30], ["李四", "好", 30], ["王五", 15, 41.5], ["赵六", 1, 1],
                appraiser="评委甲")  # fmt: skip
    rows = sorted({row for row, _, _ in said(done)})
    assert [(column, code) for _, column, code in said(done)] == [
        ("职业道德(20分)", "appraisal.over_maximum"), ("职业道德(20分)", "appraisal.no_points"),
        ("工作实绩", "appraisal.over_maximum"), ("姓名", "person.not_found"),
    ]  # fmt: skip
    assert rows == list(range(rows[0], rows[0] + 4)) and done.batch is None and scores(begun, "张三") == {}


def test_a_sum_that_differs_and_a_row_that_comes_twice(begun: Scheme, take: Callable[..., ImportResult]):
    done = take(("姓名", "职业道德", "工作实绩", "总分"), ["张三", 18, 30, 50], appraiser="评委甲")
    assert [code for _, _, code in said(done)] == ["appraisal.sum_differs"]
    twice = take(("姓名", "职业道德"), ["李四", 18], ["李四", 16], appraiser="评委甲", partial=True)
    assert [code for _, _, code in said(twice)] == ["appraisal.row_twice"]
    assert scores(begun, "李四") == {("评委甲", "职业道德"): 18}


def test_results_of_past_years_make_appraisals(scheme: Scheme, take: Callable[..., ImportResult]):
    headers = ("姓名", "身份证号", "工作单位", "人才项目", "考核年度", "考核得分", "考核等次")
    done = take(headers, ["张三", ZHANG, "旧站", "优秀人才", 2024, 92, "优秀"], ["张三", ZHANG, "甲站", "优秀人才", 2025, 61.5, "基本称职"],
                ["李四", None, "乙站", "优秀人才", 2025, None, "未参加"], ["王五", None, "丁站", "优秀人才", 2025, 101, None],
                ["王五", None, "丁站", "优秀人才", 2024, None, None], partial=True)  # fmt: skip
    assert (done.created, done.rejected, done.skipped) == (3, 1, 1)
    assert [code for _, _, code in said(done)] == ["appraisal.over_full_mark", "appraisal.nothing_given"]
    found = {
        (one.name, year): one for year in (2024, 2025) for one in Appraisals(scheme.opened).of_year(scheme.id, year)
    }
    assert {key: (one.total, one.grade) for key, one in found.items()} == {
        ("张三", 2024): (92, "优秀"), ("张三", 2025): (61.5, "基本称职"), ("李四", 2025): (None, "未参加考核")}  # fmt: skip
    assert found["张三", 2024].version and found["张三", 2024].unit == "旧站"


def test_year_and_scheme_have_to_be_told_somehow(scheme: Scheme, take: Callable[..., ImportResult]):
    headers = ("姓名", "工作单位", "等次")
    assert [code for _, _, code in said(take(headers, ["张三", "甲站", "合格"]))] == [
        "field.required",
        "field.required",
    ]
    assert take(headers, ["张三", "甲站", "合格"], scheme="优秀人才", year="2026").created == 1
    done = take(headers, ["无称号", "外站", "合格"], scheme=str(scheme.id), year="2026")
    assert [code for _, _, code in said(done)] == ["person.not_found"]
    scheme.save("people", name="无称号", employer="外站")
    done = take(headers, ["无称号", "外站", "合格"], scheme=str(scheme.id), year="2026")
    assert ([code for _, _, code in said(done)], done.created) == (["appraisal.no_holding"], 1)


def test_a_year_that_is_told_and_is_none_is_refused(scheme: Scheme, take: Callable[..., ImportResult]):
    with pytest.raises(DomainError, match=r"integer\.unknown"):
        take(("姓名", "考核得分"), ["张三", 91], year="去年")


def test_the_sheet_of_an_appraiser_comes_back(begun: Scheme, opened: OpenRegister, tmp_path: Path):
    target = tmp_path / "评分表.xlsx"
    assert appraisal_sheet.write(opened, begun.id, 2026, "评委丙", target) == 3
    workbook = load_workbook(target)
    sheet = workbook.worksheets[0]
    headers = [cell.value for cell in sheet[3]]
    assert sheet["A1"].value == "2026年度优秀人才考核评分表" and headers[6:] == [
        *(f"{item}\n({top}分)" for item, top in ITEMS.items()),
        "合计得分",
    ]
    for column, value in enumerate((18, 17, 36, 9, None, 80), start=7):
        sheet.cell(4, column, value)
    sheet.cell(5, 7, "未参加")
    workbook.save(target)
    imports = Imports(opened)
    done = imports.apply(imports.check(imports.read(target, "appraisals")))
    assert ([code for _, _, code in said(done)], done.updated, done.skipped) == (["appraisal.nothing_given"], 2, 1)
    first, second, third = (str(sheet.cell(row, 2).value) for row in (4, 5, 6))
    assert scores(begun, first)["评委丙", "工作实绩"] == 36 and len(scores(begun, first)) == 4
    grades = {one.name: one.grade for one in Appraisals(opened).of_year(begun.id, 2026)}
    assert grades == {first: None, second: "未参加考核", third: None}


OPINIONS = (
    "姓名",
    "工作单位",
    "人才项目",
    "年度",
    "考核等次",
    "单位意见",
    "乡镇(街道)意见",
    "民政局意见",
    "异议及处理",
)
KEPT = ("grade", "unit_opinion", "township_opinion", "bureau_opinion", "objection")


def opinions(scheme: Scheme, name: str) -> list[object]:
    (one,) = [one for one in Appraisals(scheme.opened).of_year(scheme.id, 2026) if one.name == name]
    return [one.values[key] for key in KEPT]


def test_opinions_and_an_objection_come_in_beside_the_grade_and_go_back(
    begun: Scheme, take: Callable[..., ImportResult]
):
    li = ["李四", "乙站", "优秀人才", 2026, "合格", "同意", "同意单位意见", "", "本人对得分有异议，复核后维持"]
    done = take(OPINIONS, li, ["王五", "丁站", "优秀人才", 2026, "优秀", "同意推荐", "", "同意", ""])
    assert opinions(begun, "李四") == ["合格", "同意", "同意单位意见", None, "本人对得分有异议，复核后维持"]
    assert opinions(begun, "王五") == ["优秀", "同意推荐", None, "同意", None]
    take(OPINIONS, [*li[:4], "基本合格", "不同意", *li[6:]])
    assert opinions(begun, "李四")[:2] == ["合格", "同意"]  # what stands is not written over unasked
    take(OPINIONS, [*li[:4], "基本合格", *li[5:]], mode="update")
    assert opinions(begun, "李四")[:2] == ["基本合格", "同意"]
    assert done.batch is not None
    kept = History(begun.opened).undo(done.batch).kept
    assert opinions(begun, "王五") == [None] * 5
    assert opinions(begun, "李四") == ["基本合格", None, None, None, None] and len(kept) == 1
