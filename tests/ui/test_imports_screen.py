"""The import page from a real workbook to rows in a real register and back."""

from types import SimpleNamespace

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from socialwork_app.domain.filters import Filter
from socialwork_app.domain.id_number import checksum
from socialwork_app.domain.imports import Mode
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages, save_as
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from socialwork_app.ui.screens.imports.preview_model import LEFT_OUT, WITH_PROBLEMS

HEADERS = ["序号", "姓 名", "身份证号码", "手机", "证书级别", "批准时间", "星座"]
SHEET = "名册"


def _number(order):
    return (first := f"53012219850317{order}") + checksum(first)


GOOD, OTHER = _number("998"), _number("996")
BAD = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")


@pytest.fixture
def workbook(tmp_path):
    def build(*rows, name="名册.xlsx"):
        book = Workbook()
        sheet = book.active
        sheet.title = SHEET
        sheet.append(["持证社会工作者名册"])
        sheet.append(HEADERS)
        for number, row in enumerate(rows, start=1):
            sheet.append([number, *row])
        sheet.append(["合计", len(rows)])
        book.save(tmp_path / name)
        return tmp_path / name

    return build


def _row(name="测试甲", number=GOOD, phone="19900000001", level="社会工作师", day="2019-10-01", sign="白羊"):
    return (name, number, phone, level, day, sign)


@pytest.fixture
def screen(qtbot, opened, bridge, bus, rest):
    made = ImportsScreen(opened, bridge, bus)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    rest()
    yield made
    rest()


@pytest.fixture
def said(monkeypatch):
    """What message boxes would say; every question is answered yes."""
    texts = []
    monkeypatch.setattr(messages, "ask", lambda _parent, text, *_rest: texts.append(text) or True)
    monkeypatch.setattr(messages, "tell", lambda _parent, text, *_rest: texts.append(text))
    monkeypatch.setattr(messages, "tell_error", lambda _parent, error: texts.append(error.code))
    return texts


def _people(opened):
    return {row.values["name"]: row for row in Records(opened, "people").first_rows(Filter(), ("name", "phone"))}


def _shown(screen):
    model = screen.results.model
    return [[model.cell(row, column).text for column in range(6)] for row in range(model.rowCount())]


def test_an_empty_page_says_what_to_do_first(screen):
    assert not screen.apply_button.isEnabled()
    assert "选择文件" in screen.results.table._empty.text()


def test_a_file_is_read_matched_and_checked_at_once(screen, workbook, rest):
    screen.read(workbook(_row()))
    rest()
    assert screen.columns.combo(SHEET, "身份证号码").currentData() == "id_number"
    assert screen.columns.combo(SHEET, "星座").currentData() == ""
    assert screen.columns.summary.text() == "7 列，1 列未对应"
    assert screen.results.summary.text() == "读取 1 行：新增 1"
    assert screen.apply_button.isEnabled()
    assert screen.apply_button.text() == "导入 1 行"


def test_importing_says_what_it_did_and_can_be_taken_back(screen, workbook, opened, rest, said):
    screen.read(workbook(_row(), _row("测试乙", OTHER)))
    rest()
    screen.apply()
    rest()
    assert screen.undo_bar.text == "导入完成。读取 2 行：新增 2"
    assert set(_people(opened)) == {"测试甲", "测试乙"}
    assert screen.batches.model.cell(0, 3).text == "名册.xlsx"
    screen.undo_bar.undo()
    rest()
    assert _people(opened) == {}
    assert "已撤销导入" in screen.undo_bar.text
    assert screen.batches.model.cell(0, 7).text == "已撤销"


def test_an_earlier_batch_is_taken_back_from_the_list(screen, workbook, opened, rest, said):
    screen.read(workbook(_row()))
    rest()
    screen.apply()
    rest()
    screen.batches.table.select_row(0)
    assert screen.batches.undo_button.isEnabled()
    screen.batches.ask_undo()
    rest()
    assert _people(opened) == {}
    screen.batches.table.select_row(0)
    assert not screen.batches.undo_button.isEnabled()


