"""Two rounds and three years of a talent scheme played through the window, and again through the commands, with the same
result; the last decisions undone."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from socialwork_app.cli.main import run
from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.domain.talents import Decision
from socialwork_app.foundation import clock
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.contacts import leaders_on, names
from socialwork_app.services.exports import Exports
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui import messages
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from socialwork_app.ui.screens.talents.appraisal_grid import FIRST, GRADE
from socialwork_app.ui.screens.talents.appraisal_tab import AppraisalTab
from socialwork_app.ui.screens.talents.contacts_tab import ContactsTab
from socialwork_app.ui.screens.talents.selection_tab import SelectionTab
from socialwork_app.ui.screens.talents.titles_tab import TitlesTab
from tests.services.people_workbook import id_number, write

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
OURS = 2
"""Row id of the scheme: a new register knows one already."""
SCHEME, FIRST_ROUND, SECOND_ROUND = "示例优秀人才", "第一届示例优秀人才", "第二届示例优秀人才"
PEOPLE = ("姓名", "身份证号", "工作单位", "岗位")
POSTS = [["张三", "甲站", "督导"], ["李四", "甲站", "社工"], ["王五", "乙站", "社工"], ["赵六", "乙站", "站长"],
         ["钱七", "丙站", "社工"]]  # fmt: skip
NUMBERS = {row[0]: id_number(f"198{at}0505", "998") for at, row in enumerate(POSTS)}
ROWS = {row[0]: at for at, row in enumerate(POSTS, start=1)}
"""Row id of each person: they come in by one workbook."""
APPRAISERS = TYPED, SHEET = "评委甲", "评委乙"
"""One whose scores are entered, one whose sheet is imported."""
OLD, NEW = "甲领导", "乙领导"

SCORES = {
    2024: {"张三": (58, 38), "李四": (50, 32), "王五": (48, 30), "赵六": (56, 36)},
    2025: {"张三": (46, 47), "李四": (33, 34), "王五": (40, 40), "赵六": (44, 44)},
    2026: {"张三": (45, 46), "李四": (31, 32), "王五": (41, 40), "赵六": (42, 42), "钱七": (46, 46)},
}
"""Points for 工作实绩 and 专业能力: of 60 and 40, from the second version of the criteria on of 50 and 50."""
STRICTER = 2
"""Points less that the second appraiser gives for each."""


@pytest.fixture
def on(monkeypatch):
    """Lets the program work on a day."""
    return lambda day: monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))


@pytest.fixture
def people(tmp_path):
    return write(tmp_path / "人员.xlsx", [[name, NUMBERS[name], unit, post] for name, unit, post in POSTS], PEOPLE)


def fill_sheet(path, year, less):
    """The sheet of an appraiser as it comes back, each score so many points less."""
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        scores = SCORES[year].get(next((cell.value for cell in row if cell.value in SCORES[year]), ""), ())
        for cell, points in zip(row[6:], scores, strict=False):
            cell.value = points - less
    book.save(path)
    return path


# through the window


@pytest.fixture
def at(opened, files, bridge, bus, tmp_path, monkeypatch):
    for name in ("tell", "warn", "ask"):
        monkeypatch.setattr(messages, name, lambda *_words, **_more: True)
    return Workplace(opened, files, bridge, bus, Remembered(tmp_path / "settings.json"))


@pytest.fixture
def window(qtbot, at, people, tmp_path):
    made = Window(qtbot, at, people, tmp_path)
    yield made
    made.rest()
    made.close()


class Window:
    """The officer's steps, one after the other."""

    def __init__(self, qtbot, at, people, folder):
        self.qtbot, self.at, self.people, self.folder, self.opened = qtbot, at, people, folder, at.opened
        self.shown = []

    def rest(self):
        self.qtbot.waitUntil(lambda: not self.at.bridge.busy)

    def show(self, kind):
        widget = kind(self.at)
        self.shown.append(widget)
        widget.resize(1180, 640)
        with self.qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        self.rest()
        return widget

    def close(self):
        while self.shown:
            widget = self.shown.pop()
            widget.hide()
            widget.deleteLater()

    def new(self, kind, of=None, /, **values):
        return self._save(kind, Draft(values, owner_id=of))

    def set(self, kind, row, /, **values):
        self._save(kind, Draft(values, id=row))

    def _save(self, kind, draft):
        saved = Records(self.opened, kind).save(draft)
        assert saved.id, saved.problems
        self.at.bus.announce(saved.changes)
        self.rest()
        return saved.id

    def take_in(self, kind, book):
        screen = self.show(lambda at: ImportsScreen(at.opened, at.bridge, at.bus))
        screen.source.kinds.setCurrentIndex(screen.source.kinds.findData(kind))
        screen.read(book)
        self.qtbot.waitUntil(lambda: screen.apply_button.isEnabled() and not self.at.bridge.busy)
        screen.apply()
        self.qtbot.waitUntil(lambda: "导入完成" in screen.undo_bar.text)
        self.rest()

    def begin(self):
        self.take_in("people", self.people)

    # a round

    def put_forward(self, _round, *names):
        """Each found by name; gives what the form of the last one says beside the round."""
        self.close()
        self.tab = self.show(SelectionTab)
        return [self._put_forward(self.tab, name) for name in names][-1]

    def _put_forward(self, tab, name):
        count = tab.model.rowCount()
        tab.add_button.click()
        finder = tab.dialog.finder
        finder.search.setText(name)
        self.qtbot.keyClick(finder.search, ENTER)
        dialog = tab.dialog
        editor = dialog.form.editors["talent_category"]
        with self.qtbot.waitSignal(dialog.form.checked):
            editor.set(None, "实务")
            editor.changed.emit()
        self.rest()
        told = dialog.form.editors["round"].message
        dialog.save()
        self.qtbot.waitUntil(lambda: tab.model.rowCount() == count + 1)
        self.rest()
        return told

    def _choose(self, *names):
        table = self.tab.table
        table.clearSelection()
        rows = [row for row in range(self.tab.model.rowCount()) if self.tab.model.cell(row, 0).text in names]
        selection = table.selectionModel()
        for row in rows:
            index = self.tab.model.index(row, 0)
            selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        assert len(rows) == len(names)

    def move(self, _round, step, *names):
        self._choose(*names)
        tab = self.tab
        {"review": tab.review_button, "reject": tab.reject_button, "withdraw": tab.withdraw_button}[step].click()
        self.rest()

    def publish(self, _round, first):
        tab = self.tab
        tab.table.clearSelection()
        tab.publish_button.click()
        dialog = tab.dialog
        dialog.first.set(None, first)
        dialog.first.changed.emit()
        dialog.accept()
        self.rest()

    def decide(self, _round, day, document, *names):
        """Gives what is odd about it."""
        tab = self.tab
        self._choose(*names)
        tab.grant_button.click()
        dialog = tab.dialog
        dialog.document.set(None, document)
        dialog.day.set(None, day)
        dialog.day.changed.emit()
        self.rest()
        odd = dialog.hint.text().split("\n")
        dialog.accept()
        self.rest()
        return [line for line in odd if line]

    # a year

    def begin_year(self, year):
        self.close()
        self.tab = self.show(AppraisalTab)
        self._look_at(year)
        self.tab.tools.begin_button.click()
        self.rest()

    def _look_at(self, year):
        tools = self.tab.tools
        tools.scheme.setCurrentIndex(tools.scheme.findData(OURS))
        tools.year.setCurrentIndex(tools.year.findData(year))
        tools.year.activated.emit(0)
        self.rest()

    def score(self, year):
        """One appraiser's by keyboard, the other's as a sheet that went out and came back."""
        tab = self.tab
        if tab.tools.appraiser.findText(SHEET) < 0:
            tab.tools.add_appraiser(SHEET)
        tab.tools.appraiser.setCurrentIndex(tab.tools.appraiser.findText(SHEET))
        sheet = self.folder / f"评分表{year}.xlsx"
        tab.export_sheet(sheet)
        self.rest()
        if tab.tools.appraiser.findText(TYPED) < 0:
            tab.tools.add_appraiser(TYPED)
        tab.tools.appraiser.setCurrentIndex(tab.tools.appraiser.findText(TYPED))
        for name in [one.name for one in tab.model.people]:
            self._stand_at(name, FIRST)
            for points in SCORES[year][name]:
                for letter in str(points):
                    self.qtbot.keyClicks(self._typing(), letter)
                self.qtbot.keyClick(self._typing(), TAB)
                QApplication.sendPostedEvents()
        self.rest()
        self.take_in("appraisals", fill_sheet(sheet, year, STRICTER))

    def _stand_at(self, name, column):
        """The keyboard is in the table, at somebody's row."""
        tab = self.tab
        if not tab.isActiveWindow():
            with self.qtbot.waitActive(tab):
                tab.activateWindow()
        tab.table.setFocus()
        row = next(at for at, one in enumerate(tab.model.people) if one.name == name)
        tab.table.setCurrentIndex(tab.model.index(row, column))

    def _typing(self):
        focus = QApplication.focusWidget()
        return focus if focus is not None and self.tab.table.isAncestorOf(focus) else self.tab.table

    def grade(self, _year):
        """Gives what is said of the cap."""
        self.tab.tools.grade_button.click()
        self.rest()
        return self.tab.tools.cap.text()

    def decide_on(self, _year, decision, name, document, reason=""):
        self._stand_at(name, 0)
        self.tab.tools.decide_button.click()
        dialog = self.tab.dialog
        dialog.decision.setCurrentIndex(dialog.decision.findData(decision))
        dialog.document.set(None, document)
        dialog.why.set(None, reason)
        dialog.accept()
        self.rest()

    def regrade(self, _year, name, grade):
        self._stand_at(name, self.tab.model.column_of(GRADE))
        self.qtbot.keyClick(self.tab.table, Qt.Key.Key_F2)
        self._typing().setEditText(grade)
        self.qtbot.keyClick(self._typing(), ENTER)
        QApplication.sendPostedEvents()
        self.rest()

    def copy_criteria(self, year, title):
        self.tab.copy_criteria(title, year)
        self.rest()

    # contact, terms, the way back

    def hand_over(self, old, new, day, document):
        tab = self.show(ContactsTab)
        tab.leader_button.click()
        dialog = tab.dialog
        dialog.scope.setCurrentIndex(next(at for at in range(dialog.scope.count()) if old in dialog.scope.itemText(at)))
        dialog.leader.setCurrentIndex(dialog.leader.findText(new, Qt.MatchFlag.MatchStartsWith))
        dialog.day.setDate(QDate.fromString(day, Qt.DateFormat.ISODate))
        dialog.document.setText(document)
        dialog.change_button.click()
        self.rest()

    def expire(self):
        tab = self.show(TitlesTab)
        tab.expire_button.click()
        self.rest()
        self.back = [tab.titles.undo_bar]

    def undo(self):
        """The terms that ended, then the last two decisions of the year."""
        self.back[0].undo()
        self.rest()
        for _ in range(2):
            self.tab.undo_bar.undo()
            self.rest()

    def read(self):
        return self.opened


