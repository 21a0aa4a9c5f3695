"""Everybody who is signed up for the course, in the order of arrival: who has a place, who waits, who left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.courses import Place
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.courses import Course, Courses, Participant, told
from socialwork_app.services.training_signup import counts, moves
from socialwork_app.ui import messages
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.entry.typing_line import ENTER
from socialwork_app.ui.screens.training.signup_details import LABELS, TONE_OF
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, label_of
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.ui.screens.factory import Workplace

HEADERS = (
    "序号",
    LABELS["name"],
    LABELS["place_taken"],
    LABELS["employer"],
    LABELS["lodging"].removeprefix("是否"),
    LABELS["dietary"].removesuffix("要求"),
)
WIDTHS = (4, 8, 10, 16, 4, 6)
EMPTY = "还没有人报名。"


class Listed(NamedTuple):
    """A course with all its sign-ups; `units`: their names, by row id."""

    course: Course
    participants: list[Participant]
    units: dict[int, str]


def read(opened: OpenRegister, course_id: int) -> Listed:
    known = Courses(opened)
    course = known.course(course_id)
    participants = known.participants(course)
    return Listed(course, participants, known.units(participants))


class SignUpList(ReloadingPage):
    TOUCHED_BY = frozenset({"training_signups", "courses", "people", "organisations"})

    withdrawal_asked = Signal(object)
    """The `Participant`s."""
    confirmation_asked = Signal(object)
    """A `Participant` who is invited or left."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._course: int | None = None
        self._question = 0
        self._shown: Listed | None = None
        self.figures = named_label("", "sectionTitle")
        self.figures.setAccessibleName("报名人数")
        self.moved = named_label("", "")
        self.moved.setAccessibleName("名单变动")
        self.moved.setWordWrap(True)
        self.model: MadeModel[tuple[int, Participant]] = MadeModel(HEADERS, self)
        self.table = TableView("报名名单")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.confirm_button = button("确认报名", "拟邀请或已退出的人员改为已报名，排在最后（在名单中按回车）")
        self.withdraw_button = button("退出", "所选人员退出报名（Del）；Ctrl+Z 撤销")
        self._lay_out()
        self.table.selection_changed.connect(self._show_buttons)
        self.table.doubleClicked.connect(lambda _index: self._ask_confirmation())
        self.confirm_button.clicked.connect(self._ask_confirmation)
        self.withdraw_button.clicked.connect(self._ask_withdrawal)
        self.reload_after(at.bus)
        self._show_buttons()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label_of("名单(&B)", self.table))
        row.addWidget(self.figures, 1)
        row.addWidget(self.confirm_button)
        row.addWidget(self.withdraw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.moved)
        layout.addWidget(self.table, 1)
        self.moved.hide()

    # reading

    def show_course(self, course_id: int | None) -> None:
        if course_id != self._course:
            self._course, self._shown = course_id, None
            self._say_moved("")
            self.load()

    def load(self) -> None:
        super().load()
        self._question += 1
        number, opened, course_id = self._question, self._opened, self._course
        if course_id is None:
            self._show_nothing()
            return

        def work(_control: Control) -> Listed:
            return read(opened, course_id)

        self._bridge.run(work, partial(self._show, number), partial(self._fail, number))

    def _show(self, number: int, listed: Listed) -> None:
        """Whoever moved since is told, whatever moved them: a withdrawal, an undo, another number of places."""
        if number != self._question:
            return
        if self._shown is not None and (said := moves(self._shown.participants, listed.participants)):
            self._say_moved(said)
        chosen = {one.id for one in self.chosen()}
        self._shown = listed
        self.model.show_items(list(enumerate(listed.participants, 1)), self._cells)
        self.table.say_empty("" if listed.participants else EMPTY)
        self.figures.setText(counts(listed.course, listed.participants))
        kept = next((at for at, one in enumerate(listed.participants) if one.id in chosen), None)
        if kept is not None:
            self.table.select_row(kept)

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._question:
            self._show_nothing()
            messages.tell_error(self.window(), error)

    def _show_nothing(self) -> None:
        self._shown = None
        self.model.show_items([], self._cells)
        self.table.say_empty("")
        self.figures.setText("")

    def _say_moved(self, said: str) -> None:
        self.moved.setText(said)
        self.moved.setVisible(bool(said))

    def _cells(self, numbered: tuple[int, Participant]) -> Sequence[Cell]:
        number, one = numbered
        unit = self._shown.units.get(one.unit or 0, "") if self._shown else ""
        return (
            Cell(str(number), right=True), Cell(one.name), Cell(told(one.standing), TONE_OF[one.standing.place]),
            Cell(unit), Cell("是" if one.values["lodging"] else ""), Cell(str(one.values["dietary"] or "")),
        )  # fmt: skip

    # choosing

    def chosen(self) -> list[Participant]:
        everybody = self._shown.participants if self._shown else []
        return [one for first, last in self.table.selected_ranges() for one in everybody[first : last + 1]]

    def _leaving(self) -> list[Participant]:
        return [one for one in self.chosen() if one.standing.place is not Place.WITHDRAWN]

    def _coming(self) -> Participant | None:
        chosen = self.chosen()
        away = len(chosen) == 1 and chosen[0].standing.place in (Place.INVITED, Place.WITHDRAWN)
        return chosen[0] if away else None

    def _show_buttons(self) -> None:
        self.withdraw_button.setEnabled(bool(self._leaving()))
        self.confirm_button.setEnabled(self._coming() is not None)

    def _ask_withdrawal(self) -> None:
        if leaving := self._leaving():
            self.withdrawal_asked.emit(leaving)

    def _ask_confirmation(self) -> None:
        if coming := self._coming():
            self.confirmation_asked.emit(coming)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._ask_withdrawal()
        elif event.key() in ENTER:
            self._ask_confirmation()
        else:
            super().keyPressEvent(event)
