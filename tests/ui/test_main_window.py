"""The frame: rail, screens on first visit, title, status bar, manual."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from socialwork_app.foundation import paths
from socialwork_app.foundation.settings import load
from socialwork_app.services.opened import OWNER
from socialwork_app.ui import messages
from socialwork_app.ui.main_window import DEMO, PROGRAM, MainWindow
from socialwork_app.ui.manual import ManualDialog
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens import factory
from socialwork_app.ui.screens.factory import SCREENS, SHORTCUTS
from socialwork_app.ui.widgets.rail import Rail


@pytest.fixture
def frame(qtbot, tmp_path):
    """Closed by hand: qtbot deletes its widgets before what hangs on them is given back."""
    made = MainWindow(Remembered(tmp_path / "settings.json"))
    yield made
    made.hide()
    made.deleteLater()


@pytest.fixture
def window(qtbot, frame, workplace, rest):
    """One that keeps what it remembers."""
    with qtbot.waitSignal(frame.painted):
        frame.show()
    frame.show_register(workplace)
    yield frame
    rest()
    frame.shut()


def test_before_a_register_is_open_nothing_can_be_chosen(frame):
    assert frame.windowTitle() == PROGRAM
    assert not frame.rail.isEnabled()
    assert "正在打开" in frame.status.texts()[0]
    frame.go_to("people")
    assert frame.current == ""


def test_the_title_names_the_organ_and_the_sample(window):
    assert "测试单位" in window.windowTitle() and DEMO in window.windowTitle()


def test_the_status_bar(window, opened):
    folder, operator, backup = window.status.texts()
    assert str(opened.folder) in folder and opened.user in operator and "尚未备份" in backup


def test_the_rail_has_all_screens_with_icons(window):
    buttons = window.rail.findChildren(QPushButton)
    assert [button.text() for button in buttons] == [title for _, title in SCREENS]
    assert all(not button.icon().isNull() and button.accessibleName() for button in buttons)


@pytest.mark.parametrize("number", range(len(SCREENS)))
def test_each_screen_is_made_on_its_first_visit(qtbot, window, number):
    key = SCREENS[number][0]
    assert (key in window._screens) == (key == "desk")
    qtbot.keySequence(window, QKeySequence(SHORTCUTS[key]))
    assert window.current == key
    first = window.visit(key)
    window.go_to("desk")
    window.go_to(key)
    assert window._stack.currentWidget() is first


class Stubborn(QWidget):
    """A screen with something unsaved."""

    leave = False

    def may_leave(self):
        return self.leave


def test_a_screen_with_unsaved_changes_is_not_left(qtbot, window, monkeypatch):
    made = Stubborn()
    monkeypatch.setitem(factory._FACTORIES, "exports", lambda _key, _at: made)
    window.go_to("exports")
    window.rail.chosen.emit("people")
    assert window.current == "exports"
    checked = [button.text() for button in window.rail.findChildren(QPushButton) if button.isChecked()]
    assert checked == ["导出"]
    assert not window.close()
    made.leave = True
    window.go_to("people")
    assert window.current == "people"
    assert window.close()


def test_where_the_window_stood_is_remembered(qtbot, window, tmp_path):
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1100, 650)
    assert window.close()
    assert load(tmp_path / "settings.json").window_geometry
    again = MainWindow(Remembered(tmp_path / "settings.json"))
    qtbot.addWidget(again)
    assert again.size().height() == 650


@pytest.mark.parametrize("key", ["people", "certificates"])
def test_the_desk_leads_to_records(qtbot, window, save, key):
    person = save("people", name="张三")
    row_id = person if key == "people" else save("certificates", person, level="社会工作师")
    window.show_record(key, row_id)
    assert window.current == key
    assert window.visit(key)._shown == row_id


def test_the_manual_opens_at_the_chapter(qtbot, tmp_path):
    path = tmp_path / "手册.md"
    path.write_text(
        "# 手册\n\n" + "".join(f"## {title}\n\n{'文字。' * 400}\n\n" for _, title in SCREENS), encoding="utf-8"
    )
    dialog = ManualDialog(path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.show_chapter("导入") is True
    low = dialog._text.verticalScrollBar().value()
    assert dialog.show_chapter("人员") is True
    assert 0 < dialog._text.verticalScrollBar().value() < low
    assert dialog.show_chapter("没有这一章") is False
    assert dialog._text.verticalScrollBar().value() == 0


def test_f1(qtbot, window, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "warn", lambda *texts: told.append(texts[1]))
    path = tmp_path / "手册.md"
    monkeypatch.setattr(paths, "manual", lambda: path)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert told == ["找不到用户手册。"]
    path.write_text("# 工作台", encoding="utf-8")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._manual.isVisible()


def test_the_frame_fits_a_small_screen(window):
    assert window.minimumSizeHint().width() <= 1366 and window.minimumSizeHint().height() <= 740


def test_a_low_rail_is_scrolled_to_the_screen_shown(qtbot):
    rail = Rail([(key, title, SHORTCUTS[key]) for key, title in SCREENS])
    qtbot.addWidget(rail)
    rail.resize(150, 200)
    rail.show()
    last = rail.findChildren(QPushButton)[-1]
    qtbot.waitUntil(lambda: last.visibleRegion().isEmpty())
    rail.select(SCREENS[-1][0])
    assert last.visibleRegion().boundingRect().size() == last.size()


def test_the_title_says_whose_register_it_is_now(window, opened):
    opened.set_setting(OWNER, "某区社会工作部")
    window.go_to("people")
    assert "某区社会工作部" in window.windowTitle()
