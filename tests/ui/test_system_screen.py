"""The system pages over real register folders, one of them with a password."""

import pytest
from PySide6.QtCore import Qt

from socialwork_app.foundation.errors import RegisterUnavailable
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.record_dialog import RecordDialog
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.recovery_code import RecoveryCodeDialog
from socialwork_app.ui.screens.system.about_page import AboutPage
from socialwork_app.ui.screens.system.accounts_page import AccountsPage
from socialwork_app.ui.screens.system.backup_page import BackupPage
from socialwork_app.ui.screens.system.bin_page import BinPage
from socialwork_app.ui.screens.system.duplicates_page import DuplicatesPage
from socialwork_app.ui.screens.system.hand_over_page import HandOverPage
from socialwork_app.ui.screens.system.id_repair_page import IdRepairPage
from socialwork_app.ui.screens.system.log_page import LogPage
from socialwork_app.ui.screens.system.owner_page import OwnerPage
from socialwork_app.ui.screens.system.password_page import PasswordPage
from socialwork_app.ui.screens.system.quality_page import QualityPage
from socialwork_app.ui.screens.system.rules_page import RulesPage
from socialwork_app.ui.screens.system.system_screen import SystemScreen

PAGES = (OwnerPage, RulesPage, AccountsPage, PasswordPage, BackupPage, HandOverPage, QualityPage,
         DuplicatesPage, IdRepairPage, LogPage, BinPage, AboutPage)  # fmt: skip
OWNER, RULES, ACCOUNTS, PASSWORD, BACKUP, HAND_OVER, QUALITY, DUPLICATES, ID_REPAIR, LOG, BIN, ABOUT = range(12)


@pytest.fixture
def screen(qtbot, opened, files, bridge, bus, rest):
    made = SystemScreen(opened, files, bridge, bus)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    yield made
    rest()
    made.shut()


@pytest.fixture
def said(monkeypatch):
    texts = []
    monkeypatch.setattr(messages, "ask", lambda _parent, text, *_rest: texts.append(text) or True)
    monkeypatch.setattr(messages, "ask_to_leave", lambda *_: texts.append("leave") or "stay")
    monkeypatch.setattr(messages, "tell_error", lambda _parent, error: texts.append(error.code))
    return texts


def _page(screen, index):
    screen.tabs.setCurrentIndex(index)
    return screen.page(index)


def test_every_page_is_made_on_its_first_visit(screen, rest):
    assert list(screen._pages) == [OWNER]
    for index, kind in enumerate(PAGES):
        assert isinstance(_page(screen, index), kind)
    rest()


def test_the_owner_is_kept(screen, opened, rest):
    page = _page(screen, OWNER)
    assert not page.save_button.isEnabled()
    page.owner.setText("某区社会工作部")
    page.save()
    rest()
    assert opened.owner == "某区社会工作部"
    assert not page.save_button.isEnabled()


def test_a_blank_owner_is_not_saved(screen):
    page = _page(screen, OWNER)
    page.owner.setText("  ")
    assert not page.save_button.isEnabled()


def test_a_page_with_unsaved_changes_is_not_left_unasked(screen, said):
    _page(screen, OWNER).owner.setText("某区社会工作部")
    screen.tabs.setCurrentIndex(ABOUT)
    assert said == ["leave"]
    assert screen.tabs.currentIndex() == OWNER
    assert not screen.may_leave()


def test_a_rule_is_edited_and_a_deleted_one_comes_back(qtbot, screen, opened, rest, said):
    page = _page(screen, RULES)
    rest()
    whole = page.list.model.rowCount()
    assert whole == len(opened.rules().rules)
    row_id = page.list.model.ids(0, 0)[0]
    page.show_record(row_id)
    rest()
    page.panel.form.editors["note"].set(None, "已与市局核对")
    page.panel.form.editors["note"].changed.emit()
    page.panel.save()
    rest()
    assert Records(opened, "rules").record(row_id).values["note"] == "已与市局核对"
    qtbot.waitUntil(lambda: page.list.model.complete)
    page.list.table.select_row(0)
    page.ask_delete()
    rest()
    assert len(opened.rules().rules) == whole - 1
    page.undo_bar.undo()
    rest()
    assert len(opened.rules().rules) == whole


def test_a_sample_register_has_no_password_to_change(screen):
    page = _page(screen, PASSWORD)
    assert not page.change_button.isEnabled()
    assert not page.code_button.isEnabled()


