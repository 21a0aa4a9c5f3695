"""The export page: real workbooks and PDFs of a real register."""

from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate
from PySide6.QtGui import QDesktopServices

from socialwork_app.services.changes import Changes
from socialwork_app.services.exports import Exports
from socialwork_app.ui.screens.exports.exports_screen import ExportsScreen


@pytest.fixture
def screen(qtbot, peopled, bridge, bus, rest):
    made = ExportsScreen(peopled, bridge, bus)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    yield made
    rest()


def _choose(screen, key):
    screen.roster.setCurrentIndex(screen.roster.findData(key))


def _texts(path):
    sheet = load_workbook(path).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_roster_is_offered_with_its_columns(screen, peopled):
    rosters = Exports(peopled).rosters()
    assert [screen.roster.itemData(index) for index in range(screen.roster.count())] == [r.key for r in rosters]
    for index, roster in enumerate(rosters):
        screen.roster.setCurrentIndex(index)
        assert screen.columns.text() == "、".join(roster.columns)


def test_a_roster_is_written_with_masked_numbers(screen, tmp_path, rest):
    _choose(screen, "people")
    screen.export(tmp_path / "人员.xlsx")
    rest()
    assert screen.result.text() == f"已导出 450 行：{tmp_path / '人员.xlsx'}"
    assert screen.folder_button.isVisible()
    texts = _texts(tmp_path / "人员.xlsx")
    assert any("********" in text for text in texts)
    assert not any(len(text) == 18 and text[:17].isdecimal() for text in texts)


def test_full_numbers_need_a_purpose(screen, tmp_path, rest):
    screen.full_numbers.setChecked(True)
    for button in (screen.export_button, screen.print_button, screen.pdf_button):
        assert not button.isEnabled()
    assert screen.hint.text()
    screen.purpose.setText("报市局备案")
    assert screen.export_button.isEnabled()
    _choose(screen, "people")
    screen.export(tmp_path / "人员.xlsx")
    rest()
    assert any(len(text) == 18 and text[:17].isdecimal() for text in _texts(tmp_path / "人员.xlsx"))


def test_a_purpose_counts_only_with_full_numbers(screen):
    screen.full_numbers.setChecked(True)
    screen.purpose.setText("报市局备案")
    screen.full_numbers.setChecked(False)
    assert screen.options()["purpose"] == ""
    assert not screen.purpose.isEnabled()


def test_the_as_of_date_goes_onto_the_sheet(screen, tmp_path, rest):
    screen.as_of.setDate(QDate(2020, 6, 30))
    assert screen.options()["as_of"] == date(2020, 6, 30)
    _choose(screen, "certified")
    screen.export(tmp_path / "持证.xlsx")
    rest()
    assert any("2020-06-30" in text for text in _texts(tmp_path / "持证.xlsx"))


def test_a_year_that_is_over_is_told_as_of_its_last_day(screen):
    today = screen.options()["as_of"]
    _choose(screen, "appraisals")
    screen.year.setValue(today.year - 2)
    assert screen.options()["as_of"] == date(today.year - 2, 12, 31)
    _choose(screen, "certified")  # is of no year
    assert screen.options()["as_of"] == today
    _choose(screen, "appraisals")
    screen.as_of.setDate(QDate(2020, 6, 30))
    screen.year.setValue(today.year)
    assert screen.options()["as_of"] == date(2020, 6, 30)


def test_a_pdf_is_written(screen, tmp_path, rest):
    _choose(screen, "people")
    screen.write_pdf(tmp_path / "人员.pdf")
    rest()
    assert (tmp_path / "人员.pdf").read_bytes().startswith(b"%PDF")
    assert "450 行" in screen.result.text()


def test_printing_hands_the_sheet_to_the_printer_dialog(screen, rest, monkeypatch):
    from socialwork_app.ui import printing

    printed = []
    monkeypatch.setattr(printing, "ask_printer", lambda _parent, _sheet: "printer")
    monkeypatch.setattr(printing, "paint", lambda parts, _printer, _control: printed.extend(parts) or 7)
    _choose(screen, "people")
    screen.print()
    rest()
    assert len(printed[0][1]) == 450
    assert screen.result.text() == "已送打印机，7 页"


def test_the_folder_is_opened_outside(screen, tmp_path, rest, monkeypatch):
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    screen.open_folder()
    assert shown == []
    screen.export(tmp_path / "名册.xlsx")
    rest()
    screen.folder_button.click()
    assert shown == [str(tmp_path)]
    assert ZipFile(tmp_path / "名册.xlsx").testzip() is None


def test_an_older_answer_that_comes_later_is_not_shown(screen, save, rest, bus):
    before = screen._asked
    save("courses", title="新开的班")
    bus.announce(Changes(frozenset({"courses"})))
    rest()
    screen._offer_titles(before, {"course": [], "round": []})
    assert screen.course.itemText(0) == "新开的班"


def test_a_roster_of_a_course_asks_which(screen, save, tmp_path, rest, bus):
    assert not screen.course.isVisible()
    first = save("courses", title="养老护理班", **{"from": "2026-01-01"})
    save("courses", title="新开的班", **{"from": "2099-01-01"})
    bus.announce(Changes(frozenset({"courses"})))
    rest()
    _choose(screen, "signups")
    assert screen.course.isVisible()
    assert screen.course.itemText(0) == "新开的班　2099-01-01"
    screen.course.setCurrentIndex(screen.course.findData(first))
    screen.export(tmp_path / "报名表.xlsx")
    rest()
    assert "2026年养老护理班报名表" in _texts(tmp_path / "报名表.xlsx")


def test_without_a_course_there_is_nothing_to_export(qtbot, opened, bridge, bus, rest):
    empty = ExportsScreen(opened, bridge, bus)
    qtbot.addWidget(empty)
    rest()
    _choose(empty, "unanswered")
    assert empty.hint.text()
    assert not empty.export_button.isEnabled()
    _choose(empty, "people")
    assert empty.export_button.isEnabled()


def test_a_list_for_the_public_asks_which_round_and_offers_no_numbers(screen, save, tmp_path, rest, bus):
    scheme = save("talent_schemes", title="示例人才")
    made = save("talent_rounds", scheme, title="第一届示例人才")
    save("talent_candidates", save("people", name="张三"), round=made, candidate_state="公示")
    bus.announce(Changes(frozenset({"talent_rounds"})))
    rest()
    screen.full_numbers.setChecked(True)
    screen.purpose.setText("公示")
    _choose(screen, "publication")
    assert screen.round.isVisible() and not screen.course.isVisible()
    assert not (screen.full_numbers.isVisible() or screen.purpose.isVisible())
    screen.round.setCurrentIndex(screen.round.findData(made))
    screen.export(tmp_path / "公示.xlsx")
    rest()
    assert {"第一届示例人才公示名单", "张三"} <= set(_texts(tmp_path / "公示.xlsx"))
    _choose(screen, "people")
    assert screen.full_numbers.isVisible() and not screen.round.isVisible()
