"""The tab of a round: putting somebody forward, the stages, publication, the decision, and the way back."""

import pytest
from PySide6.QtCore import QSize, Qt

from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.screens.talents.selection_tab import NO_ROUND, NOBODY, SelectionTab

SMALL_AT_150 = QSize(910 - 130, 360)
"""Beside the navigation, under the tabs."""


@pytest.fixture
def scheme(save):
    return save("talent_schemes", title="示例人才", cap="2", term_years="3", allowance="300", publication_days="5")


@pytest.fixture
def tab(workplace, rest):
    made = SelectionTab(workplace)
    made.resize(1200, 600)
    yield made
    rest()
    made.hide()
    made.deleteLater()


@pytest.fixture
def put_forward(qtbot, save, scheme, tab, bridge):
    """A round with these candidates, shown."""

    def put(*names, **values):
        save("talent_rounds", scheme, title="第一届示例人才", year="2026", **values)
        for name in names:
            save("talent_candidates", save("people", name=name), round="第一届示例人才")
        tab.show()
        settle(qtbot, bridge)

    return put


def settle(qtbot, bridge):
    qtbot.waitUntil(lambda: not bridge.busy)


def states(tab):
    return {one.name: one.state for one in tab._state.candidates}


def titles(opened):
    return [row.values for row in Records(opened, "talents").all_rows(EVERYTHING, ("name", "document", "term_to"))]


def enabled(tab):
    buttons = (tab.add_button, tab.publish_button, tab.list_button, tab.grant_button, tab.review_button,
               tab.reject_button, tab.withdraw_button)  # fmt: skip
    return [button.text() for button in buttons if button.isEnabled()]


def test_without_a_round_it_says_where_to_make_one(qtbot, tab, bridge):
    tab.show()
    settle(qtbot, bridge)
    assert tab.table._empty.text() == NO_ROUND and enabled(tab) == []


def test_a_round_without_candidates(put_forward, tab):
    put_forward()
    assert tab.table._empty.text() == NOBODY and enabled(tab) == ["添加候选人"]
    assert "名额 2 人" in tab.about.text() and "管理期 3 年" in tab.about.text()


def test_somebody_is_found_and_put_forward_for_the_round_that_is_shown(qtbot, put_forward, tab, bridge, save):
    put_forward()
    person = save("people", name="张三")
    qtbot.keyClick(tab, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    finder = tab.dialog
    finder.finder.search.setText("zhangsan")
    qtbot.keyClick(finder.finder.search, Qt.Key.Key_Return)
    form = tab.dialog
    assert form is not finder and form.form.editors["round"].raw() == tab._state.round.id
    settle(qtbot, bridge)
    form.form.editors["talent_category"].set(None, "督导")
    form.form.editors["talent_category"].changed.emit()
    form.save()
    qtbot.waitUntil(lambda: states(tab) == {"张三": "recommended"})
    assert tab._state.candidates[0].person_id == person
    assert tab.figures.text() == "候选人 1 人：推荐 1"


def test_stages_by_selection_and_back_by_ctrl_z(qtbot, put_forward, tab, bridge):
    put_forward("甲", "乙", "丙")
    assert enabled(tab) == ["添加候选人"]
    tab.table.selectAll()
    assert enabled(tab) == ["添加候选人", "公示", "表彰决定", "通过评审", "未入选", "放弃"]
    tab.review_button.click()
    qtbot.waitUntil(lambda: set(states(tab).values()) == {"reviewed"})
    tab.table.select_row(2)
    tab.reject_button.click()
    qtbot.waitUntil(lambda: states(tab)["丙"] == "rejected")
    assert tab.undo_bar.text == "未入选 1 人" and tab.figures.text() == "候选人 3 人：通过评审 2，未入选 1"
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(tab)["丙"] == "reviewed")


