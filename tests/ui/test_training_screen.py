"""The screen of continuing education: its tabs, its ledger, and the ways into and out of it."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence

from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.forms.record_panel import RecordPanel
from socialwork_app.ui.main_window import TITLES
from socialwork_app.ui.screens.factory import SCREENS, SHORTCUTS, Guarded, Holding
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.screens.training.shortfall_tab import ShortfallTab
from socialwork_app.ui.screens.training.training_screen import TABS, TrainingScreen

SMALL, SMALL_AT_150 = QSize(1366 - 130, 690), QSize(910 - 130, 450)
"""Beside the navigation, over the status bar."""
NAMES = [title for title, _ in TABS]
ATTENDANCE, SHORTFALL, LEDGER = (NAMES.index(name) for name in ("签到与结业", "学时不足", "学习记录"))


@pytest.fixture
def screen(show, workplace):
    return show(TrainingScreen(workplace), SMALL)


def learned(save, person, **values):
    return save(
        "learning", person, **{"title": "社区工作方法", "hours": "8", "to": "2025-05-08", "proof": "1"} | values
    )


def test_the_keys_of_a_page_act_at_once(qtbot, window):
    """Without a click into it: the keyboard is still where the officer came from."""
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go_to("training")
    screen = window.visit("training")
    screen.tabs.tabBar().setFocus()
    qtbot.keyClick(screen.tabs.tabBar(), "n", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(screen.findChildren(RecordPanel)))
    for index in (ATTENDANCE, SHORTFALL):
        screen.tabs.setCurrentIndex(index)
        qtbot.waitUntil(screen.page(index).isVisible)
        screen.tabs.tabBar().setFocus()
        qtbot.keyClick(screen.tabs.tabBar(), "f", Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(screen.page(index).search.hasFocus)


def test_it_stands_after_the_exam(window):
    keys = [key for key, _ in SCREENS]
    assert keys[keys.index("exams") + 1] == "training" and TITLES["training"] == "培训与继续教育"


def test_every_screen_has_a_key_of_its_own(qtbot, window):
    assert len(set(SHORTCUTS.values())) == len(SCREENS) == len(SHORTCUTS)
    for key, keys in SHORTCUTS.items():
        qtbot.keySequence(window, QKeySequence(keys))
        assert window.current == key


def test_each_tab_is_made_on_first_sight(screen):
    assert list(screen._pages) == [0] and isinstance(screen.page(SHORTFALL), ShortfallTab)
    assert isinstance(screen, Guarded) and isinstance(screen, Holding)
    for index, (title, _) in enumerate(TABS):
        screen.tabs.setCurrentIndex(index)
        assert screen.tabs.tabText(index) == title
        assert index in screen._pages and screen.page(index).accessibleName() == title


def test_the_ledger_is_a_list_like_any_other(qtbot, screen, save):
    person = save("people", name="张三")
    learned(save, person)
    learned(save, person, title="禁毒社会工作", proof="")
    learned(save, save("people", name="李四"))
    found = screen.records("learning")
    assert isinstance(found, RecordsScreen) and screen.tabs.currentWidget().isAncestorOf(found)
    qtbot.waitUntil(lambda: found.list.total.text() == "共 3 条")
    found.list.search.setText("lisi")
    qtbot.waitUntil(lambda: found.list.total.text() == "共 1 条")


def test_a_half_done_record_is_not_left_unasked(qtbot, screen, save, opened, monkeypatch):
    answers = ["stay", "discard"]
    monkeypatch.setattr(messages, "ask_to_leave", lambda *_, **__: answers.pop(0))
    record = learned(save, save("people", name="张三"))
    found = screen.records("learning")
    found.show_record(record)
    qtbot.waitUntil(lambda: found._panel is not None and found._panel.title.text() == "张三")
    editor = found._panel.form.editors["title"]
    editor.set(None, "又一班")
    editor.changed.emit()
    screen.tabs.setCurrentIndex(0)
    assert screen.tabs.currentIndex() == LEDGER and answers == ["discard"]
    assert screen.may_leave() and answers == []
    screen.tabs.setCurrentIndex(0)
    assert screen.tabs.currentIndex() == 0


def test_the_window_leads_to_a_record_of_the_ledger_and_out_again(qtbot, window, save):
    person = save("people", name="张三")
    record = learned(save, person)
    window.show_record("learning", record)
    assert window.current == "training" and window.visit("training").records("learning")._shown == record
    window.new_record("learning")
    assert window.visit("training").records("learning")._shown is None
    window.visit("training").tabs.setCurrentIndex(0)
    window.visit("training").record_asked.emit("people", person)
    assert window.current == "people" and window.visit("people")._shown == person


def test_it_fits_a_small_screen(screen):
    for index in range(len(TABS)):
        screen.tabs.setCurrentIndex(index)
    assert screen.minimumSizeHint().width() <= SMALL.width() and screen.minimumSizeHint().height() <= SMALL.height()


def test_it_fits_a_small_screen_at_150_per_cent(qtbot, themed, screen, bridge):
    screen.resize(SMALL_AT_150)
    screen.tabs.setCurrentIndex(SHORTFALL)
    qtbot.waitUntil(lambda: not bridge.busy)
    button = screen.page(SHORTFALL).roster_button
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect().size() == button.size())
    assert screen.size() == SMALL_AT_150


def test_the_people_form_has_the_ledger_of_its_person(qtbot, window, save, opened):
    person = save("people", name="张三")
    learned(save, person)
    window.show_record("people", person)
    panel = window.visit("people")._panel
    qtbot.waitUntil(lambda: panel.title.text() == "张三")
    assert opened.catalogue["learning"].title in [panel.tabs.tabText(at) for at in range(panel.tabs.count())]


def test_a_record_may_be_changed_in_the_ledger(opened, save):
    record = learned(save, save("people", name="张三"))
    assert Records(opened, "learning").save(Draft({"hours": "24学时"}, id=record)).id == record
    assert Records(opened, "learning").record(record).values["hours"] == 24
