"""A whole exam year played through the window, and again through the commands, with the same result."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from socialwork_app.cli.main import run
from socialwork_app.domain.filters import Filter
from socialwork_app.services.exam_forecast import Forecast
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.records import Records
from socialwork_app.ui.screens.exams.fast_entry import FastEntry
from socialwork_app.ui.screens.exams.results_tab import ResultsTab
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from tests.services.people_workbook import LI, ZHANG, id_number, write

YEAR = 2025
WANG = id_number("19950505", "998")
PEOPLE = ("姓名", "身份证号", "学历", "专业", "从事社会工作起始年月")
ENTRIES = ("姓名", "身份证号", "报考年度", "报考级别", "报考科目", "是否首次报考")
SCORES = ("姓名", "身份证号", "考试年度", "级别", "综合能力", "法规与政策", "实务")
FACTS = [["张三", ZHANG, "本科", "社会工作", "2015-03-01"], ["李四", LI, "大专", "会计", "2016-05-01"],
         ["王五", WANG, "高中", "", "2015-07-01"]]  # fmt: skip
SIGNED = [
    ["张三", "中级", "综合能力、法规与政策、实务"],
    ["李四", "初级", "综合能力、实务"],
    ["王五", "初级", "综合能力、实务"],
]
MARKS = [["张三", ZHANG, YEAR, "中级", 60, 75, 66], ["李四", LI, YEAR, "初级", 70, None, 59],
         ["王五", WANG, YEAR, "初级", -1, None, "缺考"]]  # fmt: skip


@pytest.fixture
def books(tmp_path):
    numbers = {row[0]: row[1] for row in FACTS}
    signed = [[name, numbers[name], YEAR, level, subjects, "是"] for name, level, subjects in SIGNED]
    return {
        "people": write(tmp_path / "人员.xlsx", FACTS, PEOPLE),
        "exam-entries": write(tmp_path / "报名.xlsx", signed, ENTRIES),
        "scores": write(tmp_path / "成绩.xlsx", MARKS, SCORES),
    }


def take_in(qtbot, at, show, kind, book):
    screen = show(ImportsScreen(at.opened, at.bridge, at.bus))
    screen.source.kinds.setCurrentIndex(screen.source.kinds.findData(kind))
    screen.read(book)
    qtbot.waitUntil(lambda: screen.apply_button.isEnabled() and not at.bridge.busy)
    screen.apply()
    qtbot.waitUntil(lambda: "导入完成" in screen.undo_bar.text)


def sign_up(qtbot, tab, name, level):
    tab.year.setCurrentIndex(tab.year.findData(YEAR))
    tab.level.setCurrentIndex(tab.level.findText(level))
    count = tab.entered.model.rowCount() + 1
    tab.line.setFocus()
    qtbot.keyClicks(tab.line, name)
    qtbot.keyClick(tab.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.card.proposal is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.entered.count.text() == f"本次已录 {count} 人")


def through_the_window(qtbot, at, show, books):
    take_in(qtbot, at, show, "people", books["people"])
    tab = show(FastEntry(at))
    for name, level in (("zs", "社会工作师"), ("ls", "助理社会工作师"), ("ww", "助理社会工作师")):
        sign_up(qtbot, tab, name, level)
    qtbot.waitUntil(lambda: not at.bridge.busy)
    take_in(qtbot, at, show, "scores", books["scores"])
    results = show(ResultsTab(at))
    results.show_year(YEAR)
    qtbot.waitUntil(lambda: results.model.rowCount() == len(SIGNED) and not at.bridge.busy)
    results.award_button.click()
    qtbot.waitUntil(lambda: results.award_dialog is not None and results.award_dialog.isVisible())
    results.award_dialog.award_button.click()
    qtbot.waitUntil(lambda: not results.undo_bar.isHidden())


def outcome(opened):
    """Entries, results, certificates and next year's prospects, by name."""
    keys = ("name", "year", "level", "subjects", "first_time", "comprehensive", "policy", "practice", "verdict")
    entries = [
        tuple(row.values[key] for key in keys) for row in Records(opened, "exam_entries").first_rows(Filter(), keys)
    ]
    results = [(one.name, one.result) for one in ExamResults(opened).of_year(YEAR)]
    certificates = [tuple(row.values.values()) for row in Records(opened, "certificates").first_rows(
        Filter(), ("name", "level", "approved_on", "scope"))]  # fmt: skip
    ahead = [(one.name, one.level, one.verdict.answer, one.subjects) for one in Forecast(opened).of_year(YEAR + 1)]
    return sorted(entries), sorted(results, key=lambda one: one[0]), sorted(certificates), sorted(ahead)


def test_window_and_commands_come_to_the_same(qtbot, at, show, books, files, tmp_path, capsys):
    through_the_window(qtbot, at, show, books)
    (tmp_path / "password").write_text("密码 4242x", encoding="utf-8")
    folder = tmp_path / "命令"
    common = ["--register", str(folder), "--password-file", str(tmp_path / "password"), "--json"]
    for words in (
        ["init", "--owner", "测试单位", "--recovery-file", str(tmp_path / "code")],
        *(["import", kind, str(book)] for kind, book in books.items()),
        ["award", "--year", str(YEAR)],
    ):
        assert run([*common, *words], files) == 0
        json.loads(capsys.readouterr().out)
    other = files.open(folder, "密码 4242x")
    try:
        assert outcome(at.opened) == outcome(other)
        assert [(name, result.outcome.value) for name, result in outcome(other)[1]] == [
            ("张三", "passed"), ("李四", "failed"), ("王五", "absent")]  # fmt: skip
        assert outcome(other)[2] == [("张三", "social_worker", "2025-05-25", "national")]
    finally:
        other.close()