@pytest.fixture
def locked(qtbot, files, tmp_path):
    """A password page over a register with a password; its folder, its bridge and its first recovery code."""
    opened, code = files.create(tmp_path / "locked", "测试单位", "old-Pass-1")
    bridge = JobBridge(ChangesBus())
    page = PasswordPage(opened, files, bridge)
    qtbot.addWidget(page)
    page.show()
    yield page, opened.folder, bridge, code
    bridge.shut()
    opened.close()


def test_a_new_password_opens_the_register(qtbot, locked, files):
    page, folder, bridge, _ = locked
    page.password.setText("new-Pass-2")
    assert not page.change_button.isEnabled()
    page.again.setText("new-Pass-3")
    assert "不一致" in page.advice.text()
    page.again.setText("new-Pass-2")
    assert not page.change_button.isEnabled()
    page.old.setText("old-Pass-1")
    page.change()
    qtbot.waitUntil(lambda: not bridge.busy, timeout=20_000)
    assert page.old.text() == page.password.text() == page.again.text() == ""
    page._opened.close()
    with pytest.raises(RegisterUnavailable, match=r"password\.wrong"):
        files.open(folder, "old-Pass-1")
    files.open(folder, "new-Pass-2").close()


def test_who_does_not_know_the_old_password_changes_nothing(qtbot, locked, files, said):
    page, folder, *_ = locked
    for line, text in ((page.old, "old-Pass-2"), (page.password, "new-Pass-2"), (page.again, "new-Pass-2")):
        line.setText(text)
    page.change()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    page.present.setText("old-Pass-2")
    page.ask_new_code()
    qtbot.waitUntil(lambda: len(said) == 3, timeout=20_000)
    assert said == ["password.old_wrong", "换发恢复码？", "password.old_wrong"]
    assert page.change_button.isEnabled()
    page._opened.close()
    files.open(folder, "old-Pass-1").close()


def test_the_recovery_code_stands_in_for_a_forgotten_password(qtbot, locked, files):
    page, folder, bridge, code = locked
    for line, text in ((page.old, code.lower()), (page.password, "new-Pass-2"), (page.again, "new-Pass-2")):
        line.setText(text)
    page.change()
    qtbot.waitUntil(lambda: not bridge.busy, timeout=20_000)
    page._opened.close()
    files.open(folder, "new-Pass-2").close()


def test_a_weak_password_is_warned_about_but_allowed(locked):
    page, *_ = locked
    page.old.setText("old-Pass-1")
    for line in (page.password, page.again):
        line.setText("1234")
    assert page.advice.text().startswith("提醒：密码不足 8 位")
    assert page.change_button.isEnabled()


def test_a_new_recovery_code_takes_the_place_of_the_old_one(qtbot, locked, files, monkeypatch, said):
    page, folder, bridge, first = locked
    shown = []
    monkeypatch.setattr(RecoveryCodeDialog, "open", lambda dialog: shown.append(dialog._code))
    page.present.setText("old-Pass-1")
    page.ask_new_code()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    page._opened.close()
    with pytest.raises(RegisterUnavailable, match=r"recovery_code\.wrong"):
        files.open(folder, recovery_code=first)
    files.open(folder, recovery_code=shown[0]).close()


def test_findings_are_listed_filtered_and_opened(qtbot, screen, save, rest):
    person = save("people", name="没有号码")
    save("certificates", person, level="社会工作师")
    page = _page(screen, QUALITY)
    page.check()
    rest()
    assert page.result.text() == "文件完好；日志完整；3 处需要核对"
    assert page.model.rowCount() == 3
    page.filter.setCurrentIndex(page.filter.findData("没有身份证号。"))
    page.filter.activated.emit(page.filter.currentIndex())
    assert [page.model.cell(0, column).text for column in range(3)] == ["人员", "没有号码", "没有身份证号。"]
    page.table.select_row(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    (dialog,) = page.window().findChildren(RecordDialog)
    rest()
    assert dialog.form.editors["name"].raw() == "没有号码"
    dialog.reject()


def test_licences_are_named(screen):
    page = _page(screen, ABOUT)
    texts = " ".join(label.text() for label in page.findChildren(type(screen.page(QUALITY).result)))
    assert "LGPL v3" in texts
    assert "SQLCipher" in texts
