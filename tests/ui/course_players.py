"""How an officer goes through a course, by the window and in words; each step has the same name in both."""

import json

from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from socialwork_app.cli.main import run
from socialwork_app.services.records import Draft, Records
from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen
from socialwork_app.ui.screens.training.attendance_grid import FIRST
from socialwork_app.ui.screens.training.attendance_tab import AttendanceTab
from socialwork_app.ui.screens.training.invite_dialog import InviteDialog
from socialwork_app.ui.screens.training.letters_dialog import LettersDialog
from socialwork_app.ui.screens.training.shortfall_tab import ShortfallTab
from socialwork_app.ui.screens.training.signup_tab import SignUpTab
from tests.services.people_workbook import write

ENTER, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete
TITLE = "社工实务提升班"
FORM = ("序号", "单位", "姓名", "联系电话", "是否住宿")
FORMS = [[1, "甲站", "王五", "19900001003", "是"], [2, "示例养老院", "赵六", "19900001004", None],
         [3, "甲站", "张三", None, None], [4, "乙站", "李四", None, None]]  # fmt: skip
MARKS = {"赵六": "1111", "张三": "1213", "李四": "1141"}
"""By person, half-day by half-day, as the keys of the grid have it: present, late, absent, excused."""
WRITTEN = {"1": "√", "2": "迟到", "3": "", "4": "请假"}
"""The same as written on a sheet: a blank is an absence where others signed."""
RESULTS = {"赵六": "合格", "张三": "合格", "李四": "不合格"}


class Window:
    """The officer's steps, one after the other."""

    def __init__(self, qtbot, at, show, rest, people, course, folder):
        self.qtbot, self.at, self.show, self.rest, self.folder = qtbot, at, show, rest, folder
        self.people, self.course = people, course

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def plan(self):
        screen = self.show(ImportsScreen(self.at.opened, self.at.bridge, self.at.bus))
        screen.read(self.people)
        self.qtbot.waitUntil(lambda: screen.apply_button.isEnabled() and not self.at.bridge.busy)
        screen.apply()
        self.qtbot.waitUntil(lambda: "导入完成" in screen.undo_bar.text)
        self.at.bus.announce(Records(self.at.opened, "courses").save(Draft(self.course)).changes)
        self.grid = self.show(AttendanceTab(self.at))
        for each in (self.grid.plan_button, self.grid.row.step_button):
            each.click()
            self.rest()

    def invite(self):
        short = self.show(ShortfallTab(self.at))
        self.qtbot.waitUntil(lambda: short.model.rowCount() == 2)
        short.invite_button.click()
        self.qtbot.waitUntil(lambda: bool(short.findChildren(InviteDialog)))
        short.findChildren(InviteDialog)[0].invite_button.click()
        self.rest()

    def sign_up(self):
        self.entry = self.show(SignUpTab(self.at))
        self._type("ww", lodging=True)
        self._type("赵六 19900001004 示例养老院")
        for name in ("张三", "李四"):
            self._in_list(name, ENTER, 4)

    def _type(self, words, *, lodging=False):
        entry = self.entry
        count = entry.listed.model.rowCount()
        self.qtbot.waitUntil(entry.line.isEnabled)
        entry.line.setFocus()
        entry.line.setText(words)
        self.press(ENTER)
        self.qtbot.waitUntil(lambda: entry.card.proposal is not None)
        if lodging:
            self.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.AltModifier)
        self.press(ENTER)
        self.qtbot.waitUntil(lambda: entry.listed.model.rowCount() == count + 1)

    def _in_list(self, name, key, count):
        """In the list of those signed up; whoever says yes goes to its end."""
        listed = self.entry.listed
        listed.table.select_row(next(row for row in range(count) if listed.model.cell(row, 1).text == name))
        listed.table.setFocus()
        self.press(key)
        self.rest()

    def withdraw(self):
        self._in_list("王五", DELETE, 4)

    def attend(self):
        grid = self.grid
        grid.row.step_button.click()
        self.rest()
        names = [one.name for one in grid.model.rows]
        for half_day in range(len(grid.model.half_days)):
            grid.table.go_to(0, FIRST + half_day)
            self.qtbot.keyClicks(grid.table, "".join(MARKS[name][half_day] for name in names))
        grid.table.go_to(0, grid.model.hours_column + 1)
        entries = [entry.label for entry in self.at.opened.catalogue.code_lists["assessment_result"].entries]
        self.qtbot.keyClicks(grid.table, "".join(str(entries.index(RESULTS[name]) + 1) for name in names))
        self.rest()

    def credit(self):
        for each in (self.grid.number_button, self.grid.credit_button):
            each.click()
            self.rest()

    def uncredit(self):
        with self.qtbot.waitActive(self.grid):
            self.grid.activateWindow()
        for _ in range(2):
            self.qtbot.keyClick(self.grid.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            self.rest()

    def letters(self):
        self.grid.letters_button.click()
        dialog = self.grid.window().findChild(LettersDialog)
        self.qtbot.waitUntil(dialog.write_button.isEnabled)
        dialog.write(self.folder / "窗口.docx")
        self.rest()
        dialog.close()
        return lines(self.folder / "窗口.docx")


class Commands:
    """The same steps in words."""

    def __init__(self, files, folder, people, course, capsys):
        self.files, self.folder, self.people, self.course, self.capsys = files, folder, people, course, capsys
        self.opened = None
        files.create(folder / "命令", "测试单位", None)[0].close()

    def __call__(self, *words):
        if self.opened:
            self.opened.close()
        self.capsys.readouterr()
        status = run(["--register", str(self.folder / "命令"), "--json", *map(str, words)], self.files)
        told = json.loads(self.capsys.readouterr().out)
        assert status == 0, told
        return told

    def read(self):
        self.opened = self.files.open(self.folder / "命令", "")
        return self.opened

    def plan(self):
        self("import", "certificates", self.people)
        self("new", "courses", *(f"{key}={value}" for key, value in self.course.items()))
        self("course", TITLE, "plan")
        self("set", "courses", 1, "state=报名中")

    def invite(self):
        self("course", TITLE, "invite")

    def sign_up(self):
        self("import", "training-signups", write(self.folder / "报名表.xlsx", FORMS, FORM))

    def withdraw(self):
        self("set", "training-signups", self._sign_up("王五"), "sign_up_state=已退出")

    def _sign_up(self, name):
        return next(row["id"] for row in self("list", "training-signups")["rows"] if row["name"] == name)

    def attend(self):
        """The sheet that the program writes comes back filled in."""
        self("set", "courses", 1, "state=培训中")
        sheet = self.folder / "签到表.xlsx"
        self("export", "sign-in", "--where", f"course={TITLE}", "--out", sheet)
        self._fill(sheet)
        self("import", "attendance", sheet, "--course", TITLE)
        for name, result in RESULTS.items():
            self("set", "training-signups", self._sign_up(name), f"assessment={result}")

    def _fill(self, path):
        book = load_workbook(path)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(min_row=4):
            name = str(row[2].value)
            for half_day, mark in enumerate(MARKS.get(name, "")):
                sheet.cell(row[2].row or 0, 7 + half_day, WRITTEN[mark])
        book.save(path)

    def credit(self):
        self.changes = [self("course", TITLE, step)["change"] for step in ("number", "credit")]

    def uncredit(self):
        for change in reversed(self.changes):
            self("undo", change)

    def letters(self):
        self("letters", "completion", "--course", TITLE, "--out", self.folder / "命令.docx")
        return lines(self.folder / "命令.docx")


def lines(path):
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in document.paragraphs if one.text] + cells
