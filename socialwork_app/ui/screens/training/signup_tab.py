"""报名录入: signing people up for a training course by fast entry, beside the list of all who are signed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from socialwork_app.domain.courses import CLOSED, OPEN, PLANNED, RUNNING, Place, Standing
from socialwork_app.domain.registers.catalogue import COURSES
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import Course, Courses, told
from socialwork_app.services.fast_entry import Entered
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.services.training_signup import Proposal, TrainingSignUp
from socialwork_app.ui.models.cell_model import Cell
from socialwork_app.ui.screens.entry.entered_table import EnteredRow
from socialwork_app.ui.screens.entry.entry_page import EntryPage
from socialwork_app.ui.screens.entry.subject import Words
from socialwork_app.ui.screens.training.signup_details import LABELS, TONE_OF, Given, SignUpDetails
from socialwork_app.ui.screens.training.signup_list import SignUpList
from socialwork_app.ui.widgets.controls import combo

if TYPE_CHECKING:
    from socialwork_app.services.courses import Participant
    from socialwork_app.ui.screens.factory import Workplace

HOW_TO = "↑↓ 选人，回车确认，再回车录入；Alt+Z 住宿；Alt+B 到名单，Del 退出；Esc 返回。可直接粘贴多行名单。"
NONE_FOUND = "登记册中没有此人。新建请在同一行写：姓名 电话 单位（有身份证号的一并写）"
NO_COURSE = "还没有培训班。请先在“培训班”中新增。"
NOT_READ = "正在读取培训班…"
STANDING = (LABELS["place_taken"], 11)
WORDS = Words("报名", HOW_TO, NONE_FOUND, (STANDING, (LABELS["lodging"].removeprefix("是否"), 4)),
              (STANDING, (LABELS["employer"], 16)))  # fmt: skip
SHOWN = 32
"""Characters of a course that its chooser shows at least."""
OPEN_FIRST = (OPEN, RUNNING, PLANNED, CLOSED)


class CourseSubject(QObject):
    """One course as what people are signed up for."""

    _changed = Signal()
    words = WORDS

    def __init__(self, at: Workplace) -> None:
        super().__init__()
        self._opened, self._bridge = at.opened, at.bridge
        self._states = at.opened.catalogue.code_lists["course_state"]
        self._courses: dict[int, Course] = {}
        self._read = False
        self.finding = PeopleFinding(at.opened, numbered=False)
        self.details = SignUpDetails(at.opened.catalogue.code_lists["level"])
        self.course = combo(COURSES.title, ())
        self.course.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.course.setMinimumContentsLength(SHOWN)  # a long name leaves the line its room on a screen scaled up
        self.course.currentTextChanged.connect(self.course.setToolTip)
        self.course.currentIndexChanged.connect(lambda _index: self._changed.emit())
        at.bus.changed.connect(self._take_note)
        self._load()

    # the courses

    def _take_note(self, changes: Changes) -> None:
        if COURSES.key in changes.kinds:
            self._load()

    def _load(self) -> None:
        opened = self._opened

        def work(_control: Control) -> list[Course]:
            return sorted(Courses(opened).all(), key=lambda one: OPEN_FIRST.index(str(one.values["state"])))

        self._bridge.run(work, self._show)

    def _show(self, courses: list[Course]) -> None:
        """The one that was chosen stays so, and nobody is judged anew as long as it is as it was."""
        chosen, stood = self.chosen, self._courses.get(self.chosen or 0)
        self.course.blockSignals(True)
        self.course.clear()
        for one in courses:
            self.course.addItem(self._told(one), one.id)
        self.course.setCurrentIndex(max(self.course.findData(chosen), 0 if courses else -1))
        self.course.blockSignals(False)
        self._courses = {one.id: one for one in courses}
        if not self._read or self._courses.get(self.chosen or 0) != stood:
            self._read = True
            self._changed.emit()

    def _told(self, course: Course) -> str:
        since, until = course.values["from"], course.values["to"]
        dates = " 至 ".join(dict.fromkeys(str(day) for day in (since, until) if day))
        return f"{course.title}　{dates}　{self._states.label(str(course.values['state']))}"

    @property
    def chosen(self) -> int | None:
        return self.course.currentData()

    # what the page asks for

    @property
    def head(self) -> Sequence[tuple[str, QWidget]]:
        return (("培训班(&C)", self.course),)

    def when_changed(self, act: Callable[[], None]) -> None:
        self._changed.connect(act)

    def missing(self) -> str:
        return "" if self.chosen is not None else NO_COURSE if self._read else NOT_READ

    def service(self) -> Callable[[], TrainingSignUp]:
        assert self.chosen is not None
        return partial(TrainingSignUp, self._opened, self.chosen)

    def entering(self, proposal: Proposal, given: Given) -> Callable[[], Entered]:
        make = self.service()
        return lambda: make().enter(proposal, given.sign_up(), given.corrected(proposal))

    def as_usual(self, proposal: Proposal) -> Given:
        return Given(proposal.employer, proposal.phone, False, "", "")

    def row(self, proposal: Proposal, given: Given, said: str, /) -> EnteredRow:
        where = Cell(said or told(proposal.standing), TONE_OF[proposal.standing.place])
        return EnteredRow(proposal.name, (where, Cell("是" if given.lodging else "")), given.note)

    def block_cells(self, proposal: Proposal) -> Sequence[Cell]:
        where = Cell(told(proposal.standing), TONE_OF[proposal.standing.place])
        return where, Cell(proposal.employer)


class SignUpTab(EntryPage[Proposal, Given]):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        self._courses = CourseSubject(at)
        self.course = self._courses.course
        self.listed = SignUpList(at)
        super().__init__(self._courses, at, (self.listed,), parent)
        self._courses.when_changed(lambda: self.listed.show_course(self._courses.chosen))
        self.listed.withdrawal_asked.connect(self._withdraw)
        self.listed.confirmation_asked.connect(self._confirm)

    def _withdraw(self, leaving: list[Participant]) -> None:
        """Nobody is asked first: it can be taken back."""
        make, ids = self._courses.service(), [one.id for one in leaving]
        who = leaving[0].name if len(leaving) == 1 else f"{len(leaving):,} 人"

        def withdraw() -> Entered:
            moved = make().withdraw(ids)
            return Entered(ids[0], (), moved.changes, moved.said)

        away = (Cell(told(Standing(Place.WITHDRAWN)), TONE_OF[Place.WITHDRAWN]), Cell(""))
        self.writing.begin(withdraw, lambda said: EnteredRow(who, away, said, signed_up=False))

    def _confirm(self, coming: Participant) -> None:
        make, sign_up = self._courses.service(), coming.id
        lodging = Cell("是" if coming.values["lodging"] else "")
        self.writing.begin(lambda: make().confirm(sign_up), lambda said: EnteredRow(coming.name, (Cell(said), lodging)))
