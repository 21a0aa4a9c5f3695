"""The generic list screen over a real register."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.merging import Side
from socialwork_app.foundation.settings import load
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.records.bulk_edit import BulkEdit
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.screens.records.saved_filters import as_data, from_data
from socialwork_app.ui.widgets.column_chooser import ColumnChooser

LISTED = ("people", "certificates", "organisations", "places")


@pytest.fixture
def make(qtbot, peopled, bridge, bus, tmp_path):
    made = []

    def build(kind="people"):
        screen = RecordsScreen(
            Records(peopled, kind), History(peopled), Exports(peopled), bridge, bus,
            Remembered(tmp_path / "settings.json"),
        )  # fmt: skip
        made.append(screen)
        _wait_whole(qtbot, screen)
        return screen

    yield build
    qtbot.waitUntil(lambda: not bridge.busy)
    for screen in made:
        screen.shut()
        screen.hide()
        screen.deleteLater()


def _wait_whole(qtbot, screen):
    """The list as asked for stands, whole."""
    expected = f"共 {screen._records.count(screen.list.asked()):,} 条"
    qtbot.waitUntil(lambda: screen.list.model.complete and screen.list.total.text() == expected)


def _names(screen):
    model = screen.list.model
    return [model.cell(row, 0).text for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", LISTED)
def test_every_register_is_listed_by_its_declaration(make, peopled, kind):
    screen = make(kind)
    register = peopled.catalogue[kind]
    listed = [peopled.catalogue.listed_field(register, key) for key in register.columns]
    assert screen.list.model.headers == tuple(field.label for field in listed)
    assert screen.list.model.rowCount() == Records(peopled, kind).count(Filter())
    assert screen.list.table.verticalHeader().isHidden()


def test_typing_narrows_the_list(qtbot, make, save):
    save("people", name="上官测试")
    screen = make()
    event = QInputMethodEvent("shang", [])
    QApplication.sendEvent(screen.list.search, event)
    event = QInputMethodEvent("", [])
    event.setCommitString("上官")
    QApplication.sendEvent(screen.list.search, event)
    _wait_whole(qtbot, screen)
    assert _names(screen) == ["上官测试"]
    screen.list.search.setText("sgcs")
    _wait_whole(qtbot, screen)
    assert _names(screen) == ["上官测试"]


def test_of_quick_typing_only_the_last_answer_is_shown(qtbot, make, save):
    save("people", name="欧阳测试")
    screen = make()
    for text in ("o", "ou", "ouy", "ouya", "ouyang", "ouyangcs", "欧阳测"):
        screen.list.search.setText(text)
    qtbot.waitUntil(lambda: screen.list.total.text() == "共 1 条")
    assert _names(screen) == ["欧阳测试"]


def test_filters_and_order(qtbot, make):
    screen = make()
    screen.show()
    asked = Filter("", (Condition("education", "大学专科"),), "birth_date", True)
    keys = screen.list.keys()
    birth, education = keys.index("birth_date"), keys.index("education")
    screen.list.filters.show_conditions(asked.where)
    screen.list.table.horizontalHeader().setSortIndicator(birth, Qt.SortOrder.DescendingOrder)
    assert screen.list.asked() == asked
    _wait_whole(qtbot, screen)
    rows = range(screen.list.model.rowCount())
    births = [screen.list.model.cell(row, birth).text for row in rows]
    assert births == sorted(births, reverse=True) and 0 < len(births) < 450
    assert {screen.list.model.cell(row, education).text for row in rows} == {"大学专科"}


def test_a_place_filter_offers_townships_only(qtbot, make, peopled):
    screen = make()
    combo = screen.list.filters._combos["township"]
    qtbot.waitUntil(lambda: combo.count() > 2)
    field = peopled.catalogue["people"].field("township")
    townships = {choice.label for choice in Records(peopled, "people").choices(field)}
    assert {combo.itemText(at) for at in range(1, combo.count() - 1)} == townships


def test_a_computed_column_has_no_order_of_its_own(qtbot, make):
    screen = make("certificates")
    column = screen.list.keys().index("registration_state")
    screen.list.table.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)
    assert screen.list.asked().sort == ""
    _wait_whole(qtbot, screen)


def test_an_empty_answer_says_so(qtbot, make):
    screen = make()
    screen.list.search.setText("没有这个人")
    _wait_whole(qtbot, screen)
    assert "没有符合条件" in screen.list.table._empty.text()
    screen.list.search.setText("")
    _wait_whole(qtbot, screen)
    assert screen.list.table._empty.text() == ""


def test_deleted_records_come_back_by_the_undo_bar(qtbot, make, peopled):
    screen = make()
    ids = screen.list.model.ids(0, 2)
    screen.delete(ids)
    qtbot.waitUntil(lambda: screen.list.total.text() == "共 447 条")
    assert screen.undo_bar.text == "已删除 3 条" and not screen.undo_bar.isHidden()
    assert screen.list.model.ids(0, 2) != ids
    screen.undo_bar.undo()
    qtbot.waitUntil(lambda: screen.list.total.text() == "共 450 条")
    assert screen.list.model.ids(0, 2) == ids


@pytest.mark.parametrize("agreed", [True, False])
def test_the_delete_key_asks_first(qtbot, make, monkeypatch, agreed):
    asked = []
    monkeypatch.setattr(messages, "ask", lambda _parent, text, *_, **__: asked.append(text) or agreed)
    screen = make()
    screen.show()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.list.table.setFocus()
    screen.list.table.select_row(4)
    qtbot.keyClick(screen.list.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: asked == ["删除选中的 1 条人员记录？"])
    qtbot.waitUntil(lambda: screen.list.total.text() == f"共 {449 if agreed else 450} 条")


def test_what_a_reference_is_called_elsewhere_is_shown_and_offered(qtbot, make, peopled, bus, save):
    scheme = save("talent_schemes", title="示例人才")
    save("talents", 1, scheme="示例人才")
    screen = make("talents")
    column, combo = screen.list.keys().index("scheme"), screen.list.filters._combos["scheme"]
    bus.changed.emit(Records(peopled, "talent_schemes").save(Draft({"title": "示例英才"}, id=scheme)).changes)
    qtbot.waitUntil(lambda: screen.list.model.cell(0, column).text == "示例英才")
    qtbot.waitUntil(lambda: combo.findText("示例英才") > 0)


def test_what_is_worked_out_from_another_register_is_worked_out_anew(qtbot, make, peopled, bus, save):
    save("exam_entries", save("people", name="测试"), year="2023", level="初级", comprehensive="55", practice="55")
    sittings, screen = Records(peopled, "exam_sittings"), make("exam_entries")
    screen.list.search.setText("测试")
    _wait_whole(qtbot, screen)
    outcome = screen.list.keys().index("outcome")
    assert screen.list.model.cell(0, outcome).text == "未合格"
    bus.changed.emit(sittings.save(Draft({"pass_mark": "50"}, id=sittings.find("2023"))).changes)
    qtbot.waitUntil(lambda: screen.list.model.cell(0, outcome).text == "合格")


def test_one_value_for_many(qtbot, make, peopled):
    screen = make()
    table = screen.list.table
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (1, 2, 5):
        table.selectionModel().select(screen.list.model.index(row, 0), rows)
    ids = screen.list.selected_ids()
    assert len(ids) == table.selected_count() == 3
    dialog = BulkEdit(screen._records, len(ids), screen)
    unit = Records(peopled, "people").choices(screen._records.register.field("employer"))[0].label
    for key, text, label in (("position", "督导", "岗位"), ("employer", unit, "工作单位"), ("township", "二街镇", "乡镇(街道)")):
        dialog.choose(key, text)
        screen.edit_all(ids, dialog.key(), dialog.raw())
        qtbot.waitUntil(lambda told=f"已修改 3 条的{label}": screen.undo_bar.text == told)
        records = [Records(peopled, "people").record(row_id) for row_id in ids]
        assert {one.labels.get(key) or one.values[key] for one in records} == {text}


def test_nobodys_name_or_number_is_given_to_many(make):
    dialog = BulkEdit(make()._records, 2)
    offered = {dialog._chooser.itemText(row) for row in range(dialog._chooser.count())}
    assert "岗位" in offered and offered.isdisjoint({"姓名", "身份证号", "出生年月"})


@pytest.mark.parametrize(
    ("key", "text", "raw"),
    [("ethnicity", "汉族", "汉族"), ("status", "已退休", "已退休"), ("employer", "新设单位", "新设单位"), ("note", " 备注 ", " 备注 "),
     ("education", "", "")],
)  # fmt: skip
def test_what_a_bulk_edit_hands_on(make, key, text, raw):
    dialog = BulkEdit(make()._records, 2)
    dialog.choose(key, text)
    assert (dialog.key(), dialog.raw()) == (key, raw)


def test_enter_after_a_new_unit_in_a_bulk_edit_hands_on_what_was_typed(qtbot, make):
    dialog = BulkEdit(make()._records, 2)
    qtbot.addWidget(dialog)
    dialog.choose("employer", "")
    with qtbot.waitActive(dialog):
        dialog.show()
    line = dialog.editor().focusProxy().lineEdit()
    qtbot.keyClicks(line, "New unit")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert dialog.raw() == "New unit"


def test_of_two_communities_of_one_name_a_bulk_edit_takes_the_chosen(qtbot, make):
    records = make()._records
    dialog = BulkEdit(records, 2)
    qtbot.addWidget(dialog)
    namesakes = [one for one in records.choices(records.register.field("community")) if one.label == "回龙村委会"]
    townships = {one.id: one.label for one in records.choices(records.register.field("township"))}
    for one in namesakes:
        dialog.choose("community", f"回龙村委会（{townships[one.owner]}）")
        assert dialog.raw() == one.id
    assert len(namesakes) == 2


def test_the_chosen_columns_are_remembered(qtbot, make, peopled, tmp_path):
    screen = make()
    chooser = ColumnChooser(screen._records.listed, screen.list.keys(), screen._records.register.columns)
    chooser._list.item(1).setCheckState(Qt.CheckState.Unchecked)
    chosen = chooser.keys()
    assert chosen == tuple(key for key in screen.list.keys() if key != "gender")
    screen.list.show_columns(chosen)
    _wait_whole(qtbot, screen)
    assert load(tmp_path / "settings.json").columns == {"people": list(chosen)}
    assert make().list.keys() == chosen


def test_no_column_chosen_means_the_usual_ones(make):
    screen = make()
    chooser = ColumnChooser(screen._records.listed, (), screen._records.register.columns)
    assert chooser.keys() == screen._records.register.columns


def test_filters_are_kept_in_the_register_under_a_name(qtbot, make, bridge, monkeypatch):
    screen = make()
    asked = Filter("li", (Condition("gender", "女"), Condition("education", None, "empty")), "name", True)
    screen.list.show_filter(asked)
    assert screen.list.asked() == asked == from_data(as_data(asked))
    monkeypatch.setattr(messages, "ask_text", lambda *_: " 女同志 ")
    screen.list.saved.save_asked.emit()
    qtbot.waitUntil(lambda: not bridge.busy)
    assert screen.list.saved.saved() == {"女同志": asked}
    assert make().list.saved.saved() == {"女同志": asked}
    assert make("places").list.saved.saved() == {}


def test_what_another_screen_changes_is_loaded_anew_and_the_selection_stays(qtbot, make, bridge, peopled):
    screen = make()
    screen.list.table.select_row(7)
    chosen = screen.list.selected_ids()
    records = Records(peopled, "people")
    last = records.first_rows(Filter(sort="id_number", descending=True), ("name",), 1)[0].id
    bridge.write(lambda control: records.delete([last], control), lambda _changes: None)
    qtbot.waitUntil(lambda: screen.list.total.text() == "共 449 条")
    if last not in chosen:
        assert screen.list.selected_ids() == chosen


def test_export_writes_what_is_shown(qtbot, make, tmp_path, monkeypatch):
    from openpyxl import load_workbook

    told = []
    monkeypatch.setattr(messages, "tell", lambda *texts: told.append(texts[1]))
    screen = make()
    screen.list.show_columns(("name", "id_number"))
    screen.list.search.setText("li")
    _wait_whole(qtbot, screen)
    count = screen.list.model.rowCount()
    screen._paper.export(tmp_path / "名册.xlsx", screen.list.asked(), screen.list.keys())
    qtbot.waitUntil(lambda: bool(told))
    assert told == [f"已导出 {count} 条。"]
    texts = [str(cell) for row in load_workbook(tmp_path / "名册.xlsx").active.values for cell in row if cell]
    assert sum("********" in text for text in texts) == count
    assert "联系电话" not in texts


def test_every_control_has_an_accessible_name(make):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView

    for kind in LISTED:
        screen = make(kind)
        for widget_type in (QAbstractButton, QComboBox, QLineEdit, QTableView):
            for widget in screen.findChildren(widget_type):
                if not widget.objectName().startswith("qt_") and type(widget).__name__ != "QToolButton":
                    assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget


def test_two_people_chosen_from_the_list_are_made_one(make, qtbot, bridge, bus, peopled):
    screen = make()
    table = screen.list.table
    table.select_row(0)
    assert not screen.merge_button.isEnabled()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(screen.list.model.index(1, 0), flags)
    ids, total = screen.list.selected_ids(), screen._records.count(Filter())
    dialog = screen.ask_merge()
    qtbot.waitUntil(lambda: dialog.pane.pair is not None)
    dialog.pane.take = {one.key: Side.KEEP for one, _ in dialog.pane.pair.rows if one.differs}
    dialog.pane.choose(0, Side.KEEP)
    qtbot.waitUntil(lambda: not dialog.pane.pair.preview.undecided)
    keep, drop = dialog.pane.pair.preview.keep, dialog.pane.pair.preview.drop
    assert {keep, drop} == set(ids)
    dialog.merge_button.click()
    qtbot.waitUntil(lambda: screen.undo_bar.text == f"编号 {drop} 已并入编号 {keep}")
    assert screen._records.count(Filter()) == total - 1
    screen.undo_bar.undo()
    qtbot.waitUntil(lambda: screen._records.count(Filter()) == total)


def test_only_people_are_made_one(make):
    assert make("organisations").merge_button.isHidden()