# through the commands


@pytest.fixture
def commands(files, tmp_path, people, capsys):
    made = Commands(files, tmp_path, people, capsys)
    yield made
    made.close()


class Commands:
    """The same steps in words."""

    def __init__(self, files, folder, people, capsys):
        self.files, self.folder, self.people, self.capsys = files, folder, people, capsys
        self.opened, self.changes = None, []
        files.create(folder / "命令", "测试单位", None)[0].close()

    def __call__(self, *words):
        self.close()
        self.capsys.readouterr()
        status = run(["--register", str(self.folder / "命令"), "--json", *map(str, words)], self.files)
        told = json.loads(self.capsys.readouterr().out)
        assert status == 0, told
        return told

    def close(self):
        if self.opened:
            self.opened.close()
            self.opened = None

    def read(self):
        self.close()
        self.opened = self.files.open(self.folder / "命令", "")
        return self.opened

    def new(self, kind, of=None, /, **values):
        return self._new(kind, of, values)["id"]

    def _new(self, kind, of, values):
        return self("new", kind, *(f"{key}={value}" for key, value in values.items()), *(("--of", of) if of else ()))

    def set(self, kind, row, /, **values):
        self("set", kind, row, *(f"{key}={value}" for key, value in values.items()))

    def begin(self):
        self("import", "people", self.people)

    def put_forward(self, title, *names):
        for name in names:
            saved = self._new("talent-candidates", NUMBERS[name], {"round": title, "talent_category": "实务"})
        return "".join(one["message"] for one in saved["problems"] if one["field"] == "round")

    def move(self, title, step, *names):
        self("round", title, step, *_persons(names))

    def publish(self, title, first):
        self("round", title, "publish", "--on", first)

    def decide(self, title, day, document, *names):
        return self("round", title, "decide", "--on", day, "--document", document, *_persons(names))["warnings"]

    def _appraise(self, step, year, *words):
        return self("appraise", step, "--scheme", SCHEME, "--year", year, *words)

    def begin_year(self, year):
        self._appraise("begin", year)

    def score(self, year):
        """In the first year one appraiser's are entered one by one; else there is a sheet of each."""
        if year == min(SCORES):
            self._enter(year)
        else:
            self._send_and_import(year, TYPED, 0)
        self._send_and_import(year, SHEET, STRICTER)

    def _enter(self, year):
        for row in self("list", "appraisals", "--where", f"year={year}")["rows"]:
            for item, points in zip(("工作实绩", "专业能力"), SCORES[year][row["name"]], strict=True):
                self.new("appraisal-scores", row["id"], appraiser=TYPED, item=item, score=points)

    def _send_and_import(self, year, appraiser, less):
        sheet = self.folder / f"命令{appraiser}{year}.xlsx"
        self._appraise("sheet", year, "--appraiser", appraiser, "--out", sheet)
        self("import", "appraisals", fill_sheet(sheet, year, less))

    def grade(self, year):
        return self._appraise("grade", year)["cap"]

    def decide_on(self, year, decision, name, document, reason=""):
        words = ("--decision", decision, "--document", document, "--reason", reason, *_persons([name]))
        self.changes.append(self._appraise("decide", year, *words)["change"])

    def regrade(self, year, name, grade):
        row = self("list", "appraisals", "--where", f"year={year}", "--search", name)["rows"][0]["id"]
        self.set("appraisals", row, grade=grade)

    def copy_criteria(self, year, title):
        self._appraise("copy", year, "--title", title)

    def hand_over(self, old, new, day, document):
        self("leader", new, "--of", old, "--on", day, "--document", document)

    def expire(self):
        self.changes.append(self("expire")["change"])

    def undo(self):
        for _ in range(3):
            self("undo", self.changes.pop())


