"""Continuing education at the command line: the ledger in, the hours, who is short, the rosters."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from socialwork_app.domain.sentences import sentence
from tests.services.people_workbook import LI, ZHANG, id_number, write

Command = Callable[..., tuple[int, Any]]
WANG = id_number("19950505", "998")
DAY = "2026-06-01"
HOLDERS = ("姓名", "身份证号", "级别", "批准日期", "登记日期", "有效期至", "工作单位", "人员状态", "是否专业技术岗位")
LEDGER = ("序号", "姓 名", "身份证号码", "培训班名称", "主办单位", "培训时间", "学 时", "形式", "类别", "学时证明编号")


@pytest.fixture
def holders(command: Command, tmp_path: Path) -> Command:
    """张三 is short until August, 李四 until the end of the year, 王五 has left."""
    book = write(tmp_path / "持证名册.xlsx", [
        ["张三", ZHANG, "初级", "2020-06-15", "2023-09-01", "2026-08-31", "甲站", "", ""],
        ["李四", LI, "中级", "2019-06", "2024-01-01", "2026-12-31", "乙站", "", "是"],
        ["王五", WANG, "初级", "2020-06", "2023-09-01", "2026-08-31", "乙站", "离职", ""],
    ], HOLDERS)  # fmt: skip
    status, done = command("import", "certificates", str(book))
    assert (status, done["created"]) == (0, 3), done
    return command


@pytest.fixture
def learned(holders: Command, tmp_path: Path) -> Command:
    """A ledger as a training unit sends it: hours with their unit, dates as far as they are known, proof missing."""
    book = write(tmp_path / "培训学时.xlsx", [
        [1, "张　三", ZHANG, "小组工作方法", "示例社工协会", "2024.5.8", "24学时", "面授", "专业课", "示证 001"],
        [2, "张三", ZHANG, "社区工作", "示例社工协会", "2023年", "6 小时", "线上", "专业课", "示证 002"],
        [3, "张三", ZHANG, "讲座", "", 20250317, 3.5, "讲座", "公需", ""],
        [4, "李四", LI, "公需科目学习", "", "2026-03", "20", "网络学习", "公需课", "示证 003"],
        [5, "李四", LI, "督导技巧", "", "2026-04-01", "40课时", "集中培训", "专业科目", "示证 004"],
    ], LEDGER)  # fmt: skip
    status, done = holders("import", "learning", str(book))
    assert (status, done["created"], done["rejected"]) == (0, 5, 0), done
    return holders


def texts(path: Path) -> list[list[str]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_a_messy_ledger(learned: Command):
    status, found = learned("list", "learning", "--sort", "to")
    assert (status, found["total"]) == (0, 5)
    assert [(row["name"], row["to"], row["hours"], row["form"], row["category"]) for row in found["rows"]] == [
        ("张三", "2023", 6, "网络学习", "professional"), ("张三", "2024-05-08", 24, "短期培训", "professional"),
        ("张三", "2025-03-17", 3.5, "讲座", "public"), ("李四", "2026-03", 20, "网络学习", "public"),
        ("李四", "2026-04-01", 40, "短期培训", "professional")]  # fmt: skip


def test_the_hours_of_a_person(learned: Command):
    status, found = learned("hours", ZHANG, "--on", DAY)
    assert status == 0
    one = found[0]
    assert (one["person"], one["level"], one["year"]) == ("张三", "assistant", None)
    assert one["id_number"] == f"{ZHANG[:6]}********{ZHANG[-4:]}"
    assert one["period"] == {"from": "2023-09-01", "to": "2026-08-31", "required": 72, "earned": 30, "carried": 0,
                             "short": 42}  # fmt: skip
    assert [(row["title"], row["to"], row["hours"], row["imprecise"]) for row in one["counted"]] == [
        ("社区工作", "2023", 6, True), ("小组工作方法", "2024-05-08", 24, False)]  # fmt: skip
    assert [(row["title"], row["code"], row["reason"]) for row in one["not_counted"]] == [
        ("讲座", "no_proof", sentence("hours.no_proof"))]  # fmt: skip


def test_the_year_of_those_on_technical_posts(learned: Command):
    year = learned("hours", LI, "--on", DAY)[1][0]["year"]
    assert [(row["title"], row["hours"]) for row in year.pop("counted")] == [("公需科目学习", 20), ("督导技巧", 40)]
    assert year.pop("not_counted") == []
    assert year == {
        "year": 2026,
        "required": 90,
        "earned": 60,
        "short": 30,
        "professional": 40,
        "professional_required": 60,
    }
    before = learned("hours", LI, "--on", "2025-06-01")[1][0]["year"]
    assert (before["earned"], before["counted"]) == (0, [])
    assert {row["reason"] for row in before["not_counted"]} == {sentence("hours.outside_year")}


def test_the_hours_of_everybody(learned: Command):
    status, found = learned("hours", "--all", "--on", DAY)
    assert (status, [(one["person"], one["period"]["short"]) for one in found]) == (0, [("张三", 42), ("李四", 30)])
    later = learned("hours", "--all", "--on", "2030-01-01")[1]
    assert [(one["person"], one["period"]) for one in later] == [("张三", None), ("李四", None)]


def test_a_rule_that_nobody_could_read_is_refused(learned: Command):
    status, refused = learned("set", "rules", "education.required.assistant", "value=abc")
    assert (status, refused["saved"]) == (1, False)
    assert [one["message"] for one in refused["problems"]] == ["此规则的值应填整数，“abc”不合。请核对。"]
    assert learned("hours", ZHANG, "--on", DAY)[1][0]["period"]["required"] == 72


def test_who_is_short_until_when(learned: Command):
    status, found = learned("shortfall", "--on", DAY)
    assert status == 0
    assert [(one["person"], one["short"], one["until"]) for one in found] == [
        ("张三", 42, "2026-08-31"), ("李四", 30, "2026-12-31")]  # fmt: skip
    assert (found[0]["per_month"], found[0]["level"]) == (14, "assistant")
    assert [one["person"] for one in learned("shortfall", "--on", DAY, "--within", "91")[1]] == ["张三"]
    assert learned("shortfall", "--on", DAY, "--within", "90") == (0, [])
    assert learned("shortfall", "--on", "2030-01-01") == (0, [])


def test_a_period_that_ends_soon_and_short_is_due(learned: Command):
    """张三's ends on 31 August; nobody who has left is asked for hours."""

    def due(day: str) -> list[tuple[str, str, str]]:
        return [
            (one["person"], one["level"], one["due"])
            for one in learned("due", "--on", day)[1]
            if one["kind"] == "hours"
        ]

    short = "张三", "assistant", "2026-08-31"
    assert (due(DAY), due("2026-06-02"), due("2026-08-31")) == ([], [short], [short])
    told = next(one["message"] for one in learned("due", "--on", "2026-06-02")[1] if one["kind"] == "hours")
    assert told == "继续教育还差 42 小时，登记有效期 2026-08-31 届满，每月约需 14 小时。"
    learned("new", "learning", "title=补课", "hours=42", "to=2026-06-01", "proof=示证 9", "--of", ZHANG)
    assert due("2026-06-02") == []


