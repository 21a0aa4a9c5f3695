"""Sign-in sheets as workbooks: whose rows, which columns, how they fill a page, and that the import knows them again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from socialwork_app.domain import half_days
from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.sheets import beside
from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.attendance_sheets import DOUBLE_ROWS
from socialwork_app.services.exports import Exports
from socialwork_app.services.opened import OpenRegister

Save = Callable[..., int]
FIRST = HalfDay("2026-07-01", "morning")
PEOPLE = 2 * DOUBLE_ROWS + 3


@pytest.fixture
def course(opened: OpenRegister, save: Save) -> int:
    """One day of two half-days; more people than two columns of a page hold, and one who left."""
    made = save(
        "courses",
        title="社区工作方法班",
        place="示例会议室",
        session_hours="4",
        **{"from": "2026-07-01", "to": "2026-07-01"},
    )
    course_plan.plan(opened, made)
    for number in range(PEOPLE):
        person = save("people", name=f"张{'甲乙丙丁戊己庚辛壬癸'[number // 10]}{'甲乙丙丁戊己庚辛壬癸'[number % 10]}", employer="示例站",
                      gender="女", position="社工", phone=f"1990000{number:04d}")  # fmt: skip
        save("training_signups", person, course=made)
    gone = save("people", name="李四", employer="示例站")
    save("training_signups", gone, course=made, sign_up_state="withdrawn")
    return made


def exported(opened: OpenRegister, course: int, roster: str, folder: Path, *more: Condition, **options: object):
    asked = Filter(where=(Condition("course", course), *more))
    done = Exports(opened).export(roster, folder / "签到表.xlsx", asked=asked, **options)  # type: ignore[arg-type]
    return load_workbook(done.file).worksheets


def table(sheet: Worksheet) -> list[list[Any]]:
    """From the header on, without what follows the rows."""
    rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet]
    start = next(number for number, row in enumerate(rows) if row[0] == "序号")
    return [rows[start], *(row for row in rows[start + 1 :] if isinstance(row[0], int))]


def heights_on_paper(sheet: Worksheet, count: int) -> set[float]:
    """Points, as the page is scaled at least."""
    wide = sum(dimension.width * 7 + 3.75 for dimension in sheet.column_dimensions.values())
    scale = min(1.0, (765 if sheet.page_setup.orientation == "landscape" else 518) / wide)
    usual = sheet.sheet_format.defaultRowHeight
    return {round((sheet.row_dimensions[row].height or usual) * scale, 1) for row in range(4, 4 + count)}


def test_the_whole_course_has_a_column_a_half_day(opened: OpenRegister, course: int, tmp_path: Path):
    attendance = Attendance(opened, course)
    attendance.tick([attendance.grid().rows[1].id], FIRST, "late")
    (sheet,) = exported(opened, course, "sign-in", tmp_path)
    header, first, second, *others = table(sheet)
    assert [str(label).split() for label in header] == [
        ["序号"], ["单位"], ["姓名"], ["性别"], ["职务"], ["联系电话"], ["2026-07-01", "上午"], ["2026-07-01", "下午"], ["备注"],
    ]  # fmt: skip
    assert first == [1, "示例站", "张甲甲", "女", "社工", "199****0000", None, None, None]
    assert second[6:8] == ["迟到", None] and len(others) == PEOPLE - 2
    assert all(height >= 24 for height in heights_on_paper(sheet, PEOPLE))


def test_its_columns_are_known_again(opened: OpenRegister, course: int, tmp_path: Path):
    (sheet,) = exported(opened, course, "sign-in", tmp_path)
    held = [FIRST, HalfDay("2026-07-01", "afternoon")]
    assert [half_days.half_day(str(label), held) for label in table(sheet)[0][6:8]] == held


def test_full_phones_need_a_purpose_and_are_whole(opened: OpenRegister, course: int, tmp_path: Path):
    (sheet,) = exported(opened, course, "sign-in", tmp_path, full_numbers=True, purpose="会务联系")
    assert table(sheet)[1][5] == "19900000000"


def test_each_half_day_has_a_worksheet(opened: OpenRegister, course: int, tmp_path: Path):
    sheets = exported(opened, course, "sign-in-half-day", tmp_path)
    assert [sheet.title for sheet in sheets] == ["2026-07-01 上午", "2026-07-01 下午"]
    for sheet in sheets:
        header, first, *others = table(sheet)
        assert header == ["序号", "单位", "姓名", "职务", "联系电话", "签名"]
        assert first == [1, "示例站", "张甲甲", "社工", "199****0000", None] and len(others) == PEOPLE - 1
        assert sheet["A1"].value == "2026年社区工作方法班签到表" and sheet["A2"].value == f"时间：{sheet.title}"
        assert sheet.page_setup.orientation == "portrait"
        assert all(height >= 24 for height in heights_on_paper(sheet, PEOPLE))


def test_one_half_day_is_enough(opened: OpenRegister, course: int, tmp_path: Path):
    wanted = Condition("date", "2026-07-01"), Condition("half_day", "afternoon")
    sheets = exported(opened, course, "sign-in-half-day", tmp_path, *wanted)
    assert [sheet.title for sheet in sheets] == ["2026-07-01 下午"]


def test_a_course_without_half_days_has_one_sheet_to_fill_in(opened: OpenRegister, save: Save, tmp_path: Path):
    course = save("courses", title="讲座")
    save("training_signups", save("people", name="张三"), course=course)
    for roster in ("sign-in", "sign-in-half-day", "sign-in-double"):
        (sheet,) = exported(opened, course, roster, tmp_path)
        assert len(table(sheet)) == 2 and sheet.title == "讲座签到表"


def test_nobody_signed_up_yet_gives_empty_sheets(opened: OpenRegister, save: Save, tmp_path: Path):
    course = save("courses", title="讲座")
    for roster in ("sign-in", "sign-in-half-day", "sign-in-double"):
        (sheet,) = exported(opened, course, roster, tmp_path)
        assert len(table(sheet)) == 1


def test_the_double_form_fills_the_left_of_a_page_then_its_right(opened: OpenRegister, course: int, tmp_path: Path):
    sheet, _ = exported(opened, course, "sign-in-double", tmp_path)
    header, *rows = table(sheet)
    assert header == ["序号", "姓名", "单位", "签名"] * 2
    assert [row[0] for row in rows] == [*range(1, DOUBLE_ROWS + 1), *range(2 * DOUBLE_ROWS + 1, PEOPLE + 1)]
    assert [row[4] for row in rows] == [*range(DOUBLE_ROWS + 1, 2 * DOUBLE_ROWS + 1), *[None] * 3]
    assert rows[0][5:7] == ["张" + "甲乙"[DOUBLE_ROWS // 10] + "甲乙丙丁戊己庚辛壬癸"[DOUBLE_ROWS % 10], "示例站"]
    assert [one.id for one in sheet.row_breaks.brk] == [3 + DOUBLE_ROWS]
    page = DOUBLE_ROWS * max(heights_on_paper(sheet, len(rows)))
    assert min(heights_on_paper(sheet, len(rows))) >= 24 and page < 842 - (0.6 + 0.7) * 72 - 100


@pytest.mark.parametrize(("people", "found"), [
    (0, []), (1, [[1, None]]), (2, [[1, None], [2, None]]), (3, [[1, 3], [2, None]]), (4, [[1, 3], [2, 4]]),
    (5, [[1, 3], [2, 4], [5, None]]), (7, [[1, 3], [2, 4], [5, 7], [6, None]]),
])  # fmt: skip
def test_two_lines_a_page(people: int, found: list[list[int | None]]):
    assert beside([[number] for number in range(1, people + 1)], 2, [None]) == found


def test_several_sheets_go_to_the_printer_together(opened: OpenRegister, course: int):
    asked = Filter(where=(Condition("course", course),))
    parts = Exports(opened).sheets("sign-in-half-day", asked=asked)
    assert [sheet.left_line for sheet, _ in parts] == ["时间：2026-07-01 上午", "时间：2026-07-01 下午"]
    assert all(len(rows) == PEOPLE for _, rows in parts)
