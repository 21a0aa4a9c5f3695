"""The record at the right of its list: shown, made, changed, deleted and taken back, over a real register."""

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QLabel

from socialwork_app.domain.id_number import checksum
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.forms.change_dialog import ChangeDialog
from socialwork_app.ui.forms.child_table import ChildTable
from socialwork_app.ui.forms.record_panel import RecordPanel
from socialwork_app.ui.forms.stood_dialog import StoodDialog
from socialwork_app.ui.widgets.year_chart import YearChart

WOMAN = "53012219850317998" + checksum("53012219850317998")


@pytest.fixture
def make(qtbot, opened, bridge, bus, rest):
    def build(kind="people", row_id=None):
        panel = RecordPanel(opened, kind, bridge, bus)
        qtbot.addWidget(panel)
        panel.resize(520, 640)
        panel.show()
        if row_id is not None:
            panel.show_record(row_id)
        rest()
        return panel

    yield build
    rest()


@pytest.fixture
def answers(monkeypatch):
    """What the user says to the next questions."""
    given = {"leave": "stay", "agree": True, "asked": []}
    monkeypatch.setattr(messages, "ask_to_leave", lambda *_: given["asked"].append("leave") or given["leave"])
    monkeypatch.setattr(messages, "ask", lambda _parent, text, *_rest: given["asked"].append(text) or given["agree"])
    monkeypatch.setattr(messages, "tell", lambda _parent, text, *_rest: given["asked"].append(text))
    return given


def _type(form, key, text):
    form.editors[key].set(None, text)
    form.editors[key].changed.emit()


def _tab(panel, title):
    titles = [panel.tabs.tabText(index) for index in range(panel.tabs.count())]
    panel.tabs.setCurrentIndex(titles.index(title))
    return panel.shown


def test_a_record_is_shown_with_its_name_its_facts_and_no_full_number(make, save):
    panel = make(row_id=save("people", name="测试", id_number=WOMAN, education="大学本科"))
    assert panel.title.text() == "测试"
    assert panel.facts.text() == f"女 · 1985-03-17 · 530122********{WOMAN[-4:]} · 大学本科"
    assert not panel.save_button.isEnabled()


def test_a_certificate_is_named_after_its_holder(make, save):
    panel = make("certificates", save("certificates", save("people", name="测试"), level="社会工作师"))
    assert panel.title.text() == "测试"
    assert panel.facts.text().startswith("社会工作师")


def test_the_tabs_are_the_registers_children(make, opened, save):
    panel = make(row_id=save("people", name="测试"))
    children = [register.title for register in opened.catalogue.children("people")]
    titles = [panel.tabs.tabText(index) for index in range(panel.tabs.count())]
    assert titles == ["基本情况", "概览", *children, opened.catalogue["attachments"].title, "历史"]


