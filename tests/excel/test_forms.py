"""Forms that are workbooks: the mapped cells say something else, every other part is what it was."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from socialwork_app.excel import caps, form_sheet, forms
from socialwork_app.foundation.errors import DomainError
from tests.excel import old_workbooks
from tests.excel.documents import document, with_parts
from tests.excel.form_books import form, parts

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
TEXTS = {"年度": 2026, "考核得分": 91.5, "姓名": "张三"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "考核表.xlsx"


def filled(target: Path, cells: forms.Cells, template: bytes | None = None, **texts: str) -> dict[str, object]:
    """The values of the first sheet."""
    forms.fill(template or form(), cells, {**TEXTS, **texts}, target)
    sheet = load_workbook(target).worksheets[0]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_names_and_cells_are_filled(target: Path):
    found = filled(target, {("", "B2"): "张三", ("考核表", "$c$4"): "甲站", ("", "D5"): 40, ("", "D6"): 51.5})
    assert (found["A1"], found["A5"], found["A6"]) == ("2026年度考核登记表", 91.5, "兹有张三同志")
    assert (found["B2"], found["B3"], found["D5"], found["D6"], found["D7"]) == ("张三", "甲站", 40, 51.5, "=D5+D6")


def test_everything_else_is_byte_for_byte_what_it_was(target: Path):
    template = form()
    filled(target, {("", "B2"): "张三"}, template)
    before, after = parts(template), parts(target.read_bytes())
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {SHEET, BOOK}
    assert sum(name.startswith("xl/media/") for name in after) == 2
    old, new = load_workbook(BytesIO(template)).worksheets[0], load_workbook(target).worksheets[0]
    assert {str(area) for area in new.merged_cells.ranges} == {str(area) for area in old.merged_cells.ranges}
    assert new.print_area == old.print_area
    assert new["B2"].border.left.style == old["B2"].border.left.style == "thin"


def test_a_formula_is_worked_out_anew_when_the_form_is_opened(target: Path):
    book = parts(form())[BOOK]
    settings = re.search(rb"<calcPr[^>]*/>", book)
    assert settings is not None
    filled(target, {("", "D5"): 40}, with_parts(form(), {BOOK: book.replace(settings[0], b"")}))
    assert load_workbook(target, data_only=True).worksheets[0]["D7"].value is None
    assert b'fullCalcOnLoad="1"' in parts(target.read_bytes())[BOOK]


def test_a_text_stays_a_text_whatever_it_begins_with(target: Path):
    filled(target, {("", "B2"): '=HYPERLINK("x")'}, 姓名="=1+1")
    sheet = load_workbook(target).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ('=HYPERLINK("x")', "s")
    assert b"<f>" in parts(target.read_bytes())[SHEET]
    assert parts(target.read_bytes())[SHEET].count(b"<f>") == 1


def test_how_parts_of_a_text_look_stays(target: Path):
    filled(target, {})
    cell = load_workbook(target, rich_text=True).worksheets[0]["A6"].value
    assert [str(getattr(run, "text", run)) for run in cell] == ["兹有", "张三", "同志"]
    assert cell[1].font.b


def test_cells_that_do_not_stand_in_the_file_are_made_in_their_order(target: Path):
    made = ("H20", "E20", "C20", "A15", "C9")
    found = filled(target, {("", cell): cell for cell in made})
    assert [found[cell] for cell in made] == list(made)
    xml = parts(target.read_bytes())[SHEET].decode()
    assert sorted(made, key=lambda cell: xml.index(f'r="{cell}"')) == ["C9", "A15", "C20", "E20", "H20"]
    assert xml.index('<row r="9"') < xml.index('<row r="15"') < xml.index('<row r="20"')


def test_characters_that_xml_cannot_hold_are_left_out(target: Path):
    assert filled(target, {("", "B2"): "张\x0b三\ud800"})["B2"] == "张三"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({("", "D7"): "张三"}, "form.formula"),
        ({("附页", "B2"): "张三"}, "form.sheet_missing"),
        ({("", "第二行"): "张三"}, "form.no_cell"),
        ({("", "XFE1"): "张三"}, "form.no_cell"),
    ],
)
def test_what_can_not_be_filled_is_said_and_nothing_written(target: Path, cells: forms.Cells, code: str):
    with pytest.raises(DomainError) as refused:
        filled(target, cells)
    assert refused.value.code == code
    assert not target.exists()


def test_names_that_are_none_are_told():
    assert forms.names(form()) == ("年度", "考核得分", "姓名")
    with pytest.raises(DomainError) as refused:
        forms.names(form(title="{{年度}年"))
    assert refused.value.code == "document.braces"


def test_what_a_sheet_shows():
    page, notes = forms.sheets(form())
    assert (page.name, page.rows, page.columns) == ("考核表", 7, 4)
    assert page.texts[0, 0] == "{{年度}}年度考核登记表"
    assert (0, 0, 0, 3) in page.merges
    assert page.formulas == {(6, 3)}
    assert notes.texts == {(0, 0): "填表说明"}


def entity(xml: bytes) -> bytes:
    head, _, rest = xml.partition(b"\n")
    return head + b'\n<!DOCTYPE x [<!ENTITY a "b">]>' + rest


HOSTILE = {
    "no file at all": (b"", "workbook.damaged"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook.damaged"),
    "a document": (document("{{姓名}}"), "form.other_kind"),
    "entities": (with_parts(form(), {SHEET: entity(parts(form())[SHEET])}), "workbook.unsafe"),
    "entities in another spelling": (
        with_parts(form(), {SHEET: entity(parts(form())[SHEET]).decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
        "workbook.unsafe",
    ),
    "a password": (old_workbooks.locked_2007(form(), "密码"), "workbook.locked_otherwise"),
    "tags by the million": (
        with_parts(form(), {"xl/theme/theme1.xml": b"<a>" + b"<b/>" * (caps.MAX_TAGS + 1) + b"</a>"}),
        "workbook.too_large",
    ),
    "no cells": (with_parts(form(), {SHEET: b"<worksheet/>"}), "workbook.damaged"),
    "a shared text that is not there": (with_parts(form(), {"xl/sharedStrings.xml": b"<sst/>"}), "workbook.damaged"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused(kind: str):
    template, code = HOSTILE[kind]
    with pytest.raises(DomainError) as refused:
        forms.names(template)
    assert refused.value.code == code


def test_more_than_a_form_can_need_is_refused():
    with pytest.raises(DomainError) as refused:
        forms.names(bytes(forms.MAX_FILE_BYTES + 1))
    assert refused.value.code == "workbook.too_large"


@pytest.mark.parametrize(("place", "name"), [((0, 0), "A1"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((3, 701), "ZZ4"),
                                             ((0, 16_383), "XFD1")])  # fmt: skip
def test_places_have_names(place: tuple[int, int], name: str):
    assert form_sheet.reference(*place) == name
    assert form_sheet.place(name) == place


def heights(target: Path) -> dict[int, float | None]:
    dimensions = load_workbook(target).worksheets[0].row_dimensions
    return {row: dimensions[row].height for row in range(1, 8)}


def low_form() -> bytes:
    """Rows 2 to 4 are 20 points high; B3:D4 is merged."""
    rows = {2: b'<row r="2"', 3: b'<row r="3"', 4: b'<row r="4"'}
    sheet = parts(form())[SHEET]
    for begins in rows.values():
        sheet = sheet.replace(begins, begins + b' ht="20" customHeight="1"')
    return with_parts(form(), {SHEET: sheet})


def test_a_row_is_raised_for_a_text_that_it_would_cut(target: Path):
    """Ten characters are three lines of a cell for eight letters; sixty are six lines of three such cells."""
    filled(target, {("", "B2"): "走访困难家庭十余户次"}, low_form())
    assert heights(target)[2] == pytest.approx(3 * 11 * 1.3)
    filled(target, {("", "B3"): "走访" * 30}, low_form())
    assert (heights(target)[2], heights(target)[3]) == (20, 20)
    assert sum(heights(target)[row] or 0 for row in (3, 4)) == pytest.approx(6 * 11 * 1.3)
    filled(target, {("", "B3"): "走访" * 3000}, low_form())
    assert heights(target)[4] == 409


def test_rows_that_have_room_or_no_height_of_their_own_stay_as_they_are(target: Path):
    filled(target, {("", "B2"): "张三", ("", "B3"): "甲站\n主任"}, low_form())
    assert [heights(target)[row] for row in (2, 3, 4)] == [20, 20, 20]
    filled(target, {("", "B2"): "走访困难家庭十余户次"})
    assert heights(target)[2] is None
