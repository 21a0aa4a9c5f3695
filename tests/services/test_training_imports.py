"""Sign-up forms and sign-in sheets out of workbooks, as units send them back."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence.listing import Row
from socialwork_app.services.courses import Courses
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.import_preview import Preview
from socialwork_app.services.import_tables import NEW, Reading
from socialwork_app.services.import_templates import write_template
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.services.people_workbook import ZHANG, write

Save = Callable[..., int]
Take = Callable[..., ImportResult]
FORM = ("序号", "单位", "姓 名", "性别", "职务", "证书级别", "联系电话", "是否住宿", "饮食要求", "备注")
SHEET = ("序号", "单位", "姓名", "7月1日上午", "7.1下午", "7月2日上午", "备注")
TITLE, OTHER = "社工实务提升班", "养老护理班"


@pytest.fixture
def course(save: Save) -> int:
    """Takes sign-ups, has two places, and three half-days in July 2026."""
    made = save("courses", title=TITLE, state="报名中", **{"from": "2026-07-01", "to": "2026-07-02"}, places=2)
    for day, half in (("2026-07-01", "上午"), ("2026-07-01", "下午"), ("2026-07-02", "上午")):
        save("course_sessions", made, date=day, half_day=half)
    return made


@pytest.fixture
def take(opened: OpenRegister, tmp_path: Path) -> Take:
    def taken(
        kind: str, headers: Sequence[str], *rows: Sequence[object], partial: bool = False, mode: str = "fill",
        course: str = "", answers: dict[int, int] | None = None,
    ) -> Any:  # fmt: skip
        imports = Imports(opened)
        reading = imports.read(write(tmp_path / f"{kind}.xlsx", rows, headers), kind)
        reading = imports.with_course(reading, course) if course else reading
        for row, person in (answers or {}).items():
            reading = reading.with_person(reading.tables[0].sheet, row, person)
        return imports.apply(imports.check(reading, mode), partial=partial)

    return taken


def preview(opened: OpenRegister, path: Path, kind: str, **course: str) -> Preview:
    imports = Imports(opened)
    reading: Reading = imports.read(path, kind)
    return imports.check(imports.with_course(reading, **course) if course else reading)


def codes(done: ImportResult | Preview) -> list[str]:
    return [problem.code for problem in done.problems]


def people(opened: OpenRegister) -> list[tuple[object, ...]]:
    rows = Records(opened, "people").all_rows(EVERYTHING, ("name", "employer", "phone", "gender", "position"))
    return [tuple(row.values.values()) for row in rows]


def signed_up(opened: OpenRegister, course: int) -> dict[str, str]:
    known = Courses(opened)
    return {one.name: str(one.values["sign_up_state"]) for one in known.participants(known.course(course))}


def sign_ups(opened: OpenRegister, *keys: str) -> list[Row]:
    return list(Records(opened, "training_signups").all_rows(EVERYTHING, keys))


def marks(opened: OpenRegister, course: int) -> list[list[str]]:
    """Of each sign-up, in the order of arrival."""
    known = Courses(opened)
    return [[one.marks[at] for at in sorted(one.marks, key=lambda at: at.order)]
            for one in known.participants(known.course(course))]  # fmt: skip


# sign-up forms


def test_a_form_makes_people_who_are_not_known_and_an_undo_takes_them_with_it(
    opened: OpenRegister, course: int, take: Take
):
    done = take(
        "training-signups", FORM,
        [1, "甲养老院", "张　三", "女", "护理员", "", 19900001234.0, "是", "清真", ""],
        [2, "乙社工站", "李四", "", "社工", "中级", "199-0000-5678", "否", None, "晚到"],
    )  # fmt: skip
    assert (done.created, done.rejected, codes(done)) == (2, 0, []), done.problems
    assert people(opened) == [
        ("张三", "甲养老院", "19900001234", "女", "护理员"),
        ("李四", "乙社工站", "19900005678", None, "社工"),
    ]
    rows = sign_ups(opened, "name", "course", "level", "lodging", "dietary", "sign_up_state", "note", "signed_up_on")
    assert [list(row.values.values())[:7] for row in rows] == [
        ["张三", TITLE, None, 1, "清真", "signed_up", None], ["李四", TITLE, "social_worker", 0, None, "signed_up", "晚到"],
    ]  # fmt: skip
    assert rows[0].values["signed_up_on"] == opened.today().isoformat()
    History(opened).undo(done.batch or 0)
    assert (people(opened), signed_up(opened, course)) == ([], {})


def test_a_person_is_found_by_name_and_unit_or_phone(opened: OpenRegister, course: int, take: Take, save: Save):
    by_unit = save("people", name="张三", employer="甲站", id_number=ZHANG)
    save("people", name="张三", employer="丙站", phone="19900009999")
    by_phone = save("people", name="李四", employer="乙站", phone="19900005678")
    save("certificates", by_unit, level="中级", approved_on="2019-06-15")
    done = take(
        "training-signups", FORM,
        [1, "甲站", "张三", "", "", "", "19900001111", "", "", ""],
        [2, "改名后的乙站", "李四", "", "", "", 19900005678, "", "", ""],
    )  # fmt: skip
    assert (done.created, done.rejected) == (2, 0), done.problems
    assert len(people(opened)) == 3
    rows = sign_ups(opened, "level")
    assert [(row.owner_id, row.values["level"]) for row in rows] == [(by_unit, "social_worker"), (by_phone, None)]
    assert codes(done) == ["import.kept"]  # the unit that stands stays


def test_who_can_not_be_told_is_asked_and_never_merged(opened: OpenRegister, course: int, take: Take, save: Save):
    first = save("people", name="张三", employer="甲站", phone="19900001111")
    save("people", name="张三", employer="甲站", phone="19900002222")
    stranger = save("people", name="李四", employer="乙站")
    forms = ([1, "甲站", "张三", "", "", "", "", "", "", ""], [2, "丙站", "李四", "", "", "", "", "", "", ""])
    done = take("training-signups", FORM, *forms)
    assert (done.batch, done.rejected) == (None, 2)
    assert [(one.code, one.row) for one in done.problems] == [("person.ambiguous", 4), ("person.namesakes", 5)]
    assert "2 人" in done.problems[0].message
    answered = take("training-signups", FORM, *forms, answers={4: first, 5: NEW})
    assert (answered.created, answered.rejected, codes(answered)) == (2, 0, [])
    rows = sign_ups(opened, "name", "employer")
    assert [(row.owner_id == first, row.owner_id == stranger) for row in rows] == [(True, False), (False, False)]
    assert rows[1].values["employer"] == "丙站"


def test_the_question_names_who_fits_with_masked_numbers(opened: OpenRegister, course: int, save: Save, tmp_path: Path):
    known = save("people", name="李四", employer="乙站", phone="19900005678")
    book = write(tmp_path / "表.xlsx", [[1, "丙站", "李四", "", "", "", "", "", "", ""]], FORM)
    seen = preview(opened, book, "training-signups")
    (question,) = seen.questions.values()
    assert question.may_be_new
    assert [(one.person_id, one.text) for one in question.candidates] == [(known, "李四　乙站　199****5678")]


def test_every_kind_that_finds_people_asks(opened: OpenRegister, take: Take, save: Save, tmp_path: Path):
    for _ in range(2):
        save("people", name="张三", employer="甲站")
    found = {}
    for kind, headers, line in (
        ("learning", ("姓名", "单位", "学习名称"), ["张三", "甲站", "小组工作"]),
        ("people", ("姓名", "单位", "职务"), ["张三", "甲站", "站长"]),
    ):
        seen = preview(opened, write(tmp_path / f"{kind}.xlsx", [line], headers), kind)
        ((place, question),) = seen.questions.items()
        found[kind] = question.may_be_new, len(question.candidates)
        second = question.candidates[1].person_id
        done = take(kind, headers, line, answers={place[1]: second})
        assert (done.created + done.updated, done.rejected) == (1, 0), done.problems
    assert found == {"learning": (False, 2), "people": (True, 2)}
    assert [row.owner_id == second for row in Records(opened, "learning").all_rows(EVERYTHING, ("title",))] == [True]
    assert [position for *_, position in people(opened)] == [None, "站长"]


def test_the_same_person_twice_in_the_file_or_sent_again_is_one(opened: OpenRegister, course: int, take: Take):
    lines = (
        [1, "甲站", "张三", "", "", "", "19900001234", "", "", ""],
        [2, "甲站", "张三", "", "", "", "", "是", "", ""],
        [3, "乙站", "张三", "", "", "", "19900009999", "", "", ""],
        [4, "丙站", "李四", "", "", "", "", "", "", ""],
    )
    done = take("training-signups", FORM, *lines)
    assert (done.created, done.updated) == (3, 1), done.problems
    assert codes(done) == ["person.namesake_in_file", "course.will_wait"]
    again = take("training-signups", FORM, *lines)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
    assert [name for name, *_ in people(opened)] == ["张三", "张三", "李四"]


def test_who_comes_after_the_last_place_waits_and_who_was_invited_comes_last(
    opened: OpenRegister, course: int, take: Take, save: Save
):
    invited = save("people", name="张三", employer="甲站")
    save("training_signups", invited, course=course, sign_up_state="拟邀请", dietary="清真")
    gone = save("people", name="李四", employer="甲站")
    save("training_signups", gone, course=course, sign_up_state="已退出")
    names = ("李四", "王五", "赵六", "张三")
    lines = [[n, "甲站", name, "", "", "", "", "", "", ""] for n, name in enumerate(names, 1)]
    done = take("training-signups", FORM, *lines)
    assert (done.created, done.updated, done.unchanged) == (2, 1, 1)
    assert [(one.row, one.code) for one in done.problems] == [(4, "course.stays_withdrawn"), (7, "course.will_wait")]
    assert done.problems[1].message == "计划人数已满，列为候补第 1 位。"
    known = Courses(opened)
    stand = known.participants(known.course(course))
    assert [(one.name, str(one.standing.place), one.values["dietary"]) for one in stand] == [
        ("李四", "withdrawn", None), ("王五", "taken", None), ("赵六", "taken", None), ("张三", "waiting", "清真")]  # fmt: skip
    History(opened).undo(done.batch or 0)
    assert signed_up(opened, course) == {"张三": "invited", "李四": "withdrawn"}


def test_a_course_that_is_over_is_said_once(opened: OpenRegister, take: Take, save: Save):
    save("courses", title=OTHER, state="已结束", sign_up_until="2020-01-01")
    lines = [[n, "甲站", name, "", "", "", "", "", "", ""] for n, name in enumerate(("张三", "李四"), 1)]
    done = take("training-signups", FORM, *lines, course=OTHER)
    assert (done.created, codes(done)) == (2, ["course.closed", "course.sign_up_over"])


def test_another_course_on_the_same_day_is_said(opened: OpenRegister, course: int, take: Take, save: Save):
    other = save("courses", title=OTHER, **{"from": "2026-07-02", "to": "2026-07-05"})
    save("courses", title="秋季班", **{"from": "2026-09-01", "to": "2026-09-01"})
    person = save("people", name="张三", employer="甲站")
    save("training_signups", person, course=other)
    headers = (*FORM, "培训班")
    done = take(
        "training-signups", headers,
        [1, "甲站", "张三", "", "", "", "", "", "", "", TITLE],
        [2, "甲站", "张三", "", "", "", "", "", "", "", "秋季班"],
        [3, "乙站", "李四", "", "", "", "", "", "", "", TITLE],
        [4, "乙站", "李四", "", "", "", "", "", "", "", OTHER],
    )  # fmt: skip
    assert (done.created, done.rejected) == (4, 0), done.problems
    assert [(one.row, one.code) for one in done.problems] == [(4, "course.same_day"), (7, "course.same_day")]
    assert OTHER in done.problems[0].message


def test_the_course_is_told_by_the_row_the_call_or_the_only_one_that_is_open(
    opened: OpenRegister, course: int, take: Take, save: Save
):
    other = save("courses", title=OTHER, state="报名中")
    line = [1, "甲站", "张三", "", "", "", "", "", "", ""]
    untold = take("training-signups", FORM, line)
    assert (untold.rejected, codes(untold)) == (1, ["course.not_told"])
    told = take("training-signups", FORM, line, course=OTHER)
    assert (told.created, signed_up(opened, other), signed_up(opened, course)) == (1, {"张三": "signed_up"}, {})
    row = take("training-signups", (*FORM, "培训班"), [*line, TITLE], course=str(other))
    assert (row.created, signed_up(opened, course)) == (1, {"张三": "signed_up"})
    unknown = take("training-signups", (*FORM, "培训班"), [*line, "没有的班"])
    assert codes(unknown) == ["reference.unknown"]
    with pytest.raises(DomainError, match=r"import\.no_course"):
        take("people", ("姓名",), ["张三"], course=TITLE)


def test_our_own_list_of_sign_ups_comes_back_in_and_changes_nothing(
    opened: OpenRegister, course: int, save: Save, tmp_path: Path
):
    person = save("people", name="张三", employer="甲站", phone="19900001234")
    save("training_signups", person, course=course)
    listed = Filter(where=(Condition("course", course),))
    path = Exports(opened).export("signups", tmp_path / "报名表.xlsx", asked=listed).file
    imports = Imports(opened)
    seen = imports.check(imports.with_course(imports.read(path, "training-signups"), TITLE), "update")
    assert seen.counts["unchanged"] == 1, seen.rows


def test_the_template_of_sign_ups_comes_back_in(opened: OpenRegister, course: int, tmp_path: Path):
    target = write_template(opened.catalogue, "training-signups", tmp_path / "模板.xlsx")
    book = load_workbook(target)
    sheet = book.worksheets[0]
    headers = [str(cell.value) for cell in sheet[1]]
    assert len(headers) == 11
    for column, value in enumerate(
        ("甲站", "张三", "女", "护理员", "助理社会工作师", "19900001234", "是", "清真", ""), start=1
    ):
        sheet.cell(2, column, value)
    book.save(target)
    seen = preview(opened, target, "training-signups")
    assert (seen.counts["created"], codes(seen)) == (1, [])


# sign-in sheets


@pytest.fixture
def listed(course: int, save: Save) -> int:
    """张三 and another 张三, 李四 and 王五 who is left out of the sheets; places for all."""
    for name, unit in (("张三", "甲站"), ("张三", "乙站"), ("李四", "乙站"), ("王五", "丙站")):
        save("training_signups", save("people", name=name, employer=unit), course=course)
    return course


@pytest.fixture
def roomy(opened: OpenRegister, listed: int) -> int:
    Records(opened, "courses").set_all([listed], "places", "")
    return listed


def test_a_messy_sheet(opened: OpenRegister, roomy: int, take: Take):
    done = take(
        "attendance", SHEET,
        [1, "甲站", "张三", "√", "张三", None, ""],
        [2, "乙站", "张 三", "迟到", "", None, ""],
        [3, "已改名的站", "李四", 1.0, "病假", None, "早走"],
        course=TITLE,
    )  # fmt: skip
    assert (done.updated, done.rejected) == (3, 0), done.problems
    assert marks(opened, roomy) == [["present", "present"], ["late", "absent"], ["present", "excused"], []]
    assert codes(done) == ["column.unmatched", "attendance.not_taken", "attendance.not_in_list"]
    assert "王五" in done.problems[-1].message
    History(opened).undo(done.batch or 0)
    assert not any(marks(opened, roomy))


def test_marks_of_a_day_to_come_are_named_once_a_column(
    opened: OpenRegister, roomy: int, take: Take, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("socialwork_app.foundation.clock.today", lambda: date(2026, 6, 30))
    done = take(
        "attendance", SHEET,
        [1, "甲站", "张三", "√", "", None, ""], [2, "乙站", "张三", "√", "√", None, ""], [3, "乙站", "李四", "√", "√", None, ""],
        course=TITLE,
    )  # fmt: skip
    told = [one for one in done.problems if one.code == "attendance.to_come"]
    assert [one.message for one in told] == ["2026-07-01 还没有到，已有签到。请核对日期。"] * 2
    assert len({one.column for one in told}) == 2 and done.updated == 3


def test_what_can_not_be_taken_stops_its_row(opened: OpenRegister, roomy: int, take: Take, save: Save):
    save("people", name="钱七", employer="甲站")
    done = take(
        "attendance", ("姓名", "单位", "7月1日上午", "8月1日上午"),
        ["李四", "乙站", "？", ""],
        ["王五", "丙站", "√", "√"],
        ["钱七", "甲站", "√", ""],
        ["孙八", "甲站", "√", ""],
        ["张三", "", "√", ""],
        course=TITLE,
    )  # fmt: skip
    assert (done.batch, done.rejected) == (None, 5)
    found = {one.row: one.code for one in done.problems if one.severity == "error"}
    assert found == {
        4: "attendance.mark_unknown", 5: "attendance.no_half_day", 6: "attendance.not_signed_up",
        7: "attendance.not_signed_up", 8: "person.ambiguous",
    }  # fmt: skip


def test_a_row_with_a_mark_that_can_not_be_read_leaves_its_others_out(opened: OpenRegister, roomy: int, take: Take):
    headers = ("姓名", "7月1日上午", "7.1下午", "7月2日上午")
    done = take(
        "attendance", headers, ["李四", "√", "好像来了", "√"], ["王五", "√", "√", "√"], course=TITLE, partial=True
    )
    assert (done.rejected, done.updated) == (1, 1)
    assert marks(opened, roomy) == [[], [], [], ["present"] * 3]


def test_marks_that_stand_stay_unless_the_file_is_to_be_believed(opened: OpenRegister, roomy: int, take: Take):
    headers = ("姓名", "1日上午", "1日下午", "考核结果", "结业证书编号")
    take("attendance", headers, ["李四", "√", "√", "合格", "示2026001"], course=TITLE)
    again = take("attendance", headers, ["李四", "缺", "", "", ""], ["王五", "√", "√", "", ""], course=TITLE)
    assert "import.kept" in codes(again)
    assert marks(opened, roomy)[2] == ["present", "present"]
    lines = ["李四", "缺", "", "", ""], ["王五", "", "√", "", ""]
    believed = take("attendance", headers, *lines, course=TITLE, mode="update")
    assert believed.updated == 1
    assert marks(opened, roomy)[2] == ["absent", "present"]
    row = sign_ups(opened, "name", "assessment", "completion_number")[2]
    assert list(row.values.values()) == ["李四", "passed", "示2026001"]
    taken = take("attendance", headers, ["王五", "", "", "", "示2026001"], course=TITLE)
    assert "course.number_taken" in codes(taken)


@pytest.mark.parametrize("day", ["7月1日", date(2026, 7, 1)])
def test_two_lines_of_headers_and_the_same_columns_twice_side_by_side(
    opened: OpenRegister, roomy: int, tmp_path: Path, day: str | date
):
    """The block at the right holds fewer people; the total below is nobody's."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "2026年社工实务提升班签到表"
    sheet.merge_cells("A1:J1")
    block = ("序号", "姓名", "单位", day, None)
    for column, text in enumerate((*block, *block), start=1):
        sheet.cell(2, column, text)
    for column in (4, 9):
        sheet.cell(3, column, "上午")
        sheet.cell(3, column + 1, "下午")
        sheet.merge_cells(start_row=2, start_column=column, end_row=2, end_column=column + 1)
    for column in (1, 2, 3, 6, 7, 8):
        sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    lines = (
        (1, "张三", "甲站", "√", "", 3, "李四", "乙站", "", "√"),
        (2, "张三", "乙站", "√", "√", 4, None, None, None, None),
    )
    for row, cells in enumerate(lines, start=4):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column, value)
    sheet["A6"] = "合计"
    sheet["B6"] = 3
    book.save(tmp_path / "签到表.xlsx")
    imports = Imports(opened)
    seen = preview(opened, tmp_path / "签到表.xlsx", "attendance", course=TITLE)
    assert [(row.name, row.number, str(row.outcome)) for row in seen.rows] == [
        ("张三", 4, "updated"), ("张三", 5, "updated"), ("李四", 4, "updated")]  # fmt: skip
    imports.apply(seen)
    assert marks(opened, roomy) == [["present", "absent"], ["present", "present"], ["absent", "present"], []]


