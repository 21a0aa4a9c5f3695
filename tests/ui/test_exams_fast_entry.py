"""Signing up by keyboard alone, over a real register."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListWidget, QTableView

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.id_number import checksum
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.screens.exams.fast_entry import HOW_TO, NONE_FOUND, FastEntry

ENTER, ESC, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up
ALT = Qt.KeyboardModifier.AltModifier
NEW_NUMBER = "53012219900101998" + checksum("53012219900101998")
ABLE = {"education": "大学本科", "major": "社会工作", "social_work_since": "2010-01-01"}
UNABLE = {"education": "初中"}


@pytest.fixture
def tab(show, workplace):
    return show(FastEntry(workplace))


@pytest.fixture
def year(opened):
    return opened.today().year


@pytest.fixture
def take(qtbot, tab, press, write):
    """Write into the line and take the first, without waiting for the list."""

    def taken(text):
        qtbot.waitUntil(tab.line.hasFocus)
        write(text)
        press(ENTER)
        qtbot.waitUntil(lambda: tab.card.proposal is not None)

    return taken


def entries(opened):
    keys = ("name", "year", "level", "subjects", "first_time", "sign_up_number", "paid", "declared_reason")
    rows = Records(opened, "exam_entries").first_rows(Filter(), keys)
    return {row.values["name"]: tuple(row.values[key] for key in keys[1:]) for row in rows}


def shown(tab, column=0):
    return [tab.entered.model.cell(row, column).text for row in range(tab.entered.model.rowCount())]


def wait_entered(qtbot, tab, count):
    qtbot.waitUntil(lambda: tab.entered.count.text() == f"本次已录 {count} 人")


def test_five_people_by_keyboard_alone(qtbot, tab, opened, save, year, take, press, write):
    save("people", name="张三", **ABLE)
    save("people", name="李四", **UNABLE)
    there = save("people", name="王五", **ABLE)
    save("exam_entries", there, year=year, level="初级")
    save("people", name="赵六", **ABLE)

    take("zs")  # one who may sit
    assert tab.card.verdict.text() == "符合" and "A3" in tab.card.reason.text()
    assert tab.card.details.number.hasFocus() and not tab.card.details.declared.isVisible()
    write("0012")
    press(ENTER)
    assert tab.line.hasFocus() and tab.line.text() == ""
    wait_entered(qtbot, tab, 1)

    take("李四")  # against the verdict: a reason is asked for
    assert tab.card.verdict.text() == "不符合" and tab.card.details.declared.hasFocus()
    press(ENTER)
    assert "写明理由" in tab.card.fault.text() and tab.card.proposal is not None
    write("本人承诺符合")
    assert tab.card.fault.text() == ""
    press(ENTER)
    wait_entered(qtbot, tab, 2)

    take("wangwu")  # there already: nothing is opened twice
    assert tab.card.verdict.text() == "已报考" and "不重复报考" in tab.card.reason.text()
    press(ENTER)
    assert tab.line.hasFocus() and tab.card.proposal is None

    take(f"孙七 {NEW_NUMBER} 19900001234 示例社工站")  # who is not in the register
    assert tab.card.verdict.text() == "不详" and "已新建" in tab.hint.text()
    press(ENTER)
    wait_entered(qtbot, tab, 3)

    take("zl")  # one subject only, paid, not for the first time
    for key in (Qt.Key.Key_1, Qt.Key.Key_P, Qt.Key.Key_Z):
        press(key, ALT)
    assert tab.card.details.again.isChecked()
    press(ENTER)
    wait_entered(qtbot, tab, 4)

    assert shown(tab) == ["赵六", "孙七", "李四", "张三"]
    both = "comprehensive、practice"
    assert entries(opened) == {
        "张三": (year, "assistant", both, 1, "0012", None, None),
        "李四": (year, "assistant", both, 1, None, None, "本人承诺符合"),
        "王五": (year, "assistant", both, None, None, None, None),
        "孙七": (year, "assistant", both, 1, None, None, None),
        "赵六": (year, "assistant", "practice", 0, None, 1, None),
    }
    made = Records(opened, "people").first_rows(Filter("孙七"), ("id_number", "phone"))[0].values
    assert (made["id_number"], made["phone"]) == (NEW_NUMBER, "19900001234")


def test_what_carries_over_is_preset(qtbot, tab, save, year, take, press):
    person = save("people", name="张三", **ABLE)
    save("exam_entries", person, year=year - 1, level="中级", subjects="综合能力、法规与政策、实务",
         comprehensive=90, policy=90, practice=20)  # fmt: skip
    tab.level.setFocus()
    press(DOWN)
    press(ENTER)
    take("zhangsan")
    assert {key: box.isChecked() for key, box in tab.card.details.boxes.items()} == {
        "comprehensive": False, "policy": False, "practice": True,
    }  # fmt: skip
    assert tab.card.details.again.isChecked()
    assert [box.text() for box in tab.card.details.boxes.values()] == ["综合能力(&1)", "法规与政策(&2)", "实务(&3)"]


def test_without_a_subject_nothing_is_written(qtbot, tab, opened, save, take, press):
    save("people", name="张三", **ABLE)
    take("zs")
    press(Qt.Key.Key_1, ALT)
    press(Qt.Key.Key_2, ALT)
    press(ENTER)
    assert tab.card.fault.text() == "请至少选一科。" and tab.card.details.boxes["comprehensive"].hasFocus()
    press(Qt.Key.Key_2, ALT)
    press(ENTER)
    wait_entered(qtbot, tab, 1)


def test_arrows_choose_and_esc_goes_back(qtbot, tab, save, press, write):
    for name in ("张三", "张四", "张五"):
        save("people", name=name, **ABLE)
    write("zhang")
    qtbot.waitUntil(lambda: tab.found.count() == 3)
    names = [tab.found.item(row).text().split()[0] for row in range(3)]
    assert tab.found.currentRow() == 0
    for key, row in ((DOWN, 1), (DOWN, 2), (DOWN, 2), (UP, 1)):
        press(key)
        assert tab.found.currentRow() == row
    assert names[1] in tab.line.accessibleDescription()
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    assert tab.card.proposal.name == names[1]
    press(ESC)
    assert tab.card.proposal is None and tab.line.hasFocus() and tab.line.text() == "zhang"
    press(DOWN)
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    assert tab.card.proposal.name == names[2]
    press(ESC)
    press(ESC)
    assert tab.line.text() == "" and tab.found.count() == 0


def test_enter_while_composing_belongs_to_the_input_method(qtbot, tab, save, press):
    save("people", name="张三", **ABLE)
    QApplication.sendEvent(tab.line, QInputMethodEvent("zhang san", []))
    for key in (ENTER, DOWN, ESC):
        press(key)
    assert tab.card.proposal is None and tab._question == 0
    event = QInputMethodEvent("", [])
    event.setCommitString("张三")
    QApplication.sendEvent(tab.line, event)
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    QApplication.sendEvent(tab.card.details.number, QInputMethodEvent("xu", []))
    press(ENTER)
    assert tab.card.proposal is not None and not tab.entered.rows


def test_stale_answers_are_dropped(qtbot, tab, save, bridge, write, press):
    save("people", name="张三", **ABLE)
    save("people", name="李四", **ABLE)
    tab.line.setText("zs")
    tab.found.hurry()
    press(ENTER)
    tab.line.setText("ls")
    qtbot.waitUntil(lambda: tab.found.count() == 1 and "李四" in tab.found.item(0).text())
    qtbot.waitUntil(lambda: not bridge.busy)
    assert tab.card.proposal is None
    press(ENTER)
    tab.line.setText("")
    qtbot.waitUntil(lambda: not bridge.busy)
    assert tab.card.proposal is None and tab.found.count() == 0


def test_nobody_found_and_a_wrong_number(qtbot, tab, opened, press, write):
    write("查无此人")
    qtbot.waitUntil(lambda: tab.hint.text() == NONE_FOUND)
    press(ENTER)
    press(ESC)
    assert tab.hint.text() == HOW_TO
    write("孙七 110105194912310020")
    qtbot.waitUntil(lambda: tab.found.count() == 1)
    assert tab.found.item(0).text().startswith("新建：孙七") and "19491231" not in tab.found.item(0).text()
    press(ENTER)
    qtbot.waitUntil(lambda: tab.hint.text().startswith("没有新建："))
    assert tab.line.hasFocus() and Records(opened, "people").count(Filter()) == 0


def test_another_level_or_year_is_judged_anew(qtbot, tab, save, year, take, press):
    save("people", name="张三", education="大学本科", major="社会工作")
    take("zs")
    assert tab.card.verdict.text() == "符合"
    tab.level.setCurrentIndex(2)
    qtbot.waitUntil(lambda: tab.card.proposal is not None and list(tab.card.details.boxes) == ["practice"])
    assert tab.card.verdict.text() == "不符合"
    tab.level.setCurrentIndex(0)
    tab.year.setCurrentText(str(year - 1))
    qtbot.waitUntil(lambda: tab.card.proposal is not None and len(tab.card.details.boxes) == 2)
    press(ENTER)
    wait_entered(qtbot, tab, 1)
    assert shown(tab, 1) == [str(year - 1)]


def test_undo_goes_back_one_by_one_and_takes_a_new_person_along(qtbot, tab, opened, save, take, press):
    save("people", name="张三", **ABLE)
    take("zs")
    press(ENTER)
    wait_entered(qtbot, tab, 1)
    take(f"孙七 {NEW_NUMBER}")
    press(ENTER)
    wait_entered(qtbot, tab, 2)
    assert tab.entered.undo_button.text() == "撤销 孙七"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_entered(qtbot, tab, 1)
    assert "孙七" in tab.hint.text()
    assert list(entries(opened)) == ["张三"] and Records(opened, "people").count(Filter()) == 1
    qtbot.mouseClick(tab.entered.undo_button, Qt.MouseButton.LeftButton)
    wait_entered(qtbot, tab, 0)
    assert entries(opened) == {} and not tab.entered.undo_button.isEnabled()


def test_what_is_refused_after_all_is_told(qtbot, tab, opened, save, year, take, press):
    person = save("people", name="张三", **ABLE)
    take("zs")
    save("exam_entries", person, year=year, level="初级")
    press(ENTER)
    qtbot.waitUntil(lambda: bool(tab.entered.rows))
    assert "已报考" in shown(tab, 8)[0] and "张三没有录入" in tab.hint.text()
    assert tab.entered.count.text() == "本次已录 0 人" and not tab.entered.undo_button.isEnabled()


def block_of(save):
    save("people", name="张三", **ABLE)
    save("people", name="李四", **ABLE)
    save("people", name="王五", **UNABLE)
    return f"姓名\t身份证号\r\n张三\t\r\n李四\t\r\n王五\t\r\n孙七\t{NEW_NUMBER}\r\n"


@pytest.mark.parametrize("by_key", [True, False])
def test_a_block_is_pasted_and_entered_and_the_rest_dealt_with(qtbot, tab, opened, save, press, write, by_key):
    text = block_of(save)
    QGuiApplication.clipboard().setText(text)
    if by_key:
        press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    else:
        tab.line.paste()  # as the menu does
    qtbot.waitUntil(lambda: "可录入 2 人，有问题 2 行" in tab.block.summary.text())
    model = tab.block.model
    states = [model.cell(row, 5).text for row in range(model.rowCount())]
    assert [state[:3] for state in states[:2]] == ["可录入", "可录入"]
    assert "不符合" in states[2] and "没有此人" in states[3]
    assert NEW_NUMBER not in model.cell(3, 1).text and NEW_NUMBER[:6] in model.cell(3, 1).text
    assert tab.line.text() == "" and tab.block.enter_button.hasFocus()
    press(ENTER)
    wait_entered(qtbot, tab, 2)
    qtbot.waitUntil(tab.block.table.hasFocus)
    assert [line.pasted.name for line in tab.block.lines] == ["王五", "孙七"]
    press(ENTER)  # the first of those with problems
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    assert tab.card.details.declared.hasFocus()
    write("本人承诺")
    press(ENTER)
    assert [line.pasted.name for line in tab.block.lines] == ["孙七"]
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    press(ENTER)
    wait_entered(qtbot, tab, 4)
    assert tab.stack.currentIndex() == 0 and tab.line.hasFocus()
    assert set(entries(opened)) == {"张三", "李四", "王五", "孙七"}


def test_a_block_goes_back_as_one(qtbot, tab, opened, save, press):
    tab.show_block(block_of(save))
    qtbot.waitUntil(tab.block.enter_button.hasFocus)
    press(ENTER)
    wait_entered(qtbot, tab, 2)
    qtbot.waitUntil(tab.block.table.hasFocus)
    assert tab.entered.undo_button.text() == "撤销上一批 2 人"
    press(ESC)
    assert tab.stack.currentIndex() == 0 and tab.line.hasFocus()
    tab.undo()
    wait_entered(qtbot, tab, 0)
    assert entries(opened) == {}


def test_one_row_of_a_workbook_is_a_line(qtbot, tab, press):
    QGuiApplication.clipboard().setText(f"孙七\t{NEW_NUMBER}\t19900001234\r\n")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tab.line.text() == f"孙七、{NEW_NUMBER}、19900001234"
    qtbot.waitUntil(lambda: tab.found.count() == 1)
    assert tab.found.item(0).text().startswith("新建：孙七")


@pytest.mark.parametrize("agreed", [True, False])
def test_what_is_half_done_is_not_left_unasked(qtbot, tab, save, take, write, monkeypatch, agreed):
    asked = []
    monkeypatch.setattr(messages, "ask", lambda _parent, text, *_, **__: asked.append(text) or agreed)
    save("people", name="张三", **ABLE)
    take("zs")
    assert tab.may_leave() and not asked
    write("0012")
    assert tab.may_leave() is agreed and asked == ["张三还没有录入。"]


def test_changed_conditions_are_read_anew(qtbot, tab, opened, save, bus, take, press):
    save("people", name="张三", **ABLE)
    take("zs")
    assert tab.card.verdict.text() == "符合"
    press(ESC)
    records = Records(opened, "eligibility_rules")
    ids = [row.id for row in records.first_rows(Filter(where=(Condition("level", "assistant"),)), ("rule",))]
    bus.announce(records.delete(ids))
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    assert tab.card.verdict.text() == "不符合"


def test_every_control_has_an_accessible_name(tab, save, take):
    save("people", name="张三", **UNABLE)
    take("zs")
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView, QListWidget):
        for widget in tab.findChildren(kind):
            if not widget.objectName().startswith("qt_") and type(widget).__name__ not in (
                "QToolButton",
                "QLineEditIconButton",
            ):
                assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget


def test_who_was_made_and_not_signed_up_is_found_after_esc(qtbot, tab, opened, take, press):
    take(f"孙七 {NEW_NUMBER}")
    press(ESC)
    qtbot.waitUntil(lambda: tab.found.count() == 1 and tab.found.item(0).text().startswith("孙七"))
    press(ENTER)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    press(ENTER)
    wait_entered(qtbot, tab, 1)
    tab.undo()
    wait_entered(qtbot, tab, 0)
    assert Records(opened, "people").count(Filter()) == 0
