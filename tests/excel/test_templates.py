"""Templates: what a user may fill in, and what the import finds when it reads them back."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from socialwork_app.excel.templates import ROWS, TemplateColumn, write_template
from socialwork_app.foundation.errors import EnvironmentRefused

NATIONS = tuple(f"第{number}民族" for number in range(70))
COLUMNS = (
    TemplateColumn("姓名", "填身份证上的姓名。", (), required=True, width=10, text=True),
    TemplateColumn("身份证号", "18 位。", (), required=True, width=20, text=True),
    TemplateColumn("性别", "", ("男", "女"), required=False, width=6, text=True),
    TemplateColumn("民族", "可以只写前一个字。" * 60, NATIONS, required=False, width=10, text=True),
    TemplateColumn("从事社会工作年限", "整年数。", (), required=False, width=8, text=False),
)
NOTES = ("一行一人。", "红底的列必须填写。")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    target = tmp_path / "模板.xlsx"
    write_template("持证人员", COLUMNS, target, NOTES)
    return target


def first_sheet(template: Path) -> Worksheet:
    return openpyxl.load_workbook(template).worksheets[0]


def rule_of(sheet: Worksheet, column: str) -> DataValidation:
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if f"{column}2" in rule.sqref)
    assert str(rule.sqref) == f"{column}2:{column}{ROWS + 1}"
    return rule


def test_first_sheet_holds_the_headers_and_nothing_else(template: Path) -> None:
    workbook = CalamineWorkbook.from_path(template)
    assert workbook.sheet_names == ["持证人员", "填表说明", "可选值"]
    assert workbook.get_sheet_by_index(0).to_python() == [[column.label for column in COLUMNS]]


def test_header_stays_in_sight_and_required_columns_stand_out(template: Path) -> None:
    sheet = first_sheet(template)
    assert sheet.freeze_panes == "A2"
    required, optional = ({sheet[cell].fill.fgColor.rgb for cell in cells} for cells in (("A1", "B1"), ("C1", "E1")))
    assert len(required) == len(optional) == 1
    assert required != optional


def test_text_columns_keep_what_is_typed(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["持证人员"]
    formats = [sheet.column_dimensions[letter].number_format for letter in "ABCDE"]
    assert formats == ["@", "@", "@", "@", "General"]


@pytest.mark.parametrize(("letter", "choices"), [("C", ("男", "女")), ("D", NATIONS)])
def test_lists_refer_to_the_hidden_sheet(template: Path, letter: str, choices: tuple[str, ...]) -> None:
    workbook = openpyxl.load_workbook(template)
    rule = rule_of(workbook.worksheets[0], letter)
    assert rule.type == "list"
    name, area = str(rule.formula1).split("!")
    assert workbook[name].sheet_state == "hidden"
    assert tuple(row[0].value for row in workbook[name][area]) == choices
    assert rule.errorStyle == "warning"


def test_hint_shows_beside_the_cell(template: Path) -> None:
    sheet = first_sheet(template)
    assert (rule_of(sheet, "A").promptTitle, rule_of(sheet, "A").prompt) == (
        "姓名",
        "必填。填身份证上的姓名。",
    )
    assert rule_of(sheet, "C").prompt == "选填。"
    assert len(str(rule_of(sheet, "D").prompt)) == 255


def test_notes_explain_every_column(template: Path) -> None:
    rows = CalamineWorkbook.from_path(template).get_sheet_by_name("填表说明").to_python()
    assert [row[0] for row in rows[:3]] == ["持证人员　填表说明", *NOTES]
    assert rows[4] == ["列名", "必填", "怎么填", "可选值"]
    table = {str(row[0]): row[1:] for row in rows[5:]}
    assert list(table) == [column.label for column in COLUMNS]
    assert table["姓名"] == ["是", "填身份证上的姓名。", ""]
    assert table["性别"][2] == "男、女"
    assert str(table["民族"][2]).endswith("共 70 项，见下拉列表")


def test_without_choices_no_hidden_sheet(tmp_path: Path) -> None:
    write_template("签到", COLUMNS[:2], tmp_path / "a.xlsx", ())
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names == ["签到", "填表说明"]


def test_filled_in_rows_keep_their_numbers(template: Path) -> None:
    workbook = openpyxl.load_workbook(template)
    workbook.worksheets[0].append(["张三", "530115198503179987", "男", "汉族", 7])
    workbook.save(template)
    read = CalamineWorkbook.from_path(template).get_sheet_by_index(0).to_python()
    assert read[1] == ["张三", "530115198503179987", "男", "汉族", 7]


def test_target_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "模板.xlsx").mkdir()
    with pytest.raises(EnvironmentRefused):
        write_template("持证人员", COLUMNS, tmp_path / "模板.xlsx", NOTES)
    assert [path.name for path in tmp_path.iterdir()] == ["模板.xlsx"]
