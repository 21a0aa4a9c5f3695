"""Titles at a glance, as the window shows them."""

import pytest

from socialwork_app.ui.screens.talents.overview_tab import OverviewTab


@pytest.fixture
def tab(qtbot, workplace, rest):
    made = OverviewTab(workplace)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    yield made
    rest()


def test_charts_say_in_words_what_they_show(qtbot, tab, save, bridge):
    save("talent_schemes", title="示例人才")
    for name in ("张三", "李四"):
        person = save("people", name=name, township="昆阳")
        save("talents", person, scheme="示例人才", term_from="2020-01-01")
        save("appraisals", person, scheme="示例人才", year="2025", grade="优秀" if name == "张三" else "合格")
    tab.show()
    qtbot.waitUntil(lambda: tab.people.accessibleName() == "在管人才 2 人")
    assert tab.by_township.accessibleName().endswith("昆阳街道 2")
    assert tab.years.accessibleName().endswith("2025 优秀 1、合格 1")
    assert not tab.nobody.isVisible() and not tab.no_years.isVisible()
    assert not tab.grab().isNull()


def test_an_empty_page_says_what_to_do_first(qtbot, tab, bridge):
    tab.show()
    qtbot.waitUntil(lambda: not bridge.busy and tab.people.accessibleName() == "在管人才 0 人")
    assert "评选" in tab.nobody.text() and tab.nobody.isVisible()
