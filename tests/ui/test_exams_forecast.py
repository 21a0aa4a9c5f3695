"""下年预测: who may sit, who is to be called up, what runs out."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.services.changes import Changes
from socialwork_app.ui import messages
from socialwork_app.ui.screens.exams import forecast_state
from socialwork_app.ui.screens.exams.forecast_state import EVERYWHERE, read
from socialwork_app.ui.screens.exams.forecast_tab import HEADERS, OF_CANDIDATES, ForecastTab


@pytest.fixture
def year(opened):
    return opened.today().year + 1


@pytest.fixture
def marked(opened, save, year):
    """This year's exam with its pass mark, whatever year it is."""
    from socialwork_app.domain.filters import Condition, Filter
    from socialwork_app.services.records import Records

    asked = Filter(where=(Condition("year", year - 1),))
    if not Records(opened, "exam_sittings").count(asked):
        save("exam_sittings", year=year - 1, pass_mark=60)
    return year - 1


@pytest.fixture
def people(save, year, marked):
    """张三 may sit at both lower levels and has passes; 李四 is a social worker; 王五 has begun; of 赵六 nothing is known."""

    def person(name, since="2010-01-01", **values):
        made = save(
            "people",
            name=name,
            **{"education": "大学本科", "major": "会计学", "employer": "示例站", "township": "昆阳", **values},
        )
        if since:
            save("employment", made, employer="示例站", **{"from": since}, social_work="是", full_time="是")
        return made

    found = {
        "张三": person("张三"),
        "李四": person("李四", township="晋城"),
        "王五": person("王五", f"{marked}-06-01"),
        "赵六": person("赵六", "", township=None),
    }
    save("certificates", found["李四"], level="中级", approved_on="2015-06-15")
    found["entry"] = save(
        "exam_entries", found["张三"], year=marked, level="中级", comprehensive=70, policy=50, practice=66
    )
    return found


@pytest.fixture
def make(qtbot, bridge, show, workplace):
    def build():
        tab = show(ForecastTab(workplace), QSize(1180, 600))
        qtbot.waitUntil(lambda: tab._state is not None and not bridge.busy)
        return tab

    return build


def rows(tab):
    return [[tab.model.cell(row, column).text for column in range(len(HEADERS))] for row in range(tab.model.rowCount())]


def choose(combo, text):
    """As a person does it."""
    at = combo.findText(text)
    assert at >= 0, text
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_an_empty_register_says_what_to_do_first(make):
    tab = make()
    assert "请先登记人员" in tab.table._empty.text() and not tab.call_up_button.isEnabled()
    assert "没有待评审" in tab.proof_table._empty.text() and "没有" in tab.lapse_table._empty.text()


def test_next_year_is_told_person_by_person(make, people, year):
    tab = make()
    assert tab.year.currentData() == year
    found = {(line[0], line[3]): line for line in rows(tab)}
    assert found.keys() == {
        ("张三", "助理社会工作师"), ("张三", "社会工作师"), ("李四", "高级社会工作师"), ("王五", "助理社会工作师"),
        ("王五", "社会工作师"), ("赵六", "助理社会工作师"), ("赵六", "社会工作师"),
    }  # fmt: skip
    may = found["张三", "社会工作师"]
    assert may[1:3] == ["示例站", "昆阳街道"] and may[4] == "符合" and "符合 B6" in may[5]
    assert may[6:] == [str(year), "法规与政策", "综合能力、实务", "未报名"]
    later = found["王五", "社会工作师"]
    assert later[4] == "不符合" and "还差约" in later[5] and int(later[6]) > year and later[7:9] == ["", ""]
    unknown = found["赵六", "助理社会工作师"]
    assert unknown[4] == "不详" and "年限不详" in unknown[5] and unknown[6] == ""
    assert "助理社会工作师：可报 1 人（已报名 0 人），不详 1 人" in tab.figures.text()
    assert "高级社会工作师：可报 1 人（已报名 0 人），不详 0 人" in tab.figures.text()
    assert tab.model.cell(0, HEADERS.index("最早可报年度")).right