def test_rows_that_cannot_go_in_are_left_behind_only_when_that_is_said(screen, workbook, opened, rest):
    screen.read(workbook(_row(number=BAD), _row("测试乙", OTHER)))
    rest()
    assert [row[2] for row in _shown(screen)] == ["不能导入"]  # what has to be looked at is shown first
    assert not screen.apply_button.isEnabled()
    screen.partial.setChecked(True)
    assert screen.apply_button.isEnabled()
    screen.apply()
    rest()
    assert set(_people(opened)) == {"测试乙"}


def test_a_problem_is_put_right_on_the_spot(screen, workbook, opened, rest):
    screen.read(workbook(_row(number=BAD)))
    rest()
    dialog = screen.ask_correction(screen.results.model.row(0))
    assert dialog.lines["id_number"].text() == BAD
    dialog.lines["id_number"].setText(GOOD)
    dialog.accept()
    rest()
    assert screen.preview.counts["rejected"] == 0
    screen.apply()
    rest()
    assert set(_people(opened)) == {"测试甲"}


def test_a_number_that_lost_its_end_is_offered_from_the_register(screen, workbook, opened, rest):
    Records(opened, "people").save(Draft({"name": "测试甲", "id_number": GOOD}))
    screen.read(workbook(_row(number=float(GOOD[:15] + "000"))))
    rest()
    dialog = screen.ask_correction(screen.results.model.row(0))
    rest()
    (take,) = [each for each in dialog.findChildren(QPushButton) if GOOD in each.text()]
    take.click()
    dialog.accept()
    rest()
    assert screen.preview.counts["rejected"] == 0


def test_a_correction_without_a_change_checks_nothing_anew(screen, workbook, rest):
    screen.read(workbook(_row(number=BAD)))
    rest()
    before = screen.preview
    screen.ask_correction(screen.results.model.row(0)).accept()
    rest()
    assert screen.preview is before


def _choose(combo, key):
    combo.setCurrentIndex(combo.findData(key, Qt.ItemDataRole.UserRole))
    combo.activated.emit(combo.currentIndex())


def test_a_column_matched_by_hand_is_taken_and_remembered(screen, workbook, opened, rest):
    screen.read(workbook(_row(sign="社工")))
    rest()
    _choose(screen.columns.combo(SHEET, "星座"), "position")
    rest()
    screen.apply()
    rest()
    (person,) = Records(opened, "people").first_rows(Filter(), ("position",))
    assert person.values["position"] == "社工"
    screen.read(workbook(_row("测试乙", OTHER), name="下一份.xlsx"))
    rest()
    assert screen.columns.combo(SHEET, "星座").currentData() == "position"


def test_a_field_leaves_the_column_it_had(screen, workbook, rest):
    screen.read(workbook(_row()))
    rest()
    _choose(screen.columns.combo(SHEET, "星座"), "phone")
    rest()
    assert screen.columns.combo(SHEET, "手机").currentData() == ""
    assert screen.columns.summary.text() == "7 列，1 列未对应"


@pytest.mark.parametrize(
    ("mode", "outcome", "phone"),
    [(Mode.SKIP, "跳过", "19900000009"), (Mode.FILL, "无变化", "19900000009"), (Mode.UPDATE, "更新", "19900000001")],
)
def test_the_mode_says_what_becomes_of_records_that_stand(screen, workbook, opened, save, rest, mode, outcome, phone):
    person = save("people", name="测试甲", id_number=GOOD, phone="19900000009")
    save("certificates", person, level="社会工作师", approved_on="2019-10-01")
    screen.read(workbook(_row()))
    rest()
    screen.source.modes.setCurrentIndex(screen.source.modes.findData(mode))
    rest()
    assert _shown(screen)[0][2] == outcome
    if screen.apply_button.isEnabled():
        screen.apply()
        rest()
    assert Records(opened, "people").record(person).values["phone"] == phone


def test_a_change_of_a_sensitive_number_is_shown_masked(screen, workbook, save, rest):
    save("people", name="测试甲", id_number=GOOD, phone="19900000009")
    screen.read(workbook(_row()))
    rest()
    screen.source.modes.setCurrentIndex(screen.source.modes.findData(Mode.UPDATE))
    rest()
    assert "199****0009→199****0001" in _shown(screen)[0][4]


