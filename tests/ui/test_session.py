"""One run of the window: somebody else signs in, the key is changed, and the window goes on with the register."""

import pytest

from socialwork_app.domain.roles import FIRST, Role
from socialwork_app.services.accounts import Accounts
from socialwork_app.ui import messages
from socialwork_app.ui.app import Session
from socialwork_app.ui.recovery_code import RecoveryCodeDialog
from socialwork_app.ui.remembered import Remembered

CHIEF, EDITOR = "晋宁Register9", "录入Register8"
NAME = "王芳"


@pytest.fixture
def session(qtbot, files, tmp_path):
    opened, _ = files.create(tmp_path / "r", "测试单位", CHIEF)
    Accounts(opened).add(NAME, Role.EDITOR, EDITOR)
    made = Session(lambda: files, tmp_path / "r", Remembered(), opened)
    with qtbot.waitSignal(made.window.ready):
        made.window.show()
    qtbot.waitUntil(lambda: not made.bridge.busy)
    yield made
    qtbot.waitUntil(lambda: not made.bridge.busy)
    made.close()
    made.window.hide()
    made.window.deleteLater()


@pytest.fixture
def sign_in(session, files, monkeypatch):
    """Who answers the question who it is."""

    def as_(account, password):
        monkeypatch.setattr(session, "_ask", lambda _files: files.open(session._folder, password, account=account))

    return as_


def test_somebody_else_signs_in_without_a_new_start(qtbot, session, sign_in):
    session.window.go_to("system")
    qtbot.waitUntil(lambda: not session.bridge.busy)
    sign_in(NAME, EDITOR)
    session.window._screens["system"].sign_out_asked.emit()
    assert (session.opened.user, session.opened.role) == (NAME, Role.EDITOR)
    assert session.window.current == "desk"
    assert session.window.status.texts()[1] == f"操作员：{NAME}"
    assert set(session.window._screens) == {"desk"}


def test_the_key_is_changed_and_the_new_recovery_code_shown(qtbot, session, sign_in, files, monkeypatch):
    codes = []
    monkeypatch.setattr(RecoveryCodeDialog, "exec", lambda dialog: codes.append(dialog.text()))
    old_key = session.opened.file.key
    sign_in(FIRST, CHIEF)
    session.rekey(CHIEF)
    assert session.window.current == ""
    qtbot.waitUntil(lambda: session.window.current == "desk", timeout=15_000)
    assert session.opened.file.key != old_key
    assert len(codes) == 1 and "测试单位" in codes[0]
    assert Accounts(session.opened).others() == ()


def test_where_it_does_not_come_to_that_the_register_is_open_again(qtbot, session, sign_in, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "tell_error", lambda _parent, error: told.append(error.code))
    old_key = session.opened.file.key
    sign_in(FIRST, CHIEF)
    session.rekey("猜的密码")
    qtbot.waitUntil(lambda: session.window.current == "desk", timeout=15_000)
    assert (told, session.opened.file.key) == (["password.wrong"], old_key)
