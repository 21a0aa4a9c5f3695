"""A whole exam year at the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.services.people_workbook import LI, ZHANG, id_number, write

Command = Callable[..., tuple[int, Any]]
WANG = id_number("19950505", "998")
PEOPLE = ("姓名", "身份证号", "学历", "专业", "从事社会工作起始年月", "报考年度", "报考级别", "报考科目", "工作单位")
SCORES = ("姓名", "身份证号", "考试年度", "级别", "综合能力", "法规与政策", "实务")


def rows_of(path: Path) -> list[list[object]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)][3:-1]


def test_an_exam_year(command: Command, tmp_path: Path):
    entries = write(tmp_path / "报名.xlsx", [
        ["张三", ZHANG, "本科", "社会工作", "2018-03-01", 2024, "中级", "", "甲站"],
        ["张三", ZHANG, "", "", "", 2025, "中级", "实务", "甲站"],
        ["李四", LI, "大专", "会计", "2023-05-01", 2025, "初级", "", "甲站"],
        ["王五", WANG, "高中", "", "2015-07-01", 2025, "初级", "", "乙站"],
    ], PEOPLE)  # fmt: skip
    assert command("import", "exam-entries", str(entries))[1]["created"] == 4

    status, verdicts = command("eligibility", "--all", "--level", "assistant", "--year", "2025")
    assert status == 0
    by_name = {one["person"]: one for one in verdicts}
    assert [by_name[name]["eligible"] for name in ("张三", "李四", "王五")] == [True, False, True]
    assert [by_name[name]["rule"] for name in ("张三", "李四", "王五")] == ["A3", None, "A1"]
    assert by_name["李四"]["first_year"] == 2027
    assert by_name["李四"]["years"] == 2.66
    one = command("eligibility", ZHANG, "--level", "social_worker", "--year", "2025")[1]
    assert [(found["eligible"], found["rule"]) for found in one] == [(True, "B3")]
    assert command("eligibility", ZHANG)[1][2]["missing"] == ["尚未取得社会工作师证书（截至从业年限截止日）。"]

    marks = write(tmp_path / "成绩.xlsx", [
        ["张三", ZHANG, 2024, "中级", 60, 75, 59], ["张三", ZHANG, 2025, "中级", None, None, 60],
        ["李四", LI, 2025, "初级", -1, None, "缺考"],
    ], SCORES)  # fmt: skip
    status, done = command("import", "scores", str(marks))
    assert (status, done["updated"]) == (0, 3)
    assert [problem["code"] for problem in done["problems"]] == ["exam.not_in_list"]

    results = {one["person"]: one for one in command("results", "--all", "--year", "2025")[1]}
    assert {name: one["outcome"] for name, one in results.items()} == {
        "张三": "passed",
        "李四": "absent",
        "王五": "pending",
    }
    assert results["张三"]["passed"] == ["社会工作实务(中级)"]
    assert results["张三"]["carried"] == ["社会工作综合能力(中级)", "社会工作法规与政策"]
    before = command("results", ZHANG, "--year", "2024")[1][0]
    assert (before["outcome"], before["lapses"]) == ("carrying", 2025)

    due = command("due", "--on", "2025-06-30")[1]
    assert [one["kind"] for one in due] == ["scores_missing"]
    assert command("award", "--year", "2025", "--dry-run")[1]["people"] == [
        {"person": "张三", "level": "social_worker", "scope": "national"}]  # fmt: skip
    assert command("award", "--year", "2025")[1]["created"] == 1
    assert command("award", "--year", "2025", "--dry-run")[1]["people"] == []
    certificate = command("show", "people", ZHANG)[1]["certificates"][0]
    assert (certificate["level"], certificate["approved_on"]) == ("social_worker", "2025-05-25")
    assert [(one["kind"], one["due"]) for one in command("due", "--on", "2026-01-10")[1]
            if one["kind"] != "exam_window"] == [
        ("scores_missing", "2025-05-25"), ("first_registration", "2026-05-25")]  # fmt: skip

    forecast = {(one["person"], one["level"]): one for one in command("forecast", "--year", "2026")[1]}
    assert ("张三", "assistant") not in forecast
    assert (forecast["张三", "senior"]["eligible"], forecast["张三", "senior"]["first_year"]) == (False, 2030)
    assert (forecast["李四", "assistant"]["eligible"], forecast["李四", "assistant"]["first_year"]) == (False, 2027)
    assert forecast["王五", "assistant"]["eligible"] is True


def test_carry_over_that_lapses_is_due(command: Command, tmp_path: Path):
    entries = write(
        tmp_path / "报名.xlsx", [["张三", ZHANG, "本科", "社会工作", "2018-03-01", 2025, "中级", "", "甲站"]], PEOPLE
    )
    command("import", "exam-entries", str(entries))
    command("import", "scores", str(write(tmp_path / "成绩.xlsx", [["张三", ZHANG, 2025, "中级", 60, 59, 59]], SCORES)))
    due = command("due", "--on", "2026-02-20")[1]
    assert [(one["kind"], one["person"]) for one in due] == [
        ("exam_window", ""), ("exam_window", ""), ("exam_window", ""), ("carry_over", "张三")]  # fmt: skip
    assert command("forecast", "--year", "2026")[1][1]["lapsing"] == ["社会工作综合能力(中级)"]
    assert command("due", "--on", "2026-06-02")[1] == []


def test_rosters_of_the_year(command: Command, tmp_path: Path):
    entries = write(tmp_path / "报名.xlsx", [
        ["张三", ZHANG, "本科", "社会工作", "2018-03-01", 2025, "中级", "", "甲站"],
        ["李四", LI, "大专", "会计", "2023-05-01", 2025, "初级", "", "甲站"],
        ["王五", WANG, "高中", "", "2015-07-01", 2023, "初级", "", "乙站"],
    ], PEOPLE)  # fmt: skip
    command("import", "exam-entries", str(entries))
    marks = [["张三", ZHANG, 2025, "中级", 60, 59, 70], ["李四", LI, 2025, "初级", 60, None, 77]]
    command("import", "scores", str(write(tmp_path / "成绩.xlsx", marks, SCORES)))
    out = tmp_path / "名册.xlsx"

    def names(roster: str, year: str = "2025", column: int = 1) -> list[object]:
        status, done = command("export", roster, "--out", str(out), "--year", year)
        assert (status, done["rows"]) == (0, len(rows_of(out)))
        return [row[column] for row in rows_of(out)]

    assert names("candidates") == names("scores") == names("eligibility") == ["张三", "李四"]
    assert names("passed") == ["李四"]
    assert names("carrying") == ["张三"]
    assert names("candidates", "2023") == ["王五"]
    assert names("call-up", "2026", 2) == ["王五", "张三"]
    names("exam-figures")
    assert rows_of(out)[0][1:] == ["合计", "全部", 2, 2, 0, 1, 1, "50.0%"]
    sheet = load_workbook(out).active
    assert sheet is not None
    assert sheet["A1"].value == "2025年度社会工作者职业资格考试参考情况统计"
    names("candidates")
    assert ZHANG not in str(rows_of(out))


def test_a_pass_without_a_certificate_is_not_known_rather_than_no(command: Command, tmp_path: Path):
    entries = write(
        tmp_path / "报名.xlsx", [["张三", ZHANG, "本科", "社会工作", "2010-03-01", 2022, "中级", "", "甲站"]], PEOPLE
    )
    command("import", "exam-entries", str(entries))
    command("import", "scores", str(write(tmp_path / "成绩.xlsx", [["张三", ZHANG, 2022, "中级", 60, 60, 60]], SCORES)))
    (verdict,) = command("eligibility", ZHANG, "--level", "senior", "--year", "2027")[1]
    assert verdict["eligible"] is None
    assert verdict["missing"] == ["unknown: 已通过社会工作师考试，证书没有录入。"]


def test_who_signed_up_is_listed_with_where_they_sit(command: Command, tmp_path: Path):
    """Under both names of the list; codes as they are stored."""
    book = write(
        tmp_path / "报名.xlsx",
        [["张三", ZHANG, 2025, "中级", "示例中学", "第3考场12号", "审核通过"], ["李四", LI, 2024, "初级", "", "", ""]],
        ("姓名", "身份证号", "报考年度", "报考级别", "考点", "考场座位", "资格审核"),
    )
    assert command("import", "exam-entries", str(book))[1]["created"] == 2
    status, listed = command("list", "candidates", "--where", "year=2025")
    assert (status, listed["total"]) == (0, 1)
    (row,) = listed["rows"]
    assert (row["name"], row["id_number"]) == ("张三", "530122********996" + ZHANG[-1])
    assert command("show", "exam-entries", str(row["id"]))[1]["room"] == "第3考场12号"
    assert [row[key] for key in ("level", "site", "room", "review_state")] == [
        "social_worker", "示例中学", "第3考场12号", "passed"]  # fmt: skip
    assert command("list", "exam-entries", "--where", "year=2025")[1] == listed
    assert command("set", "exam-entries", str(row["id"]), "review_state=不合格", "site=另一考点")[0] == 0
    (row,) = command("list", "candidates", "--where", "review_state=核查不通过")[1]["rows"]
    assert (row["name"], row["site"], row["room"]) == ("张三", "另一考点", "第3考场12号")


def test_the_official_list_is_held_against_ours(command: Command, tmp_path: Path):
    entries = write(tmp_path / "报名.xlsx", [
        ["张三", ZHANG, "本科", "社会工作", "2018-03-01", 2025, "初级", "", "甲站"],
        ["李四", LI, "大专", "会计", "2018-05-01", 2025, "初级", "", "甲站"],
    ], PEOPLE)  # fmt: skip
    command("import", "exam-entries", str(entries))
    marks = [["张三", ZHANG, 2025, "初级", 60, None, 70], ["李四", LI, 2025, "初级", 60, None, 77]]
    command("import", "scores", str(write(tmp_path / "成绩.xlsx", marks, SCORES)))
    official = write(
        tmp_path / "合格.xlsx", [["张三", ZHANG, "中级"], ["王五", WANG, "初级"]], ("姓名", "身份证号", "级别")
    )
    status, found = command("reconcile", str(official), "--year", "2025")
    assert status == 1
    assert [(one["kind"], one["name"], one["what"]) for one in found] == [
        ("different", "张三", "level"), ("missing", "王五", ""), ("extra", "李四", "")]  # fmt: skip


def test_wrong_words_are_said(command: Command):
    assert command("eligibility")[0] == 2
    assert command("results", ZHANG)[1]["error"] == "record.not_found"
    assert command("award", "--year", "2030")[0] == 2
    assert command("award", "--year", "99999")[1]["error"] == "exam.no_such_year"
    assert command("forecast", "--year", "99999")[1]["error"] == "exam.no_such_year"