def test_hours_that_cannot_be_read_keep_the_ledger_out(holders: Command, tmp_path: Path):
    rows = [[1, "张三", ZHANG, "讲座", "", "2025-03-17", "三天", "", "", "示证 1"],
            [2, "张三", ZHANG, "讲座二", "", "2025-03-18", 8, "", "", "示证 2"],
            [3, "查无此人", "", "讲座三", "", "2025-03-19", 8, "", "", ""]]  # fmt: skip
    book = str(write(tmp_path / "培训.xlsx", rows, LEDGER))
    status, done = holders("import", "learning", book)
    assert (status, done["batch"], done["rejected"]) == (1, None, 2)
    assert {"hours.unknown", "person.not_found"} <= {problem["code"] for problem in done["problems"]}
    status, done = holders("import", "learning", book, "--partial")
    assert (status, done["created"], done["rejected"]) == (1, 1, 2)
    assert holders("list", "learning")[1]["total"] == 1


def test_the_same_ledger_twice_changes_nothing_and_can_be_undone(learned: Command, tmp_path: Path):
    status, done = learned("import", "learning", str(tmp_path / "培训学时.xlsx"))
    assert (status, done["created"], done["updated"], learned("list", "learning")[1]["total"]) == (0, 0, 0, 5)
    batch = next(one["batch"] for one in learned("batches")[1] if one["kind"] == "learning" and one["created"])
    assert learned("undo", str(batch))[0] == 0
    assert learned("list", "learning")[1]["total"] == 0


def test_the_rosters(learned: Command, tmp_path: Path):
    out = tmp_path / "名单.xlsx"
    assert learned("export", "shortfall", "--out", str(out), "--as-of", DAY) == (0, {"file": str(out), "rows": 2})
    written = texts(out)
    assert written[0][0] == "学时不足名单" and any(f"截至日期：{DAY}" in cell for row in written for cell in row)
    assert [row[1:3] + row[-3:] for row in written if row[1] in ("张三", "李四")] == [
        ["张三", "甲站", "72", "30", "42"], ["李四", "乙站", "90", "60", "30"]]  # fmt: skip
    assert learned("export", "learning", "--out", str(out))[1]["rows"] == 5
    assert sentence("hours.no_proof") in [cell for row in texts(out) for cell in row]


def test_the_template_is_read_back(command: Command, tmp_path: Path):
    out = tmp_path / "模板.xlsx"
    assert command("template", "learning", "--out", str(out))[0] == 0
    assert {"姓名", "学习名称", "小时数", "证明编号"} <= {cell for row in texts(out) for cell in row}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("hours",), 2),
        (("hours", "--all", ZHANG), 2),
        (("hours", "110105194912310021"), 2),
        (("hours", ZHANG, "--on", "昨天"), 2),
        (("shortfall", "--within", "很久"), 2),
        (("shortfall", "--within", "-1"), 2),
        (("export", "shortfall", "--out", "名单.xlsx", "--full-numbers"), 2),
    ],
)
def test_exit_statuses(holders: Command, words: tuple[str, ...], status: int):
    found, document = holders(*words)
    assert (found, bool(document["message"])) == (status, True)


def test_a_roster_that_cannot_be_written(holders: Command, tmp_path: Path):
    (tmp_path / "占用").write_text("这是文件，不是文件夹", encoding="utf-8")
    status, refused = holders("export", "shortfall", "--out", str(tmp_path / "占用" / "名单.xlsx"))
    assert (status, bool(refused["message"])) == (4, True)
