"""考核评分: a year's appraisal begun, scored by keyboard, graded, decided and taken back in the window."""

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from socialwork_app.foundation import clock
from socialwork_app.services.appraisal_scoring import set_grade
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.appraisals_due import NO_EVIDENCE, appraisals_due
from socialwork_app.services.appraisals_due import told as appraisals_told
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.records import Records
from socialwork_app.ui.screens.talents.appraisal_grid import BY_SCORE, DECISION, FIRST, GRADE, REASON, SUGGESTION, TOTAL
from socialwork_app.ui.screens.talents.appraisal_tab import AppraisalTab
from tests.services.appraising import ITEMS, make_scheme

YEAR = 2026


@pytest.fixture
def scheme(opened, save, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(YEAR, 12, 20))
    made = make_scheme(opened, save)
    for name in ("张三", "李四", "王五"):
        made.holder(name, allowance_state="发放")
    return made


@pytest.fixture
def tab(qtbot, scheme, told, show, workplace):
    made = show(AppraisalTab(workplace), QSize(1200, 600))
    settle(qtbot, made)
    return made


def settle(qtbot, tab):
    qtbot.waitUntil(lambda: tab._state is not None and not tab._bridge.busy)


@pytest.fixture
def begun(qtbot, tab):
    tab.tools.begin_button.click()
    settle(qtbot, tab)
    tab.tools.add_appraiser("评委甲")
    return tab


def shown(tab, row, column):
    return tab.model.cell(row, column).text


def last(tab, row, *which):
    return [shown(tab, row, tab.model.column_of(what)) for what in which]


def editor(tab):
    """What is being typed in, if anything."""
    found = [*tab.table.viewport().findChildren(QComboBox), *tab.table.viewport().findChildren(QLineEdit)]
    return next((one for one in found if one.isVisible()), None)


def keys(qtbot, tab, *pressed):
    """Keys go to where the keyboard is: the table, or the editor that is open in it."""
    for key in pressed:
        if not isinstance(key, str):
            qtbot.keyClick(editor(tab) or tab.table, key)
        elif key.isascii():
            for letter in key:
                qtbot.keyClicks(editor(tab) or tab.table, letter)
        else:
            box = editor(tab)
            assert isinstance(box, QComboBox)
            box.setEditText(key)  # as an input method does
        QApplication.sendPostedEvents()


def stand_at(tab, row, column):
    tab.table.setCurrentIndex(tab.model.index(row, column))


def points(scheme, name):
    (one,) = [one for one in Appraisals(scheme.opened).of_year(scheme.id, YEAR) if one.name == name]
    return {score.item: score.points for score in one.scores}


def test_a_year_is_begun_and_the_holders_stand_in_the_grid(qtbot, tab, scheme, told):
    scheme.holder("赵六", talent_state="取消", state_on="2025", state_reason="违纪")
    assert tab.model.rowCount() == 0 and "尚未建立考核：张三、李四、王五" in tab.tools.missing.text()
    assert tab.tools.begin_button.isVisible()
    tab.tools.begin_button.click()
    settle(qtbot, tab)
    assert [shown(tab, row, 0) for row in range(3)] == ["张三", "李四", "王五"]
    assert tab.model.headers[FIRST] == "职业道德\n满分 20" and not tab.tools.begin_button.isVisible()
    assert "赵六：称号已于 2025 取消或退出" in told[0][1]


