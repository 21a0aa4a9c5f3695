"""The pages 日志 and 回收站, with real records that came and went."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt

from socialwork_app.domain.roles import Role
from socialwork_app.services.opened import OWNER
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.forms.change_dialog import ChangeDialog
from socialwork_app.ui.models.paged_table_model import PAGE
from socialwork_app.ui.screens.system.bin_page import BinPage
from socialwork_app.ui.screens.system.log_page import LogPage


@pytest.fixture
def told(monkeypatch):
    found = []
    monkeypatch.setattr(messages, "tell", lambda _parent, text, detail="": found.append(text))
    monkeypatch.setattr(messages, "tell_error", lambda _parent, error: found.append(error.code))
    return found


@pytest.fixture
def log(opened, bridge, bus, show):
    return show(LogPage(opened, bridge, bus))


@pytest.fixture
def bin_page(opened, bridge, bus, show):
    return show(BinPage(opened, bridge, bus))


def cells(model, row):
    return [model.index(row, column).data(Qt.ItemDataRole.DisplayRole) for column in range(model.columnCount())]


def choose(combo, data):
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_the_log_shows_the_newest_first_and_follows_the_work(log, opened, bus, rest):
    saved = Records(opened, "people").save(Draft({"name": "张三"}))
    bus.announce(saved.changes)
    rest()
    assert cells(log.model, 0)[2:5] == ["管理员", "新增", "人员 张三"]
    assert log.total.text() == f"共 {log.model.rowCount():,} 条"


def test_it_is_filtered_by_action_person_and_days(log, opened, bus, rest, save):
    people = Records(opened, "people")
    person = save("people", name="张三")
    bus.announce(people.delete([person]))
    rest()
    choose(log.action, "delete")
    rest()
    assert log.model.rowCount() == 1 and cells(log.model, 0)[3] == "删除"
    choose(log.period, -1)
    assert log.since.isVisible()
    log.to.setDate(QDate(2020, 1, 1))
    rest()
    assert log.model.rowCount() == 0
    choose(log.period, 0)
    rest()
    assert log.model.rowCount() == 1 and not log.since.isVisible()
    assert log.asked().since == date.today()
    choose(log.by, "管理员")
    rest()
    assert log.model.rowCount() == 1


def test_a_long_log_is_read_a_page_at_a_time(log, opened, bus, rest, save):
    for number in range(PAGE + 19):
        save("people", name=f"张{number}")
    bus.announce(Records(opened, "people").save(Draft({"name": f"张{PAGE + 19}"})).changes)
    rest()
    assert cells(log.model, PAGE + 5)[4] == f"人员 张{PAGE + 20 - 1 - PAGE - 5}"


def test_the_records_of_a_change_are_listed(log, opened, bus, rest, save, press):
    people = Records(opened, "people")
    ids = [save("people", name=name) for name in ("张三", "李四")]
    bus.announce(people.delete(ids))
    rest()
    assert cells(log.model, 0)[4] == "人员 2 条"
    log.table.select_row(0)
    log.table.setFocus()
    press(Qt.Key.Key_Return)
    (dialog,) = log.window().findChildren(ChangeDialog)
    rest()
    assert [cells(dialog.model, row) for row in range(2)] == [["人员", "张三", "删除"], ["人员", "李四", "删除"]]
    assert "管理员 删除" in dialog.about.text()
    dialog.close()


def test_it_is_verified_and_exported(log, opened, rest, tmp_path, told):
    log.verify()
    rest()
    assert log.result.text() == "日志完整，没有被改动过。"
    log.export(tmp_path / "日志.xlsx")
    rest()
    assert (tmp_path / "日志.xlsx").is_file() and "已导出" in log.result.text()
    assert cells(log.model, 0)[3] == "导出"
    with opened.file.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER changes_no_UPDATE")
        connection.exec_driver_sql("UPDATE changes SET by = '别人' WHERE id = 1")
        connection.commit()
    log.verify()
    rest()
    assert log.result.text().startswith("日志被改动过") and log.verify_button.isEnabled()


def test_a_deleted_record_is_found_and_brought_back(bin_page, opened, bus, rest, told, save):
    people = Records(opened, "people")
    ids = [save("people", name=name) for name in ("张三", "李四")]
    bus.announce(people.delete(ids))
    rest()
    assert bin_page.model.rowCount() == 2 and not bin_page.restore_button.isEnabled()
    bin_page.search.setText("李")
    rest()
    assert cells(bin_page.model, 0)[:2] == ["人员", "李四"]
    bin_page.table.select_row(0)
    bin_page.restore_button.click()
    rest()
    assert told == ["已恢复：人员 1 条。"]
    assert people.record(ids[1]).values["name"] == "李四"
    bin_page.search.clear()
    choose(bin_page.kind, "certificates")
    rest()
    assert bin_page.model.rowCount() == 0
    choose(bin_page.kind, "people")
    rest()
    assert bin_page.model.rowCount() == 1


def test_why_it_can_not_come_back_is_said(bin_page, opened, bus, rest, told, save):
    person = save("people", name="张三", id_number="530122199001019968")
    bus.announce(Records(opened, "people").delete([person]))
    save("people", name="李四", id_number="530122199001019968")
    rest()
    bin_page.table.select_row(0)
    bin_page.restore_button.click()
    rest()
    assert told == ["bin.taken"]


def test_who_may_not_restore_is_not_offered_it(bin_page, opened, bus, rest, save):
    person = save("people", name="张三")
    changes = Records(opened, "people").delete([person])
    opened.role = Role.EDITOR
    bus.announce(changes)
    rest()
    bin_page.table.select_row(0)
    assert not bin_page.restore_button.isEnabled()
    assert "审核员" in bin_page.restore_button.toolTip()


def test_what_was_done_on_other_pages_is_there_on_coming_back(log, bin_page, opened, bus, rest, save):
    for page in (log, bin_page):
        page.hide()
    person = save("people", name="张三")
    bus.announce(Records(opened, "people").delete([person]))
    opened.set_setting(OWNER, "新单位")  # a line that nobody announces
    rest()
    for page in (log, bin_page):
        page.show()
    rest()
    assert [cells(log.model, row)[3] for row in range(2)] == ["设置", "删除"]
    assert cells(bin_page.model, 0)[:2] == ["人员", "张三"]