def _persons(names):
    return [word for name in names for word in ("--person", NUMBERS[name])]


# what came of it


def everything(opened, kind):
    """All rows of a register, as they are stored and as they are worked out."""
    records = Records(opened, kind)
    keys = tuple(field.key for field in records.listed)
    return sorted((tuple(row.values.values()) for row in records.all_rows(EVERYTHING, keys)), key=repr)


def standing(opened):
    """Titles, rounds, candidates, appraisals with totals and suggestions, criteria, leaders and contacts."""
    kinds = ("talents", "talent_rounds", "talent_candidates", "appraisals", "appraisal_criteria", "appraisal_items",
             "leaders", "leader_contacts", "contact_log")  # fmt: skip
    found = {kind: everything(opened, kind) for kind in kinds}
    years = Appraisals(opened)
    found["scores"] = [
        (one.name, year, sorted(one.scores), one.total, one.grade_by_score, one.reason)
        for year in SCORES for one in sorted(years.of_year(OURS, year), key=lambda one: one.person_id)
    ]  # fmt: skip
    return found


def titles(opened):
    keys = ("name", "round", "term_to", "talent_state", "state_on", "state_document", "allowance_state")
    rows = Records(opened, "talents").all_rows(EVERYTHING, keys)
    return sorted(tuple(row.values[key] for key in keys) for row in rows)