def test_scores_are_typed_down_and_across(qtbot, begun, scheme):
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "18", Qt.Key.Key_Return, "17.5", Qt.Key.Key_Return)
    stand_at(begun, 2, FIRST)
    keys(qtbot, begun, "16", Qt.Key.Key_Tab, "15", Qt.Key.Key_Tab, "30", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert [points(scheme, name) for name in ("张三", "李四", "王五")] == [
        {"职业道德": 18}, {"职业道德": 17.5}, {"职业道德": 16, "专业能力": 15, "工作实绩": 30}]  # fmt: skip
    assert last(begun, 0, TOTAL, BY_SCORE) == ["90（1/5项）", "优秀"]
    stand_at(begun, 2, FIRST)
    keys(qtbot, begun, Qt.Key.Key_Delete)
    settle(qtbot, begun)
    assert "职业道德" not in points(scheme, "王五")
    for _ in range(2):
        begun.undo_bar.undo()
        settle(qtbot, begun)
    assert points(scheme, "王五") == {"职业道德": 16, "专业能力": 15}


def test_what_is_over_the_maximum_is_told_in_its_cell_and_not_written(qtbot, begun, scheme):
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "25", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert shown(begun, 0, FIRST) == "25＞20" and begun.model.cell(0, FIRST).tone == "overdue"
    assert "“职业道德”得分 25 不在 0 至满分 20 之间" in begun.problem.text()
    assert points(scheme, "张三") == {}
    keys(qtbot, begun, "19", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert points(scheme, "李四") == {"职业道德": 19} and shown(begun, 0, FIRST) == "25＞20"
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "20", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert shown(begun, 0, FIRST) == "20" and begun.problem.isHidden()


def test_each_appraiser_has_a_view_and_all_together_cannot_be_typed(qtbot, begun, scheme):
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "20", Qt.Key.Key_Return)
    begun.tools.add_appraiser("评委乙")
    assert shown(begun, 0, FIRST) == ""
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "10", Qt.Key.Key_Return)
    settle(qtbot, begun)
    names = [begun.tools.appraiser.itemText(at) for at in range(begun.tools.appraiser.count())]
    assert names[1:3] == ["评委乙", "评委甲"]
    begun.tools.appraiser.setCurrentIndex(0)
    assert shown(begun, 0, FIRST) == "15"
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "5")
    assert editor(begun) is None and "不能直接改" in begun.hint.text()


