"""成绩与合格: results of a year, certificates from them, the check against the official list."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView

from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.filters import Filter
from socialwork_app.services.changes import Changes
from socialwork_app.services.exam_awards import Awards
from socialwork_app.services.records import Records
from socialwork_app.ui import messages
from socialwork_app.ui.screens.exams.difference_dialog import DifferenceDialog
from socialwork_app.ui.screens.exams.results_tab import HEADERS, ResultsTab
from tests.services.people_workbook import LI, ZHANG

YEAR = 2025


@pytest.fixture
def told(monkeypatch):
    found = []
    for name in ("tell", "warn"):
        monkeypatch.setattr(messages, name, lambda _parent, text, detail="": found.append(text))
    return found


@pytest.fixture
def make(qtbot, bridge, told, show, workplace):
    def build(year=YEAR):
        tab = ResultsTab(workplace)
        tab.year.setCurrentIndex(tab.year.findData(year))
        show(tab, QSize(1180, 600))
        qtbot.waitUntil(lambda: tab._state is not None and not bridge.busy)
        return tab

    return build


@pytest.fixture
def candidates(save):
    """One passed, one who carries two subjects over, one absent, one whose scores are out, one assistant who passed."""

    def enter(name, level="中级", number=None, **values):
        person = save("people", name=name, id_number=number, employer="示例站")
        return save("exam_entries", person, year=YEAR, level=level, **values)

    full = {"comprehensive": 60, "policy": 71, "practice": 82}
    return {
        "张三": enter("张三", number=ZHANG, **full),
        "李四": enter("李四", number=LI, **full | {"practice": 59}),
        "王五": enter("王五", **dict.fromkeys(full, "缺考")),
        "赵六": enter("赵六", scope="单独划线地区"),
        "孙七": enter("孙七", "初级", comprehensive=66, practice=60),
    }


def rows(tab):
    cells = (
        [tab.model.cell(row, column).text for column in range(len(HEADERS))] for row in range(tab.model.rowCount())
    )
    return {texts[0]: texts[1:] for texts in cells}


def certificates(opened):
    return Records(opened, "certificates").count(Filter())


def test_a_year_without_entries_says_what_to_do_first(make):
    tab = make(2019)
    assert "请先录入或导入报名" in tab.table._empty.text()
    assert not tab.award_button.isEnabled() and not tab.reconcile_button.isEnabled()
    assert tab.import_button.isEnabled() and tab.figures.text() == ""


def test_results_are_shown_with_scores_in_words(make, candidates):
    tab = make()
    assert rows(tab) == {
        "孙七": ["", "示例站", "助理社会工作师", "66", "", "60", "合格", "综合能力、实务", "", "", "全国"],
        "张三": [f"{ZHANG[:6]}********{ZHANG[-4:]}", "示例站", "社会工作师", "60", "71", "82", "合格",
                 "综合能力、法规与政策、实务", "", "", "全国"],
        "李四": [f"{LI[:6]}********{LI[-4:]}", "示例站", "社会工作师", "60", "71", "59", "部分合格(滚动)",
                 "综合能力、法规与政策", "", "2026", "全国"],
        "王五": ["", "示例站", "社会工作师", "缺考", "缺考", "缺考", "缺考", "", "", "", "全国"],
        "赵六": ["", "示例站", "社会工作师", "", "", "", "待出成绩", "", "", "", "单独划线地区"],
    }  # fmt: skip
    assert all(tab.model.cell(1, column).right for column in (4, 5, 6, 10))
    assert tab.figures.text().split() == ["报考", "5", "人", "参考", "3", "人", "缺考", "1", "人", "合格", "2", "人",
                                          "合格率", "66.7%（合格/参考）"]  # fmt: skip


def test_filters_narrow_rows_and_figures(make, candidates):
    tab = make()
    tab.level.setCurrentIndex(tab.level.findData("social_worker"))
    assert list(rows(tab)) == ["张三", "李四", "王五", "赵六"]
    assert "合格率 50.0%" in tab.figures.text()
    tab.outcome.setCurrentText("部分合格(滚动)")
    assert list(rows(tab)) == ["李四"]
    tab.outcome.setCurrentText("违纪或无效")
    assert rows(tab) == {} and "没有符合条件" in tab.table._empty.text()
    assert {tab.outcome.itemData(at) for at in range(tab.outcome.count())} == {None, *Outcome}


def test_a_year_without_a_pass_mark_says_so(make, save):
    save("exam_entries", save("people", name="张三"), year=2021, level="初级", comprehensive=70, practice=70)
    tab = make(2021)
    assert "全国合格线没有填写" in tab.warning.text() and not tab.warning.isHidden()
    assert rows(tab)["张三"][6] == "待出成绩"


def test_enter_and_double_click_open_the_entry(qtbot, make, candidates):
    tab = make()
    tab.table.select_row(1)
    with qtbot.waitSignal(tab.record_asked) as asked:
        qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert asked.args == ["exam_entries", candidates["张三"]]
    asked = []
    tab.record_asked.connect(lambda *words: asked.append(words))
    spot = tab.table.visualRect(tab.model.index(2, 0)).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [("exam_entries", candidates["李四"])]


def test_the_import_screen_is_asked_for(qtbot, make):
    tab = make()
    with qtbot.waitSignal(tab.screen_asked) as asked:
        tab.import_button.click()
    assert asked.args == ["imports"]


def test_changes_are_shown_when_the_tab_is(qtbot, make, bridge, bus, save, candidates):
    tab = make()
    save("exam_entries", save("people", name="钱八"), year=YEAR, level="初级")
    bus.announce(Changes(frozenset({"exam_entries"})))
    qtbot.waitUntil(lambda: "钱八" in rows(tab))
    tab.hide()
    save("exam_entries", save("people", name="周九"), year=YEAR, level="初级")
    bus.announce(Changes(frozenset({"exam_entries"})))
    assert not bridge.busy
    tab.show()
    qtbot.waitUntil(lambda: "周九" in rows(tab))


# certificates


def ask(qtbot, tab):
    tab.award_button.click()
    qtbot.waitUntil(lambda: tab.award_dialog is not None and tab.award_dialog.isVisible())
    return tab.award_dialog


def test_certificates_are_made_and_taken_back(qtbot, make, opened, candidates, bridge):
    tab = make()
    dialog = ask(qtbot, tab)
    assert [one.name for one in dialog.chosen()] == ["张三", "孙七"]
    assert dialog.approved_on() == "2025-05-25" and dialog.count.text() == "已选 2 / 2 人"
    dialog.award_button.click()
    qtbot.waitUntil(lambda: not tab.undo_bar.isHidden())
    assert tab.undo_bar.text == "已生成 2 张证书，管理号待发证后补填" and certificates(opened) == 2
    tab.undo_bar.undo()
    qtbot.waitUntil(lambda: tab.undo_bar.text == "已撤销" and not tab.undo_bar.isHidden())
    assert certificates(opened) == 0


def test_only_who_is_checked_gets_one(qtbot, make, opened, candidates):
    tab = make()
    dialog = ask(qtbot, tab)
    dialog.table.select_row(0)
    dialog.table.setFocus()
    index = dialog.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    dialog.model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert [one.name for one in dialog.chosen()] == ["孙七"]
    dialog._toggle()
    assert len(dialog.chosen()) == 2
    dialog.none_button.click()
    assert not dialog.award_button.isEnabled() and dialog.count.text() == "已选 0 / 2 人"
    dialog.all_button.click()
    dialog.model.check([1], checked=False)
    dialog.day.line.setText("2025.6.1")
    dialog.award_button.click()
    qtbot.waitUntil(lambda: not tab.undo_bar.isHidden())
    made = Records(opened, "certificates").first_rows(Filter(), ("name", "approved_on"))
    assert [dict(row.values) for row in made] == [{"name": "张三", "approved_on": "2025-06-01"}]


@pytest.mark.parametrize(("typed", "said"), [("", "批准日期未填写"), ("某日", "无法识别为日期")])
def test_without_a_day_nothing_is_made(qtbot, make, opened, candidates, typed, said):
    dialog = ask(qtbot, make())
    dialog.day.line.setText(typed)
    dialog.award_button.click()
    assert dialog.isVisible() and said in dialog.day.message
    dialog.reject()
    assert certificates(opened) == 0


def test_the_level_chosen_narrows_the_list(qtbot, make, candidates):
    tab = make()
    tab.level.setCurrentIndex(tab.level.findData("assistant"))
    dialog = ask(qtbot, tab)
    assert [one.name for one in dialog.chosen()] == ["孙七"]
    dialog.reject()


def test_nobody_to_award_is_told(qtbot, make, opened, candidates, told):
    tab = make()
    awards = Awards(opened)
    awards.award(awards.waiting(YEAR), "2025-05-25")
    tab.award_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [f"{YEAR} 年没有需要生成证书的人员。"] and tab.award_dialog is None


# the official list


@pytest.fixture
def official(tmp_path):
    def write(*lines):
        workbook = Workbook()
        workbook.active.append(["姓名", "身份证号", "级别"])
        for line in lines:
            workbook.active.append(line)
        workbook.save(tmp_path / "名单.xlsx")
        return tmp_path / "名单.xlsx"

    return write


def test_differences_are_listed_and_can_be_copied(qtbot, make, candidates, official):
    tab = make()
    tab.reconcile(official(("张叁", ZHANG, "中级"), ("外人", None, "初级")))
    qtbot.waitUntil(lambda: tab.difference_dialog is not None and tab.difference_dialog.isVisible())
    dialog = tab.difference_dialog
    shown = [[dialog.model.cell(row, column).text for column in range(4)] for row in range(dialog.model.rowCount())]
    assert [line[:3] for line in shown] == [
        ["名单有而本册未合格", "外人", "助理社会工作师"],
        ["本册合格而名单没有", "孙七", "助理社会工作师"],
        ["不一致", "张三", "社会工作师"],
    ]
    assert shown[2][3] == "名单写作“张叁”。请核对姓名。"
    assert "名单有而本册未合格 1，本册合格而名单没有 1，不一致 1" in dialog.summary.text()
    dialog.copy_button.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4
    dialog.table.select_row(2)
    dialog.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["\t".join(shown[2])]
    dialog.accept()


def test_agreement_is_told(qtbot, make, candidates, official, told):
    tab = make()
    tab.reconcile(official(("张三", ZHANG, "中级"), ("孙七", None, "初级")))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [f"{YEAR} 年的合格人员与名单一致。"]


def test_what_is_no_list_is_told(qtbot, make, candidates, tmp_path, told):
    (tmp_path / "a.xlsx").write_bytes(b"nothing")
    tab = make()
    tab.reconcile(tmp_path / "a.xlsx")
    qtbot.waitUntil(lambda: bool(told))
    assert tab.difference_dialog is None


def test_every_control_has_an_accessible_name(qtbot, make, opened, candidates):
    tab = make()
    dialog = ask(qtbot, tab)
    levels = opened.catalogue.code_lists["level"]
    other = DifferenceDialog([], levels, YEAR, "a.xlsx")
    qtbot.addWidget(other)
    for part in (tab, dialog, other):
        for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView):
            for widget in part.findChildren(kind):
                if not widget.objectName().startswith("qt_") and type(widget).__name__ != "QToolButton":
                    assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget
    dialog.reject()
