"""Making the first register, unlocking one, and the recovery code that is shown once."""

import pytest
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from socialwork_app.foundation.errors import RegisterUnavailable
from socialwork_app.ui import login, messages
from socialwork_app.ui.login import FirstRunDialog, UnlockDialog, open_register
from socialwork_app.ui.recovery_code import RecoveryCodeDialog

PASSWORD = "晋宁Register9"


@pytest.fixture
def locked(files, tmp_path):
    """A folder with a closed register and its recovery code."""
    made, code = files.create(tmp_path / "r", "测试单位", PASSWORD)
    made.close()
    return tmp_path / "r", code


def _add(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_password_opens(qtbot, files, jobs, locked):
    dialog = _add(qtbot, UnlockDialog(files, locked[0], jobs))
    dialog.password.setText(PASSWORD)
    with qtbot.waitSignal(dialog.accepted):
        dialog._open.click()
    assert dialog.opened.owner == "测试单位"
    dialog.opened.close()


def test_a_wrong_password_is_said_and_can_be_mended(qtbot, files, jobs, locked):
    dialog = _add(qtbot, UnlockDialog(files, locked[0], jobs))
    dialog.password.setText("不对")
    dialog._open.click()
    qtbot.waitUntil(lambda: "密码不正确" in dialog._problem.text())
    assert dialog._body.isEnabled() and dialog.opened is None
    dialog.password.setText(PASSWORD)
    with qtbot.waitSignal(dialog.accepted):
        dialog._open.click()
    dialog.opened.close()


def test_the_recovery_code_opens(qtbot, files, jobs, locked, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "tell", lambda *texts: told.append(texts[1]))
    dialog = _add(qtbot, UnlockDialog(files, locked[0], jobs))
    assert dialog.recovery.isHidden()
    dialog._forgot.click()
    assert dialog.recovery.isVisible() and not dialog.password.isVisible()
    dialog.recovery.setText(locked[1].lower())
    with qtbot.waitSignal(dialog.accepted):
        dialog._open.click()
    assert "恢复码" in told[0]
    dialog.opened.close()


def test_while_it_opens_it_can_not_be_closed(qtbot, files, jobs, locked):
    dialog = _add(qtbot, UnlockDialog(files, locked[0], jobs))
    dialog.password.setText(PASSWORD)
    dialog._open.click()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.opened is not None)
    dialog.opened.close()


def test_a_register_without_a_password_opens_by_itself(qtbot, files, jobs, tmp_path):
    files.create(tmp_path / "r", "测试单位", None)[0].close()
    dialog = _add(qtbot, UnlockDialog(files, tmp_path / "r", jobs, protected=False))
    qtbot.waitUntil(lambda: dialog.opened is not None)
    dialog.opened.close()


@pytest.mark.parametrize(
    ("owner", "password", "again", "said"),
    [("", "a", "a", "登记单位"), ("单位", "", "", "设置密码"), ("单位", "甲", "乙", "不一致")],
)
def test_what_is_missing_is_said(qtbot, files, jobs, tmp_path, owner, password, again, said):
    dialog = _add(qtbot, FirstRunDialog(files, tmp_path / "new", jobs))
    for edit, text in ((dialog.owner, owner), (dialog.password, password), (dialog.again, again)):
        edit.setText(text)
    dialog._create.click()
    assert said in dialog._problem.text()
    assert not (tmp_path / "new").exists()


def test_a_new_register_shows_its_recovery_code_once(qtbot, files, jobs, tmp_path, monkeypatch):
    codes = []
    monkeypatch.setattr(login.RecoveryCodeDialog, "exec", lambda dialog: codes.append(dialog._code))
    dialog = _add(qtbot, FirstRunDialog(files, tmp_path / "new", jobs))
    dialog.owner.setText("测试单位")
    dialog.password.setText(PASSWORD)
    dialog.again.setText(PASSWORD)
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        dialog._create.click()
    dialog.opened.close()
    with pytest.raises(RegisterUnavailable):
        files.open(tmp_path / "new", "别的密码")
    files.open(tmp_path / "new", recovery_code=codes[0]).close()


def test_the_code_must_be_kept_before_it_goes(qtbot, tmp_path):
    dialog = _add(qtbot, RecoveryCodeDialog("ABCD-EFGH", "测试单位"))
    dialog.reject()
    assert dialog.isVisible() and not dialog.finish.isEnabled()
    dialog.save(tmp_path / "恢复码.txt")
    assert "ABCD-EFGH" in (tmp_path / "恢复码.txt").read_text(encoding="utf-8-sig")
    dialog.kept.setChecked(True)
    dialog.finish.click()
    assert not dialog.isVisible()


def test_the_code_can_be_printed(qtbot, tmp_path):
    dialog = RecoveryCodeDialog("ABCD-EFGH", "测试单位")
    qtbot.addWidget(dialog)
    blank, written = tmp_path / "blank.pdf", tmp_path / "written.pdf"
    for path in (blank, written):
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        if path is written:
            dialog.paint(writer)
        del writer
    assert written.stat().st_size > 1_000


def test_asking_goes_on_with_another_folder_until_one_is_open(qtbot, files, jobs, tmp_path, monkeypatch):
    files.create(tmp_path / "r", "测试单位", None)[0].close()
    shown = []

    def answer(dialog):
        shown.append(type(dialog).__name__)
        if isinstance(dialog, FirstRunDialog):
            dialog.folder = tmp_path / "r"
        else:
            qtbot.waitUntil(lambda: dialog.opened is not None)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QDialog, "exec", answer)
    parent = QWidget()
    qtbot.addWidget(parent)
    opened = open_register(files, tmp_path / "none", jobs, parent)
    assert shown == ["FirstRunDialog", "UnlockDialog"]
    opened.close()


def test_a_damaged_key_file_is_said(qtbot, files, jobs, locked, monkeypatch):
    (locked[0] / "keys.json").write_text("{", encoding="utf-8")
    said = []

    def give_up(dialog):
        said.append(dialog._problem.text())
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QDialog, "exec", give_up)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert open_register(files, locked[0], jobs, parent) is None
    assert "已损坏" in said[0]