def test_what_is_being_typed_outlives_a_reading(qtbot, begun, scheme):
    stand_at(begun, 0, FIRST)
    keys(qtbot, begun, "12")
    scheme.save("talent_schemes", title="别的")
    begun.load()
    settle(qtbot, begun)
    keys(qtbot, begun, ".5", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert points(scheme, "张三") == {"职业道德": 12.5}


def score_all(qtbot, tab, *totals):
    for row, share in enumerate(totals):
        stand_at(tab, row, FIRST)
        for maximum in ITEMS.values():
            keys(qtbot, tab, f"{maximum * share:g}", Qt.Key.Key_Tab)
    settle(qtbot, tab)


def test_grades_cap_decision_and_the_way_back(qtbot, begun, scheme):
    score_all(qtbot, begun, 0.95, 0.92, 0.5)
    begun.tools.grade_button.click()
    settle(qtbot, begun)
    assert [last(begun, row, GRADE)[0] for row in range(3)] == ["优秀", "优秀", "不合格"]
    assert (
        begun.tools.cap.text().startswith("优秀 2 / 上限 0（3 人×20%，尾数舍去），超出 2 人")
        and begun.tools.cap.objectName() == "error"
    )
    stand_at(begun, 1, begun.model.column_of(GRADE))
    keys(qtbot, begun, Qt.Key.Key_F2, "合格", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert last(begun, 1, GRADE) == ["合格"] and "优秀 1 / 上限 0" in begun.tools.cap.text()
    assert last(begun, 2, SUGGESTION) == ["退出管理"] and "已有 1 次" in last(begun, 2, REASON)[0]
    stand_at(begun, 2, 0)
    begun.tools.decide_button.click()
    dialog = begun.dialog
    assert dialog.decision.currentText() == "退出管理" and dialog.state.isVisible()
    dialog.decision.setCurrentIndex(dialog.decision.findText("停发津贴"))
    dialog.accept()
    assert dialog.isVisible() and "未填写" in dialog.why.message
    dialog.why.line.setText("从轻")
    dialog.accept()
    settle(qtbot, begun)
    assert last(begun, 2, DECISION) == ["停发津贴"]
    allowances = [Records(scheme.opened, "talents").record(row).values["allowance_state"] for row in (1, 2, 3)]
    assert allowances == ["paid", "paid", "suspended"]
    begun.activateWindow()
    begun.table.setFocus()
    qtbot.waitUntil(begun.table.hasFocus)
    qtbot.keyClick(begun.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, begun)
    assert last(begun, 2, DECISION) == [""] and "王五：管理期内不合格" in begun.hint.text()
    assert Records(scheme.opened, "talents").record(3).values["allowance_state"] == "paid"


def test_who_is_graded_without_evidence_is_told_as_on_the_desk(qtbot, begun, scheme, workplace, tmp_path):
    opened, paper = scheme.opened, tmp_path / "总结.txt"
    paper.write_text("事迹", encoding="utf-8")
    scheme.holder("已走", person={"status": "已离开", "status_on": f"{YEAR}-03"})
    scheme.graded(4, YEAR, "合格")
    set_grade(opened, [scheme.of(name, YEAR) for name in ("张三", "李四")], "合格")
    for name, left in (("王五", "张三、李四"), ("张三", "李四"), ("李四", "")):
        workplace.bus.announce(Attachments(opened).add("appraisals", scheme.of(name, YEAR), paper))
        wanted = f"没有附佐证材料：{left}" if left else ""
        qtbot.waitUntil(lambda wanted=wanted: begun.tools.missing.text() == wanted)
        due = [one.person for one in appraisals_due(opened, opened.today()) if one.kind == NO_EVIDENCE]
        assert "、".join(due) == left
    assert [told for told in appraisals_told(opened, opened.today()) if "佐证" in told] == []


def test_the_criteria_are_copied_for_the_next_year(qtbot, begun, scheme):
    begun.copy_criteria("下一年的标准", YEAR + 1)
    settle(qtbot, begun)
    begun.tools.year.setCurrentIndex(begun.tools.year.findData(YEAR + 1))
    begun.tools.year.activated.emit(0)
    settle(qtbot, begun)
    assert begun.sheet.version.title == "下一年的标准" and begun.sheet.missing == ("张三", "李四", "王五")


def test_the_roster_of_the_year_goes_out(qtbot, begun, told, tmp_path):
    begun.export_roster(tmp_path / "册.xlsx")
    settle(qtbot, begun)
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "册.xlsx").worksheets[0]]
    assert rows[0][0] == "2026年度优秀人才考核名册" and [row[1] for row in rows[3:6]] == ["张三", "李四", "王五"]
    assert any("截至日期：2026-12-20" in str(cell) for cell in rows[1]) and told == [
        ("已导出 3 人。", str(tmp_path / "册.xlsx"))
    ]


def test_a_sheet_for_an_appraiser_goes_out(qtbot, begun, told, tmp_path):
    begun.export_sheet(tmp_path / "评委甲.xlsx")
    settle(qtbot, begun)
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "评委甲.xlsx").worksheets[0]]
    assert [(row[1], row[5]) for row in rows[3:6]] == [("张三", "评委甲"), ("李四", "评委甲"), ("王五", "评委甲")]
    assert "已导出 3 人的评分表" in told[0][0]


def test_every_control_has_a_name_and_a_wrong_grade_stays_to_be_mended(qtbot, begun, scheme):
    for widget in begun.tools.findChildren(QComboBox):
        assert widget.accessibleName()
    stand_at(begun, 0, begun.model.column_of(GRADE))
    keys(qtbot, begun, Qt.Key.Key_F2, "超优", Qt.Key.Key_Return)
    settle(qtbot, begun)
    assert last(begun, 0, GRADE) == ["超优 ？"] and "不是考核等次的可选项" in begun.problem.text()
