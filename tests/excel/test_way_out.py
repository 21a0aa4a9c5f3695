"""What leaves the register is text, whatever it looks like: nothing in it runs, and the file opens."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from socialwork_app.domain.sheets import Sheet, SheetColumn
from socialwork_app.excel import documents, forms
from socialwork_app.excel.documents import Letter
from socialwork_app.excel.templates import TemplateColumn, write_template
from socialwork_app.excel.writing import write_roster
from tests.excel.documents import document
from tests.excel.form_books import form, parts

RUNNING = [
    "=1+1",
    "+cmd|'/c calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://x","y")',
    "{=1}",
    "＝1+1",
]
CONTROL = "甲\x00\x07\x1b[31m\x85\ufffe\ud800乙"


def formulas(data: bytes) -> list[str]:
    return [name for name, content in parts(data).items() if name.startswith("xl/worksheets/") and b"<f>" in content]


def values(data: bytes) -> list[object]:
    book = openpyxl.load_workbook(BytesIO(data))
    return [cell.value for page in book for row in page.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("text", RUNNING)
def test_a_roster(tmp_path: Path, text: str) -> None:
    target = tmp_path / "名册.xlsx"
    sheet = Sheet(f"{text}名册", (SheetColumn(text, 10), SheetColumn("备注", 10)), text, text)
    write_roster(sheet, [(text, 1), ("甲", text)], target)
    shown = text.replace("\r", "\n")
    assert formulas(target.read_bytes()) == []
    assert values(target.read_bytes()).count(shown) >= 2


@pytest.mark.parametrize("text", RUNNING)
def test_a_template(tmp_path: Path, text: str) -> None:
    target = tmp_path / "模板.xlsx"
    write_template(text, [TemplateColumn(text, text, (text, "乙"), True, 10, True)], target, [text])
    assert formulas(target.read_bytes()) == []


@pytest.mark.parametrize("text", RUNNING)
def test_a_form(tmp_path: Path, text: str) -> None:
    target = tmp_path / "表.xlsx"
    forms.fill(form(), {("", "B2"): text}, {"年度": "2026", "考核得分": text, "姓名": text}, target)
    assert [
        content.count(b"<f>") for name, content in parts(target.read_bytes()).items() if name.endswith("sheet1.xml")
    ] == [1]
    assert openpyxl.load_workbook(target).worksheets[0]["B2"].data_type == "s"


def test_characters_that_no_file_can_hold(tmp_path: Path) -> None:
    roster, filled, letter = (tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.docx"))
    write_roster(Sheet("名册", (SheetColumn("姓名", 10),), "", ""), [(CONTROL,)], roster)
    forms.fill(form(), {("", "B2"): CONTROL}, {"年度": CONTROL, "考核得分": 1, "姓名": CONTROL}, filled)
    documents.fill(document("{{姓名}}"), [Letter({"姓名": CONTROL})], frozenset(), letter)
    left = "甲[31m\x85乙"
    assert left in values(roster.read_bytes())
    assert openpyxl.load_workbook(filled).worksheets[0]["B2"].value == left
    assert Document(str(letter)).paragraphs[0].text == left


def test_a_letter_has_no_field_that_runs(tmp_path: Path) -> None:
    """A text that looks like one of Word's own commands stays a text."""
    target = tmp_path / "a.docx"
    text = "{ DDEAUTO c:\\windows\\cmd } <w:fldSimple w:instr='x'/>"
    documents.fill(document("{{姓名}}"), [Letter({"姓名": text})], frozenset(), target)
    made = Document(str(target))
    assert made.paragraphs[0].text == text
    assert not [one for one in made.element.iter() if "fld" in str(one.tag) or "instrText" in str(one.tag)]
