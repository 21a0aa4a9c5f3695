"""The exam's screen: its tabs, its lists, and the ways into and out of it."""

import pytest
from PySide6.QtCore import QSize

from socialwork_app.domain.filters import Filter
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.main_window import TITLES
from socialwork_app.ui.screens.exams.exams_screen import TABS, ExamsScreen
from socialwork_app.ui.screens.exams.fast_entry import FastEntry
from socialwork_app.ui.screens.factory import SCREENS, Guarded, Holding
from socialwork_app.ui.screens.records.records_screen import RecordsScreen

LISTS = ("exam_entries", "exam_sittings", "eligibility_rules")


@pytest.fixture
def screen(show, workplace):
    return show(ExamsScreen(workplace), QSize(1200, 640))


def test_it_stands_after_the_certificates(window):
    keys = [key for key, _ in SCREENS]
    assert keys[keys.index("certificates") + 1] == "exams" and TITLES["exams"] == "考试"


def test_each_tab_is_made_on_first_sight(screen):
    assert list(screen._pages) == [0] and isinstance(screen.page(0), FastEntry)
    assert isinstance(screen, Guarded) and isinstance(screen, Holding)
    for index, (title, _) in enumerate(TABS):
        screen.tabs.setCurrentIndex(index)
        assert screen.tabs.tabText(index) == title
        assert index in screen._pages and screen.page(index).accessibleName() == title


@pytest.mark.parametrize("key", LISTS)
def test_the_lists_show_their_registers(qtbot, screen, opened, save, key):
    person = save("people", name="张三")
    save("exam_entries", person, year=opened.today().year, level="初级")
    found = screen.records(key)
    assert isinstance(found, RecordsScreen) and screen.tabs.currentWidget().isAncestorOf(found)
    total = Records(opened, key).count(found.list.asked())
    assert total > 0
    qtbot.waitUntil(lambda: found.list.total.text() == f"共 {total} 条")


def test_the_reviews_hang_on_an_entry(qtbot, screen, opened, save):
    entry = save("exam_entries", save("people", name="张三"), year=opened.today().year, level="高级")
    found = screen.records("exam_entries")
    found.show_record(entry)
    qtbot.waitUntil(lambda: found._panel.title.text() == "张三")
    tabs = found._panel.tabs
    assert "高级评审" in [tabs.tabText(at) for at in range(tabs.count())]


def test_entries_are_filtered_by_year(qtbot, screen, opened, save):
    year = opened.today().year
    for number, name in enumerate(("张三", "李四")):
        save("exam_entries", save("people", name=name), year=year - number, level="初级")
    found = screen.records("exam_entries")
    combo = found.list.filters._combos["year"]
    assert combo.itemText(1) == str(year + 1)
    combo.setCurrentIndex(combo.findText(str(year - 1)))
    qtbot.waitUntil(lambda: found.list.total.text() == "共 1 条")


def test_a_half_done_sign_up_is_not_left_unasked(qtbot, screen, save, monkeypatch):
    answers = [False, True]
    monkeypatch.setattr(messages, "ask", lambda *_, **__: answers.pop(0))
    save("people", name="张三")
    tab = screen.page(0)
    tab.line.setText("张三")
    tab._enter()
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    tab.card.details.number.setText("0012")
    assert screen.records("exam_entries") is None and screen.tabs.currentIndex() == 0
    screen.tabs.setCurrentIndex(1)
    assert screen.tabs.currentIndex() == 1 and screen.may_leave() and not answers


@pytest.mark.parametrize("key", LISTS)
def test_the_window_leads_to_a_record_of_its_lists(qtbot, window, opened, save, key):
    person = save("people", name="张三")
    save("exam_entries", person, year=opened.today().year, level="初级")
    row_id = Records(opened, key).first_rows(Filter(), ())[0].id
    window.show_record(key, row_id)
    assert window.current == "exams" and window.visit("exams").records(key)._shown == row_id
    window.new_record(key)
    assert window.visit("exams").records(key)._shown is None


def test_the_tabs_lead_out_through_the_window(window, save):
    person = save("people", name="张三")
    window.go_to("exams")
    window.visit("exams").screen_asked.emit("imports")
    assert window.current == "imports"
    window.visit("exams").record_asked.emit("people", person)
    assert window.current == "people" and window.visit("people")._shown == person


def test_it_fits_a_small_screen(screen):
    for index in range(len(TABS)):
        screen.tabs.setCurrentIndex(index)

    assert screen.minimumSizeHint().width() <= 1200 and screen.minimumSizeHint().height() <= 690


def test_fast_entry_fits_at_150_per_cent(qtbot, screen, save):
    """1366×768 leaves 780×450 beside the navigation; what is filled in is above the fold."""
    save("people", name="张三", education="初中")
    screen.resize(780, 450)
    tab = screen.page(0)
    tab.level.setCurrentIndex(1)
    tab.line.setText("张三")
    tab._enter()
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    qtbot.waitUntil(lambda: tab.card.details.declared.isVisible() and screen.size().height() == 450)
    assert screen.width() == 780
    button = tab.card.enter_button
    tab._area.verticalScrollBar().setValue(99)
    tab._submit()
    tab._to_line()
    assert button.visibleRegion().boundingRect().size() == button.size()
