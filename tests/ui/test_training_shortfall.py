"""学时不足: who is short on a day, what counts for the chosen one, the roster."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, QRect, QSize, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QTableView

from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import Courses
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import save_as
from socialwork_app.ui.screens.training import shortfall_state, shortfall_tab
from socialwork_app.ui.screens.training.invite_dialog import InviteDialog
from socialwork_app.ui.screens.training.shortfall_state import Found, figures, number
from socialwork_app.ui.screens.training.shortfall_tab import HEADERS, ShortfallTab

UNTIL = HEADERS.index("有效期至")


@pytest.fixture
def make(qtbot, bridge, told, show, workplace):
    def build():
        tab = show(ShortfallTab(workplace), QSize(1200, 600))
        qtbot.waitUntil(lambda: tab._state is not None and not bridge.busy)
        return tab

    return build


@pytest.fixture
def holder(save, opened):
    """Somebody whose registration ends in so many days."""

    def made(name, level="初级", days=60, **values):
        today = opened.today()
        until = today + timedelta(days=days)
        person = save("people", name=name, **values)
        certificate = save("certificates", person, level=level, approved_on="2015-06-15")
        save("registrations", certificate, registration_kind="首次登记", valid_until=until.isoformat(),
             registered_on=(until - timedelta(days=1095)).isoformat())  # fmt: skip
        return SimpleNamespace(id=person, until=until, certificate=certificate)

    return made


@pytest.fixture
def learn(opened):
    def made(person, hours, **values):
        day = (opened.today() - timedelta(days=1)).isoformat()
        raw = {"title": "社区工作方法", "hours": hours, "to": day, "proof": "示 1 号"} | values
        done = Records(opened, "learning").save(Draft(raw, owner_id=person.id))
        assert done.id is not None, done.problems
        return done.id

    return made


def rows(tab):
    cells = ([tab.model.cell(row, at).text for at in range(len(HEADERS))] for row in range(tab.model.rowCount()))
    return {texts[0]: texts[1:] for texts in cells}


def choose(qtbot, tab, bridge, name):
    tab.table.select_row(list(rows(tab)).index(name))
    qtbot.waitUntil(lambda: name in tab.pane.who.text() and not bridge.busy)


def texts_of(model):
    return [[model.cell(row, at).text for at in range(model.columnCount())] for row in range(model.rowCount())]


def test_an_empty_list_says_who_would_be_here(make):
    tab = make()
    assert "没有学时不足的人员" in tab.table._empty.text() and tab.figures.text() == ""
    assert "选中左侧一人" in tab.pane.period.text()


def test_the_list(make, holder, learn, opened):
    learn(holder("李四", "中级", 400, employer="示例站", township="昆阳"), "33.5")
    holder("张三", days=60)
    learn(holder("王五"), 72)
    tab = make()
    assert list(rows(tab)) == ["张三", "李四"]
    li, until = rows(tab)["李四"], opened.today() + timedelta(days=400)
    assert li[:7] == ["示例站", "昆阳街道", "社会工作师", until.isoformat(), "90", "33.5", "56.5"]
    assert all(tab.model.cell(1, at).right for at in range(UNTIL + 1, len(HEADERS)))
    assert tab.figures.text().split() == ["学时不足", "2", "人", "还差合计", "128.5", "小时"]


def test_what_ends_soon_is_red_and_says_so(make, holder):
    holder("张三", days=90)
    holder("李四", days=91)
    tab = make()
    soon, later = tab.model.cell(0, UNTIL), tab.model.cell(1, UNTIL)
    assert (soon.tone, later.tone) == ("overdue", "") and "剩 90 天" in soon.text and "剩" not in later.text


def test_filters_narrow_rows_and_figures(make, holder):
    for name, level, days in (
        ("张三", "初级", 80),
        ("李四", "中级", 170),
        ("王五", "中级", 360),
        ("赵六", "初级", 900),
    ):
        holder(name, level, days)
    tab = make()
    shown = {}
    for at in range(tab.within.count()):
        tab.within.setCurrentIndex(at)
        shown[tab.within.currentText()] = list(rows(tab))
    assert shown == {
        "90 天内": ["张三"], "180 天内": ["张三", "李四"], "365 天内": ["张三", "李四", "王五"],
        "全部": ["张三", "李四", "王五", "赵六"],
    }  # fmt: skip
    tab.level.setCurrentIndex(tab.level.findData("social_worker"))
    assert list(rows(tab)) == ["李四", "王五"] and "180 小时" in tab.figures.text()
    tab.level.setCurrentIndex(tab.level.findData("senior"))
    assert rows(tab) == {} and "没有符合条件" in tab.table._empty.text()


def test_a_name_is_searched(qtbot, make, bridge, holder):
    holder("张三")
    holder("李四")
    tab = make()
    qtbot.keyClicks(tab.search, "lisi")
    qtbot.waitUntil(lambda: list(rows(tab)) == ["李四"] and not bridge.busy)
    tab.search.setText("没有这个人")
    qtbot.waitUntil(lambda: rows(tab) == {} and not bridge.busy)
    tab.search.clear()
    qtbot.waitUntil(lambda: len(rows(tab)) == 2 and not bridge.busy)
    qtbot.keyClick(tab.search, Qt.Key.Key_Down)
    assert tab.table.hasFocus() and tab.table.selected_ranges() == [(0, 0)]


def test_another_day_is_another_list(qtbot, make, bridge, holder):
    one = holder("张三", days=60)
    tab = make()
    after = one.until + timedelta(days=1)
    tab.day.setDate(QDate(after.year, after.month, after.day))
    qtbot.waitUntil(lambda: tab._state.day == after and not bridge.busy)
    assert rows(tab) == {} and after.isoformat() in tab.table._empty.text()
    tab.day.setDate(QDate(one.until.year, one.until.month, one.until.day))
    qtbot.waitUntil(lambda: "张三" in rows(tab) and not bridge.busy)
    assert "剩 0 天" in rows(tab)["张三"][UNTIL - 1]


def test_the_chosen_one_shows_what_counts_and_what_does_not(qtbot, make, bridge, holder, learn, opened):
    one = holder("张三", days=60)
    first = one.until.year - 3
    learn(one, "16学时", title="小组工作")
    learn(one, 8, to=str(first), title="年份不详的一天")
    learn(one, 4, proof="", title="没有证明")
    learn(one, 4, to="2001-01-01", title="早年")
    learn(one, 4, counts="否", reason="与工作无关", title="不计的")
    tab = make()
    choose(qtbot, tab, bridge, "张三")
    day = (opened.today() - timedelta(days=1)).isoformat()
    assert texts_of(tab.pane.counted_model) == [
        ["年份不详的一天", f"{first} 不精确", "8"], ["小组工作", day, "16"]]  # fmt: skip
    no_proof, excluded, outside = (sentence(f"hours.{code}") for code in ("no_proof", "excluded", "outside_period"))
    assert texts_of(tab.pane.not_counted_model) == [
        ["没有证明", day, no_proof], ["不计的", day, f"{excluded}与工作无关"], ["早年", "2001-01-01", outside]]  # fmt: skip
    assert "已学 24 小时" in tab.pane.period.text() and "还差 48" in tab.pane.period.text()
    assert "2 条" in tab.pane.counted_title.text() and "3 条" in tab.pane.not_counted_title.text()
    tab.pane.not_counted_table.select_row(1)
    assert tab.pane.reason.text() == f"不计的：{excluded}与工作无关" and tab.pane.reason.isVisible()
    assert not tab.pane.year.isVisible()
    tab.table.clearSelection()
    qtbot.waitUntil(lambda: "选中左侧一人" in tab.pane.period.text())
    assert texts_of(tab.pane.counted_model) == []


def test_those_on_technical_posts_have_a_line_for_the_year(qtbot, make, bridge, holder, learn, opened):
    one = holder("张三", technical_post="是")
    year = opened.today().year
    learn(one, 20, to=f"{year}", category="专业科目")
    learn(one, 10, to=f"{year}", category="公需科目")
    tab = make()
    choose(qtbot, tab, bridge, "张三")
    assert tab.pane.year.isVisible()
    assert tab.pane.year.text() == (f"专业技术岗位 {year} 年：30/90 学时，还差 60；其中专业科目 20/60（还差 40）。")


def test_the_year_opens_its_records_too(qtbot, make, bridge, holder, learn, opened):
    one, year = holder("张三", days=900, technical_post="是"), opened.today().year
    holder("李四", days=500)
    learn(one, 20, to=f"{year}", title="今年的")
    learn(one, 10, to=f"{year - 1}-12-31", title="去年的")
    tab = make()
    choose(qtbot, tab, bridge, "张三")
    titles = lambda model: [cells[0] for cells in texts_of(model)]  # noqa: E731 - two lists, read in the same way
    assert tab.pane.by_period.isChecked() and tab.pane.by_year.isVisible()
    period = titles(tab.pane.counted_model)
    tab.pane.by_year.setFocus()
    qtbot.keyClick(tab.pane.by_year, Qt.Key.Key_Space)
    assert (titles(tab.pane.counted_model), titles(tab.pane.not_counted_model)) == (["今年的"], ["去年的"])
    assert texts_of(tab.pane.not_counted_model)[0][2] == sentence("hours.outside_year")
    choose(qtbot, tab, bridge, "李四")
    assert not tab.pane.by_year.isVisible() and titles(tab.pane.counted_model) == []
    choose(qtbot, tab, bridge, "张三")
    assert titles(tab.pane.counted_model) == ["今年的"]
    tab.pane.by_period.click()
    assert titles(tab.pane.counted_model) == period


def test_two_certificates_are_two_rows_of_one_person(qtbot, make, bridge, holder, save, opened):
    one = holder("张三", days=60)
    until = opened.today() + timedelta(days=500)
    other = save("certificates", one.id, level="中级", approved_on="2015-06-15")
    save("registrations", other, registration_kind="首次登记", valid_until=until.isoformat(),
         registered_on=(until - timedelta(days=1095)).isoformat())  # fmt: skip
    tab = make()
    assert tab.model.rowCount() == 2 and "1 人（2 个登记有效期）" in tab.figures.text()
    for row, end in ((0, one.until), (1, until)):
        tab.table.select_row(row)
        qtbot.waitUntil(lambda end=end: f"至 {end}" in tab.pane.period.text() and not bridge.busy)


def test_enter_and_double_click_open_the_person(qtbot, make, holder):
    people = [holder("张三", days=10), holder("李四", days=20)]
    tab = make()
    asked = []
    tab.record_asked.connect(lambda *words: asked.append(words))
    tab.table.select_row(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    spot = tab.table.visualRect(tab.model.index(1, 0)).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [("people", one.id) for one in people]


def test_the_records_at_the_right_can_be_opened(qtbot, make, bridge, holder, learn):
    one = holder("张三")
    counted, without = learn(one, 8), learn(one, 8, proof="")
    tab = make()
    choose(qtbot, tab, bridge, "张三")
    asked = []
    tab.record_asked.connect(lambda *words: asked.append(words))
    for table in (tab.pane.counted_table, tab.pane.not_counted_table):
        table.select_row(0)
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked == [("learning", counted), ("learning", without)]


def test_changes_are_shown_when_the_tab_is_and_the_chosen_one_stays(qtbot, make, bridge, bus, holder, learn):
    one = holder("张三")
    holder("李四", days=10)
    tab = make()
    choose(qtbot, tab, bridge, "张三")
    learn(one, 12)
    bus.announce(Changes(frozenset({"learning"})))
    qtbot.waitUntil(lambda: rows(tab)["张三"][UNTIL + 1] == "12" and "已学 12" in tab.pane.period.text())
    assert tab.table.selected_ranges() == [(1, 1)]
    tab.hide()
    learn(one, 12, title="另一班")
    bus.announce(Changes(frozenset({"learning"})))
    assert not bridge.busy
    tab.show()
    qtbot.waitUntil(lambda: rows(tab)["张三"][UNTIL + 1] == "24" and not bridge.busy)
    state = tab._state
    bus.announce(Changes(frozenset({"exam_entries"})))
    assert tab._state is state and not bridge.busy


def test_more_than_can_be_read_are_not_listed(make, holder, monkeypatch):
    monkeypatch.setattr(shortfall_state, "MOST", 2)
    for number_of, name in enumerate(("张三", "李四", "王五")):
        holder(name, days=10 + number_of)
    tab = make()
    assert list(rows(tab)) == ["张三", "李四"]
    assert "共 3 条，只列出最先届满的 2 条" in tab.note.text() and "学时不足 3 人" in tab.figures.text()
    tab.level.setCurrentIndex(tab.level.findData("senior"))
    assert tab.note.text() == ""


def test_the_roster_is_of_the_day_asked(qtbot, make, bridge, told, holder, learn, tmp_path):
    one = holder("张三", days=60, phone="19900001234")
    learn(one, 12)
    holder("李四", days=500)
    tab = make()
    tab.within.setCurrentIndex(0)
    tab.export_roster(tmp_path / "名单.xlsx")
    qtbot.waitUntil(lambda: bool(told) and not bridge.busy)
    assert "已导出 2 条" in told[0][0] and told[0][1] == str(tmp_path / "名单.xlsx")
    sheet = load_workbook(tmp_path / "名单.xlsx").worksheets[0]
    texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "张三" in texts and "李四" in texts and "199****1234" in texts and one.until.isoformat() in texts
    assert any(tab.day_asked.isoformat() in text for text in texts)


def test_the_name_of_the_file_is_suggested(make, monkeypatch):
    tab, asked = make(), []
    chooser = SimpleNamespace(getSaveFileName=lambda *words: asked.append(words[2]) or ("", ""))
    monkeypatch.setattr(save_as, "QFileDialog", chooser)
    tab.roster_button.click()
    assert asked == [f"学时不足名单{tab.day_asked:%Y%m%d}.xlsx"]


def test_a_failure_leaves_what_was_shown(qtbot, make, bridge, told, holder, monkeypatch):
    holder("张三")
    tab = make()

    def fail(*_):
        raise DomainError("record.gone", register="人员")

    monkeypatch.setattr(shortfall_tab, "read", fail)
    tab.load()
    qtbot.waitUntil(lambda: bool(told) and not bridge.busy)
    assert "没有完成" in tab.note.text() and list(rows(tab)) == ["张三"]


def test_a_person_who_has_no_period_any_more(qtbot, make, bridge, holder, opened):
    one = holder("张三")
    tab = make()
    Records(opened, "certificates").delete([one.certificate])
    tab.table.select_row(0)
    qtbot.waitUntil(lambda: "已有改动" in tab.pane.period.text() and not bridge.busy)


def test_everything_has_a_name(make):
    tab = make()
    kinds = (QPushButton, QComboBox, QTableView, QDateEdit)
    named = [widget for kind in kinds for widget in tab.findChildren(kind)] + [tab.search]
    inner = [widget for widget in named if widget.parent() is not None and "qt_" in widget.objectName()]
    assert [widget for widget in named if not widget.accessibleName() and widget not in inner] == []
    assert isinstance(tab.search, QLineEdit)


def test_all_columns_fit_a_small_screen(make, holder):
    """1366 pixels without the rail and the margins, and with a bar to scroll by."""
    holder("张三", employer="示例和谐社会工作服务中心", township="昆阳")
    tab = make()
    tab.resize(QSize(1366 - 170 - 32, 600))
    bar = tab.table.verticalScrollBar().sizeHint().width()
    assert tab.table.horizontalHeader().length() <= tab.table.viewport().width() - bar
    last = tab.table.columnViewportPosition(len(HEADERS) - 1)
    assert QRect(last, 0, 1, 1).intersects(tab.table.viewport().rect())


@pytest.mark.parametrize(("hours", "text"), [(0, "0"), (24.0, "24"), (3.5, "3.5"), (0.25, "0.25"), (12345.67, "12,345.67"), (100, "100")])  # fmt: skip
def test_numbers_have_no_noughts_at_the_end(hours, text):
    assert number(hours) == text


def test_nobody_has_no_figures():
    assert figures(Found([], 0, 0, 0)) == ""


@pytest.fixture
def course(save, opened):
    """One that is to come, of two half-days of 36 hours."""

    def made(title="示例提升班", hours="36", **values):
        day = (opened.today() + timedelta(days=30)).isoformat()
        dates = {"from": day, "to": day}
        row = save("courses", title=title, session_hours=hours, state="报名中", **dates, **values)
        for half in ("上午", "下午"):
            save("course_sessions", row, date=day, half_day=half)
        return row

    return made


def invited(opened, course):
    participants = Courses(opened).participants(Courses(opened).course(course))
    return [one.name for one in participants if one.values["sign_up_state"] == "invited"]


def offered(qtbot, tab):
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in tab.window().findChildren(InviteDialog)))
    return next(dialog for dialog in tab.window().findChildren(InviteDialog) if dialog.isVisible())


def test_who_is_short_comes_on_the_list_of_a_course(qtbot, make, holder, course, opened, bridge, told):
    """张三 lacks 72 hours and has time enough; 李四 lacks 90; 王五's period ends before the course."""
    holder("张三", days=60), holder("李四", "中级", days=60), holder("王五", days=10)
    course(places=20)
    tab = make()
    tab.invite_button.click()
    dialog = offered(qtbot, tab)
    assert texts_of(dialog.model)[0][2:] == ["72", "20", "1", "1", "1", "0"]
    dialog.invite_button.click()
    qtbot.waitUntil(lambda: bool(told) and not bridge.busy)
    assert told[0][0].startswith("已将 3 人列入邀请名单") and len(invited(opened, 1)) == 3


def test_only_those_chosen_are_invited_and_nobody_twice(qtbot, make, holder, course, opened, bridge, told):
    holder("张三", days=60), holder("李四", days=90)
    wanted = course()
    tab = make()
    choose(qtbot, tab, bridge, "李四")
    for _ in range(2):
        tab.ask_invite()
        offered(qtbot, tab).invite_button.click()
        qtbot.waitUntil(lambda: not bridge.busy and not tab.window().findChildren(InviteDialog))
    assert invited(opened, wanted) == ["李四"] and "另有 1 人原已在名单中" in told[-1][0]


def test_without_a_course_it_says_what_to_do_first(qtbot, make, holder):
    holder("张三", days=60)
    tab = make()
    tab.ask_invite()
    dialog = offered(qtbot, tab)
    assert "先在“培训班”中新增" in dialog.table._empty.text() and not dialog.invite_button.isEnabled()
    dialog.reject()