def test_an_edit_is_saved_and_announced(qtbot, make, save, opened, bus):
    row_id = save("people", name="测试")
    panel = make(row_id=row_id)
    _type(panel.form, "position", "社工")
    assert panel.save_button.isEnabled()
    with qtbot.waitSignals([panel.saved, bus.changed]):
        qtbot.keyClick(panel.form.editors["name"].focusProxy(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert Records(opened, "people").record(row_id).values["position"] == "社工"
    assert not panel.form.dirty


def test_a_unit_that_is_renamed_elsewhere_reads_so_in_the_form(make, save, opened, bus, rest):
    panel = make(row_id=save("people", name="测试", employer="示例中心"))
    units = Records(opened, "organisations")
    bus.changed.emit(units.save(Draft({"name": "示例新中心"}, id=units.find("示例中心"))).changes)
    rest()
    combo = panel.form.editors["employer"].combo
    assert combo.currentText() == "示例新中心"
    assert [combo.itemText(at) for at in range(combo.count())] == ["", "示例新中心"]


def test_an_error_is_shown_and_nothing_is_saved(make, save, opened, rest):
    row_id = save("people", name="测试")
    panel = make(row_id=row_id)
    _type(panel.form, "birth_date", "2017-02-30")
    panel.save()
    rest()
    assert panel.form.editors["birth_date"].message.startswith("有误")
    assert panel.form.dirty
    assert panel.save_button.isEnabled()
    assert Records(opened, "people").record(row_id).values["birth_date"] is None


def test_a_new_record_is_made_and_stays_open(qtbot, make, opened):
    panel = make()
    panel.new_record()
    assert not any(panel.tabs.isTabEnabled(index) for index in range(1, panel.tabs.count()))
    _type(panel.form, "name", "新人")
    with qtbot.waitSignal(panel.saved) as saved:
        panel.save()
    qtbot.waitUntil(lambda: panel.title.text() == "新人")
    assert Records(opened, "people").record(saved.args[0]).values["name"] == "新人"
    assert all(panel.tabs.isTabEnabled(index) for index in range(panel.tabs.count()))


def test_a_new_certificate_asks_first_for_the_person(qtbot, make, save, opened):
    person = save("people", name="张测试")
    save("people", name="李四")
    panel = make("certificates")
    panel.new_record()
    assert panel._pages.currentWidget() is panel.finder
    assert not panel.save_button.isEnabled()
    panel.finder.search.setText("zcs")
    assert panel.finder.list.count() == 1
    qtbot.keyClick(panel.finder.search, Qt.Key.Key_Return)
    assert panel.facts.text() == "张测试"
    _type(panel.form, "level", "社会工作师")
    with qtbot.waitSignal(panel.saved) as saved:
        panel.save()
    assert Records(opened, "certificates").record(saved.args[0]).owner_id == person


def test_cancel_takes_the_typing_back_or_gives_the_new_record_up(qtbot, make, save):
    panel = make(row_id=save("people", name="测试"))
    _type(panel.form, "name", "改名")
    panel.cancel()
    assert panel.form.editors["name"].raw() == "测试"
    panel.new_record()
    with qtbot.waitSignal(panel.closed):
        panel.cancel()


@pytest.mark.parametrize(
    ("answer", "left", "name"), [("stay", False, "测试"), ("discard", True, "测试"), ("save", True, "改名")]
)
def test_unsaved_changes_are_asked_about(make, save, opened, rest, answers, answer, left, name):
    row_id = save("people", name="测试")
    panel = make(row_id=row_id)
    assert panel.may_leave()
    assert answers["asked"] == []
    _type(panel.form, "name", "改名")
    answers["leave"] = answer
    assert panel.may_leave() is left
    assert answers["asked"] == ["leave"]
    rest()
    assert Records(opened, "people").record(row_id).values["name"] == name


def test_leaving_by_saving_stays_where_the_save_is_refused(make, save, answers):
    panel = make(row_id=save("people", name="测试"))
    _type(panel.form, "name", "")
    answers["leave"] = "save"
    assert not panel.may_leave()
    assert panel.form.editors["name"].message == "有误：姓名未填写。"


def test_a_change_made_elsewhere_is_shown_unless_something_is_being_typed(make, save, opened, bus, rest):
    row_id = save("people", name="测试")
    panel = make(row_id=row_id)
    bus.announce(Records(opened, "people").save(Draft({"position": "社工"}, row_id)).changes)
    rest()
    assert panel.form.editors["position"].raw() == "社工"
    _type(panel.form, "position", "主任")
    bus.announce(Records(opened, "people").save(Draft({"position": "督导"}, row_id)).changes)
    rest()
    assert panel.form.editors["position"].raw() == "主任"


def test_a_record_that_went_away_closes_the_panel(qtbot, make, save, opened, bus):
    row_id = save("people", name="测试")
    panel = make(row_id=row_id)
    with qtbot.waitSignal(panel.closed):
        bus.announce(Records(opened, "people").delete([row_id]))


# what belongs to it


@pytest.fixture
def certified(save):
    person = save("people", name="测试")
    save("certificates", person, level="助理社会工作师")
    certificate = save("certificates", person, level="社会工作师", approved_on="2019-10-01")
    save("registrations", certificate, registered_on="2020-03-01")
    return person


def _texts(table, column=0):
    return [table.model.cell(row, column).text for row in range(table.model.rowCount())]


def test_certificates_stand_with_the_registrations_of_the_chosen_one_beneath(make, certified, opened):
    panel = make(row_id=certified)
    table = _tab(panel, opened.catalogue["certificates"].title)
    assert isinstance(table, ChildTable)
    assert _texts(table) == ["助理社会工作师", "社会工作师"]
    beneath = table.children_tables[0]
    table.table.select_row(1)
    assert _texts(beneath, 2) == ["2020-03-01"]
    table.table.select_row(0)
    assert _texts(beneath, 2) == []


def test_a_child_is_added_and_edited_in_a_dialog(qtbot, make, save, opened, rest):
    panel = make(row_id=save("people", name="测试"))
    table = _tab(panel, opened.catalogue["educations"].title)
    dialog = table.ask_new()
    _type(dialog.form, "study_mode", "全日制")
    dialog.save()
    rest()
    assert dialog.form.editors["education"].message.startswith("有误")
    _type(dialog.form, "education", "大学本科")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    rest()
    assert _texts(table, 1) == ["大学本科"]
    table.table.select_row(0)
    dialog = table.ask_edit()
    rest()
    _type(dialog.form, "school", "示例大学")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    rest()
    assert _texts(table, 3) == ["示例大学"]


def test_a_dialog_with_typing_in_it_is_not_lost_by_escape(qtbot, make, save, opened, answers, rest):
    panel = make(row_id=save("people", name="测试"))
    dialog = _tab(panel, opened.catalogue["educations"].title).ask_new()
    _type(dialog.form, "school", "示例大学")
    dialog.reject()
    assert answers["asked"] == ["leave"]
    assert dialog.isVisible()
    answers["leave"] = "discard"
    dialog.reject()
    assert not dialog.isVisible()
    rest()


def test_a_deleted_child_comes_back(make, certified, opened, answers, rest):
    panel = make(row_id=certified)
    table = _tab(panel, opened.catalogue["certificates"].title)
    table.table.select_row(1)
    table.ask_delete()
    rest()
    assert _texts(table) == ["助理社会工作师"]
    assert "已删除 1 条" in table.undo_bar.text
    table.undo_bar.undo()
    rest()
    assert _texts(table) == ["助理社会工作师", "社会工作师"]
    table.table.select_row(1)
    assert _texts(table.children_tables[0], 2) == ["2020-03-01"]


# scans


def _drop(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    widget.dropEvent(
        QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip


def test_scans_are_dropped_in_saved_elsewhere_deleted_and_brought_back(make, save, opened, answers, rest, tmp_path):
    row_id = save("people", name="测试")
    scan = tmp_path / "证书.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(scan))
    panel = make(row_id=row_id)
    table = _tab(panel, opened.catalogue["attachments"].title)
    _drop(table, scan)
    rest()
    assert _texts(table) == ["证书.png"]
    table.table.select_row(0)
    assert table.view_button.isEnabled()
    (stored,) = Attachments(opened).of("people", row_id)
    table.save_as(stored.id, tmp_path / "另存.png")
    rest()
    assert (tmp_path / "另存.png").read_bytes() == scan.read_bytes()
    table.ask_delete()
    rest()
    assert _texts(table) == []
    table.undo_bar.undo()
    rest()
    assert _texts(table) == ["证书.png"]


# history


def test_history_says_what_changed_and_takes_the_newest_change_back(make, save, opened, answers, rest):
    row_id = save("people", name="测试", position="社工")
    Records(opened, "people").save(Draft({"position": "主任"}, row_id))
    panel = make(row_id=row_id)
    history = _tab(panel, "历史")
    rest()
    assert [history.model.cell(0, column).text for column in (4, 5, 6)] == ["岗位", "社工", "主任"]
    history.ask_undo()
    rest()
    assert Records(opened, "people").record(row_id).values["position"] == "社工"
    rest()
    assert history.model.cell(0, 2).text != ""


def test_an_import_is_not_taken_back_from_one_record(make, save, opened, answers, rest):
    row_id = save("people", name="测试")
    with opened.change("import", "people", "名册.xlsx") as change:
        change.update("people", row_id, {"position": "主任"})
        change.commit()
    panel = make(row_id=row_id)
    history = _tab(panel, "历史")
    rest()
    history.ask_undo()
    assert answers["asked"] == ["最近一次改动来自导入。"]
    assert Records(opened, "people").record(row_id).values["position"] == "主任"


def test_one_field_goes_back_from_the_history(make, save, opened, rest, monkeypatch):
    row_id = save("people", name="测试", position="社工", id_number=WOMAN)
    Records(opened, "people").save(Draft({"position": "主任", "id_number": "", "phone": "19900001234"}, row_id))
    panel = make(row_id=row_id)
    history = _tab(panel, "历史")
    rest()
    assert not history.restore_button.isEnabled()
    labels = [history.model.cell(row, 4).text for row in range(history.model.rowCount())]
    history.table.select_row(labels.index("岗位"))
    history.restore_button.click()
    rest()
    values = Records(opened, "people").record(row_id).values
    assert (values["position"], values["phone"], values["id_number"]) == ("社工", "19900001234", None)
    save("people", name="别人", id_number=WOMAN)
    warned = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, detail="": warned.append(detail))
    labels = [history.model.cell(row, 4).text for row in range(history.model.rowCount())]
    history.table.select_row(labels.index("身份证号"))
    history.restore_button.click()
    rest()
    assert warned == ["身份证号已有其他记录使用。请核对。"]


def test_a_record_as_it_was_is_shown_masked(qtbot, make, save, opened, rest):
    row_id = save("people", name="测试", position="社工", id_number=WOMAN)
    save("certificates", row_id, level="社会工作师")
    panel = make(row_id=row_id)
    history = _tab(panel, "历史")
    rest()
    history.stood_button.click()
    (dialog,) = history.window().findChildren(StoodDialog)
    rest()
    shown = [dialog.model.cell(row, column).text for row in range(dialog.model.rowCount()) for column in (0, 1)]
    assert {"岗位", "社工", "【证书与登记】"} <= set(shown) and WOMAN not in shown
    dialog.day.setDate(QDate(2020, 1, 1))
    rest()
    assert dialog.model.rowCount() == 0
    dialog.close()


def test_the_import_that_a_value_came_from_is_opened(make, save, opened, rest):
    row_id = save("people", name="测试")
    with opened.change("import", "people", "名册.xlsx") as change:
        change.update("people", row_id, {"position": "主任"})
        change.insert("people", {"name": "另一人", "id_type": "居民身份证", "status": "here"})
        change.count(1, 1)
        change.commit()
    panel = make(row_id=row_id)
    history = _tab(panel, "历史")
    rest()
    assert history.model.cell(0, 7).text == "名册.xlsx"
    history.table.select_row(0)
    history.batch_button.click()
    (dialog,) = history.window().findChildren(ChangeDialog)
    rest()
    assert "名册.xlsx" in dialog.about.text() and "新增 1 条，更新 1 条" in dialog.about.text()
    shown = [[dialog.model.cell(row, column).text for column in (1, 2)] for row in range(dialog.model.rowCount())]
    assert shown == [["测试", "修改"], ["另一人", "新增"]]
    dialog.close()


def test_a_persons_whole_talent_is_on_one_tab(qtbot, make, save):
    person = save("people", name="测试")
    save("certificates", person, level="社会工作师", approved_on="2019-06")
    save("talent_schemes", title="示例人才")
    for year, score in (("2024", "76"), ("2025", "91.5")):
        save("appraisals", person, scheme="示例人才", year=year, score=score, grade="合格")
    panel = make(row_id=person)
    shown = _tab(panel, "概览")
    qtbot.waitUntil(lambda: bool(shown.findChildren(YearChart)))
    (chart,) = shown.findChildren(YearChart)
    assert chart.accessibleName() == "历年考核：2024 合格 76，2025 合格 91.5"
    assert any(label.text().startswith("2019-06　社会工作师") for label in shown.findChildren(QLabel))
    save("appraisals", person, scheme="示例人才", year="2026", grade="不定等次")
    panel.show_record(save("people", name="另一人"))
    qtbot.waitUntil(lambda: not shown.findChildren(YearChart))
    assert "还没有" in shown.findChildren(QLabel)[-1].text()
