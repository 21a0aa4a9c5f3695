"""Signing people up for an exam by fast entry: year and level, whether each may sit, which subjects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from socialwork_app.domain.exam_entries import FIRST_YEAR
from socialwork_app.domain.exams import LEVELS
from socialwork_app.services.changes import Changes
from socialwork_app.services.exam_signup import Proposal, SignUp
from socialwork_app.services.fast_entry import Entered
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.ui.models.cell_model import Cell
from socialwork_app.ui.screens.entry.entered_table import EnteredRow
from socialwork_app.ui.screens.entry.entry_page import EntryPage
from socialwork_app.ui.screens.entry.subject import Words
from socialwork_app.ui.screens.exams.exam_details import LABELS, TONE_OF, ExamDetails, Given
from socialwork_app.ui.screens.exams.parts import names_of
from socialwork_app.ui.widgets.controls import combo

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.ui.screens.factory import Workplace

JUDGED_BY = frozenset({"exam_sittings", "eligibility_rules", "rules"})
HOW_TO = "↑↓ 选人，回车确认，再回车录入；Alt+1～3 勾选科目；Esc 返回。可直接粘贴 Excel、WPS 中的多行名单。"
NONE_FOUND = "登记册中没有此人。新建请在同一行写：姓名 身份证号 电话 单位"
ENTERED = ((LABELS["year"], 8), (LABELS["level"], 16), (LABELS["subjects"], 24), ("首次/再次", 9), (LABELS["verdict"], 8),
           (LABELS["sign_up_number"], 14), ("缴费", 6))  # fmt: skip
BLOCK = ((LABELS["verdict"], 8), (LABELS["subjects"], 24))


class SignUps:
    """The service for the year and level in use, made by the job that asks first: making it reads the rule tables."""

    def __init__(self, opened: OpenRegister) -> None:
        self._opened = opened
        self._lock = Lock()
        self._made: dict[tuple[str, int], SignUp] = {}

    def of(self, level: str, year: int) -> SignUp:
        with self._lock:
            made = self._made.get((level, year))
            if made is None:
                made = self._made[level, year] = SignUp(self._opened, level, year)
            return made

    def forget(self) -> None:
        """The tables have changed."""
        with self._lock:
            self._made.clear()


class ExamSubject(QObject):
    """One exam year and level as what people are signed up for."""

    _changed = Signal()
    words = Words("资格初核与报考", HOW_TO, NONE_FOUND, ENTERED, BLOCK)

    def __init__(self, at: Workplace) -> None:
        super().__init__()
        self._levels = at.opened.catalogue.code_lists["level"]
        self._sign_ups = SignUps(at.opened)
        self.finding = PeopleFinding(at.opened)
        self.details = ExamDetails()
        today = at.opened.today().year
        self.year = combo(LABELS["year"], [(str(year), year) for year in range(today + 1, FIRST_YEAR - 1, -1)])
        self.year.setCurrentIndex(1)
        self.level = combo(LABELS["level"], [(self._levels.label(level), level) for level in LEVELS])
        for chooser in (self.year, self.level):
            chooser.currentIndexChanged.connect(lambda _index: self._changed.emit())
        at.bus.changed.connect(self._take_note)

    @property
    def head(self) -> Sequence[tuple[str, QWidget]]:
        return ("年度(&Y)", self.year), ("级别(&L)", self.level)

    def when_changed(self, act: Callable[[], None]) -> None:
        self._changed.connect(act)

    def missing(self) -> str:
        return ""

    def service(self) -> Callable[[], SignUp]:
        return partial(self._sign_ups.of, str(self.level.currentData()), int(self.year.currentData()))

    def entering(self, proposal: Proposal, given: Given) -> Callable[[], Entered]:
        make = self.service()
        return lambda: make().enter(proposal, given.subjects, given.reason, given.more())

    def as_usual(self, proposal: Proposal) -> Given:
        return Given(proposal.subjects, proposal.first_time, "", False, "")

    def row(self, proposal: Proposal, given: Given, _said: str, /) -> EnteredRow:
        cells = (
            Cell(str(proposal.year), right=True), Cell(self._levels.label(proposal.level)),
            Cell(names_of(proposal.level, given.subjects)), Cell("首次" if given.first_time else "再次"),
            Cell(proposal.answer, TONE_OF[proposal.verdict.answer]), Cell(given.sign_up_number),
            Cell("是" if given.paid else ""),
        )  # fmt: skip
        return EnteredRow(proposal.name, cells, given.reason)

    def block_cells(self, proposal: Proposal) -> Sequence[Cell]:
        verdict = Cell(proposal.answer, TONE_OF[proposal.verdict.answer])
        return verdict, Cell(names_of(proposal.level, proposal.subjects))

    def _take_note(self, changes: Changes) -> None:
        if changes.kinds & JUDGED_BY:
            self._sign_ups.forget()


class FastEntry(EntryPage[Proposal, Given]):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        self._exam = ExamSubject(at)
        self.year, self.level = self._exam.year, self._exam.level
        super().__init__(self._exam, at, parent=parent)
