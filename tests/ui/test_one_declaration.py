"""A declared field stands in form, list, import, export and history without further code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from socialwork_app.domain.filters import Filter
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.import_templates import write_template
from socialwork_app.services.imports import Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui.forms.record_form import RecordForm
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.paged_table_model import PagedTableModel
from socialwork_app.ui.screens.records.records_list import masked_display
from tests import nickname
from tests.services.people_workbook import ZHANG, write


@pytest.fixture
def opened(tmp_path: Path, files: RegisterFiles, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenRegister]:
    made, _ = nickname.declare(files, tmp_path, monkeypatch).create(tmp_path / "r", "测试单位", None)
    yield made
    made.close()


def test_a_new_field_is_everywhere(qtbot, opened: OpenRegister, bridge: JobBridge, tmp_path: Path):
    path = write(tmp_path / "a.xlsx", [("张三", ZHANG, "小张")], ("姓名", "身份证号", "别名"))
    imports = Imports(opened)
    assert imports.apply(imports.check(imports.read(path, "people"))).created == 1
    people = Records(opened, "people")
    person = people.find(ZHANG)
    people.save(Draft({"nickname": "老张"}, id=person))

    assert [dict(row.values) for row in people.first_rows(Filter(), ("nickname",))] == [{"nickname": "老张"}]
    line = History(opened).of("people", person)[0]
    assert (line.field_label, line.old, line.new) == ("曾用名字", "小张", "老张")

    out = Exports(opened).export("people", tmp_path / "out.xlsx", keys=("name", "nickname"))
    cells = [cell.value for row in load_workbook(out.file).worksheets[0] for cell in row]
    assert {"曾用名字", "老张"} <= set(cells)
    template = load_workbook(write_template(opened.catalogue, "people", tmp_path / "t.xlsx"))
    assert "曾用名字" in {cell.value for cell in template.worksheets[0][1]}

    form = RecordForm(opened, "people", bridge)
    qtbot.addWidget(form)
    assert "曾用名字" in {label.text() for label in form.findChildren(QLabel)}
    model = PagedTableModel(people.listed, masked_display(opened.parser))
    headers = [model.headerData(number, Qt.Orientation.Horizontal) for number in range(model.columnCount())]
    assert "曾用名字" in headers
