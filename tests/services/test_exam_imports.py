"""Sign-ups and scores out of workbooks, as offices send them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.history import History
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.services.people_workbook import LI, ZHANG, id_number, write

WANG = id_number("19950505", "998")
Take = Callable[..., ImportResult]
Save = Callable[..., int]
ENTRY = ("姓名", "身份证号", "学历", "专业", "报考年度", "报考级别", "报考科目", "报名序号", "工作单位")


@pytest.fixture
def take(opened: OpenRegister, tmp_path: Path) -> Take:
    def taken(
        kind: str, headers: Sequence[str], *rows: Sequence[object], partial: bool = False, mode: str = "fill"
    ) -> Any:
        imports = Imports(opened)
        book = write(tmp_path / f"{kind}.xlsx", rows, headers)
        return imports.apply(imports.check(imports.read(book, kind), mode), partial=partial)

    return taken


@pytest.fixture
def entered(take: Take) -> Take:
    done = take(
        "exam-entries", ENTRY,
        ["张 三", ZHANG, "本科", "社会工作", 2024, "中级", "", "530001", "甲站"],
        ["李四", LI, "大专", "会计", 2025.0, "助理社会工作师", "综合能力、实务", 530002, "甲站"],
        ["王五", WANG, None, None, "2025", "社工师", "法规", "530003", None],
    )  # fmt: skip
    assert (done.created, done.rejected) == (3, 0), done.problems
    return take


def outcomes(opened: OpenRegister, year: int) -> dict[str, str]:
    return {one.name: one.result.outcome.value for one in ExamResults(opened).of_year(year)}


def scores(opened: OpenRegister, name: str) -> tuple[object, object, object]:
    rows = Records(opened, "exam_entries").all_rows(_everything(), ("name", "comprehensive", "policy", "practice"))
    return next((row.values["comprehensive"], row.values["policy"], row.values["practice"])
                for row in rows if row.values["name"] == name)  # fmt: skip


def _everything() -> Any:
    from socialwork_app.domain.filters import EVERYTHING

    return EVERYTHING


def codes(done: ImportResult) -> list[str]:
    return [problem.code for problem in done.problems]


@pytest.mark.usefixtures("entered")
def test_a_sign_up_makes_people_who_are_not_known_and_names_the_subjects(opened: OpenRegister):
    rows = {row.values["name"]: row.values for row in Records(opened, "exam_entries").all_rows(
        _everything(), ("name", "year", "level", "subjects", "sign_up_number", "gender", "education", "employer"))}  # fmt: skip
    assert rows["张三"]["subjects"] == "comprehensive、policy、practice"
    assert rows["李四"]["subjects"] == "comprehensive、practice"
    assert (rows["李四"]["year"], rows["李四"]["sign_up_number"], rows["李四"]["employer"]) == (2025, "530002", "甲站")
    assert (rows["张三"]["education"], rows["张三"]["gender"]) == ("大学本科", "女")
    assert rows["王五"]["subjects"] == "policy"


def test_a_second_time_changes_nothing_and_an_undo_takes_all_back(opened: OpenRegister, take: Take):
    line = ["张三", ZHANG, "本科", "社会工作", 2025, "中级", "", "530001", "甲站"]
    first, again = take("exam-entries", ENTRY, line), take("exam-entries", ENTRY, line)
    assert (first.created, again.created, again.unchanged) == (1, 0, 1)
    assert first.batch
    History(opened).undo(first.batch)
    assert Records(opened, "exam_entries").count(_everything()) == 0


def test_an_undo_gives_back_the_scores_that_a_list_replaced(opened: OpenRegister, entered: Take):
    headers = ("姓名", "身份证号", "考试年度", "报考级别", "综合能力", "实务")
    entered("scores", headers, ["张三", ZHANG, 2024, "中级", 61, 62], ["李四", LI, 2025, "初级", 63, None])
    again = entered("scores", headers, ["张三", ZHANG, 2024, "中级", 71, 62], ["李四", LI, 2025, "初级", 73, 74],
                    mode="update")  # fmt: skip
    assert scores(opened, "李四") == (73, None, 74)
    History(opened).undo(again.batch or 0)
    assert (scores(opened, "张三"), scores(opened, "李四")) == ((61, None, 62), (63, None, None))


def test_a_later_list_fills_in_what_was_open(opened: OpenRegister, entered: Take):
    done = entered("exam-entries", ("姓名", "身份证号", "报考年度", "级别", "缴费", "准考证号", "考场号"),
                   ["张三", ZHANG, 2024, "中级", "√", "A1、A2", "03-12"])  # fmt: skip
    assert (done.created, done.updated) == (0, 1)
    rows = Records(opened, "exam_entries").all_rows(_everything(), ("name", "paid", "ticket_numbers", "room"))
    assert next(tuple(row.values.values()) for row in rows if row.values["name"] == "张三") == (
        "张三",
        1,
        "A1、A2",
        "03-12",
    )


def test_nobody_is_made_without_an_id_number(take: Take):
    done = take("exam-entries", ("姓名", "报考年度", "级别"), ["赵六", 2025, "初级"])
    assert (done.created, done.rejected, codes(done)) == (0, 1, ["person.not_found"])


@pytest.mark.parametrize(
    ("year", "level", "subjects", "code"),
    [(1999, "中级", "", "exam.year_odd"), (2025, "初级", "法规", "exam.policy_only_middle"),
     (2025, "特级", "", "code.unknown"), (None, "中级", "", "field.required"), (2025, "中级", "语文", "code.unknown")],
)  # fmt: skip
def test_what_cannot_be_is_said(take: Take, year: object, level: str, subjects: str, code: str):
    done = take("exam-entries", ENTRY, ["张三", ZHANG, "", "", year, level, subjects, "", ""])
    assert (done.batch, done.rejected) == (None, 1)
    assert code in codes(done)


def test_scores_with_a_column_a_subject_and_level(opened: OpenRegister, entered: Take):
    done = entered(
        "scores",
        ("姓名", "身份证号码", "年度", "级别", "社会工作综合能力（初级）", "社会工作实务（初级）", "社会工作综合能力（中级）",
         "社会工作法规与政策", "社会工作实务（中级）"),
        ["张三", ZHANG, 2024, "中级", None, None, "61分", 72.0, "作弊"],
        ["李四", LI, 2025, "初级", 60, "59", None, None, None],
    )  # fmt: skip
    assert (done.updated, done.rejected) == (2, 0), done.problems
    assert scores(opened, "张三") == (61, 72, -2)
    assert outcomes(opened, 2025) == {"李四": "failed", "王五": "pending"}
    assert outcomes(opened, 2024) == {"张三": "void"}


def test_scores_with_one_row_a_subject(opened: OpenRegister, entered: Take):
    done = entered(
        "scores", ("姓名", "证件号码", "年份", "考试年度", "报考级别", "科目", "成绩"),
        ["李四", LI, "", 2025, "初级", "社会工作综合能力(初级)", 60],
        ["李四", LI, "", 2025, "初级", "社会工作实务(初级)", "缺考"],
    )  # fmt: skip
    assert done.rejected == 0, done.problems
    assert scores(opened, "李四") == (60, None, -1)
    assert outcomes(opened, 2025)["李四"] == "failed"


def test_a_row_without_a_year_finds_its_entry_of_another_year_than_the_rest(opened: OpenRegister, entered: Take):
    headers = ("姓名", "身份证号", "考试年度", "报考级别", "实务")
    done = entered("scores", headers, ["李四", LI, 2025, "初级", 70], ["张三", ZHANG, None, "中级", 66])
    assert (done.updated, done.rejected) == (2, 0), done.problems
    assert scores(opened, "张三") == (None, None, 66)


def test_scores_by_sign_up_number_alone(opened: OpenRegister, entered: Take):
    done = entered("scores", ("报名序号", "综合能力", "实务"), ["530002", 75, 80])
    assert (done.updated, done.rejected) == (1, 0), done.problems
    assert outcomes(opened, 2025)["李四"] == "passed"


def test_who_is_missing_on_either_side_is_said(entered: Take):
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "综合能力", "实务"),
                   ["赵六", id_number("19910101", "999"), 2025, "初级", 70, 70],
                   ["张三", ZHANG, 2025, "中级", 70, 70], partial=True)  # fmt: skip
    assert (done.updated, done.rejected) == (0, 2)
    assert sorted(codes(done)) == ["exam.no_entry", "person.not_found"]
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "法规与政策"), ["王五", WANG, 2025, "中级", 70])
    assert codes(done) == []
    done = entered("exam-entries", ENTRY, ["赵六", id_number("19910101", "999"), "", "", 2025, "中级", "", "", ""])
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "法规与政策"), ["王五", WANG, 2025, "中级", 70])
    assert codes(done) == ["exam.not_in_list"]


def test_a_corrected_score_recomputes_what_hangs_on_it(opened: OpenRegister, entered: Take):
    headers = ("姓名", "身份证号", "年度", "级别", "综合能力", "法规与政策", "实务")
    entered("exam-entries", ENTRY, ["张三", ZHANG, "", "", 2025, "中级", "实务", "", ""])
    entered("scores", headers, ["张三", ZHANG, 2024, "中级", 61, 72, 45], ["张三", ZHANG, 2025, "中级", None, None, 66])
    assert outcomes(opened, 2025)["张三"] == "passed"
    kept = entered("scores", headers, ["张三", ZHANG, 2024, "中级", 59, 72, 45])
    assert codes(kept)[0] == "import.kept"
    assert outcomes(opened, 2025)["张三"] == "passed"
    entered("scores", headers, ["张三", ZHANG, 2024, "中级", 59, 72, 45], mode="update")
    assert outcomes(opened, 2025)["张三"] == "carrying"


@pytest.mark.parametrize(
    ("cell", "code"), [("优秀", "score.unknown"), (-3, "score.unknown"), (60.5, "score.unknown"), ("", "exam.no_score")]
)
def test_what_is_no_score_is_said(entered: Take, cell: object, code: str):
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "综合能力"), ["李四", LI, 2025, "初级", cell])
    assert done.rejected == 1
    assert code in codes(done)


def test_a_score_of_an_unnamed_subject_is_asked_for_its_subject(entered: Take):
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "科目", "成绩"), ["李四", LI, 2025, "初级", "", 66])
    assert (done.rejected, "exam.no_subject" in codes(done)) == (1, True)


def test_two_columns_for_one_subject_must_agree(entered: Take):
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "实务(初级)", "实务(中级)"),
                   ["李四", LI, 2025, "初级", 60, 61])  # fmt: skip
    assert "value.twice" in codes(done)


def test_more_than_full_marks_is_a_warning(entered: Take):
    done = entered("scores", ("姓名", "身份证号", "年度", "级别", "实务"), ["李四", LI, 2025, "初级", 120])
    assert (done.updated, codes(done)) == (1, ["score.above_full"])


def test_a_row_against_the_rules_without_a_reason_says_what_is_lacking(opened: OpenRegister, take: Take, save: Save):
    save("people", name="张三", id_number=ZHANG, education="初中")
    save("people", name="李四", id_number=LI, education="初中")
    headers = ("姓名", "身份证号", "报考年度", "报考级别", "承诺说明", "学历")
    done = take("exam-entries", headers,
                ["张三", ZHANG, 2025, "初级", "", ""], ["张三", ZHANG, 2025, "中级", "本人承诺", ""],
                ["李四", LI, 2025, "初级", "", "大学本科"], ["王五", WANG, 2025, "中级", "", ""],
                mode="update")  # fmt: skip
    assert (done.created, done.rejected) == (4, 0)
    [problem] = done.problems
    assert (problem.code, problem.row, problem.column) == ("exam.reason_missing", 4, "承诺说明")
    assert "学历未达到" in problem.message
    again = take("exam-entries", headers, ["张三", ZHANG, 2025, "初级", "", ""])
    assert (again.unchanged, codes(again)) == (1, []), "who stands already is not asked again"


def test_a_score_of_another_levels_subject_is_not_taken(opened: OpenRegister, entered: Take):
    """Named in the cell or in the header; where no level stands beside it, the subject says which entry is meant."""
    rows = ("姓名", "身份证号", "考试年度", "级别", "科目", "成绩")
    wrong = entered("scores", rows, ["李四", LI, 2025, "初级", "社会工作实务(中级)", 66])
    assert (wrong.rejected, codes(wrong)) == (1, ["exam.subject_of_other_level"])
    columns = ("姓名", "身份证号", "考试年度", "级别", "社会工作实务（初级）", "社会工作实务（中级）")
    wrong = entered("scores", columns, ["李四", LI, 2025, "初级", None, 66])
    assert (wrong.rejected, codes(wrong)) == (1, ["exam.subject_of_other_level"])
    entered("exam-entries", ENTRY, ["李四", LI, "", "", 2025, "中级", "", "", ""])
    done = entered("scores", rows, ["李四", LI, 2025, None, "社会工作实务(初级)", 66])
    assert (done.updated, done.rejected) == (1, 0)
    assert {(row.values["level"], row.values["practice"]) for row in Records(opened, "exam_entries").all_rows(
        _everything(), ("name", "level", "practice")) if row.values["name"] == "李四"} == {
            ("assistant", 66), ("social_worker", None)}  # fmt: skip
