"""The window locks itself: everything is covered, nothing is lost, and only the own password opens it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from socialwork_app import PROGRAM_TITLE
from socialwork_app.domain.sentences import sentence
from socialwork_app.security.attempts import FREE
from socialwork_app.services.opened import IDLE_MINUTES
from socialwork_app.ui.idle_lock import MINUTE, Cover, IdleLock

PASSWORD = "晋宁Register9"


@pytest.fixture
def locked_register(files, tmp_path):
    opened, _ = files.create(tmp_path / "r", "测试单位", PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot):
    """A window in which somebody has typed."""
    window = QWidget()
    window.setWindowTitle("王建国示例")
    window.line = QLineEdit("尚未保存", window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def lock(locked_register, jobs, page):
    made = IdleLock(locked_register, jobs, page)
    yield made
    made.unlock()


def covers(window):
    return [cover for cover in window.findChildren(Cover) if cover.isVisible()]


def answer(qtbot, lock, password):
    lock.dialog.password.setText(password)
    lock.dialog.open_button.click()


def test_after_the_time_that_is_set_everything_is_covered_and_the_title_says_nothing(lock, page, locked_register):
    assert lock._timer.interval() == 10 * MINUTE
    lock._timer.timeout.emit()
    assert lock.locked and lock.dialog.isModal()
    assert [cover.geometry() for cover in covers(page)] == [page.rect()]
    assert page.windowTitle() == PROGRAM_TITLE
    page.resize(page.width() + 50, page.height() + 50)
    assert covers(page)[0].geometry() == page.rect()
    locked_register.set_setting(IDLE_MINUTES, "3")
    lock.unlock()
    assert lock._timer.interval() == 3 * MINUTE


def test_a_key_begins_the_time_anew(qtbot, lock, page):
    lock._timer.stop()
    lock._timer.setTimerType(Qt.TimerType.PreciseTimer)
    qtbot.keyClick(page.windowHandle(), Qt.Key.Key_A)
    assert not lock._timer.isActive()  # as while it is locked
    lock._timer.start(10 * MINUTE)
    before = lock._timer.remainingTime()
    qtbot.waitUntil(lambda: lock._timer.remainingTime() < before)
    waited = lock._timer.remainingTime()
    qtbot.keyClick(page.windowHandle(), Qt.Key.Key_A)
    assert lock._timer.remainingTime() > waited


@pytest.mark.parametrize("in_dialog", [False, True])
def test_a_key_locks_at_once_also_where_a_dialog_is_open(qtbot, lock, page, in_dialog):
    front = page
    if in_dialog:
        front = QDialog(page)
        front.line = QLineEdit("尚未保存", front)
        qtbot.addWidget(front)
        with qtbot.waitActive(front):
            front.open()
    qtbot.keyClick(front.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert lock.locked and covers(page) and covers(front)
    lock.unlock()
    assert front.isVisible() and front.line.text() == "尚未保存"


def test_the_own_password_opens_it_and_what_was_typed_is_there(qtbot, lock, page):
    lock.lock()
    answer(qtbot, lock, PASSWORD)
    qtbot.waitUntil(lambda: not lock.locked)
    assert (page.line.text(), page.windowTitle(), covers(page)) == ("尚未保存", "王建国示例", [])
    assert lock._timer.isActive()


def test_neither_esc_nor_a_wrong_password_opens_it(qtbot, lock, page):
    lock.lock()
    lock.dialog.reject()
    assert lock.dialog.isVisible()
    for _ in range(FREE):
        answer(qtbot, lock, "猜的密码")
        qtbot.waitUntil(lock.dialog.open_button.isEnabled)
        assert lock.dialog._problem.text() == sentence("password.wrong")
    answer(qtbot, lock, PASSWORD)
    qtbot.waitUntil(lambda: "分钟后再试" in lock.dialog._problem.text())
    assert lock.locked and covers(page)


def test_a_window_that_opens_meanwhile_is_covered_too(qtbot, lock, page):
    lock.lock()
    told = QDialog(page)
    told.setWindowTitle("导入了 3 人")
    qtbot.addWidget(told)
    told.open()
    lock._go_on(told.windowHandle())
    qtbot.waitUntil(lambda: bool(covers(told)))
    assert told.windowTitle() == PROGRAM_TITLE
    assert lock.dialog.isVisible()


def test_what_runs_goes_on(qtbot, lock, jobs):
    done = []
    jobs.write(lambda _control: "做完了", done.append)
    lock.lock()
    qtbot.waitUntil(lambda: done == ["做完了"])
    assert lock.locked


def test_a_sample_register_is_never_locked(opened, jobs, page):
    lock = IdleLock(opened, jobs, page)
    lock.lock()
    assert not lock.locked and not lock._timer.isActive()
