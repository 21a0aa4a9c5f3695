"""Rosters of training: who signed up for a course, which units have not answered, figures of a year."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exports import Exports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

Save = Callable[..., int]
TITLE = "社工实务提升班"


@pytest.fixture
def course(save: Save) -> int:
    """One place, two half-days of four hours in July 2026."""
    made = save("courses", title=TITLE, **{"from": "2026-07-01", "to": "2026-07-01"}, session_hours=4, places=1)
    for half in ("上午", "下午"):
        save("course_sessions", made, date="2026-07-01", half_day=half)
    return made


@pytest.fixture
def sign_up(save: Save) -> Save:
    """Somebody of a unit, signed up for a course and there for so many half-days."""

    def made(course: int, name: str, unit: str, there: int = 0, person: int | None = None, **values: object) -> int:
        person = person or save("people", name=name, employer=unit, phone="19900001234")
        row = save("training_signups", person, course=course, **values)
        for half in ("上午", "下午")[:there]:
            save("attendance", row, date="2026-07-01", half_day=half, mark="到")
        return person

    return made


def lines(
    opened: OpenRegister, roster: str, target: Path, course: str | None = None, **asked: object
) -> list[list[object]]:
    where = Records(opened, "training_signups").understood([Condition("course", course)] if course else [])
    Exports(opened).export(roster, target, asked=Filter(where=where), **asked)  # pyright: ignore[reportArgumentType]
    return [[cell.value for cell in row] for row in load_workbook(target).worksheets[0]]


def test_a_sign_up_form_names_the_course_and_leaves_out_who_is_not_coming(
    opened: OpenRegister, course: int, sign_up: Save, save: Save, tmp_path: Path
):
    sign_up(course, "张三", "甲站", level="初级", lodging="是", dietary="清真")
    sign_up(course, "李四", "乙站", sign_up_state="已退出")
    sign_up(course, "王五", "乙站", sign_up_state="拟邀请")
    sign_up(course, "赵六", "丙站")
    sign_up(save("courses", title="别的班"), "钱七", "丙站")
    found = lines(opened, "signups", tmp_path / "报名表.xlsx", TITLE)
    assert found[0][0] == "2026年社工实务提升班报名表"
    people = [row for row in found if isinstance(row[0], int)]
    assert [(row[2], row[9]) for row in people] == [("张三", "正式"), ("赵六", "候补第 1 位")]
    assert people[0][5:9] == ["助理社会工作师", "199****1234", "是", "清真"]


def test_a_course_is_named_by_title_or_number_and_has_to_be_known(
    opened: OpenRegister, course: int, sign_up: Save, save: Save, tmp_path: Path
):
    sign_up(course, "张三", "甲站")
    by_number = lines(opened, "signups", tmp_path / "号.xlsx", str(course))
    assert "张三" in by_number[3]
    for given, code in (("没有的班", "reference.unknown"), (None, "export.which_missing")):
        with pytest.raises(DomainError) as refused:
            lines(opened, "signups", tmp_path / "无.xlsx", given)
        assert refused.value.code == code
    again = save("courses", title=TITLE)
    with pytest.raises(DomainError) as refused:
        lines(opened, "signups", tmp_path / "两.xlsx", TITLE)
    assert (refused.value.code, refused.value.values["ids"]) == ("reference.several", f"{course}、{again}")


def test_units_that_have_not_answered(opened: OpenRegister, course: int, sign_up: Save, save: Save, tmp_path: Path):
    sign_up(course, "张三", "甲站")
    save("people", name="李四", employer="乙站")
    save("people", name="李五", employer="乙站")
    sign_up(course, "王五", "丙站", sign_up_state="拟邀请")
    save("people", name="赵六", employer="丁站", status="离职", status_on="2020")
    sign_up(course, "孙八", "戊站", sign_up_state="已退出")
    found = lines(opened, "unanswered", tmp_path / "未报.xlsx", TITLE)
    assert found[0][0] == "2026年社工实务提升班未报送单位名单"
    assert [(row[1], row[5], row[6]) for row in found if isinstance(row[0], int)] == [("丙站", 1, 1), ("乙站", 0, 2)]


def test_figures_count_people_once_and_attendances_each_time(
    opened: OpenRegister, course: int, sign_up: Save, save: Save, tmp_path: Path
):
    other = save("courses", title="养老护理班", **{"from": "2026-06-30", "to": "2026-07-01"}, session_hours=3.5)
    save("course_sessions", other, date="2026-07-01", half_day="上午")
    zhang = sign_up(course, "张三", "甲站", there=2, level="初级")
    sign_up(other, "张三", "甲站", there=1, person=zhang)
    save("certificates", zhang, level="初级", approved_on="2019-06-15")
    save("certificates", zhang, level="中级", approved_on="2026-07-02")
    sign_up(other, "李四", "乙站", there=1)
    sign_up(other, "王五", "乙站")
    sign_up(other, "赵六", "乙站", there=1, sign_up_state="已退出")
    sign_up(save("courses", title="去年的班", to="2025-12-31"), "钱七", "丙站", there=1)
    found = lines(opened, "training-figures", tmp_path / "统计.xlsx", year=2026)
    assert found[0][0] == "2026年度培训情况统计"
    figures = {row[2]: row[3:8] for row in found if isinstance(row[0], int)}
    assert figures == {
        "全部": [2, 4, 2, 3, "15"], TITLE: [1, 1, 1, 1, "8"], "养老护理班": [1, 3, 2, 2, "7"],
        "甲站": [2, 2, 1, 2, "11.5"], "乙站": [1, 2, 1, 1, "3.5"],
        "助理社会工作师": [2, 2, 1, 2, "11.5"], "无证书": [1, 2, 1, 1, "3.5"],
    }  # fmt: skip
