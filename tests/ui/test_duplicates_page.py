"""Pairs gone through with the keyboard: made one, said to be two, put off; each step taken back by a key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from socialwork_app.domain.merging import Side
from socialwork_app.domain.roles import Role
from socialwork_app.services.duplicates import Duplicates
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.system.apart_dialog import ApartDialog
from socialwork_app.ui.screens.system.duplicates_page import DuplicatesPage
from socialwork_app.ui.screens.system.id_repair_page import IdRepairPage
from tests.services.people_workbook import LI, ZHANG, write

Save = Callable[..., int]
Show = Callable[..., Any]


def table(widget: Any) -> list[list[str]]:
    model = widget.model
    return [[model.cell(row, column).text for column in range(model.columnCount())] for row in range(model.rowCount())]


@pytest.fixture
def pairs(save: Save) -> tuple[int, ...]:
    """Two pairs; of the first the phones differ, and the second record says more."""
    first = save("people", name="张三", employer="甲站", birth_date="1985-03-17", phone="19900000001")
    second = save("people", name="张三", employer="甲站", id_number=ZHANG, phone="19900000002", note="乙")
    save("educations", first, study_mode="全日制", education="本科", school="示例大学")
    third, fourth = (save("people", name=name, birth_date="1990-01-02") for name in ("李小红", "李晓虹"))
    return first, second, third, fourth


@pytest.fixture
def page(at: Workplace, show: Show, pairs: tuple[int, ...], rest: Callable[[], None]) -> DuplicatesPage:
    made = show(DuplicatesPage(at.opened, at.bridge, at.bus))
    made.find_button.click()
    rest()
    assert "19900000001" not in str(table(made.pane)) and ZHANG not in str(table(made.pane))
    made.pane.whole_box.click()
    rest()
    return made


def test_a_pair_is_shown_side_by_side_and_made_one_once_all_is_chosen(
    page: DuplicatesPage, pairs: tuple[int, ...], press: Callable[..., None], rest: Callable[[], None],
    opened: OpenRegister,
):  # fmt: skip
    assert [row[5] for row in table(page)] == ["姓名相同，出生日期相同，电话不同，单位相同", "姓名同音，出生日期相同"]
    assert page.pane.who.text().startswith(f"保留 张三（编号 {pairs[1]}），并入 张三（编号 {pairs[0]}）。")
    assert page.pane.more.toPlainText() == "一并转入：学历经历 1 条"
    rows = {row[0]: row for row in table(page.pane)}
    assert [row[1] for row in table(page.pane)] == ["须选定", *["一方有"] * 3, *["相同"] * (len(rows) - 4)]
    assert rows["姓名"] == ["姓名", "相同", "张三", "张三", "张三"]
    assert rows["联系电话"] == ["联系电话", "须选定", "19900000002", "19900000001", "须选定"]
    page.table.setFocus()
    press(Qt.Key.Key_F6)
    rest()
    assert len(page.shown) == 2
    at = [row[0] for row in table(page.pane)].index("联系电话")
    page.pane.table.select_row(at)
    page.pane.table.setFocus()
    for expected in ("✓ 19900000002", "19900000002"):
        press(Qt.Key.Key_Space)
        rest()
        assert table(page.pane)[at][2] == expected
    assert table(page.pane)[at][3:] == ["✓ 19900000001", "19900000001"]
    press(Qt.Key.Key_F6)
    rest()
    assert [one.one for one in page.shown] == [pairs[2]]
    assert Records(opened, "people").record(pairs[1]).values["phone"] == "19900000001"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest()
    assert [one.one for one in page.shown] == [pairs[0], pairs[2]]


def test_the_other_record_can_be_kept(page: DuplicatesPage, pairs: tuple[int, ...], rest: Callable[[], None]):
    page.pane.swap_button.click()
    rest()
    assert page.pane.who.text().startswith(f"保留 张三（编号 {pairs[0]}），并入 张三（编号 {pairs[1]}）。")
    at = [row[0] for row in table(page.pane)].index("联系电话")
    page.pane.table.clicked.emit(page.pane.model.index(at, 4))
    rest()
    assert page.pane.take == {"phone": Side.BOTH}
    assert table(page.pane)[at][4] == "19900000001、19900000002"


def test_a_pair_is_put_off_or_said_to_be_two(
    page: DuplicatesPage, pairs: tuple[int, ...], press: Callable[..., None], rest: Callable[[], None],
    at: Workplace, show: Show,
):  # fmt: skip
    page.table.setFocus()
    press(Qt.Key.Key_F8)
    rest()
    assert [one.one for one in page.shown] == [pairs[2], pairs[0]]
    press(Qt.Key.Key_F7)
    rest()
    assert [one.one for one in page.shown] == [pairs[0]]
    dialog = show(ApartDialog(at.opened, at.bridge))
    assert table(dialog) == [[str(pairs[2]), "李小红", str(pairs[3]), "李晓虹"]]
    dialog.back_button.click()
    rest()
    assert table(dialog) == [] and Duplicates(at.opened).suggested().total == 2


def test_who_enters_sees_the_pairs_and_cannot_decide(
    at: Workplace, show: Show, pairs: object, rest: Callable[[], None]
):
    at.opened.role = Role.EDITOR
    page = show(DuplicatesPage(at.opened, at.bridge, at.bus))
    page.find_button.click()
    rest()
    assert len(page.shown) == 2 and page.later_button.isEnabled()
    assert not page.merge_button.isEnabled() and not page.apart_now_button.isEnabled()
    assert show(ApartDialog(at.opened, at.bridge)).back_button.isHidden()


def test_nothing_is_taken_back_before_there_is_a_list(at: Workplace):
    dialog = ApartDialog(at.opened, at.bridge)
    assert not dialog.back_button.isEnabled()


def test_a_search_that_is_called_off_can_be_begun_anew(at: Workplace, show: Show, rest: Callable[[], None]):
    page = show(DuplicatesPage(at.opened, at.bridge, at.bus))
    page.find_button.click()
    page.reading.cancel()
    rest()
    assert page.find_button.isEnabled()
    page.find_button.click()
    rest()
    assert page.result.text() == "没有可能重复的人员"


def test_lost_numbers_are_accepted_by_hand(
    at: Workplace, show: Show, rest: Callable[[], None], tmp_path: Path, press: Callable[..., None]
):
    people = Records(at.opened, "people")
    for name, number in (("张三", ZHANG), ("李四", LI)):
        people.save(Draft({"name": name, "id_type": "其他", "id_number": number[:15] + "000"}))
    page = show(IdRepairPage(at.opened, at.bridge, at.bus))
    assert page.result.text() == "需要核对 2 个，有建议 0 个" and not page.accept_button.isEnabled()
    page.propose_from(write(tmp_path / "名册.xlsx", [["张三", ZHANG]], ("姓名", "身份证号")))
    rest()
    assert ZHANG not in str(table(page))
    page.whole_box.click()
    assert [row[3] for row in table(page)] == [ZHANG, ""]
    page.table.selectAll()
    assert page.accept_button.text() == "采用选中的 1 个"
    page.accept_button.click()
    rest()
    assert [row[1] for row in table(page)] == ["李四"] and people.find(ZHANG) == 1
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest()
    assert [row[1] for row in table(page)] == ["张三", "李四"]
