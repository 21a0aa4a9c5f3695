"""Signing up for a course by keyboard alone, over a real register."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListWidget, QTableView

from socialwork_app.domain.filters import Filter
from socialwork_app.services.courses import Courses
from socialwork_app.services.courses import told as place_of
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.training_signup import TrainingSignUp
from socialwork_app.ui.screens.entry.entry_page import EntryPage
from socialwork_app.ui.screens.exams.fast_entry import FastEntry
from socialwork_app.ui.screens.training.signup_tab import NO_COURSE, SignUpTab

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
DAY = "2030-05-06"


@pytest.fixture
def course(save):
    return save("courses", title="示例实务班", **{"from": DAY, "to": DAY}, places=2, state="报名中")


@pytest.fixture
def tab(qtbot, course, show, workplace):
    made = show(SignUpTab(workplace))
    qtbot.waitUntil(lambda: made.line.isEnabled() and made.line.hasFocus())
    return made


@pytest.fixture
def take(qtbot, tab, press, write):
    def taken(text):
        qtbot.waitUntil(tab.line.hasFocus)
        write(text)
        press(ENTER)
        qtbot.waitUntil(lambda: tab.card.proposal is not None)

    return taken


@pytest.fixture
def three(save, opened, course):
    """Two places, three people."""
    desk = TrainingSignUp(opened, course)
    for name in ("张三", "李四", "王五"):
        desk.enter(desk.propose(save("people", name=name)))


def shown(tab):
    """Name and place of each row of the list."""
    model = tab.listed.model
    return [(model.cell(row, 1).text, model.cell(row, 2).text) for row in range(model.rowCount())]


def stored(opened, course):
    known = Courses(opened)
    return [(one.name, place_of(one.standing)) for one in known.participants(known.course(course))]


def wait_entered(qtbot, tab, count):
    qtbot.waitUntil(lambda: tab.entered.count.text() == f"本次已录 {count} 人")


def choose(tab, row):
    tab.listed.table.select_row(row)
    tab.listed.table.setFocus()


def test_people_by_keyboard_alone(qtbot, tab, opened, course, save, take, press, write):
    save("people", name="张三", phone="19900001234", employer="示例社工站")
    save("people", name="李四", employer="示例社工站")

    take("zs")
    assert tab.card.verdict.text() == "正式" and tab.card.details.dietary.hasFocus()
    write("清真")
    press(Qt.Key.Key_Z, ALT)
    press(ENTER)
    assert tab.line.hasFocus() and tab.line.text() == ""
    wait_entered(qtbot, tab, 1)

    take("lisi")  # no phone on record: it is asked for
    assert tab.card.details.phone.hasFocus()
    write("19900005678")
    press(ENTER)
    wait_entered(qtbot, tab, 2)

    take("孙七 19900004321 示例养老院")  # in no register yet, and no place left
    assert tab.card.verdict.text() == "候补第 1 位" and "已新建" in tab.hint.text()
    press(ENTER)
    wait_entered(qtbot, tab, 3)

    take("zhangsan")  # there already
    assert tab.card.verdict.text() == "已报名" and "正式" in tab.card.reason.text()
    press(ENTER)
    assert tab.line.hasFocus()

    assert stored(opened, course) == [("张三", "正式"), ("李四", "正式"), ("孙七", "候补第 1 位")]
    qtbot.waitUntil(lambda: shown(tab) == stored(opened, course))
    assert tab.listed.figures.text() == "已报 2 / 计划 2，候补 1"
    assert [tab.entered.model.cell(row, 1).text for row in range(3)] == ["候补第 1 位", "正式", "正式"]
    keys = ("name", "lodging", "dietary")
    rows = [tuple(row.values.values()) for row in Records(opened, "training_signups").first_rows(Filter(), keys)]
    assert ("张三", 1, "清真") in rows and ("李四", None, None) in rows
    assert Records(opened, "people").first_rows(Filter("李四"), ("phone",))[0].values["phone"] == "19900005678"


def test_a_phone_is_masked_until_the_keyboard_is_in_it(tab, save, take, press):
    save("people", name="张三", phone="19900001234", employer="示例社工站")
    take("zhangsan")
    phone = tab.card.details.phone
    assert phone.text() == "199****1234" and tab.card.details.given().phone == "19900001234"
    phone.setFocus()
    assert phone.text() == "19900001234"
    press(ESC)
    assert tab.line.hasFocus() and phone.text() != "19900001234"


def test_the_undo_takes_sign_up_and_new_person_back(qtbot, tab, opened, take, press):
    take("孙七 19900004321")
    press(ENTER)
    wait_entered(qtbot, tab, 1)
    press(Qt.Key.Key_Z, CONTROL)
    wait_entered(qtbot, tab, 0)
    qtbot.waitUntil(lambda: shown(tab) == [])
    assert Records(opened, "people").count(Filter()) == 0


def test_leaving_moves_the_next_one_up_and_the_undo_back(qtbot, tab, three, opened, course, press):
    full = [("张三", "正式"), ("李四", "正式"), ("王五", "候补第 1 位")]
    tab.listed.load()
    qtbot.waitUntil(lambda: shown(tab) == full)
    choose(tab, 0)
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(tab) == [("张三", "已退出"), ("李四", "正式"), ("王五", "正式")])
    assert tab.listed.moved.text() == "张三退出；王五由候补转为正式" and tab.listed.moved.isVisible()
    assert tab.entered.model.cell(0, 1).text == "已退出"
    assert tab.entered.undo_button.text() == "撤销 张三" and tab.entered.count.text() == "本次已录 0 人"
    press(Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: shown(tab) == full)
    assert tab.listed.moved.text() == "张三恢复报名；王五由正式转为候补"
    press(ESC)
    assert tab.line.hasFocus()


def test_the_invited_say_yes_by_enter(qtbot, tab, save, opened, course, press, bus):
    guests = [save("people", name=name) for name in ("张三", "李四")]
    bus.announce(TrainingSignUp(opened, course).invite(guests).changes)
    qtbot.waitUntil(lambda: shown(tab) == [("张三", "拟邀请"), ("李四", "拟邀请")])
    assert "拟邀请 2" in tab.listed.figures.text()
    choose(tab, 0)
    press(ENTER)
    wait_entered(qtbot, tab, 1)
    qtbot.waitUntil(lambda: shown(tab) == [("李四", "拟邀请"), ("张三", "正式")])
    assert tab.listed.chosen() == [] and not tab.listed.confirm_button.isEnabled()


def test_two_courses_on_one_day_are_said_at_once(qtbot, tab, save, opened, take, press):
    other = save("courses", title="另一班", **{"from": DAY})
    save("training_signups", save("people", name="张三"), course=other)
    take("zs")
    assert "另一班" in tab.card.reason.text()
    press(ENTER)
    wait_entered(qtbot, tab, 1)


def test_a_block_with_a_namesake_in_doubt_is_dealt_with_by_choice(qtbot, tab, save, opened, course, press):
    save("people", name="张三", phone="19900001234")
    save("people", name="李四", phone="19900001235")
    tab.show_block("单位\t姓名\t电话\n示例社工站\t张三\t19900001234\n示例养老院\t李四\t19900005678\n")
    qtbot.waitUntil(lambda: "可录入 1 人，有问题 1 行" in tab.block.summary.text())
    press(ENTER)
    wait_entered(qtbot, tab, 1)
    qtbot.waitUntil(tab.block.table.hasFocus)
    press(ENTER)
    qtbot.waitUntil(lambda: tab.found.count() == 2)
    assert tab.card.proposal is None and "选定" in tab.hint.text()
    press(DOWN)
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    press(ENTER)
    wait_entered(qtbot, tab, 2)
    assert Records(opened, "people").count(Filter("李四")) == 2
    assert stored(opened, course) == [("张三", "正式"), ("李四", "正式")]


def test_the_open_course_comes_first_and_another_is_judged_anew(qtbot, course, save, opened, show, press, workplace):
    save("courses", title="旧班", **{"from": "2031-01-01"}, state="已结束")
    person = save("people", name="张三")
    desk = TrainingSignUp(opened, course)
    desk.enter(desk.propose(person))
    tab = show(SignUpTab(workplace))
    qtbot.waitUntil(lambda: tab.course.count() == 2)
    assert tab.course.currentData() == course and DAY in tab.course.currentText()
    tab.line.setText("zs")
    tab._enter()
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    assert tab.card.verdict.text() == "已报名"
    tab.course.setCurrentIndex(1)
    qtbot.waitUntil(lambda: tab.card.proposal is not None and tab.card.verdict.text() == "正式")
    assert "已结束" in tab.card.reason.text()
    qtbot.waitUntil(lambda: shown(tab) == [])


def test_without_a_course_it_says_what_to_do(qtbot, show, opened, bus, workplace):
    tab = show(SignUpTab(workplace))
    qtbot.waitUntil(lambda: tab.hint.text() == NO_COURSE)
    assert not tab.line.isEnabled()
    saved = Records(opened, "courses").save(Draft({"title": "示例实务班"}))
    bus.announce(saved.changes)
    qtbot.waitUntil(tab.line.isEnabled)
    qtbot.waitUntil(tab.line.hasFocus)
    assert tab.hint.text() != NO_COURSE and tab.course.currentData() == saved.id


def test_a_course_that_changed_does_not_take_the_card_away(qtbot, tab, opened, save, bus, take, write):
    save("people", name="张三", phone="1", employer="甲")
    take("zs")
    write("清真")
    bus.announce(Records(opened, "courses").save(Draft({"title": "又一班"})).changes)
    qtbot.waitUntil(lambda: tab.course.count() == 2)
    assert tab.card.proposal is not None and tab.card.details.dietary.text() == "清真"


def test_both_fast_entries_are_the_same_widget(qtbot, tab, show, workplace):
    exam = show(FastEntry(workplace))
    assert isinstance(exam, EntryPage) and isinstance(tab, EntryPage)
    for part in ("line", "found", "card", "block", "entered", "hint"):
        assert type(getattr(exam, part)) is type(getattr(tab, part))
    for step in ("_enter", "_submit", "_go_on", "show_block", "keyPressEvent"):
        assert getattr(type(exam), step) is getattr(type(tab), step)


def test_every_control_has_an_accessible_name(tab):
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView, QListWidget):
        for widget in tab.findChildren(kind):
            inner = widget.objectName().startswith("qt_") or type(widget).__name__ in (
                "QToolButton",
                "QLineEditIconButton",
            )
            assert inner or widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget


def test_it_fits_a_small_screen(qtbot, tab):
    tab.resize(780, 420)
    assert tab.minimumSizeHint().width() <= 780 and tab.minimumSizeHint().height() <= 420
