"""The desk: figures, what falls due, what to do first."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.statistics import Statistics
from socialwork_app.ui.screens.desk import state
from socialwork_app.ui.screens.desk.desk_screen import DeskScreen
from socialwork_app.ui.screens.desk.state import read

SOON_DAYS = 90  # as the rule table that is shipped has it


@pytest.fixture
def make(qtbot, opened, bridge, bus):
    def build():
        desk = DeskScreen(opened, bridge, bus)
        qtbot.addWidget(desk)
        desk.show()
        qtbot.waitUntil(lambda: not bridge.busy)
        return desk

    yield build
    qtbot.waitUntil(lambda: not bridge.busy)


def _due(desk):
    model = desk._due_model
    return [[model.cell(row, column) for column in range(5)] for row in range(model.rowCount())]


def test_an_empty_register_says_what_to_do_first(qtbot, make):
    desk = make()
    assert desk._pages.currentIndex() == 1
    buttons = {button.text(): button for button in desk._pages.currentWidget().findChildren(QPushButton)}
    asked = []
    desk.screen_asked.connect(asked.append)
    desk.new_asked.connect(lambda kind: asked.append(f"new {kind}"))
    for button in buttons.values():
        button.click()
    assert asked == ["imports", "new people", "places", "system"]


def test_figures_are_those_of_the_service(make, peopled):
    desk = make()
    figures = Statistics(peopled).as_of(peopled.today())
    assert desk._pages.currentIndex() == 0
    assert f"{figures.people}" in desk._people.accessibleName()
    assert f"{figures.certified['total']}" in desk._certified.accessibleName()
    for level, card in desk._levels.items():
        assert f" {figures.certified[level]} " in card.accessibleName()
    for town, count in figures.by_township:
        assert f"{town} {count}" in desk._towns.accessibleName()
    desk.grab()


def test_overdue_and_soon_are_said_in_words(qtbot, make, opened, save):
    day = opened.today()
    for name, ends in (("过期人", -10), ("将到人", 40), ("还早人", SOON_DAYS + 60)):
        certificate = save("certificates", save("people", name=name), level="助理社会工作师", approved_on="2015-06")
        save(
            "registrations",
            certificate,
            registered_on="2020-01-01",
            valid_until=(day + timedelta(days=ends)).isoformat(),
        )
    rows = {cells[1].text: cells for cells in _due(make())}
    assert rows.keys() == {"过期人", "将到人"}
    assert "逾期" in rows["过期人"][0].text and rows["过期人"][0].tone == "overdue"
    assert f"{SOON_DAYS} 天内" in rows["将到人"][0].text and rows["将到人"][0].tone == "soon"
    assert rows["将到人"][2].text == "助理社会工作师"


def test_a_due_line_opens_its_certificate(qtbot, make, peopled):
    desk = make()
    with qtbot.waitSignal(desk.record_asked) as asked:
        desk._due_table.activated.emit(desk._due_model.index(0, 0))
    assert asked.args == ["certificates", desk._due[0].certificate_id]


def test_changes_are_shown(qtbot, make, bridge, opened, bus, save):
    from socialwork_app.services.changes import Changes

    desk = make()
    save("people", name="新来的")
    bus.announce(Changes(frozenset({"people"})))
    qtbot.waitUntil(lambda: desk._pages.currentIndex() == 0)
    assert " 1 " in desk._people.accessibleName()
    desk.hide()
    save("people", name="又来的")
    bus.announce(Changes(frozenset({"people"})))
    assert not bridge.busy
    desk.show()
    qtbot.waitUntil(lambda: " 2 " in desk._people.accessibleName())


def test_more_than_can_be_read_is_counted(make, peopled, monkeypatch):
    due = read(peopled, Control()).due_total
    monkeypatch.setattr(state, "MOST_DUE", due - 3)
    desk = make()
    assert desk._due_model.rowCount() == due - 3
    assert desk._more_due.isVisible() and "另有 3 项" in desk._more_due.text()


def test_nothing_further_than_ninety_days_is_listed(peopled):
    found = read(peopled, Control())
    assert found.due and max(item.due for item in found.due) <= found.day + timedelta(days=SOON_DAYS)


def test_the_exam_calendar_stands_on_the_desk(qtbot, make, peopled, monkeypatch):
    monkeypatch.setattr("socialwork_app.foundation.clock.today", lambda: date(2025, 2, 20))
    desk = make()
    assert "2025 年考试报名 2025-03-10 开始（还有 18 天）。" in desk._exam_text.text()
    asked = []
    desk.screen_asked.connect(asked.append)
    button = next(one for one in desk.findChildren(QPushButton) if one.text() == "打开考试")
    button.click()
    assert asked == ["exams"]


def test_who_is_short_and_which_course_takes_sign_ups_is_said(qtbot, make, opened, save):
    """张三's period ends within ninety days without an hour; 李四's ends later."""
    today = opened.today()
    for name, days in (("张三", 60), ("李四", 400)):
        certificate = save("certificates", save("people", name=name), level="初级", approved_on="2015-06-15")
        until = today + timedelta(days=days)
        save("registrations", certificate, registration_kind="再次登记", registered_on=str(until - timedelta(days=1095)),
             valid_until=str(until))  # fmt: skip
    save("courses", title="示例实务班", state="报名中", sign_up_until=str(today + timedelta(days=5)))
    desk = make()
    assert "90 天内登记有效期届满的，有 1 人学时不足。" in desk._training_text.text()
    assert "示例实务班" in desk._training_text.text() and desk._training.isVisibleTo(desk)
    asked = []
    desk.screen_asked.connect(asked.append)
    next(one for one in desk.findChildren(QPushButton) if one.text() == "打开培训与继续教育").click()
    assert asked == ["training"]


def test_titles_and_appraisals_that_wait_are_said(make, opened, save):
    today = opened.today()
    save("talent_schemes", title="示例人才")
    save("talents", save("people", name="张三"), scheme="示例人才", term_from=f"{today.year - 2}-01-01",
         term_to=str(today + timedelta(days=30)))  # fmt: skip
    desk = make()
    text = desk._talents_text.text()
    assert "1 个称号快要期满" in text and f"{today.year - 1} 年度考核有 1 名在管人才尚未建立" in text


def test_what_talents_asked_for_and_waits_is_said(make, opened, save):
    save("contact_log", save("people", name="张三"), date="2020-03-01", contact_form="走访", request="场地")
    desk = make()
    assert desk._talents.isVisibleTo(desk) and "张三" in desk._talents_text.text()


def test_nothing_that_waits_has_no_card(make, save):
    save("people", name="张三")
    desk = make()
    assert not desk._talents.isVisibleTo(desk)