def judged(opened, year):
    """By name: total, grade, suggestion and decision."""
    return {
        one.name: (one.total, one.grade, one.suggestion and one.suggestion.decision, one.values["decision"])
        for one in Appraisals(opened).of_year(OURS, year)
    }


def roster(opened, year, folder):
    """The file of a year's roster as of its last day."""
    target = folder / "名册.xlsx"
    Exports(opened).export("appraisals", target, asked=Filter(where=(Condition("scheme", OURS),)), year=year,
                           as_of=date(year, 12, 31))  # fmt: skip
    return target.read_bytes()


# the story


def lay_down(way):
    """The scheme with its criteria, leaders and a round."""
    way.begin()
    facts = {"term_years": "3", "allowance": "300", "publication_days": "5", "cap": "4"}
    assert way.new("talent_schemes", title=SCHEME, **facts) == OURS
    way.new("talent_rounds", OURS, title=FIRST_ROUND, year="2024")
    criteria = way.new(
        "appraisal_criteria", title="考核标准（第一版）", scheme=SCHEME, from_year="2024", cap_share="25"
    )
    for rank, (item, maximum) in enumerate({"工作实绩": 60, "专业能力": 40}.items(), start=1):
        way.new("appraisal_items", criteria, title=item, rank=str(rank), maximum=str(maximum))
    for grade, minimum in {"优秀": 90, "合格": 75, "基本合格": 60, "不合格": 0}.items():
        way.new("grade_bands", criteria, grade=grade, minimum=str(minimum))
    for leader in (OLD, NEW):
        way.new("leaders", name=leader, post=f"{leader}职务")


