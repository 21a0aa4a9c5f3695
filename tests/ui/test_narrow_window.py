"""A screen of 1366×768 at 150 % leaves 910×493: nothing that tells records apart is cut there."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.records import Records
from socialwork_app.ui.forms.editors import HiddenEditor
from socialwork_app.ui.forms.record_form import RecordForm
from socialwork_app.ui.screens.desk.desk_screen import DeskScreen
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.widgets.bars import Bars

ROOM = QSize(910 - 130, 450)
"""Beside the navigation, over the status bar."""


@pytest.fixture
def shown(qtbot):
    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(ROOM)
        widget.show()
        return widget

    return show


@pytest.mark.parametrize("kind", ["people", "certificates"])
def test_the_filters_make_room_for_the_search_box(qtbot, peopled, bridge, bus, shown, kind):
    screen = shown(RecordsScreen(Records(peopled, kind), History(peopled), Exports(peopled), bridge, bus))
    assert screen.width() == ROOM.width()
    search, filters = screen.list.search, screen.list.filters
    qtbot.waitUntil(lambda: filters.y() > search.y() and search.x() == filters.x())
    assert search.width() > search.fontMetrics().horizontalAdvance(search.placeholderText())
    screen.resize(1600, ROOM.height())
    qtbot.waitUntil(lambda: filters.x() > search.geometry().right())
    screen.resize(ROOM)
    qtbot.waitUntil(lambda: filters.y() > search.y())
    qtbot.waitUntil(lambda: not bridge.busy)
    screen.shut()


def test_a_masked_id_number_is_whole(qtbot, peopled, bridge, bus, shown):
    screen = shown(RecordsScreen(Records(peopled, "people"), History(peopled), Exports(peopled), bridge, bus))
    screen.show_record(1)
    editor = screen.findChild(RecordForm).editors["id_number"]
    assert isinstance(editor, HiddenEditor)
    qtbot.waitUntil(lambda: editor.line.text() != "")
    assert screen.width() == ROOM.width()
    assert editor.line.width() > editor.line.fontMetrics().horizontalAdvance(editor.line.text()) + 16
    qtbot.waitUntil(lambda: not bridge.busy)
    screen.shut()


def test_bars_are_whole(qtbot, peopled, bridge, bus, shown):
    desk = shown(DeskScreen(peopled, bridge, bus))
    qtbot.waitUntil(lambda: not bridge.busy)
    assert desk.width() == ROOM.width()
    for bars in desk.findChildren(Bars):
        assert bars.mapTo(desk, bars.rect().topRight()).x() < ROOM.width()
        assert bars.visibleRegion().boundingRect().width() in (0, bars.width())  # below the fold, or whole


def test_the_import_fits(qtbot, opened, bridge, bus, shown):
    assert shown(ImportsScreen(opened, bridge, bus)).width() == ROOM.width()
