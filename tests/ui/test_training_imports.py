"""The import page with lists of a training course: which course, and who a row means."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.services.changes import Changes
from socialwork_app.services.import_tables import NEW
from socialwork_app.services.records import Records
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from socialwork_app.ui.screens.imports.preview_model import REMARKS
from tests.services.people_workbook import write

FORM = ("序号", "单位", "姓名", "联系电话")
SHEET = ("序号", "单位", "姓名", "2026-07-01上午")


@pytest.fixture
def course(save):
    made = save("courses", title="社工实务提升班", state="报名中", **{"from": "2026-07-01"})
    save("course_sessions", made, date="2026-07-01", half_day="上午")
    return made


@pytest.fixture
def screen(qtbot, opened, course, bridge, bus, rest):
    made = ImportsScreen(opened, bridge, bus)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    rest()
    yield made
    rest()


@pytest.fixture
def read(screen, tmp_path, rest):
    def reading(kind, headers, *rows):
        screen.source.kinds.setCurrentIndex(screen.source.kinds.findData(kind))
        screen.read(write(tmp_path / "表.xlsx", rows, headers))
        rest()

    return reading


def _signed(opened):
    return [(row.owner_id, row.values["name"], row.values["course"])
            for row in Records(opened, "training_signups").all_rows(EVERYTHING, ("name", "course"))]  # fmt: skip


def _choose(combo, data):
    combo.setCurrentIndex(combo.findData(data))


def test_the_course_is_asked_for_lists_of_one_alone(screen, course, save, bus, rest):
    assert not screen.source.courses.isVisible()
    screen.source.kinds.setCurrentIndex(screen.source.kinds.findData("training-signups"))
    assert screen.source.courses.isVisible()
    assert screen.source.courses.course() == course
    save("courses", title="另一个班", state="报名中")
    bus.announce(Changes(frozenset({"courses"})))
    rest()
    assert screen.source.courses.count() == 3
    assert screen.source.courses.course() == course
    screen.source.kinds.setCurrentIndex(screen.source.kinds.findData("attendance"))
    assert screen.source.courses.course() is None


def test_another_course_is_chosen_after_reading(screen, read, save, bus, rest, opened):
    other = save("courses", title="另一个班", state="报名中")
    bus.announce(Changes(frozenset({"courses"})))
    rest()
    read("training-signups", FORM, [1, "甲站", "张三", ""])
    assert screen.preview.counts["rejected"] == 1
    _choose(screen.source.courses, other)
    screen.source.courses.activated.emit(screen.source.courses.currentIndex())
    rest()
    screen.apply()
    rest()
    assert [(name, course) for _, name, course in _signed(opened)] == [("张三", "另一个班")]


@pytest.mark.parametrize("answer", ["known", "new"])
def test_who_a_row_means_is_answered_in_the_preview(screen, read, save, opened, qtbot, rest, answer):
    first = save("people", name="张三", employer="乙站", phone="19900001111")
    save("people", name="张三", employer="丙站")
    read("training-signups", FORM, [1, "甲站", "张三", ""])
    assert not screen.apply_button.isEnabled()
    screen.results.table.setCurrentIndex(screen.results.model.index(0, 0))
    dialog = screen.ask_correction(screen.results.model.row(0))
    assert [dialog.people.itemText(n) for n in range(dialog.people.count())][1:] == [
        "张三　乙站　199****1111", "张三　丙站", "以上都不是，新建此人"]  # fmt: skip
    _choose(dialog.people, first if answer == "known" else NEW)
    button = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rest()
    assert screen.preview.counts["created"] == 1
    screen.apply()
    rest()
    ((owner, name, _course),) = _signed(opened)
    assert (name, owner == first) == ("张三", answer == "known")
    assert Records(opened, "people").count(EVERYTHING) == (2 if answer == "known" else 3)


def test_a_mark_is_corrected_under_its_half_day(screen, read, save, opened, rest, course):
    save("training_signups", save("people", name="张三", employer="甲站"), course=course)
    screen.source.kinds.setCurrentIndex(screen.source.kinds.findData("attendance"))
    _choose(screen.source.courses, course)
    read("attendance", SHEET, [1, "甲站", "张三", "？"])
    dialog = screen.ask_correction(screen.results.model.row(0))
    assert dialog.lines["2026-07-01上午"].text() == "？"
    dialog.lines["2026-07-01上午"].setText("迟到")
    dialog.accept()
    rest()
    assert screen.preview.counts["updated"] == 1
    screen.apply()
    rest()
    assert [row.values["mark"] for row in Records(opened, "attendance").all_rows(EVERYTHING, ("mark",))] == ["late"]


def test_who_is_missing_in_a_sheet_is_listed(screen, read, save, course):
    for name in ("张三", "李四"):
        save("training_signups", save("people", name=name, employer="甲站"), course=course)
    screen.source.kinds.setCurrentIndex(screen.source.kinds.findData("attendance"))
    _choose(screen.source.courses, course)
    read("attendance", SHEET, [1, "甲站", "张三", "√"])
    screen.results.show_only(REMARKS)
    model = screen.results.model
    assert [[model.cell(row, column).text for column in (1, 2, 5)] for row in range(model.rowCount())] == [
        ["", "提醒", "已报名而签到表中没有：李四。请核对。"]]  # fmt: skip
