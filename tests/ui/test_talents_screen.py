"""The screen of outstanding talents: its lists, and the ways into and out of it."""

import pytest
from PySide6.QtCore import QSize

from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.main_window import TITLES
from socialwork_app.ui.screens.factory import SCREENS, WITHIN
from socialwork_app.ui.screens.talents.talents_screen import SETTINGS, TABS, TalentsScreen

SMALL = QSize(1366 - 130, 690)
"""Beside the navigation, over the status bar."""
AT_150 = QSize(910 - 172, 450)
"""The same where the screen is scaled up."""
NAMES = [title for title, _ in TABS]


@pytest.fixture
def screen(show, workplace):
    return show(TalentsScreen(workplace), SMALL)


def test_it_stands_after_training(window):
    keys = [key for key, _ in SCREENS]
    assert keys[keys.index("training") + 1] == "talents" and TITLES["talents"] == "优秀人才"


@pytest.mark.parametrize("register", [key for key, screen in WITHIN.items() if screen == "talents"])
def test_the_window_leads_to_each_of_its_lists(qtbot, window, register):
    window.new_record(register)
    found = window.visit("talents").records(register)
    qtbot.waitUntil(found.isVisible)
    assert window.current == "talents" and found._panel.isVisible()


def test_a_half_done_setting_is_not_left_unasked(qtbot, screen, opened, monkeypatch):
    answers = ["stay", "stay", "discard"]
    monkeypatch.setattr(messages, "ask_to_leave", lambda *_, **__: answers.pop(0))
    leader = Records(opened, "leaders").save(Draft({"name": "甲领导"})).id
    found = screen.records("leaders")
    found.show_record(leader)
    qtbot.waitUntil(lambda: found._panel is not None and found._panel.title.text() == "甲领导")
    editor = found._panel.form.editors["post"]
    editor.set(None, "某职务")
    editor.changed.emit()
    assert screen.records("holidays") is None and found.isVisible()
    screen.tabs.setCurrentIndex(0)
    assert screen.tabs.currentIndex() == NAMES.index(SETTINGS)
    assert screen.may_leave() and answers == []


def test_it_fits_a_small_screen(screen):
    for index in range(len(TABS)):
        screen.tabs.setCurrentIndex(index)
    assert screen.minimumSizeHint().width() <= SMALL.width() and screen.minimumSizeHint().height() <= SMALL.height()


def test_terms_that_are_over_are_set_by_one_click_and_back(qtbot, screen, save, bridge):
    scheme = save("talent_schemes", title="示例人才")
    ids = [save("talents", save("people", name=name), scheme=scheme, term_to=until)
           for name, until in (("甲", "2020-05-31"), ("乙", "2020-06-30"), ("丙", ""))]  # fmt: skip
    page = screen.page(0)
    page.load()
    qtbot.waitUntil(page.over.isVisible)
    assert "2 个称号已过管理期" in page.said.text()
    page.expire_button.click()
    qtbot.waitUntil(page.over.isHidden)
    titles = Records(page._opened, "talents")
    assert [titles.record(row_id).values["talent_state"] for row_id in ids] == ["expired", "expired", "managed"]
    page.titles.undo_bar.undo()
    qtbot.waitUntil(page.over.isVisible)
    assert [titles.record(row_id).values["talent_state"] for row_id in ids] == ["managed"] * 3


def test_every_page_fits_a_small_screen_at_150_per_cent(qtbot, themed, screen):
    screen.resize(AT_150)
    for index in range(len(NAMES)):
        screen.tabs.setCurrentIndex(index)
        qtbot.waitUntil(screen.page(index).isVisible)
        assert screen.minimumSizeHint().width() <= AT_150.width(), NAMES[index]