def test_whose_last_chance_it_is_comes_first(make, people, save, marked):
    for name in ("郑十", "吴一"):
        made = save("people", name=name, education="大学本科", major="会计学")
        save("employment", made, employer="示例站", **{"from": "2010-01-01"}, social_work="是", full_time="是")
    save("exam_entries", made, year=marked, level="中级", comprehensive=70, policy=61, practice=50)
    tab = make()
    choose(tab.level, "社会工作师")
    choose(tab.answer, "符合")
    assert [(line[0], line[8]) for line in rows(tab)] == [
        ("张三", "综合能力、实务"), ("吴一", "综合能力、法规与政策"), ("郑十", "")
    ]  # fmt: skip


def test_level_and_answer_filter_what_is_there(make, bridge, people):
    tab = make()
    choose(tab.level, "社会工作师")
    choose(tab.answer, "不详")
    assert not bridge.busy
    assert [line[0] for line in rows(tab)] == ["赵六"] and tab.note.text() == "共 1 条"
    choose(tab.answer, "不符合")
    assert [line[0] for line in rows(tab)] == ["王五"]
    assert all(tab.table.isColumnHidden(column) for column in OF_CANDIDATES)
    choose(tab.level, "高级社会工作师")
    assert rows(tab) == [] and "没有符合条件" in tab.table._empty.text()


def test_a_township_has_its_own_figures(qtbot, make, bridge, people):
    tab = make()
    assert {tab.town.itemText(at) for at in range(tab.town.count())} == {"全部", "未填", "昆阳街道", "晋城街道"}
    choose(tab.town, "晋城街道")
    qtbot.waitUntil(lambda: not bridge.busy)
    assert {line[0] for line in rows(tab)} == {"李四"} and tab.town.currentText() == "晋城街道"
    assert "助理社会工作师：可报 0 人" in tab.figures.text()
    choose(tab.town, "未填")
    qtbot.waitUntil(lambda: not bridge.busy)
    assert {line[0] for line in rows(tab)} == {"赵六"}


def test_who_signed_up_is_counted(make, people, save, year):
    save("exam_entries", people["张三"], year=year, level="中级", subjects="法规与政策")
    tab = make()
    assert {line[9] for line in rows(tab) if line[:1] == ["张三"] and line[3] == "社会工作师"} == {"已报名"}
    assert "社会工作师：可报 1 人（已报名 1 人）" in tab.figures.text()


def test_the_chosen_row_tells_its_reason_in_full(make, people):
    tab = make()
    choose(tab.answer, "不符合")
    tab.table.select_row(0)
    assert tab.note.text().startswith("王五：从事社会工作") and tab.note.text().endswith("个月。")
    tab.table.clearSelection()
    assert tab.note.text() == "共 2 条"


def test_of_very_many_the_first_are_shown_and_all_are_counted(make, people, save, monkeypatch):
    monkeypatch.setattr(forecast_state, "MOST", 2)
    for number in range(3):
        save("people", name=f"新人{'甲乙丙'[number]}")
    tab = make()
    assert len(rows(tab)) == 2
    assert tab.note.text().startswith("共 13 条，只列出前") and "不详 4 人" in tab.figures.text()
    assert sum(tab._state.counts.values()) == 13 and max(len(kept) for kept in tab._state.rows.values()) == 2


