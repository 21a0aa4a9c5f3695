"""The start: locale, display, look, translation, and the frame that is painted before anything is opened."""

import gc
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from socialwork_app.__main__ import has_screen
from socialwork_app.foundation.errors import DomainError
from socialwork_app.ui import app, garbage, messages, theme
from socialwork_app.ui.main_window import DEMO


@pytest.mark.parametrize(
    ("platform", "settings", "available"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":1"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_display_is_needed_only_where_qt_would_end_the_process(monkeypatch, platform, settings, available):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert has_screen() is available


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"LANG": "C.UTF-8"}),
        ({"LANG": "C"}, {"LANG": "C.UTF-8"}),
        ({"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}),
        ({"LANG": "zh_CN.UTF-8"}, {"LANG": "zh_CN.UTF-8"}),
    ],
)
def test_a_locale_that_can_say_chinese(monkeypatch, before, after):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    app.set_locale()
    assert {name: app.os.environ[name] for name in after} == after


def test_the_application_speaks_chinese_and_has_its_own_look(qapp):
    made = app.make_application(125)
    assert made is qapp
    assert {size.width() for size in made.windowIcon().availableSizes()} >= {16, 32, 48, 256}
    assert made.palette().window().color().name() == theme.GROUND
    assert made.font().pixelSize() == round(theme.BASE_PIXELS * 1.25)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()
    app.make_application(100)


def test_tables_menus_and_messages_take_the_scale_though_windows_has_fonts_for_them(qapp):
    app.make_application(150)
    sizes = {kind: QApplication.font(kind).pixelSize() for kind in ("QAbstractItemView", "QMenu", "QMessageBox")}
    assert set(sizes.values()) == {round(theme.BASE_PIXELS * 1.5)}
    app.make_application(100)


def test_the_style_sheet_is_whole():
    sheet = theme.style_sheet(150)
    assert "%" not in sheet.partition("*/")[2]
    assert sheet.count("{") == sheet.count("}")
    assert "font-size: 30px" in sheet


def test_run_opens_the_register_after_the_first_paint_and_closes_it(qapp, files, tmp_path):
    opened, _ = files.create(tmp_path / "register", "测试单位", None)
    seen: list[str] = []

    def look() -> None:
        window = next(widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "window")
        if window.current:
            seen.append(window.windowTitle())
            window.close()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    assert app.run(lambda: files, None, tmp_path / "settings.json", opened) == 0
    assert "测试单位" in seen[0] and DEMO in seen[0]
    files.open(tmp_path / "register").close()
    assert (tmp_path / "settings.json").is_file()
    assert sys.excepthook is sys.__excepthook__


def test_an_error_with_a_sentence_is_told_and_any_other_is_logged_as_a_bug(qapp, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(messages.QMessageBox, "exec", lambda box: told.append(box.text()))
    messages.tell_error(None, DomainError("password.empty"))
    messages.tell_error(None, ValueError("530122198001010011"))
    assert "密码不能为空" in told[0]
    assert "编号" in told[1] and "530122" not in told[1]


def test_worker_threads_never_collect_while_the_window_runs(qapp):
    collector = garbage.WindowCollector()
    collector.start()
    assert not gc.isenabled()
    before = gc.get_stats()[0]["collections"]
    heap = [[] for _ in range(5_000)]
    assert gc.get_stats()[0]["collections"] == before and len(heap) == 5_000
    garbage.collect_due()
    assert sum(stats["collections"] for stats in gc.get_stats()) > before
    collector.stop()
    assert gc.isenabled()


def test_sixty_thousand_updates_do_not_end_the_process(qtbot):
    """PySide6 6.12.0 on Python 3.11 loses a reference to None with each call and aborts."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(60_000):
        widget.update()
    assert sys.getrefcount(None) > before - 1_000
