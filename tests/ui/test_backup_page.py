"""Backups in the window: made, told on the desk, made by themselves, compared, restored, handed over."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialwork_app.domain.backup_rotation import Keeping
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.roles import Role
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import EnvironmentRefused
from socialwork_app.security import locked_zip
from socialwork_app.services import backups, restoring
from socialwork_app.services.automatic_backups import AutomaticBackups
from socialwork_app.services.opened import DEMO
from socialwork_app.services.records import Records
from socialwork_app.ui import login, messages
from socialwork_app.ui.app import Session
from socialwork_app.ui.recovery_code import RecoveryCodeDialog
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.restore_pane import RestoreDialog
from socialwork_app.ui.screens.desk.desk_screen import DeskScreen
from socialwork_app.ui.screens.system.backup_page import BackupPage
from socialwork_app.ui.screens.system.hand_over_page import HandOverPage
from socialwork_app.ui.unasked_backups import QUIET, DailyBackup
from socialwork_app.ui.widgets.progress_dialog import ProgressDialog


@pytest.fixture
def real(opened):
    """No sample: its backups are made and missed."""
    opened.set_setting(DEMO, "0")
    return opened


@pytest.fixture
def page(real, files, bridge, bus, show):
    return show(BackupPage(real, files, bridge, bus))


def test_a_backup_goes_to_both_places_and_is_told(page, save, rest, tmp_path):
    save("people", name="测试")
    assert page.last.text() == "上次备份：尚未备份" and page.warnings.text() == "登记册尚未备份。"
    (tmp_path / "stick").mkdir()
    page.second.line.setText(str(tmp_path / "stick"))
    page.keeping[0].setText("3")
    page.save()
    rest()
    assert AutomaticBackups(page._opened).arrangement().keeping == Keeping(3, 4, 12)
    page.backup_button.click()
    rest()
    made = next((tmp_path / "register备份").iterdir())
    assert "人员 1" in page.result.text() and str(tmp_path / "stick" / made.name) in page.result.text()
    assert page.warnings.isHidden() and str(made) in page.place.text()
    assert page.last.text() == f"上次备份：{AutomaticBackups(page._opened).state().at[:16].replace('T', ' ')}"


def test_a_backup_to_a_file_is_compared_and_restored(page, files, save, rest, tmp_path):
    save("people", name="测试")
    page.backup(tmp_path / "备份.zip")
    rest()
    assert "人员 1" in page.result.text()
    save("people", name="后来")
    pane = page.pane
    assert not pane.restore_button.isEnabled() and not pane.compare_button.isEnabled()
    pane.source.line.setText(str(tmp_path / "备份.zip"))
    pane.compare()
    rest()
    row = next(row for row in range(pane.model.rowCount()) if pane.model.cell(row, 0).text == "人员")
    assert [pane.model.cell(row, column).text for column in range(1, 6)] == ["1", "2", "", "1", ""]
    assert "管理员" in pane.told.text()
    pane.folder.line.setText(str(tmp_path / "恢复"))
    pane.restore()
    rest()
    assert "人员 1" in pane.result.text() and not pane.open_button.isHidden()
    again = files.open(tmp_path / "恢复")
    assert [row.values["name"] for row in Records(again, "people").first_rows(Filter(), ("name",))] == ["测试"]
    again.close()


def test_a_backup_is_not_restored_over_a_register(page, rest, tmp_path, told):
    page.backup(tmp_path / "备份.zip")
    rest()
    page.pane.source.line.setText(str(tmp_path / "备份.zip"))
    page.pane.folder.line.setText(str(page._opened.folder))
    page.pane.restore()
    rest()
    assert told == [("register.exists", "")]


def test_who_does_not_administer_neither_arranges_nor_restores(real, files, bridge, bus, show):
    real.role = Role.EDITOR
    page = show(BackupPage(real, files, bridge, bus))
    assert page.backup_button.isEnabled() and not page.save_button.isEnabled()
    assert not page.pane.isVisible()


def test_a_restored_register_is_worked_with_from_now_on(qtbot, opened, files, tmp_path, monkeypatch):
    backups.Backups(opened).backup(tmp_path / "b.zip")
    restoring.restore(files, tmp_path / "b.zip", tmp_path / "new")
    opened.close()
    monkeypatch.setattr(login, "open_register", lambda _files, folder, *_more: files.open(folder))
    session = Session(lambda: files, opened.folder, Remembered())
    with qtbot.waitSignal(session.window.ready, timeout=20_000):
        session.window.show()
    qtbot.waitUntil(lambda: not session.bridge.busy)
    session.window.visit("system").register_asked.emit(tmp_path / "new")
    assert session.opened.folder == tmp_path / "new"
    qtbot.waitUntil(lambda: not session.bridge.busy)
    session.window.close()
    session.close()


def test_the_desk_warns_and_leads_to_the_page(window, workplace, opened, rest, qtbot):
    desk = window.visit("desk")
    assert isinstance(desk, DeskScreen)
    rest()
    assert desk._warning_row.isHidden()
    opened.set_setting(DEMO, "0")
    desk.reload()
    rest()
    assert not desk._warning_row.isHidden() and desk._warnings.text() == "登记册尚未备份。"
    button = next(one for one in desk._warning_row.findChildren(QPushButton))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.current == "system"
    system = window.visit("system")
    assert system.tabs.tabText(system.tabs.currentIndex()) == "备份与恢复"
    page = system.page(system.tabs.currentIndex())
    page.backup_now()
    rest()
    window.go_to("desk")
    rest()
    assert desk._warning_row.isHidden() and "register备份" in desk._backup_text.text()


# closing


def _close(window, qtbot, rest):
    window.close()
    rest()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_makes_a_backup_where_something_changed(window, opened, save, qtbot, rest, tmp_path):
    opened.set_setting(DEMO, "0")
    save("people", name="测试")
    window.close()
    assert window.isVisible()
    assert window.findChild(ProgressDialog).isVisible()
    rest()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len([*(tmp_path / "register备份").iterdir()]) == 1


def test_closing_without_changes_is_at_once(window, opened, rest, tmp_path):
    opened.set_setting(DEMO, "0")
    AutomaticBackups(opened).run()
    before = [*(tmp_path / "register备份").iterdir()]
    window.close()
    assert not window.isVisible()
    assert [*(tmp_path / "register备份").iterdir()] == before


def test_the_backup_on_closing_can_be_cut_short(window, opened, save, qtbot, rest, tmp_path):
    opened.set_setting(DEMO, "0")
    save("people", name="测试")
    window.close()
    window.findChild(ProgressDialog).reject()
    rest()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not [*(tmp_path / "register备份").glob("*.zip")] or AutomaticBackups(opened).state().at


def test_a_backup_that_fails_on_closing_is_told_and_the_window_closes(window, opened, save, qtbot, rest, monkeypatch):
    opened.set_setting(DEMO, "0")
    save("people", name="测试")
    said = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, detail="": said.append(detail))

    def full(folder: Path, _size: int) -> None:
        raise EnvironmentRefused("disk.full", path=str(folder))

    monkeypatch.setattr(backups.disk, "require_free", full)
    _close(window, qtbot, rest)
    assert len(said) == 1 and said[0].startswith("磁盘空间不足")
    assert "没有完成" in AutomaticBackups(opened).state().warnings[-1]


# while open


class Quiet:
    quiet = QUIET


def test_one_a_day_is_made_when_nobody_is_at_it(workplace, real, save, rest, monkeypatch, tmp_path, qtbot):
    save("people", name="测试")
    lock = Quiet()
    daily = DailyBackup(workplace, lock, workplace.bus)
    lock.quiet = QUIET - 1
    daily.look()
    assert not workplace.bridge.busy
    lock.quiet = QUIET
    with qtbot.waitSignal(workplace.bus.changed):
        daily.look()
    rest()
    assert len([*(tmp_path / "register备份").iterdir()]) == 1
    save("people", name="又一个")
    daily.look()
    assert not workplace.bridge.busy
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    daily.look()
    assert workplace.bridge.busy
    rest()
    assert len([*(tmp_path / "register备份").iterdir()]) == 2


def test_one_that_fails_while_open_is_told_on_the_desk(workplace, real, save, rest, monkeypatch, qtbot):
    save("people", name="测试")

    def full(folder: Path, _size: int) -> None:
        raise EnvironmentRefused("disk.full", path=str(folder))

    monkeypatch.setattr(backups.disk, "require_free", full)
    with qtbot.waitSignal(workplace.bus.changed):
        DailyBackup(workplace, Quiet(), workplace.bus).look()
    rest()
    assert "磁盘空间不足" in AutomaticBackups(real).state().warnings[-1]


def test_the_page_tells_of_backups_that_nobody_asked_for(page, workplace, save, rest, monkeypatch, qtbot):
    save("people", name="测试")
    with qtbot.waitSignal(workplace.bus.changed):
        DailyBackup(workplace, Quiet(), workplace.bus).look()
    rest()
    assert page.last.text() != "上次备份：尚未备份" and page.warnings.isHidden()

    def full(folder: Path, _size: int) -> None:
        raise EnvironmentRefused("disk.full", path=str(folder))

    monkeypatch.setattr(backups.disk, "require_free", full)
    monkeypatch.setattr(messages, "tell_error", lambda _parent, _error: None)
    page.backup_button.click()
    rest()
    assert "磁盘空间不足" in page.warnings.text()


# a computer without a register, and the pack


def test_a_backup_is_restored_where_there_is_no_register_yet(real, files, bridge, show, rest, tmp_path):
    backups.Backups(real).backup(tmp_path / "b.zip")
    dialog = show(RestoreDialog(files, bridge))
    assert not dialog.pane.compare_button.isVisible()
    dialog.pane.source.line.setText(str(tmp_path / "b.zip"))
    dialog.pane.folder.line.setText(str(tmp_path / "new"))
    dialog.pane.restore()
    rest()
    assert dialog.folder == tmp_path / "new" and dialog.result() == dialog.DialogCode.Accepted
    files.open(tmp_path / "new").close()


@pytest.fixture
def pack_page(real, bridge, show, save):
    save("people", name="测试")
    return show(HandOverPage(real, bridge))


def test_a_pack_is_made_with_a_password_that_is_shown_once(pack_page, rest, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(RecoveryCodeDialog, "open", lambda dialog: shown.append((dialog._code, dialog.windowTitle())))
    page = pack_page
    assert not page.make_button.isEnabled()
    page.purpose.setText("移交")
    page.target.line.setText(str(tmp_path / "包.zip"))
    page.make_button.click()
    rest()
    assert "附件 0 个" in page.result.text()
    assert shown[0][1] == "交接包密码"
    assert "目录.xlsx" in dict(locked_zip.digests(tmp_path / "包.zip", shown[0][0]))


def test_an_own_password_is_typed_twice(pack_page, rest, tmp_path, monkeypatch, told):
    page = pack_page
    page.purpose.setText("移交")
    page.target.line.setText(str(tmp_path / "包.zip"))
    page.own.setChecked(True)
    assert not page.make_button.isEnabled()
    page.password.setText("Own-password-1")
    page.again.setText("Own-password-2")
    assert not page.make_button.isEnabled()
    page.again.setText("Own-password-1")
    page.since.setText("2024-01-01")
    page.make_button.click()
    rest()
    assert dict(locked_zip.digests(tmp_path / "包.zip", "Own-password-1"))
    assert page.password.text() == "" and told == []


def test_a_day_that_is_none_is_told(pack_page, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, detail="": said.append(text))
    pack_page.purpose.setText("移交")
    pack_page.target.line.setText(str(tmp_path / "包.zip"))
    pack_page.to.setText("昨天")
    pack_page.make_button.click()
    assert len(said) == 1 and not (tmp_path / "包.zip").exists()
