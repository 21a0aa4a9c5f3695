"""Training at the command line: forms and sheets in, lists and rosters out, exit statuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.services.people_workbook import write

Command = Callable[..., tuple[int, Any]]
TITLE = "社工实务提升班"
FORM = ("序号", "单位", "姓 名", "职务", "证书级别", "联系电话", "是否住宿")
PEOPLE = ([1, "甲站", "张　三", "社工", "中级", 19900001234.0, "是"], [2, "甲站", "李四", "社工", "", "", ""],
          [3, "乙站", "王五", "主任", "初级", "", ""])  # fmt: skip


@pytest.fixture
def course(command: Command) -> int:
    """Two places, two half-days, takes sign-ups."""
    told = ("state=报名中", "from=2026-07-01", "to=2026-07-01", "places=2", "session_hours=4")
    status, made = command("new", "courses", f"title={TITLE}", *told)
    assert (status, command("course", TITLE, "plan")[0]) == (0, 0)
    return made["id"]


@pytest.fixture
def signed_up(command: Command, course: int, tmp_path: Path) -> Command:
    status, done = command("import", "training-signups", str(write(tmp_path / "报名表.xlsx", PEOPLE, FORM)))
    assert (status, done["created"], done["rejected"]) == (0, 3, 0), done
    assert [one["code"] for one in done["problems"]] == ["course.will_wait"]
    return command


def cells(path: Path) -> list[list[object]]:
    sheet = load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet]


def test_lists_take_a_course_by_title_or_number(signed_up: Command, course: int):
    for kind in ("training-signups", "training_signups"):
        for which in (TITLE, str(course)):
            status, found = signed_up("list", kind, "--where", f"course={which}")
            assert (status, found["total"]) == (0, 3)
    assert [row["place_taken"] for row in found["rows"]] == ["正式", "正式", "候补第 1 位"]
    assert signed_up("list", "courses")[1]["rows"][0]["title"] == TITLE
    assert signed_up("list", "learning")[1]["total"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "training-signups", "--where", "course=没有的班"], "没有培训班“没有的班”"),
        (["export", "signups", "--out", "x.xlsx"], "请指明是哪个培训班"),
        (["export", "unanswered", "--where", "course=99", "--out", "x.xlsx"], "没有培训班“99”"),
    ],
)
def test_a_course_that_is_not_known_is_one_sentence(signed_up: Command, words: list[str], told: str):
    status, refused = signed_up(*words)
    assert status == 2
    assert told in refused["message"]


def test_a_course_has_all_that_was_said_of_it(command: Command):
    said = {
        "title": "督导班", "notice_number": "示民发〔2026〕1号", "form": "短训", "category": "专业科目", "organiser": "示例区民政局",
        "place": "示例会议室", "from": "2026-09-01", "to": "2026-09-02", "session_hours": "3.5", "audience": "持证人员", "places": "40",
        "budget": "12000", "sign_up_until": "2026-08-20", "state": "报名中", "number_prefix": "示督", "note": "自带电脑",
    }  # fmt: skip
    status, made = command("new", "courses", *(f"{key}={value}" for key, value in said.items()))
    assert (status, made["problems"]) == (0, [])
    stored = command("show", "courses", str(made["id"]))[1]
    changed = {
        "form": "短期培训",
        "category": "professional",
        "session_hours": 3.5,
        "places": 40,
        "budget": 12000,
        "state": "open",
    }
    assert {key: stored[key] for key in said} == {**said, **changed}


@pytest.mark.parametrize(("written", "form"), [
    ("进修", "进修"), ("跟岗", "实习"), ("短训班", "短期培训"), ("函授", "函授"), ("线上", "网络学习"), ("专题讲座", "讲座"),
])  # fmt: skip
def test_the_form_of_a_course_is_understood(command: Command, course: int, written: str, form: str):
    assert command("set", "courses", str(course), f"form={written}")[0] == 0
    assert command("list", "courses", "--where", f"form={form}")[1]["total"] == 1


def test_an_invitation_to_a_closed_course_warns(signed_up: Command):
    assert signed_up("set", "courses", "1", "state=已结束")[0] == 0
    status, done = signed_up("course", TITLE, "invite")
    assert (status, [one["code"] for one in done["problems"]]) == (0, ["course.closed"])


def test_rosters_of_a_course(signed_up: Command, tmp_path: Path, course: int):
    target = tmp_path / "报名表出.xlsx"
    status, done = signed_up("export", "signups", "--where", f"course={TITLE}", "--out", str(target))
    assert (status, done["rows"]) == (0, 3)
    found = cells(target)
    assert found[0][0] == "2026年社工实务提升班报名表"
    assert [row[2] for row in found if isinstance(row[0], int)] == ["张三", "李四", "王五"]
    keys = {one["roster"] for one in signed_up("rosters")[1]}
    assert {"signups", "unanswered", "training-figures", "sign-in", "learning", "shortfall"} <= keys


def test_a_filled_sheet_comes_in_and_the_figures_know_it(signed_up: Command, tmp_path: Path):
    sheet = write(tmp_path / "签到表.xlsx", [
        [1, "甲站", "张三", "√", "√", "合格"], [2, "甲站", "李四", "迟到", "", ""], [3, "乙站", "王五", "", "请假", ""],
    ], ("序号", "单位", "姓名", "7月1日上午", "7月1日下午", "考核结果"))  # fmt: skip
    assert signed_up("import", "attendance", str(sheet))[1]["problems"][0]["code"] == "course.not_told"
    status, done = signed_up("import", "attendance", str(sheet), "--course", TITLE)
    assert (status, done["updated"], done["problems"]) == (0, 3, [])
    rows = signed_up("list", "training-signups")[1]["rows"]
    assert [(row["attended"], row["attended_hours"], row["assessment"]) for row in rows] == [
        ("2/2", 8, "passed"), ("1/2", 4, None), ("0/2", 0, None)]  # fmt: skip
    target = tmp_path / "统计.xlsx"
    assert signed_up("export", "training-figures", "--year", "2026", "--out", str(target))[0] == 0
    total = next(row for row in cells(target) if row[1] == "合计")
    assert total[3:8] == [1, 3, 2, 2, "12"]


def test_who_can_not_be_told_is_rejected_and_the_rest_goes_in(signed_up: Command, tmp_path: Path):
    book = write(
        tmp_path / "又一份.xlsx", [[1, "丁站", "张三", "", "", "", ""], [2, "丁站", "赵六", "", "", "", ""]], FORM
    )
    status, done = signed_up("import", "training-signups", str(book), "--partial")
    assert (status, done["created"], done["rejected"]) == (1, 1, 1)
    said = next(one for one in done["problems"] if one["code"] == "person.namesakes")
    assert (said["row"], "身份证号或电话" in said["message"]) == (4, True)
    assert signed_up("undo", str(done["batch"]))[0] == 0
    assert signed_up("list", "people")[1]["total"] == 3


@pytest.mark.usefixtures("course")
def test_a_step_that_can_not_be_taken_is_one_sentence(command: Command):
    for words, told in (
        (["new", "course-sessions", "date=2026-07-02", "half_day=上午"], "--of"),
        (["new", "courses", "title=又一班", "--of", "1"], "不属于其他记录"),
        (["new", "courses", "title"], "字段=值"),
        (["course", TITLE, "plan"], "都已有日程"),
        (["course", TITLE, "number"], "编号前缀"),
        (["course", "没有的班", "credit"], "没有培训班“没有的班”"),
    ):
        status, refused = command(*words)
        assert (status, told in refused["message"]) == (2, True), refused


def test_nobody_is_signed_up_twice(signed_up: Command):
    person = str(signed_up("list", "people", "--search", "张三")[1]["rows"][0]["id"])
    status, refused = signed_up("new", "training-signups", f"course={TITLE}", "--of", person)
    assert (status, refused["saved"], refused["problems"][0]["code"]) == (1, False, "course.signed_up_twice")


def test_templates(command: Command, tmp_path: Path):
    for kind in ("training-signups", "attendance", "learning"):
        status, done = command("template", kind, "--out", str(tmp_path / f"{kind}.xlsx"))
        assert status == 0
        assert Path(done["file"]).exists()
