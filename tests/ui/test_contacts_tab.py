"""联系情况: who is listed, contacts written down by keyboard, requests answered, leaders changed, and the way back."""

from datetime import date
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QLineEdit, QPushButton, QTableView

from socialwork_app.foundation import clock
from socialwork_app.services.contacts import leaders_on, log_until, names
from socialwork_app.ui import save_as
from socialwork_app.ui.screens.talents import contacts_pane
from socialwork_app.ui.screens.talents.contacts_state import SHOWN
from socialwork_app.ui.screens.talents.contacts_tab import HEADERS, ContactsTab

TODAY = date(2026, 6, 30)
LEADER, LAST, TIMES, OPEN, LIAISON = (
    HEADERS.index(name) for name in ("联系领导", "最近联系", "本年次数", "待办诉求", "联络员")
)
DONE = contacts_pane.HEADERS.index("办结")
WAITING = {"date": "2026-05-01", "contact_form": "走访", "request": "场地"}


@pytest.fixture
def people(opened, save, monkeypatch):
    """张三 with a leader and a request that waits, 李四 with one who left, 王五 with none, 赵六 without a title."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    scheme = save("talent_schemes", title="优秀人才")
    made = SimpleNamespace(opened=opened)
    for key, name, until in (
        ("zhang", "张三", None),
        ("li", "李四", None),
        ("wang", "王五", None),
        ("zhao", "赵六", "2026-05-31"),
    ):
        setattr(made, key, save("people", name=name, employer="甲站"))
        save("talents", getattr(made, key), scheme=scheme, term_from="2024-06-01", term_to=until)
    made.first = save("leaders", name="甲领导", post="甲职务")
    made.left = save("leaders", name="乙领导", to="2026-05-31")
    for person, leader in ((made.zhang, made.first), (made.li, made.left), (made.zhao, made.first)):
        save("leader_contacts", person, leader=leader, **{"from": "2025"})
    save("liaisons", 1, name="联络甲")
    made.waiting = save("contact_log", made.zhang, leader=made.first, **WAITING)
    save("contact_log", made.li, date="2025-03-01", contact_form="电话")
    return made


@pytest.fixture
def tab(qtbot, people, told, show, workplace):
    made = show(ContactsTab(workplace), QSize(1180, 560))
    settle(qtbot, made)
    return made


def settle(qtbot, tab):
    qtbot.waitUntil(lambda: tab._state is not None and not tab._bridge.busy)


def shown(tab):
    return {tab.model.cell(row, 0).text: row for row in range(tab.model.rowCount())}


def cell(tab, name, column):
    return tab.model.cell(shown(tab)[name], column)


def choose(tab, name):
    tab.table.select_row(shown(tab)[name])


def log(people, person):
    return [one.values for one in log_until(people.opened, date(2099, 1, 1), [person])]


def test_who_is_listed_with_leader_and_contacts(tab):
    assert set(shown(tab)) == {"张三", "李四", "王五"}
    texts = {
        name: [cell(tab, name, column).text for column in (LEADER, LAST, TIMES, OPEN, LIAISON)] for name in shown(tab)
    }
    assert texts == {
        "张三": ["甲领导", "2026-05-01 走访", "1", "1 条，最久 60 天", "联络甲"],
        "李四": ["乙领导（已离任）", "2025-03-01 电话", "尚未联系", "", "联络甲"],
        "王五": ["未定", "从未联系", "尚未联系", "", "联络甲"],
    }
    assert [cell(tab, name, column).tone for name, column in (("张三", OPEN), ("李四", LEADER), ("王五", LEADER))] \
        == ["overdue", "overdue", "soon"]  # fmt: skip
    assert tab.figures.text() == "在管 3 人，本年已联系 1 人，待办诉求 1 条"


def test_the_lists_to_work_through(tab):
    found = {}
    for name in SHOWN:
        tab.shown.setCurrentIndex(tab.shown.findData(name))
        found[name] = set(shown(tab))
    assert list(found.values()) == [{"张三", "李四", "王五"}, {"李四", "王五"}, {"李四", "王五"}, {"张三"}, {"赵六"}]


@pytest.mark.parametrize(("typed", "names"), [("zs", {"张三"}), ("四", {"李四"}), ("wangwu", {"王五"}), ("甲站", {"张三", "李四", "王五"}), ("无人", set())])  # fmt: skip
def test_a_name_or_a_unit_narrows_the_list(qtbot, tab, typed, names):
    tab.search.setText(typed)
    assert set(shown(tab)) == names
    assert ("没有符合条件" in tab.table._empty.text()) is not names
    qtbot.keyClick(tab.search, Qt.Key.Key_Down)
    assert tab.table.hasFocus() is bool(names)


def test_a_contact_is_written_down_by_keyboard(qtbot, tab, people):
    choose(tab, "王五")
    entry = tab.pane.entry
    assert entry.day.raw() == "2026-06-30" and entry.leader.raw() == ""
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert entry.form.has_keyboard()
    qtbot.keyClick(entry.form.combo, Qt.Key.Key_Down)
    for wanted in (entry.leader, entry.matter):
        QApplication.focusWidget().focusNextChild()
        assert wanted.has_keyboard()
    entry.matter.line.insert("了解工作")
    QApplication.focusWidget().focusNextChild()
    QApplication.focusWidget().insert("缺督导")
    qtbot.keyClick(entry.request.line, Qt.Key.Key_Return)
    qtbot.keyClick(entry.request.line, Qt.Key.Key_Return)
    settle(qtbot, tab)
    (written,) = log(people, people.wang)
    assert (written["date"], written["contact_form"], written["matter"], written["request"]) \
        == ("2026-06-30", "走访", "了解工作", "缺督导")  # fmt: skip
    assert cell(tab, "王五", OPEN).text == "1 条，最久 0 天" and cell(tab, "王五", OPEN).tone == "soon"
    assert tab.table.hasFocus() and tab.pane.one.person.name == "王五"
    assert (entry.day.raw(), entry.form.raw(), entry.matter.raw(), entry.request.raw()) == (
        "2026-06-30",
        "走访",
        "",
        "",
    )
    qtbot.keyClick(tab.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, tab)
    assert log(people, people.wang) == [] and cell(tab, "王五", LAST).text == "从未联系"


def test_the_present_leader_is_proposed_and_what_is_wrong_stands_beside_it(qtbot, tab, people):
    choose(tab, "张三")
    entry = tab.pane.entry
    assert entry.leader.raw() == people.first
    entry.day.line.setText("不详")
    entry.button.click()
    settle(qtbot, tab)
    assert entry.day.message and entry.form.message and not entry.matter.message
    assert entry.day.has_keyboard() and len(log(people, people.zhang)) == 1
    choose(tab, "李四")
    assert not entry.form.message and entry.leader.raw() == people.left


def test_a_request_is_answered(qtbot, tab, people):
    choose(tab, "张三")
    answering = tab.pane.answering
    assert not answering.isVisible()
    tab.pane.table.select_row(0)
    assert answering.isVisible() and "场地" in tab.pane.whole.text() and answering.done_on.raw() == "2026-06-30"
    answering.done_on.set(None, "")
    answering.reply.line.setText("在协调")
    qtbot.keyClick(answering.reply.line, Qt.Key.Key_Return)
    settle(qtbot, tab)
    assert log(people, people.zhang)[0]["reply"] == "在协调" and cell(tab, "张三", OPEN).text
    assert tab.pane.model.cell(0, DONE).text == "待办 60 天" and answering.isVisible()
    answering.done_on.line.setText("2026.6.29")
    qtbot.keyClick(answering.done_on.line, Qt.Key.Key_Return)
    settle(qtbot, tab)
    assert log(people, people.zhang)[0]["done_on"] == "2026-06-29"
    assert cell(tab, "张三", OPEN).text == "" and tab.pane.model.cell(0, DONE).text == "2026-06-29"


def test_several_chosen_have_no_log_to_write_in(tab):
    choose(tab, "张三")
    assert tab.pane.entry.isEnabled() and tab.pane.model.rowCount() == 1
    tab.table.selectAll()
    assert not tab.pane.entry.isEnabled() and tab.pane.model.rowCount() == 0


def test_the_chosen_get_another_leader_and_it_can_be_taken_back(qtbot, tab, people, save):
    save("leaders", name="丙领导", post="丙职务")
    tab.load()
    settle(qtbot, tab)
    tab.table.selectAll()
    tab.leader_button.click()
    dialog = tab.dialog
    offered = [dialog.leader.itemText(at) for at in range(dialog.leader.count())]
    assert dialog.scope.currentText() == "选中的 3 人" and sorted(offered) == ["丙领导（丙职务）", "甲领导（甲职务）"]
    dialog.leader.setCurrentIndex(offered.index("丙领导（丙职务）"))
    dialog.document.setText("某文〔2026〕1号")
    dialog.change_button.click()
    settle(qtbot, tab)
    assert {cell(tab, name, LEADER).text for name in shown(tab)} == {"丙领导"}
    assert names(leaders_on(people.opened, [people.zhang], date(2026, 6, 29))[people.zhang]) == "甲领导"
    assert "3 人" in tab.undo_bar.text
    tab.undo_bar.undo()
    settle(qtbot, tab)
    assert cell(tab, "张三", LEADER).text == "甲领导"


def test_all_of_a_leader_who_moves_are_handed_over(qtbot, tab, people):
    tab.leader_button.click()
    dialog = tab.dialog
    scopes = [dialog.scope.itemText(at) for at in range(dialog.scope.count())]
    assert scopes == ["甲领导联系的全部 2 人（离任移交）", "乙领导联系的全部 1 人（离任移交）"]
    assert not dialog.change_button.isEnabled()  # to the same leader
    dialog.scope.setCurrentIndex(1)
    dialog.change_button.click()
    settle(qtbot, tab)
    assert cell(tab, "李四", LEADER).text == "甲领导"


def test_a_new_leader_is_made_on_the_way(qtbot, tab, people):
    choose(tab, "王五")
    tab.leader_button.click()
    dialog = tab.dialog
    dialog.add_button.click()
    name = dialog.adding.form.editors["name"]
    name.set(None, "丁领导")
    name.changed.emit()
    dialog.adding.save_button.click()
    settle(qtbot, tab)
    assert dialog.leader.currentText() == "丁领导"
    dialog.change_button.click()
    settle(qtbot, tab)
    assert cell(tab, "王五", LEADER).text == "丁领导"


def test_enter_opens_the_person_and_the_record(qtbot, tab, people):
    asked = []
    tab.record_asked.connect(lambda *words: asked.append(words))
    choose(tab, "张三")
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    tab.pane.table.select_row(0)
    qtbot.keyClick(tab.pane.table, Qt.Key.Key_Return)
    assert asked == [("people", people.zhang), ("contact_log", people.waiting)]


@pytest.mark.parametrize(("button", "title"), [("list_button", "联系名单"), ("sheets_button", "领导联系情况表")])
def test_the_lists_go_out(qtbot, tab, told, tmp_path, monkeypatch, button, title):
    target, asked = tmp_path / "出.xlsx", []
    chooser = SimpleNamespace(getSaveFileName=lambda *words: asked.append(words[2]) or (str(target), ""))
    monkeypatch.setattr(save_as, "QFileDialog", chooser)
    getattr(tab, button).click()
    qtbot.waitUntil(lambda: bool(told) and not tab._bridge.busy)
    assert asked == [f"{title}.xlsx"] and load_workbook(target).worksheets[-1]["B4"].value == "张三"


def test_everything_has_a_name(tab):
    choose(tab, "张三")
    tab.pane.table.select_row(0)
    kinds = (QPushButton, QComboBox, QTableView, QDateEdit, QLineEdit)
    named = [widget for kind in kinds for widget in tab.findChildren(kind)]
    inner = [widget for widget in named if "qt_" in widget.objectName()]
    assert [widget for widget in named if not widget.accessibleName() and widget not in inner] == []


def test_what_matters_fits_a_small_screen(tab):
    viewport = tab.table.viewport().width()
    assert tab.table.columnViewportPosition(OPEN) + tab.table.columnWidth(OPEN) <= viewport
    assert OPEN < LAST  # who waits comes before who was seen last
    log = tab.pane.table
    assert log.columnViewportPosition(DONE) + log.columnWidth(DONE) <= log.viewport().width() // 2
