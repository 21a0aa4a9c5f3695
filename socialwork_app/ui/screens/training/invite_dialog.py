"""Inviting people who are short of hours: which course, and how many gaps it closes."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import COURSES
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.course_gaps import CourseGaps, gap_of, planned
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.shortfall import Running
from socialwork_app.services.training_signup import Invited, TrainingSignUp
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.training.shortfall_state import number
from socialwork_app.ui.widgets.controls import button
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = (
    COURSES.field("title").label,
    COURSES.field("from").label,
    "小时",
    "空余名额",
    "可补足",
    "可减少",
    "届满在前",
    "名单中可补足",
)
WIDTHS = (20, 11, 8, 8, 6, 6, 8, 11)
SIZE = (820, 420)
NOBODY = "没有可以邀请的人员。"
NO_COURSE = "没有尚未结束的培训班。请先在“培训班”中新增，再回到这里邀请。"
EXPLAINED = (
    "“可补足”为所选人员全程参加后学时不再不足的人数；“可减少”为仍有不足的；“届满在前”为培训结束前登记有效期已届满的。"
    "列入名单的为拟邀请，不占名额；确认参加后在“报名录入”中回车转为已报名。"
)


class InviteDialog(QDialog):
    wanted = Signal(int)
    """Row id of the course whose list the people are to come on."""

    def __init__(self, count: int, courses: Sequence[CourseGaps], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("邀请参加培训")
        self.resize(*SIZE)
        self._courses = tuple(courses)
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("尚未结束的培训班")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.say_empty("" if courses else NO_COURSE)
        self.invite_button = button(f"将 {count:,} 人列入邀请名单", "列入所选培训班的邀请名单", primary=True)
        self.invite_button.setDefault(True)
        self._lay_out()
        self.model.show_rows([_cells(one) for one in courses])
        self.invite_button.setEnabled(bool(courses))
        self.invite_button.clicked.connect(self._invite)
        self.table.activated.connect(lambda _index: self._invite())
        if courses:
            self.table.select_row(0)
        self.table.setFocus()

    def _lay_out(self) -> None:
        explained = QLabel(EXPLAINED)
        explained.setWordWrap(True)
        explained.setObjectName("muted")
        leave = button("取消", "不邀请")
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.invite_button)
        layout = QVBoxLayout(self)
        layout.addWidget(explained)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def _invite(self) -> None:
        ranges = self.table.selected_ranges()
        if ranges:
            self.wanted.emit(self._courses[ranges[0][0]].course.id)
            self.accept()


def _cells(one: CourseGaps) -> Sequence[Cell]:
    course, chosen = one.course, one.of_chosen
    figures = (chosen.closed, chosen.lessened, chosen.too_late, one.of_listed.closed)
    return (
        Cell(course.title),
        Cell(str(course.values["from"] or "")),
        Cell(number(course.hours) if course.sessions else "未排日程", "" if course.sessions else "soon", right=True),
        Cell("不限" if one.left is None else str(one.left), right=True),
        *(Cell(str(figure), right=True) for figure in figures),
    )


class Inviting(QObject):
    """From those who are short to the list of a course: which courses there are, which is chosen, what became of it."""

    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._opened, self._bridge, self._widget = opened, bridge, parent

    def ask(self, people: Sequence[Running], day: date) -> None:
        if not people:
            messages.tell(self._widget.window(), NOBODY)
            return
        gaps, ids = [gap_of(row) for row in people], list(dict.fromkeys(row.person_id for row in people))

        def work(_control: Control) -> list[CourseGaps]:
            return planned(self._opened, day, gaps)

        self._bridge.run(work, partial(self._offer, ids), self._tell_failed)

    def _offer(self, people: Sequence[int], courses: Sequence[CourseGaps]) -> None:
        dialog = InviteDialog(len(people), courses, self._widget.window())
        dialog.wanted.connect(partial(self.invite, people))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def invite(self, people: Sequence[int], course: int) -> None:
        def work(_control: Control) -> Invited:
            return TrainingSignUp(self._opened, course).invite(people)

        self._bridge.write(work, self._tell_invited, self._tell_failed)

    def _tell_invited(self, invited: Invited) -> None:
        already = f"另有 {len(invited.left_out):,} 人原已在名单中。" if invited.left_out else ""
        odd = "".join(map(sentence_of_problem, invited.odd))
        messages.tell(self._widget.window(), f"已将 {invited.count:,} 人列入邀请名单，见“报名录入”。{already}{odd}")

    def _tell_failed(self, error: Exception) -> None:
        messages.tell_error(self._widget.window(), error)