def test_publication_reckons_its_last_day_and_takes_all_who_were_reviewed(qtbot, put_forward, tab, bridge):
    put_forward("甲", "乙")
    tab.table.select_row(0)
    tab.review_button.click()
    qtbot.waitUntil(lambda: states(tab)["甲"] == "reviewed")
    tab.table.clearSelection()
    tab.publish_button.click()
    dialog = tab.dialog
    dialog.first.set(None, "2026-03-10")
    dialog.first.changed.emit()
    assert dialog.last.raw() == "2026-03-16" and "2026" in dialog.hint.text()
    dialog.last.set(None, "2026-03-09")
    dialog.last.changed.emit()
    dialog.accept()
    assert dialog.isVisible() and "早于" in dialog.last.message
    dialog.last.set(None, "2026-03-18")
    dialog.last.changed.emit()
    dialog.accept()
    qtbot.waitUntil(lambda: states(tab) == {"甲": "published", "乙": "recommended"})
    assert "公示 2026-03-10 至 2026-03-18" in tab.about.text() and "公示名单" in enabled(tab)


def test_a_decision_asks_for_its_number_tells_what_is_odd_and_is_taken_back(qtbot, put_forward, tab, bridge, opened):
    put_forward("甲", "乙", "丙", published_on="2026-03-10", published_until="2026-03-16")
    tab.table.selectAll()
    tab.ask_decision()
    dialog = tab.dialog
    dialog.day.set(None, "2026-03-16")
    dialog.day.changed.emit()
    qtbot.waitUntil(lambda: "公示期到 2026-03-16" in dialog.hint.text())
    assert "授予后共 3 人，每届名额 2 人，超出 1 人" in dialog.hint.text()
    assert "甲、乙、丙还没有列入公示" in dialog.hint.text()
    assert dialog.model.cell(0, 3).text == "2026-03-16 至 2029-03-15"
    dialog.accept()
    assert dialog.isVisible() and "有误" in dialog.document.message
    dialog.document.set(None, "示例〔2026〕1号")
    dialog.day.set(None, "2026-03")
    dialog.day.changed.emit()
    dialog.accept()
    assert dialog.isVisible() and "写到日" in dialog.day.message
    dialog.day.set(None, "2026-03-20")
    dialog.day.changed.emit()
    dialog.accept()
    qtbot.waitUntil(lambda: set(states(tab).values()) == {"granted"})
    assert [row["document"] for row in titles(opened)] == ["示例〔2026〕1号"] * 3
    assert "决定 示例〔2026〕1号 2026-03-20" in tab.about.text()
    tab.undo_bar.undo()
    qtbot.waitUntil(lambda: set(states(tab).values()) == {"recommended"})
    assert titles(opened) == []


def test_who_has_the_title_is_not_moved(qtbot, put_forward, tab, bridge, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, *_: told.append(text))
    put_forward("甲")
    tab.decide(tab._state.candidates, "1号", "2026-03-20")
    qtbot.waitUntil(lambda: states(tab) == {"甲": "granted"})
    tab.table.selectAll()
    tab.withdraw_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("甲已经授予") and states(tab) == {"甲": "granted"}


def test_enter_opens_the_candidate(qtbot, put_forward, tab, bridge):
    put_forward("甲")
    tab.table.select_row(0)
    tab.table.activated.emit(tab.table.currentIndex())
    qtbot.waitUntil(lambda: tab.dialog is not None and tab.dialog.form.editors["round"].raw() == tab._state.round.id)
    tab.dialog.form.editors["objection"].set(None, "材料不实")
    tab.dialog.form.editors["objection"].changed.emit()
    tab.dialog.save()
    qtbot.waitUntil(lambda: tab._state.candidates[0].values["objection"] == "材料不实")


def test_another_round_is_chosen(qtbot, put_forward, tab, bridge, save, scheme):
    save("talent_rounds", scheme, title="旧届", year="2020")
    put_forward("甲")
    assert tab.rounds.currentText() == "第一届示例人才"
    tab.rounds.setCurrentIndex(tab.rounds.findText("旧届"))
    tab.rounds.activated.emit(tab.rounds.currentIndex())
    settle(qtbot, bridge)
    assert tab._state.round.title == "旧届" and tab.rounds.currentText() == "旧届" and states(tab) == {}


def test_it_fits_a_small_screen_at_150_per_cent(put_forward, tab):
    put_forward("甲", published_on="2026-03-10")
    tab.resize(SMALL_AT_150)
    assert tab.size() == SMALL_AT_150