def test_what_runs_out_is_listed_and_opens_its_entry(qtbot, make, people, save, opened, marked, year):
    senior = save(
        "exam_entries", people["李四"], year=marked, level="高级", practice=70, proof_on=f"{marked - 4}-08-01"
    )
    other = save("people", name="孙七")
    undated = save("exam_entries", other, year=2022, level="高级", practice=70)
    late = save("exam_entries", save("people", name="周八"), year=2024, level="高级", practice=70)
    save("senior_reviews", senior, year=marked, state="未通过")
    tab = make()
    lapses = [
        [tab.lapse_model.cell(row, column).text for column in range(4)] for row in range(tab.lapse_model.rowCount())
    ]
    assert lapses == [["张三", "社会工作师", "综合能力、实务", "未报名"]]
    proofs = [
        [tab.proof_model.cell(row, column).text for column in range(4)] for row in range(tab.proof_model.rowCount())
    ]
    assert proofs[0] == ["李四", f"{marked - 1}-07-31", "1 次", "已到期"]
    assert proofs[1][0] == "孙七" and proofs[1][1] == "2025-09-06"  # from the day the scores came
    assert proofs[2][:2] == ["周八", "不详"] and "请在报考记录中补填" in proofs[2][3]
    asked = []
    tab.record_asked.connect(lambda *words: asked.append(words))
    tab.lapse_table.select_row(0)
    qtbot.keyClick(tab.lapse_table, Qt.Key.Key_Return)
    for row in range(3):
        tab.proof_table.select_row(row)
        qtbot.keyClick(tab.proof_table, Qt.Key.Key_Return)
    tab.table.select_row(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    kinds = [
        ("exam_entries", people["entry"]),
        ("exam_entries", senior),
        ("exam_entries", undated),
        ("exam_entries", late),
    ]
    assert asked == [*kinds, ("people", tab._shown[0].person_id)]


def test_the_call_up_list_is_written(qtbot, make, people, tmp_path, monkeypatch, year):
    told = []
    monkeypatch.setattr(messages, "tell", lambda _parent, text, detail="": told.append(text))
    tab = make()
    tab.call_up(tmp_path / "催报.xlsx")
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("已导出 2 人")
    cells = {cell for line in load_workbook(tmp_path / "催报.xlsx").active.values for cell in line}
    assert {"张三", "李四", "法规与政策"} <= cells and not {"王五", "赵六"} & cells
    assert any(str(year) in str(cell) for cell in cells)


def test_another_year_is_worked_out_anew(qtbot, make, bridge, people, year):
    tab = make()
    choose(tab.year, str(year + 1))
    qtbot.waitUntil(lambda: not bridge.busy)
    assert tab.lapse_model.rowCount() == 0 and {line[8] for line in rows(tab)} == {""}
    assert {line[4] for line in rows(tab) if line[0] == "王五" and line[3] == "助理社会工作师"} == {"符合"}


def test_of_quick_questions_only_the_last_is_answered(qtbot, make, bridge, people, year):
    tab = make()
    for later in (year + 1, year + 2, year + 3):
        choose(tab.year, str(later))
    qtbot.waitUntil(lambda: not bridge.busy)
    assert tab._state.year == year + 3


def test_a_newer_question_calls_the_older_off(qtbot, make, bridge, people, monkeypatch, year):
    tab = make()

    def endless_at_first(opened, asked, town, control):
        while asked == year + 1:
            control.step(0)
        return read(opened, asked, town, control)

    monkeypatch.setattr("socialwork_app.ui.screens.exams.forecast_tab.read", endless_at_first)
    choose(tab.year, str(year + 1))
    choose(tab.year, str(year + 2))
    qtbot.waitUntil(lambda: not bridge.busy)
    assert tab._state.year == year + 2


def test_a_long_one_can_be_called_off(qtbot, make, bridge, people, monkeypatch, year):
    tab = make()
    before = rows(tab)

    def endless(_opened, _year, _town, control):
        while True:
            control.step(1, 3)

    monkeypatch.setattr("socialwork_app.ui.screens.exams.forecast_tab.read", endless)
    tab.again_button.click()
    qtbot.waitUntil(tab.reading.isVisible)
    qtbot.waitUntil(lambda: tab.reading._text.text() == "正在推算… 33%")
    tab.reading.cancel_button.click()
    qtbot.waitUntil(lambda: not bridge.busy)
    assert tab.note.text().startswith("推算没有完成") and rows(tab) == before and tab.reading.isHidden()


def test_changes_are_taken_in_when_the_tab_is_seen(qtbot, make, bridge, bus, people, save):
    tab = make()
    tab.hide()
    save("people", name="新来的")
    bus.announce(Changes(frozenset({"people"})))
    assert not bridge.busy
    tab.show()
    qtbot.waitUntil(lambda: any(line[0] == "新来的" for line in rows(tab)))
    bus.announce(Changes(frozenset({"attachments"})))
    assert not bridge.busy


def test_reading_stops_at_its_next_step(opened, people, year):
    class Stop(Control):
        def step(self, done, total=None, what=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        read(opened, year, EVERYWHERE, Stop())
    state = read(opened, year, EVERYWHERE, Control())
    assert state.counts["assistant", Answer.UNKNOWN] == 1


def test_every_control_has_an_accessible_name(make, people):
    tab = make()
    for kind in (QAbstractButton, QComboBox, QTableView):
        for widget in tab.findChildren(kind):
            if not widget.objectName().startswith("qt_") and type(widget).__name__ != "QToolButton":
                assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget
