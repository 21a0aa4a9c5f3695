"""签到与结业: who was there, ticked by keyboard; assessment, numbers, and the hours that go to each person's record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.courses import OPEN, PLANNED, RUNNING, HalfDay, is_to_come
from socialwork_app.foundation.jobs import Control
from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance, Credited, Grid
from socialwork_app.services.changes import Changes
from socialwork_app.ui import messages
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.records.steps_back import StepsBack
from socialwork_app.ui.screens.training.attendance_grid import FIRST, GridModel, GridView
from socialwork_app.ui.screens.training.attendance_paper import SignInPaper
from socialwork_app.ui.screens.training.attendance_state import AttendanceState, read
from socialwork_app.ui.screens.training.course_row import STEPS, CourseRow
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, page_key
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.search_box import SearchBox
from socialwork_app.ui.widgets.tool_row import ToolRow

NO_COURSE = "还没有培训班。请先在“培训班”中新增。"
NO_HALF_DAYS = "还没有日程，不能签到。点“按起止日期排日程”，或在“培训班”中填写“培训日程”。"
NOBODY = "还没有人报名。报名后，有名额的列在这里。"
TO_COME = "还没有到这一天"
KEYS = "方向键移动；1 到、2 迟到、3 缺、4 请假，自动下移；空格或回车切换；Delete 清除；Ctrl+Z 撤销"


class AttendanceTab(ReloadingPage):
    TOUCHED_BY = frozenset({"courses", "course_sessions", "training_signups", "attendance", "learning", "people",
                            "organisations", "rules"})  # fmt: skip
    """Registers from which the grid is made."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._state = AttendanceState()
        self._course: int | None = None
        self._writing = 0
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        from socialwork_app.services.exports import Exports

        self.row = CourseRow(self._opened.catalogue.code_lists["course_state"])
        self.plan_button = button("按起止日期排日程", "给每一天排上午和下午，已有的不动")
        self.search = SearchBox("姓名、拼音、首字母")
        self.fill_button = button("本列全部到", "本列还没有签到的都记为到（Ctrl+Enter）")
        self.model = GridModel(self._opened.catalogue.code_lists, self)
        self.table = GridView(self.model)
        self.table.setToolTip(KEYS)
        self.setFocusProxy(self.table)
        self.hint = named_label("", "warning")
        self.hint.setWordWrap(True)
        self.behind = named_label("", "warning")
        self.figures = named_label("", "")
        self.figures.setAccessibleName("人数")
        self.here = named_label("", "muted")
        self.here.setAccessibleName("所在格")
        self.paper = SignInPaper(Exports(self._opened), self._bridge, self._where, self)
        self.number_button = button("编号", "给计入学时而没有证书编号的人员依次编号")
        self.letters_button = button("证书和证明…", "结业证书、学时证明，一次生成一个 Word 文档，每人一页")
        self._made = (self.paper.print_button, self.paper.export_button, self.number_button, self.letters_button)
        self.credit_button = button(
            "计入学时", "把出勤小时记入每人的学习记录；签到改动后再点一次即可更正", primary=True
        )
        self.reading = ReadingRow(self._bridge, "读取签到")
        self.undo_bar = StepsBack(self._opened, self._bridge, self)

    def _lay_out(self) -> None:
        said, foot = QHBoxLayout(), QHBoxLayout()
        for each in (self.figures, self.behind, self.reading):
            said.addWidget(each)
        said.addStretch(1)
        foot.addWidget(self.here, 1)
        for each in (*self._made, self.credit_button):
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(ToolRow(self.search, self.row, (self.plan_button, self.fill_button)))
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.undo_bar)
        layout.addLayout(said)
        layout.addLayout(foot)

    def _connect(self, at: Workplace) -> None:
        self.row.chosen.connect(self.show_course)
        self.row.waiting.toggled.connect(lambda _on: self.load())
        self.row.step_button.clicked.connect(self.step)
        self.plan_button.clicked.connect(self.plan)
        self.fill_button.clicked.connect(self.fill)
        self.number_button.clicked.connect(self.give_numbers)
        self.letters_button.clicked.connect(self.open_letters)
        self.credit_button.clicked.connect(self.credit)
        self.search.asked.connect(self._jump)
        self.search.returnPressed.connect(self.table.setFocus)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.chosen.connect(self._choose)
        self.table.filled.connect(self.fill)
        self.table.selection_changed.connect(self._show_here)
        self.model.number_typed.connect(self._set_number)
        page_key("Ctrl+F", self.search.setFocus, self)
        self.reload_after(at.bus)

    # what it shows

    def show_course(self, course_id: int) -> None:
        """What was done in another course is no longer taken back by a key: it would not be seen."""
        if course_id != self._course:
            self.undo_bar.forget()
        self._course = course_id
        self.load()

    def load(self) -> None:
        super().load()
        opened, course, waiting = self._opened, self._course, self.row.waiting.isChecked()

        def work(control: Control) -> AttendanceState:
            return read(opened, course, waiting=waiting, control=control)

        self.reading.read(work, self._show)

    def _show(self, state: AttendanceState) -> None:
        """What was read while something is being written is old already; the writing will have it read anew."""
        if self._writing:
            return
        stood = self._standing()
        self._state, grid = state, state.grid
        self._course = grid.course.id if grid else None
        self.row.show_courses(state.courses, self._course)
        self.model.show_grid(grid, state.counting)
        self.table.say_empty("" if grid and grid.rows else NOBODY if grid else NO_COURSE)
        self.hint.setText(NO_HALF_DAYS if grid and not grid.course.sessions else "")
        self.hint.setVisible(bool(self.hint.text()))
        self._show_steps(grid, state.missing)
        self._show_figures(grid)
        self._stand(stood)

    def _standing(self) -> tuple[int, int]:
        """The sign-up and column where the officer is."""
        index = self.table.currentIndex()
        return (self.model.rows[index.row()].id, index.column()) if index.isValid() else (0, FIRST)

    def _stand(self, stood: tuple[int, int]) -> None:
        """There again, wherever the row is now; at the first where it is gone."""
        sign_up, column = stood
        row = next((at for at, one in enumerate(self.model.rows) if one.id == sign_up), 0)
        index = self.table.currentIndex()
        if self.model.rows and (index.row(), index.column()) != (row, column):
            self.table.go_to(row, min(column, len(self.model.headers) - 1))

    def _show_steps(self, grid: Grid | None, missing: int) -> None:
        state = str(grid.course.values["state"]) if grid else ""
        self.row.show_state(state)
        begun = grid is not None and bool(grid.course.sessions) and state not in (PLANNED, OPEN)
        self.plan_button.setVisible(grid is not None and not begun and (missing > 0 or not grid.course.sessions))
        for each in (*self._made, self.credit_button):
            each.setEnabled(grid is not None)
        self.fill_button.setEnabled(bool(grid and grid.rows and self.model.half_days))

    def _show_figures(self, grid: Grid | None) -> None:
        if grid is None:
            self.figures.setText("")
            self.behind.setText("")
            return
        waiting = f"    候补 {grid.waiting:,} 人" if grid.waiting else ""
        self.figures.setText(
            f"应到 {sum(one.takes_part for one in grid.rows):,} 人{waiting}    已计入学时 {grid.credited:,} 人"
        )
        told = "签到有变动，尚未计入" if grid.credited else "尚未计入学时"
        self.behind.setText(f"{told} {grid.behind:,} 人" if grid.behind else "")

    def _show_here(self) -> None:
        """Who and when: the name may be out of sight where there are many half-days."""
        index = self.table.currentIndex()
        at = self.model.half_day(index.column())
        name = self.model.rows[index.row()].name if 0 <= index.row() < len(self.model.rows) else ""
        to_come = f"　{TO_COME}" if at and is_to_come(at.day, self._opened.today()) else ""
        self.here.setText(f"{name}　{self.model.told(at)}{to_come}" if at and name else name)
        self.table.setAccessibleDescription(self.here.text())

    def _jump(self, typed: str) -> None:
        row = self._state.row_of(typed) if typed else None
        if row is not None:
            self.table.go_to(row, max(self.table.currentIndex().column(), FIRST))

    # marks, results and numbers

    def _choose(self, row: int, column: int, value: str | None) -> None:
        """Shown at once, then written."""
        sign_up, at = self.model.rows[row].id, self.model.half_day(column)
        if value == self.model.value(row, column):
            return
        self.model.show_ahead([row], column, value)
        if at:
            self._write(lambda attendance: attendance.tick([sign_up], at, value))
        else:
            self._write(lambda attendance: attendance.assess(sign_up, value))

    def fill(self) -> None:
        column = self.table.currentIndex().column()
        at = self.model.half_day(column)
        if at is not None:
            self._write(lambda attendance: attendance.fill(at), partial(self._tell_filled, at))

    def _tell_filled(self, at: HalfDay, changes: Changes) -> None:
        told = self.model.told(at)
        early = f"（{TO_COME}）" if is_to_come(at.day, self._opened.today()) else ""
        done = f"{told} {len(changes.ids):,} 人记为到{early}" if changes.ids else f"{told} 都已有签到"
        self.undo_bar.offer(done, changes.change_id)

    def _set_number(self, row: int, typed: str) -> None:
        sign_up = self.model.rows[row].id
        self._write(lambda attendance: attendance.set_number(sign_up, typed))

    def give_numbers(self) -> None:
        self._write(lambda attendance: attendance.give_numbers(), self._tell_numbered)

    def _tell_numbered(self, changes: Changes) -> None:
        nobody = "没有需要编号的人员：有学时的都已编号"
        self.undo_bar.offer(f"已编号 {len(changes.ids):,} 人" if changes.ids else nobody, changes.change_id)

    def _write(
        self, act: Callable[[Attendance], Changes], told: Callable[[Changes], object] | None = None
    ) -> None:  # fmt: skip
        opened, course = self._opened, self._course
        if course is None:
            return

        def work(_control: Control) -> Changes:
            return act(Attendance(opened, course))

        self._begin(work, told)

    def _begin(self, work: Callable[[Control], Changes], told: Callable[[Changes], object] | None = None) -> None:
        self._writing += 1
        self._bridge.write(work, partial(self._written, told), self._failed)

    def _written(self, told: Callable[[Changes], object] | None, changes: Changes) -> None:
        self._writing -= 1
        if changes.change_id is None:
            self.load()  # nobody is told of it, and what was read meanwhile was not shown
        self.undo_bar.remember(changes)
        if told:
            told(changes)

    def _failed(self, error: Exception) -> None:
        self._writing -= 1
        self.load()
        messages.tell_error(self.window(), error)

    # the course

    def plan(self) -> None:
        opened, course = self._opened, self._course
        if course is not None:
            self._begin(lambda _control: course_plan.plan(opened, course), self._tell_planned)

    def _tell_planned(self, changes: Changes) -> None:
        self.undo_bar.offer("已按起止日期排好日程", changes.change_id)

    def step(self) -> None:
        opened, grid = self._opened, self._state.grid
        if grid is not None:
            self._begin(lambda _control: course_plan.step(opened, grid.course), partial(self._tell_step, grid))

    def _tell_step(self, grid: Grid, changes: Changes) -> None:
        words = STEPS[str(grid.course.values["state"])]
        self.undo_bar.offer(f"“{grid.course.title}”：已{words}", changes.change_id)
        closed = grid.course.values["state"] == RUNNING
        text = f"“{grid.course.title}”已结束，还有 {grid.behind:,} 人的学时没有计入。"
        if closed and grid.behind and messages.ask(self.window(), text, "计入学时", no="以后再说"):
            self.credit()

    def credit(self) -> None:
        opened, course = self._opened, self._course
        if course is None:
            return
        self._bridge.run_with_bar(
            "计入学时", lambda _control: Attendance(opened, course).credit(), self._tell_credited, parent=self.window()
        )

    def _tell_credited(self, done: Credited) -> None:
        counts = (("新记", done.made), ("更正", done.changed), ("取消", done.removed))
        parts = [f"{words} {count:,} 人" for words, count in counts if count]
        text = f"学时已计入：{'，'.join(parts)}" if parts else "没有需要计入的：学习记录与签到一致"
        self.undo_bar.add(text, done.changes)

    def _where(self) -> tuple[int | None, HalfDay | None]:
        return self._course, self.model.half_day(self.table.currentIndex().column())

    def open_letters(self) -> None:
        """For everybody in the order of the grid, or for the one in whose row the user stands."""
        from socialwork_app.ui.screens.training.letters_dialog import LettersDialog

        grid, row = self._state.grid, self.table.currentIndex().row()
        if grid is None:
            return
        whom = [("全班", [one.id for one in grid.rows])]
        whom += [(one.name, [one.id]) for one in grid.rows[row : row + 1] if row >= 0]
        LettersDialog(self._opened, self._bridge, grid.course.id, whom, self.window()).open()
