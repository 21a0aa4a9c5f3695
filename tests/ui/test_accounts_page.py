"""Accounts as they are kept in the window, and what the window shows to whom."""

import pytest

from socialwork_app.domain.roles import FIRST, Role
from socialwork_app.services.accounts import Accounts
from socialwork_app.ui import messages
from socialwork_app.ui.login import UnlockDialog
from socialwork_app.ui.screens import factory
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.screens.system.account_dialog import AccountDialog
from socialwork_app.ui.screens.system.accounts_page import AccountsPage
from socialwork_app.ui.screens.system.system_screen import SystemScreen

CHIEF, EDITOR = "晋宁Register9", "录入Register8"
NAME = "王芳"


@pytest.fixture
def locked(files, tmp_path):
    opened, _ = files.create(tmp_path / "r", "测试单位", CHIEF)
    Accounts(opened).add(NAME, Role.EDITOR, EDITOR)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot, locked, files, jobs, monkeypatch):
    monkeypatch.setattr(messages, "ask", lambda *_words, **_more: True)
    made = AccountsPage(locked, files, jobs)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    qtbot.waitUntil(lambda: not jobs.busy)
    yield made
    qtbot.waitUntil(lambda: not jobs.busy)


@pytest.fixture
def fill(qtbot, jobs):
    """Into the dialog that a button has opened."""

    def filled(page, name="", role=None, password=""):
        dialog = page.window().findChildren(AccountDialog)[-1]
        if name:
            dialog._name.setText(name)
        if role:
            dialog._role.setCurrentIndex(list(Role).index(role))
        if password:
            dialog._password.setText(password)
            assert not dialog.ok.isEnabled()
            dialog._again.setText(password)
        dialog.ok.click()
        qtbot.waitUntil(lambda: not jobs.busy)

    return filled


def shown(page):
    model = page.model
    return {
        model.cell(row, 0).text: (model.cell(row, 1).text, model.cell(row, 2).text) for row in range(model.rowCount())
    }


def test_an_account_is_made_given_another_role_disabled_and_enabled(qtbot, page, fill, files, locked, jobs):
    page.new_button.click()
    fill(page, "李强", Role.REVIEWER, "审核Register7")
    assert shown(page) == {FIRST: ("管理员", "可登录"), NAME: ("录入员", "可登录"), "李强": ("审核员", "可登录")}
    page.table.select_row(1)
    page.role_button.click()
    fill(page, role=Role.AUDITOR)
    page.switch_button.click()  # the one that was chosen is chosen still
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown(page)[NAME] == ("审计员", "已停用")
    assert not page.reset_button.isEnabled()
    page.switch_button.click()
    fill(page, password="再来Register6")
    assert shown(page)[NAME] == ("审计员", "可登录")


def test_the_last_administrator_is_told_to_stay(qtbot, page, jobs, told):
    page.table.select_row(0)
    page.switch_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("account.last_administrator", "")]
    assert page.switch_button.isEnabled()


def test_the_key_is_changed_only_for_who_knows_the_password(qtbot, page, told, monkeypatch):
    asked = []
    page.rekey_asked.connect(asked.append)
    monkeypatch.setattr(messages, "ask_text", lambda *_words, **_more: "猜的")
    page.rekey_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert asked == [] and page.rekey_button.isEnabled()
    monkeypatch.setattr(messages, "ask_text", lambda *_words, **_more: CHIEF)
    with qtbot.waitSignal(page.rekey_asked):
        page.rekey_button.click()
    assert asked == [CHIEF]
    assert page.rekey_button.isEnabled()  # it is refused while other work is going on


def test_who_opens_is_chosen_where_there_are_several(qtbot, files, jobs, locked):
    folder = locked.folder
    locked.close()
    dialog = UnlockDialog(files, folder, jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.account.isVisible()
    dialog.account.setCurrentText(NAME)
    dialog.password.setText(EDITOR)
    with qtbot.waitSignal(dialog.accepted):
        dialog._open.click()
    assert (dialog.opened.user, dialog.opened.role) == (NAME, Role.EDITOR)
    dialog.opened.close()


@pytest.mark.parametrize(
    ("role", "without"),
    [
        (Role.ADMINISTRATOR, set()),
        (Role.EDITOR, set()),
        (Role.REVIEWER, {"imports"}),
        (Role.AUDITOR, {key for key, _ in factory.SCREENS} - {"system"}),
    ],
)
def test_the_rail_shows_what_the_role_has(window, workplace, rest, role, without):
    rest()
    window.leave_register()
    workplace.opened.role = role
    window.show_register(workplace)
    assert {key for key, button in window.rail._buttons.items() if button.isHidden()} == without
    for key in without:
        window.go_to(key)
        assert window.current != key


def test_the_auditor_sees_the_log_and_the_own_password(qtbot, opened, files, bridge, bus, rest):
    opened.role = Role.AUDITOR
    screen = SystemScreen(opened, files, bridge, bus)
    qtbot.addWidget(screen)
    titles = [screen.tabs.tabText(index) for index in range(screen.tabs.count())]
    assert set(titles) <= {"日志", "我的密码", "关于"} and "日志" in titles
    rest()
    screen.shut()


@pytest.mark.parametrize(("role", "kind", "may"), [
    (Role.EDITOR, "people", True), (Role.REVIEWER, "people", False),
    (Role.EDITOR, "places", False), (Role.ADMINISTRATOR, "places", True),
])  # fmt: skip
def test_a_list_has_no_button_that_would_be_refused(show, workplace, role, kind, may):
    workplace.opened.role = role
    screen = show(factory.make_list(kind, workplace))
    assert isinstance(screen, RecordsScreen)
    assert {screen._new.isVisible(), screen._delete.isVisible()} == {may}
    screen.new_record()
    assert (screen._panel is not None) is may


def test_a_form_leaves_to_others_what_is_theirs(show, workplace, save, rest):
    person = save("people", name="张三")
    entry = save("exam_entries", person, year=2026, level="助理社会工作师")
    for role, free in ((Role.EDITOR, "note"), (Role.REVIEWER, "review_state")):
        workplace.opened.role = role
        screen = show(factory.make_list("exam_entries", workplace))
        screen.show_record(entry)
        rest()
        editors = screen._panel.form.editors
        assert editors["review_state"].combo.isEnabled() is (free == "review_state")
        note = editors["note"]
        assert getattr(note, "text", getattr(note, "line", None)).isReadOnly() is (free != "note")


def test_steps_that_decide_are_shown_to_who_decides(show, workplace):
    from socialwork_app.ui.screens.talents.selection_tab import SelectionTab

    workplace.opened.role = Role.EDITOR
    entering = show(SelectionTab(workplace))
    assert entering.add_button.isVisible()
    assert not entering.grant_button.isVisible() and not entering.review_button.isVisible()
    workplace.opened.role = Role.REVIEWER
    deciding = show(SelectionTab(workplace))
    assert not deciding.add_button.isVisible()
    assert deciding.grant_button.isVisible() and deciding.review_button.isVisible()
