"""Forms in the window: cells mapped by keyboard, a file for each person, what a Word form names."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from socialwork_app.services.form_files import FormFiles, place
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.screens.talents.form_fill import FillDialog
from socialwork_app.ui.screens.talents.form_mapping import MappingDialog
from socialwork_app.ui.screens.talents.form_words import WordsDialog
from tests.excel.documents import document
from tests.excel.form_books import form
from tests.services.people_workbook import ZHANG

Save = Callable[..., int]
OWN = "上级考核表"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(messages, "warn", lambda _parent, text, _detail="": found.append(text))
    return found


@pytest.fixture
def people(save: Save) -> list[int]:
    return [save("people", name="张三", id_number=ZHANG, employer="甲站"), save("people", name="李四")]


@pytest.fixture
def dialog(qtbot: QtBot, opened: OpenRegister, bridge: JobBridge, people: list[int]) -> FillDialog:
    made = FillDialog(opened, bridge, people)
    qtbot.add_widget(made)
    made.open()
    qtbot.wait_until(made.fill_button.isEnabled)
    return made


@pytest.fixture
def own(qtbot: QtBot, dialog: FillDialog, tmp_path: Path) -> FillDialog:
    """With a workbook of the superior office chosen."""
    (tmp_path / "来件.xlsx").write_bytes(form())
    dialog.add_form(OWN, tmp_path / "来件.xlsx")
    qtbot.wait_until(lambda: dialog.form.currentText() == OWN and dialog.map_button.isEnabled())
    return dialog


@pytest.fixture
def mapping(qtbot: QtBot, own: FillDialog) -> MappingDialog:
    own.map_button.click()
    made = own.dialog
    assert isinstance(made, MappingDialog)
    qtbot.wait_until(made.isVisible)
    return made


def put(qtbot: QtBot, mapping: MappingDialog, cell: str, looked_for: str) -> None:
    """As one does it by keyboard: Enter on the cell, a part of the name, Enter."""
    mapping.table.setCurrentIndex(mapping.model.index(*place(cell)))
    qtbot.keyClick(mapping.table, Qt.Key.Key_Return)
    mapping.names.search.setText(looked_for)
    qtbot.keyClick(mapping.names.search, Qt.Key.Key_Return)


def shown(mapping: MappingDialog, cell: str) -> str:
    return str(mapping.model.index(*place(cell)).data())


def test_cells_are_mapped_by_keyboard_and_kept_with_the_form(
    qtbot: QtBot, opened: OpenRegister, own: FillDialog, mapping: MappingDialog, tmp_path: Path
):
    put(qtbot, mapping, "B2", "姓名")
    put(qtbot, mapping, "B3", "职务")
    assert (shown(mapping, "B2"), shown(mapping, "B3"), shown(mapping, "A2")) == (
        "【姓名】",
        "【工作单位及职务】",
        "姓名",
    )
    assert mapping.model.index(*place("B2")).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert (mapping.table.rowSpan(2, 1), mapping.table.columnSpan(2, 1)) == (2, 3)
    qtbot.keyClick(mapping.names.search, Qt.Key.Key_Down)
    mapping.save_button.click()
    qtbot.wait_until(lambda: own.dialog is None)
    assert FormFiles(opened).cells(FormFiles(opened).find(OWN)) == {("", "B2"): "姓名", ("", "B3"): "工作单位及职务"}
    qtbot.wait_until(own.fill_button.isEnabled)
    own.fill(tmp_path / "出")
    qtbot.wait_until(own.folder_button.isVisible)
    book = load_workbook(tmp_path / "出" / f"{OWN}_张三.xlsx").worksheets[0]
    assert (book["B2"].value, book["B3"].value) == ("张三", "甲站")
    assert "已填写 2 份" in own.outcome.text()


def test_a_name_that_is_just_what_was_typed_comes_first(qtbot: QtBot, mapping: MappingDialog):
    put(qtbot, mapping, "B2", "学历")
    assert shown(mapping, "B2") == "【学历】"


def test_several_names_in_a_cell_and_none_again(qtbot: QtBot, mapping: MappingDialog):
    put(qtbot, mapping, "B3", "工作单位")
    mapping.names.search.setText("岗位")
    mapping.append_button.click()
    assert mapping.cells() == {("", "B3"): "{{工作单位}} {{岗位}}"}
    qtbot.keyClick(mapping.table, Qt.Key.Key_Delete)
    assert mapping.cells() == {}
    mapping.value.setText("姓名")
    qtbot.keyClick(mapping.value, Qt.Key.Key_Return)
    assert mapping.cells() == {("", "B3"): "姓名"}
    assert mapping.isVisible()


def test_a_formula_takes_nothing_and_says_so(qtbot: QtBot, mapping: MappingDialog):
    put(qtbot, mapping, "D7", "姓名")
    assert mapping.cells() == {}
    assert mapping.hint.text() == "D7 中是公式，不能填入。"


def test_what_is_no_name_is_told_and_can_be_mended(qtbot: QtBot, mapping: MappingDialog, told: list[str]):
    mapping.table.setCurrentIndex(mapping.model.index(*place("B2")))
    mapping.fill("学费")
    mapping.save_button.click()
    qtbot.wait_until(lambda: bool(told))
    assert "学费" in told[0]
    assert (mapping.isVisible(), mapping.save_button.isEnabled()) == (True, True)


def test_each_sheet_has_cells_of_its_own(mapping: MappingDialog):
    mapping.table.setCurrentIndex(mapping.model.index(*place("B2")))
    mapping.fill("姓名")
    mapping.sheet.setCurrentIndex(1)
    assert shown(mapping, "A1") == "填表说明"
    mapping.fill("性别")
    mapping.sheet.setCurrentIndex(0)
    assert shown(mapping, "B2") == "【姓名】"
    assert mapping.cells() == {("", "B2"): "姓名", ("说明", "A1"): "性别"}


def test_what_a_word_form_names_and_a_name_to_be_copied(qtbot: QtBot, dialog: FillDialog, tmp_path: Path):
    (tmp_path / "来件.docx").write_bytes(document("{{姓名}}{{学费}}"))
    dialog.add_form(OWN, tmp_path / "来件.docx")
    qtbot.wait_until(lambda: dialog.form.currentText() == OWN and dialog.map_button.isEnabled())
    assert dialog.hint.text() == "不认识的名称：学费。请在表格中改正。"
    assert not dialog.fill_button.isEnabled()
    dialog.map_button.click()
    words = dialog.dialog
    assert isinstance(words, WordsDialog)
    assert [words.model.index(row, 0).data() for row in range(2)] == ["姓名", "学费"]
    assert words.model.index(1, 1).data() == "不认识的名称"
    words.names.chosen.emit("单位意见")
    assert QGuiApplication.clipboard().text() == "{{单位意见}}"
    words.close()


def test_a_purpose_is_asked_where_a_form_has_numbers(qtbot: QtBot, dialog: FillDialog, tmp_path: Path):
    (tmp_path / "来件.docx").write_bytes(document("{{身份证号}}"))
    dialog.add_form(OWN, tmp_path / "来件.docx")
    qtbot.wait_until(lambda: dialog.form.currentText() == OWN and dialog.fill_button.isEnabled())
    assert dialog.purpose.isVisible()
    masked = f"{ZHANG[:6]}********{ZHANG[-4:]}"
    for purpose, number in (("", masked), ("报市局", ZHANG)):
        dialog.purpose.setText(purpose)
        dialog.folder_button.hide()
        dialog.fill(tmp_path / "出")
        qtbot.wait_until(dialog.folder_button.isVisible)
        text = Document(str(tmp_path / "出" / f"{OWN}_张三.docx")).paragraphs[0].text
        assert text == number


def test_a_file_that_can_not_serve_is_told(qtbot: QtBot, dialog: FillDialog, told: list[str], tmp_path: Path):
    (tmp_path / "旧表.xls").write_bytes(b"x")
    dialog.add_form(OWN, tmp_path / "旧表.xls")
    qtbot.wait_until(lambda: bool(told))
    assert "另存为 .xlsx" in told[0]
    assert dialog.form.findText(OWN) < 0
