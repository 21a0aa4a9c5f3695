"""Ticking attendance by keyboard, and what follows from it: assessment, numbers, hours, the way back."""

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from socialwork_app.domain.filters import Filter
from socialwork_app.services import course_plan
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages, printing
from socialwork_app.ui.screens.training.attendance_tab import NO_COURSE, NO_HALF_DAYS, AttendanceTab

SMALL, SMALL_AT_150 = QSize(1366 - 130 - 32, 600), QSize(910 - 170 - 32, 400)
NAMES = ("张三", "李四", "王五")
FIRST = 2


@pytest.fixture
def course(opened, save):
    made = save("courses", title="社区工作方法班", state="running", session_hours="4", number_prefix="甲",
                **{"from": "2026-07-01", "to": "2026-07-03"})  # fmt: skip
    course_plan.plan(opened, made)
    for name in NAMES:
        save("training_signups", save("people", name=name, employer="示例站"), course=made)
    return made


@pytest.fixture
def tab(show, workplace):
    return show(AttendanceTab(workplace), SMALL)


def press(qtbot, tab, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(tab.table, key)
        else:
            qtbot.keyClick(tab.table, key, modifier)


def shown(tab, column):
    return [tab.model.cell(row, column).text for row in range(tab.model.rowCount())]


def stands(opened):
    """What is on record: who, when, what."""
    rows = Records(opened, "attendance").all_rows(Filter(), ("date", "half_day", "mark"))
    return {(row.owner_id, row.values["date"], row.values["half_day"]): row.values["mark"] for row in rows}


def place(tab):
    index = tab.table.currentIndex()
    return index.row(), index.column()


@pytest.mark.usefixtures("course")
class TestTicking:
    def test_digits_go_down_the_column(self, qtbot, tab, rest, opened):
        assert place(tab) == (0, FIRST) and tab.model.headers[FIRST : FIRST + 2] == ("7-1上午", "7-1下午")
        press(qtbot, tab, "1", "2", "3")
        assert shown(tab, FIRST) == ["到", "迟到", "缺"] and place(tab) == (2, FIRST)
        rest()
        assert list(stands(opened).values()) == ["present", "late", "absent"]
        assert shown(tab, tab.model.hours_column) == ["4", "4", ""]

    def test_many_ticks_without_waiting_all_stand(self, qtbot, tab, rest, opened):
        for column in range(FIRST, FIRST + 6):
            tab.table.go_to(0, column)
            press(qtbot, tab, "1", "1", "4")
            assert shown(tab, column) == ["到", "到", "请假"]
        rest()
        assert (
            len(stands(opened)) == 18
            and [shown(tab, column) for column in range(FIRST, FIRST + 6)] == [["到", "到", "请假"]] * 6
        )

    def test_space_and_enter_cycle_in_place_and_delete_clears(self, qtbot, tab, rest, opened):
        for key, words in ((Qt.Key.Key_Space, "到"), (Qt.Key.Key_Return, "迟到"), (Qt.Key.Key_Space, "缺"), (Qt.Key.Key_Enter, "请假"),
                           (Qt.Key.Key_Space, "到"), (Qt.Key.Key_Delete, "")):  # fmt: skip
            press(qtbot, tab, key)
            assert shown(tab, FIRST)[0] == words and place(tab) == (0, FIRST)
        rest()
        assert stands(opened) == {}

    def test_arrows_move_and_say_where_one_is(self, qtbot, tab, rest):
        press(qtbot, tab, Qt.Key.Key_Down, Qt.Key.Key_Right)
        assert place(tab) == (1, FIRST + 1) and tab.here.text() == "李四　7-1下午"

    def test_a_column_is_filled(self, qtbot, tab, rest, opened):
        press(qtbot, tab, Qt.Key.Key_Down, "3")
        press(qtbot, tab, Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
        rest()
        assert shown(tab, FIRST) == ["到", "缺", "到"] and "2 人" in tab.undo_bar.text

    def test_a_day_to_come_says_so(self, qtbot, tab, rest, monkeypatch):
        monkeypatch.setattr("socialwork_app.foundation.clock.today", lambda: date(2026, 6, 30))
        press(qtbot, tab, Qt.Key.Key_Down)
        assert tab.here.text() == "李四　7-1上午　还没有到这一天"
        tab.fill_button.click()
        rest()
        assert "3 人记为到（还没有到这一天）" in tab.undo_bar.text
        monkeypatch.setattr("socialwork_app.foundation.clock.today", lambda: date(2026, 7, 1))
        press(qtbot, tab, Qt.Key.Key_Down)
        assert tab.here.text() == "王五　7-1上午"

    def test_each_step_is_taken_back_by_one_key(self, qtbot, tab, rest, opened):
        press(qtbot, tab, "1", "2")
        rest()
        tab.fill_button.click()
        rest()
        assert shown(tab, FIRST) == ["到", "迟到", "到"]
        for left in (["到", "迟到", ""], ["到", "", ""], ["", "", ""]):
            press(qtbot, tab, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
            rest()
            assert shown(tab, FIRST) == left
        assert stands(opened) == {}

    def test_somebody_is_jumped_to_by_pinyin(self, qtbot, tab):
        tab.table.go_to(0, FIRST + 3)
        qtbot.keyClicks(tab.search, "wangw")
        assert place(tab) == (2, FIRST + 3)
        tab.search.clear()
        qtbot.keyClicks(tab.search, "ls")
        assert place(tab) == (1, FIRST + 3)
        qtbot.keyClick(tab.search, Qt.Key.Key_Return)
        qtbot.keyClick(tab.table, "1")
        assert shown(tab, FIRST + 3) == ["", "到", ""]

    def test_the_place_stays_with_its_person(self, qtbot, tab, rest, opened, bus):
        tab.table.go_to(1, FIRST + 2)
        person = tab.model.rows[0].person_id
        saved = Records(opened, "people").save(Draft({"employer": "示例站二"}, id=person))
        bus.announce(saved.changes)
        rest()
        assert shown(tab, 0) == ["李四", "王五", "张三"] and place(tab) == (0, FIRST + 2)


@pytest.mark.usefixtures("course")
class TestCompletion:
    def test_results_are_ticked_like_marks(self, qtbot, tab, rest, opened):
        tab.table.go_to(0, tab.model.hours_column + 1)
        press(qtbot, tab, "2", "3")
        rest()
        assert shown(tab, tab.model.hours_column + 1) == ["合格", "不合格", ""]

    def test_hours_of_who_failed_are_marked(self, qtbot, tab, rest):
        press(qtbot, tab, "1")
        tab.table.go_to(0, tab.model.hours_column + 1)
        press(qtbot, tab, "3")
        rest()
        assert shown(tab, tab.model.hours_column)[0] == "4 不计" and tab.behind.text() == ""

    def test_a_number_is_typed_into_its_cell(self, qtbot, tab, rest):
        column = tab.model.hours_column + 2
        tab.table.go_to(1, column)
        press(qtbot, tab, Qt.Key.Key_Return)
        assert tab.table.state() == QAbstractItemView.State.EditingState
        editor = tab.table.findChild(QLineEdit)
        editor.setText("乙009")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: shown(tab, column) == ["", "乙009", ""])

    def test_hours_are_numbered_credited_corrected_and_taken_back(self, qtbot, tab, rest, opened):
        press(qtbot, tab, "1", "1")
        rest()
        assert tab.behind.text() == "尚未计入学时 2 人"
        tab.number_button.click()
        rest()
        assert shown(tab, tab.model.hours_column + 2) == ["甲001", "甲002", ""]
        tab.credit_button.click()
        rest()
        assert tab.behind.text() == "" and "新记 2 人" in tab.undo_bar.text
        tab.table.go_to(0, FIRST)
        press(qtbot, tab, "3")
        rest()
        assert tab.behind.text() == "签到有变动，尚未计入 1 人"
        tab.credit_button.click()
        rest()
        assert "取消 1 人" in tab.undo_bar.text and Records(opened, "learning").count(Filter()) == 1
        tab.undo_bar.undo_last()
        rest()
        assert Records(opened, "learning").count(Filter()) == 2

    def test_closing_offers_the_hours(self, qtbot, tab, rest, opened, monkeypatch):
        asked = []
        monkeypatch.setattr(messages, "ask", lambda _parent, text, *_, **__: asked.append(text) or True)
        press(qtbot, tab, "1")
        rest()
        assert tab.row.step_button.text() == "结束"
        tab.row.step_button.click()
        rest()
        assert "1 人" in asked[0] and Records(opened, "learning").count(Filter()) == 1
        assert tab.row.step_button.isHidden() and tab.row.state.text() == "已结束"

    def test_a_sheet_of_the_column_goes_to_the_printer(self, qtbot, tab, rest, monkeypatch):
        printed = []
        monkeypatch.setattr(printing, "ask_printer", lambda _parent, _sheet: "printer")
        monkeypatch.setattr(printing, "paint", lambda parts, _printer, _control: printed.extend(parts) or 1)
        monkeypatch.setattr(messages, "tell", lambda *_: None)
        tab.table.go_to(0, FIRST + 1)
        for action in tab.paper.print_button.menu().actions()[:3]:
            action.trigger()
            rest()
        assert [sheet.tab for sheet, _ in printed[:2]] == ["2026-07-01 下午"] * 2 and len(printed) == 2 + 6


def test_without_a_course_it_says_so(tab):
    assert tab.table._empty.text() == NO_COURSE and tab.row.course.count() == 0


def test_half_days_come_from_the_dates(qtbot, tab, rest, save, opened, bus):
    save("courses", title="新班", **{"from": "2026-07-01", "to": "2026-07-02"})
    tab.load()
    rest()
    assert tab.hint.text() == NO_HALF_DAYS and tab.plan_button.isVisible()
    tab.plan_button.click()
    rest()
    assert len(tab.model.half_days) == 4 and not tab.hint.isVisible() and not tab.plan_button.isVisible()
    for words in ("开放报名", "开班", "结束"):
        assert tab.row.step_button.text() == words
        tab.row.step_button.click()
        rest()
    tab.undo_bar.undo_last()
    rest()
    assert tab.row.step_button.text() == "结束"


def test_those_who_wait_are_shown_on_request(qtbot, tab, rest, save, opened, course):
    Records(opened, "courses").save(Draft({"places": "1"}, id=course))
    tab.show_course(course)
    rest()
    assert shown(tab, 0) == ["张三"] and "候补 2 人" in tab.figures.text()
    tab.row.waiting.setChecked(True)
    rest()
    assert shown(tab, 0) == list(NAMES)


def test_six_half_days_fit_a_small_screen(qtbot, tab, rest, course):
    tab.show_course(course)
    rest()
    header = tab.table.horizontalHeader()
    assert header.length() <= tab.table.viewport().width() and tab.minimumSizeHint().width() <= SMALL.width()


def test_it_fits_a_small_screen_at_150_per_cent(qtbot, tab, rest, course, save, opened):
    Records(opened, "courses").save(
        Draft({"places": "2", "title": "社区工作方法与老年社会工作实务能力提升培训班"}, id=course)
    )
    tab.show_course(course)
    rest()
    press(qtbot, tab, "1")
    rest()
    assert "候补 1 人" in tab.figures.text() and tab.behind.text() and not tab.row.step_button.isHidden()
    assert (
        tab.minimumSizeHint().width() <= SMALL_AT_150.width()
        and tab.minimumSizeHint().height() <= SMALL_AT_150.height()
    )
    course = save("courses", title="新班", **{"from": "2026-07-01"})
    tab.show_course(course)
    rest()
    assert not tab.plan_button.isHidden() and tab.minimumSizeHint().width() <= SMALL_AT_150.width()


def test_whatever_can_be_reached_has_a_name(tab):
    reachable = [
        one for one in tab.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
    ]
    assert reachable and all(one.accessibleName() for one in reachable)