def first_round(way):
    way.put_forward(FIRST_ROUND, *NUMBERS)
    way.move(FIRST_ROUND, "review", "张三", "李四", "王五", "赵六")
    way.move(FIRST_ROUND, "reject", "钱七")
    way.publish(FIRST_ROUND, "2024-06-03")
    assert way.decide(FIRST_ROUND, "2024-06-20", "示例〔2024〕1号", "张三", "李四", "王五", "赵六") == []


def keep_contact(way):
    for name in ("张三", "李四"):
        way.new("leader_contacts", ROWS[name], leader=OLD, **{"from": "2024-07-01"})
    way.new("contact_log", ROWS["张三"], date="2024-09-10", contact_form="走访", leader=OLD, request="督导场地")


def appraise(way, year):
    way.begin_year(year)
    way.score(year)
    return way.grade(year)


def test_window_and_commands_come_to_the_same(window, commands, on, tmp_path):
    ways = window, commands

    def same(what, *asked):
        """What it comes to in both registers, which must be the same."""
        found = what(window.read(), *asked)
        assert found == what(commands.read(), *asked)
        return found

    on("2024-06-20")
    for way in ways:
        lay_down(way)
        first_round(way)
        keep_contact(way)
    assert [row[0::3] for row in same(titles)] == [
        (name, "managed", "paid") for name in ("张三", "李四", "王五", "赵六")
    ]

    on("2024-12-31")
    for way in ways:
        assert "超出 1 人，总分靠后的是赵六" in appraise(way, 2024)
        way.regrade(2024, "赵六", "合格")
    assert same(judged, 2024) == {
        "张三": (94, "优秀", "keep", None), "李四": (80, "合格", "keep", None), "王五": (76, "合格", "keep", None),
        "赵六": (90, "合格", "keep", None)}  # fmt: skip
    then = same(roster, 2024, tmp_path)

    for way in ways:
        second_year(way, on)
    assert same(judged, 2025)["李四"] == (65, "基本合格", "talk", "talk")
    assert same(judged, 2024)["张三"][0] == 94
    assert same(led, "2025-06-30") == {"张三": OLD, "李四": OLD}
    assert same(led, "2025-07-01") == {"张三": NEW, "李四": NEW}

    on("2026-06-20")
    for way in ways:
        second_round(way)
    assert [row[0] for row in same(titles) if row[1]] == ["张三", "李四", "王五", "赵六", "钱七"]

    on("2026-12-31")
    for way in ways:
        way.set("people", ROWS["王五"], status="已离开")
        way.set("people", ROWS["张三"], employer="乙站", position="站长")
        appraise(way, 2026)
    before = same(standing)
    assert {name: one[1:] for name, one in same(judged, 2026).items()} == {
        "张三": ("合格", "keep", None), "李四": ("基本合格", "withdraw", None), "王五": ("合格", "withdraw", None),
        "赵六": ("合格", "keep", None), "钱七": ("优秀", "keep", None)}  # fmt: skip
    for way in ways:
        way.decide_on(2026, Decision.WITHDRAW, "李四", "示例〔2026〕9号")
        way.decide_on(2026, Decision.WITHDRAW, "王五", "示例〔2026〕10号")
        on("2027-07-01")
        way.expire()
        on("2026-12-31")
    same(standing)
    assert [(row[0], *row[2:]) for row in same(titles)] == [
        ("张三", "2027-06-19", "expired", "2027-06-19", None, "paid"),
        ("李四", "2027-06-19", "left", "2026-12-31", "示例〔2026〕9号", "suspended"),
        ("王五", "2027-06-19", "left", "2026-12-31", "示例〔2026〕10号", "suspended"),
        ("赵六", "2027-06-19", "expired", "2027-06-19", None, "paid"),
        ("钱七", "2029-06-19", "managed", None, None, "paid"),
    ]  # fmt: skip
    assert same(roster, 2024, tmp_path) == then

    for way in ways:
        way.undo()
    assert same(standing) == before