def test_what_was_left_out_can_be_looked_at(screen, workbook, rest):
    screen.read(workbook(_row(), _row("测试乙", BAD)))
    rest()
    screen.results.show_only(LEFT_OUT)
    messages_shown = [row[5] for row in _shown(screen)]
    assert any("合计行" in text for text in messages_shown)
    assert any("星座" in text for text in messages_shown)
    screen.results.show_only(WITH_PROBLEMS)
    assert [row[3] for row in _shown(screen)] == ["测试乙"]


def test_a_change_of_the_register_has_the_file_checked_anew(screen, workbook, opened, bus, rest):
    screen.read(workbook(_row()))
    rest()
    before = screen.preview
    bus.announce(Records(opened, "people").save(Draft({"name": "测试甲", "id_number": GOOD})).changes)
    rest()
    assert screen.preview.seen_change > before.seen_change
    screen.apply()
    rest()
    assert set(_people(opened)) == {"测试甲"}


def test_a_file_is_dropped_on_the_page(screen, workbook, rest):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(workbook(_row())))])
    screen.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    rest()
    assert screen.preview.counts["created"] == 1


def test_what_is_no_workbook_is_said_and_leaves_the_page_usable(screen, workbook, tmp_path, rest, said):
    junk = tmp_path / "名册.xls"
    junk.write_bytes(bytes(range(256)) * 8)
    screen.read(junk)
    rest()
    assert len(said) == 1
    assert said[0].startswith("workbook.")
    screen.read(workbook(_row(), name="好的.xlsx"))
    rest()
    assert screen.preview.counts["created"] == 1


def _locked(source, target, password):
    from msoffcrypto.format.ooxml import OOXMLFile

    with source.open("rb") as plain, target.open("wb") as locked:
        OOXMLFile(plain).encrypt(password, locked)
    return target


def test_the_password_of_a_locked_workbook_is_asked_for(screen, workbook, tmp_path, rest, monkeypatch):
    answers, asked = ["wrong", "1234"], []
    monkeypatch.setattr(
        messages, "ask_text", lambda _parent, _title, label, **_hidden: asked.append(label) or answers.pop(0)
    )
    screen.read(_locked(workbook(_row()), tmp_path / "加密.xlsx", "1234"))
    rest()
    assert len(asked) == 2
    assert "不正确" in asked[1]
    assert screen.preview.counts["created"] == 1


def test_a_check_that_was_cancelled_can_be_done_again(qtbot, screen, workbook, rest):
    screen.read(workbook(_row()))
    rest()
    screen.check()
    screen.progress.cancel()
    rest()
    if screen.preview is None:  # the job was quicker otherwise
        assert screen.again_button.isVisible()
        screen.again_button.click()
        rest()
    assert screen.preview.counts["created"] == 1


def test_a_stale_check_is_said_and_repeated(screen, workbook, rest, said):
    screen.read(workbook(_row()))
    rest()
    before = screen.preview
    screen._not_applied(DomainError("import.stale"))
    rest()
    assert said == ["import.stale"]
    assert screen.preview is not before


def test_a_template_is_named_as_it_was_typed(screen, tmp_path, rest, said, monkeypatch):
    chooser = SimpleNamespace(getSaveFileName=lambda *_words: (str(tmp_path / "报名表2026.7"), ""))
    monkeypatch.setattr(save_as, "QFileDialog", chooser)
    screen.source.template_button.click()
    rest()
    assert [file.name for file in tmp_path.glob("报名表*")] == ["报名表2026.7.xlsx"]


def test_the_template_is_read_back(screen, tmp_path, rest, said):
    screen.write_template(tmp_path / "模板.xlsx")
    rest()
    assert said == ["模板已保存。"]
    screen.read(tmp_path / "模板.xlsx")
    rest()
    assert screen.columns.summary.text().endswith("列已全部对应")
    assert screen.preview.counts["read"] == 0
