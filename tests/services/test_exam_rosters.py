"""Rosters of an exam year: figures against a worked example, and the exam's name of that year."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.services.exam_rosters import call_up, figures
from socialwork_app.services.exports import Exports
from socialwork_app.services.opened import OpenRegister

Save = Callable[..., int]
YEAR = 2025
ABSENT, BREACH = -1, -2


@pytest.fixture
def sat(save: Save) -> None:
    """Seven who signed up: three for the middle level, four for the lower one."""
    for name, employer, township, level, scores in (
        ("张三", "甲站", "昆阳街道", "中级", (60, 60, 60)),
        ("李四", "甲站", "昆阳街道", "中级", (60, 59, 59)),
        ("王五", "乙站", "昆阳街道", "中级", (ABSENT, ABSENT, ABSENT)),
        ("赵六", "甲站", "晋城街道", "初级", (70, None, 60)),
        ("孙七", "乙站", "晋城街道", "初级", (70, None, 59)),
        ("周八", "乙站", "晋城街道", "初级", (BREACH, None, 80)),
        ("吴九", None, None, "初级", (None, None, None)),
    ):
        person = save("people", name=name, employer=employer, township=township)
        marks = dict(zip(("comprehensive", "policy", "practice"), scores, strict=True))
        save("exam_entries", person, year=YEAR, level=level, **marks)


@pytest.mark.usefixtures("sat")
def test_figures_by_level_unit_and_township(opened: OpenRegister):
    """Columns: signed up, sat, absent, passed, carrying, rate of those who sat."""
    assert [tuple(row.values()) for row in figures(opened, YEAR)] == [
        ("合计", "全部", 7, 5, 1, 2, 1, "40.0%"),
        ("级别", "助理社会工作师", 4, 3, 0, 1, 0, "33.3%"),
        ("级别", "社会工作师", 3, 2, 1, 1, 1, "50.0%"),
        ("工作单位", "乙站", 3, 2, 1, 0, 0, "0.0%"),
        ("工作单位", "甲站", 3, 3, 0, 2, 1, "66.7%"),
        ("工作单位", "未填", 1, 0, 0, 0, 0, ""),
        ("乡镇(街道)", "昆阳街道", 3, 2, 1, 1, 1, "50.0%"),
        ("乡镇(街道)", "晋城街道", 3, 3, 0, 1, 0, "33.3%"),
        ("乡镇(街道)", "未填", 1, 0, 0, 0, 0, ""),
    ]
    assert list(figures(opened, YEAR - 1)) == []


@pytest.mark.parametrize(("year", "name"), [
    (2024, "2024年度社会工作者职业水平考试报考人员名册"), (2025, "2025年度社会工作者职业资格考试报考人员名册"),
    (2031, "2031年度社会工作者考试报考人员名册"),
])  # fmt: skip
def test_the_exam_has_the_name_of_its_year(opened: OpenRegister, tmp_path: Path, year: int, name: str):
    done = Exports(opened).export("candidates", tmp_path / "名册.xlsx", year=year)
    sheet = load_workbook(done.file).active
    assert sheet is not None and sheet["A1"].value == name


def test_who_signed_up_for_one_level_is_not_called_up_for_another(opened: OpenRegister, save: Save):
    for name in ("张三", "李四", "王五"):
        save("people", name=name, education="大学本科", major="社会工作", social_work_since="2014-01")
    for person, level in ((1, "中级"), (2, "初级")):
        save("exam_entries", person, year=YEAR, level=level)
    assert [(row["name"], row["level"]) for row in call_up(opened, YEAR)] == [("王五", "社会工作师")]