def second_year(way, on):
    """New criteria, a talk, and another leader in between."""
    way.copy_criteria(2025, "考核标准（第二版）")
    items = sorted(row.id for row in Records(way.read(), "appraisal_items").all_rows(EVERYTHING, ()))
    for item in items[-2:]:
        way.set("appraisal_items", item, maximum="50")
    on("2025-07-01")
    way.hand_over(OLD, NEW, "2025-07-01", "示例〔2025〕3号")
    way.set("contact_log", 1, reply="已安排", done_on="2025-08-01")
    on("2025-12-31")
    assert "优秀 1 / 上限 1" in appraise(way, 2025)
    way.decide_on(2025, Decision.TALK, "李四", "谈话记录1")


def second_round(way):
    """One who holds the title already is told of and steps back."""
    way.new("talent_rounds", OURS, title=SECOND_ROUND, year="2026")
    assert "此人的同一称号还在管理期内" in way.put_forward(SECOND_ROUND, "钱七", "张三")
    way.move(SECOND_ROUND, "withdraw", "张三")
    way.move(SECOND_ROUND, "review", "钱七")
    way.publish(SECOND_ROUND, "2026-06-01")
    assert way.decide(SECOND_ROUND, "2026-06-20", "示例〔2026〕1号", "钱七") == []


def led(opened, day):
    """Who keeps contact with whom on a day."""
    found = leaders_on(opened, ROWS.values(), date.fromisoformat(day))
    return {name: names(found[row]) for name, row in ROWS.items() if row in found}
