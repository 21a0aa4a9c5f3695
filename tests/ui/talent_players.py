"""How an officer goes through the years of a talent scheme, by the window and in words; each step has the same name in both."""

import json

from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from socialwork_app.cli.main import run
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from socialwork_app.ui.screens.talents.appraisal_grid import FIRST, GRADE
from socialwork_app.ui.screens.talents.appraisal_tab import AppraisalTab
from socialwork_app.ui.screens.talents.contacts_tab import ContactsTab
from socialwork_app.ui.screens.talents.selection_tab import SelectionTab
from socialwork_app.ui.screens.talents.titles_tab import TitlesTab
from tests.services.people_workbook import id_number

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
OURS = 2
"""Row id of the scheme: a new register knows one already."""
SCHEME = "示例优秀人才"
POSTS = [["张三", "甲站", "督导"], ["李四", "甲站", "社工"], ["王五", "乙站", "社工"], ["赵六", "乙站", "站长"],
         ["钱七", "丙站", "社工"]]  # fmt: skip
NUMBERS = {row[0]: id_number(f"198{at}0505", "998") for at, row in enumerate(POSTS)}
ROWS = {row[0]: at for at, row in enumerate(POSTS, start=1)}
"""Row id of each person: they come in by one workbook."""
TYPED, SHEET = "评委甲", "评委乙"
"""One whose scores are entered, one whose sheet is imported."""

SCORES = {
    2024: {"张三": (58, 38), "李四": (50, 32), "王五": (48, 30), "赵六": (56, 36)},
    2025: {"张三": (46, 47), "李四": (33, 34), "王五": (40, 40), "赵六": (44, 44)},
    2026: {"张三": (45, 46), "李四": (31, 32), "王五": (41, 40), "赵六": (42, 42), "钱七": (46, 46)},
}
"""Points for 工作实绩 and 专业能力: of 60 and 40, from the second version of the criteria on of 50 and 50."""
STRICTER = 2
"""Points less that the second appraiser gives for each."""


def fill_sheet(path, year, less):
    """The sheet of an appraiser as it comes back, each score so many points less."""
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        scores = SCORES[year].get(next((cell.value for cell in row if cell.value in SCORES[year]), ""), ())
        for cell, points in zip(row[6:], scores, strict=False):
            cell.value = points - less
    book.save(path)
    return path


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