def test_the_template_of_attendance_comes_back_in(opened: OpenRegister, roomy: int, tmp_path: Path):
    target = write_template(opened.catalogue, "attendance", tmp_path / "模板.xlsx")
    book = load_workbook(target)
    sheet = book.worksheets[0]
    headers = [str(cell.value) for cell in sheet[1]]
    for header, value in (("姓名", "李四"), ("第1天上午", "√"), ("第2天上午", "迟到")):
        sheet.cell(2, headers.index(header) + 1, value)
    book.save(target)
    imports = Imports(opened)
    imports.apply(preview(opened, target, "attendance", course=TITLE))
    assert marks(opened, roomy)[2] == ["present", "late"]


@pytest.mark.parametrize("roster", ["sign-in", "sign-in-half-day", "sign-in-double"])
def test_our_own_sheets_come_back_in(opened: OpenRegister, roomy: int, save: Save, tmp_path: Path, roster: str):
    """Exported without marks, filled in at the computer, taken in: each form gives the same."""
    for number in range(30):
        save(
            "training_signups",
            save("people", name=f"学员{number:02d}", employer="丁站", phone="19900001234"),
            course=roomy,
        )
    target = tmp_path / "签到表.xlsx"
    Exports(opened).export(roster, target, asked=Filter(where=(Condition("course", roomy),)))
    book = load_workbook(target)
    for sheet in book.worksheets:
        _sign(sheet, "√")
    book.save(target)
    seen = preview(opened, target, "attendance", course=TITLE)
    assert (seen.counts["updated"], seen.counts["rejected"]) == (seen.counts["read"], 0), seen.problems
    assert {one.code for one in seen.problems} <= {"column.unmatched"}, seen.problems
    Imports(opened).apply(seen)
    assert marks(opened, roomy) == [["present"] * 3] * 34, roster


def _sign(sheet: Any, mark: str) -> None:
    """In every column to be signed, below its header, where the row is numbered."""
    for cell in [cell for row in sheet.iter_rows() for cell in row]:
        if cell.value == "签名" or str(cell.value).startswith("2026-07"):
            numbering = max(one.column for one in sheet[cell.row][: cell.column] if one.value == "序号")
            for below in range(cell.row + 1, sheet.max_row + 1):
                if isinstance(sheet.cell(below, numbering).value, int):
                    sheet.cell(below, cell.column, mark)
