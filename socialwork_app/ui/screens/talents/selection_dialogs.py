"""What is asked before somebody is put forward, published, or given the title."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.domain.registers.catalogue import PEOPLE, TALENT_CANDIDATES, TALENT_ROUNDS
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.domain.talents import term_end
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.selection import Candidate, Round, Selection
from socialwork_app.ui.forms.editors import LineEditor
from socialwork_app.ui.forms.owner_finder import OwnerFinder
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.talents.asking import AskingDialog
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import JobBridge

FIRST, LAST, DOCUMENT, DAY = (
    TALENT_ROUNDS.field(key) for key in ("published_on", "published_until", "decision", "decided_on")
)
SHOWN = (PEOPLE.field("name"), PEOPLE.field("employer"), TALENT_CANDIDATES.field("talent_category"))
TERM, NO_TERM = "管理期", "（人才项目未填管理期）"
WIDTHS = (9, 22, 14, 25)
SIZE, FINDER_SIZE, NARROW = (660, 460), (520, 420), 460


class PublishDialog(AskingDialog):
    """The last day follows from the first until one types it."""

    def __init__(
        self, opened: OpenRegister, selection: Selection, of: Round, count: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"公示 {count} 人", "列入公示", opened, parent)
        self._selection, self._round = selection, of
        self.first = _editor(FIRST, of.publication.first or opened.today().isoformat())
        self.last = _editor(LAST, of.publication.last or "")
        self._follows = not of.values["published_until"]
        form = QFormLayout()
        form.addRow(FIRST.label, self.first)
        form.addRow(LAST.label, self.last)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(NARROW)
        self.first.changed.connect(self._begin_anew)
        self.last.changed.connect(self._typed)
        self._follow()

    def _begin_anew(self) -> None:
        self._follows = True
        self._follow()

    def _typed(self) -> None:
        self._follows = False
        self.say("")

    def _follow(self) -> None:
        day = self.day_of(self.first)
        shown = self._selection.published_from(self._round, day) if day else None
        if not self._follows or shown is None:
            self.say("")
            return
        self.last.set(None, shown.last or "")
        days = self._round.scheme["publication_days"]
        self.last.set_note(
            f"从公示开始起 {days} 个工作日" if shown.last else "人才项目没有填公示工作日，请填写结束日期"
        )
        self.say(_sentences([warning("selection.holidays_unknown", year=year) for year in shown.unknown]))

    def days(self) -> tuple[str, str]:
        """First and last day, ISO."""
        return str(self.day_of(self.first)), str(self.day_of(self.last))

    def accept(self) -> None:
        if not (self.has_day(self.first) and self.has_day(self.last)):
            return
        first, last = self.days()
        if last < first:
            self.last.set_problem(sentence_of_problem(error("selection.until_before")))
            self.last.line.setFocus()
            return
        super().accept()


class GrantDialog(AskingDialog):
    """The decision: its number and day, who becomes a holder for which term, and what is odd about that."""

    def __init__(
        self, opened: OpenRegister, bridge: JobBridge, selection: Selection, of: Round, chosen: Sequence[Candidate],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"表彰决定（{len(chosen)} 人）", f"授予 {len(chosen)} 人", opened, parent)
        self.resize(*SIZE)
        self._bridge, self._selection, self._round, self._chosen = bridge, selection, of, tuple(chosen)
        self._asked = 0
        self.document = _editor(DOCUMENT, of.values["decision"] or "")
        self.day = _editor(DAY, of.values["decided_on"] or opened.today().isoformat())
        self.model = RowsModel((*(field.label for field in SHOWN), TERM), self)
        self.table = TableView("将授予称号的候选人")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self._lay_out()
        self.day.changed.connect(self._follow)
        self._follow()
        self.document.line.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(DOCUMENT.label, self.document)
        form.addRow(DAY.label, self.day)
        layout = QVBoxLayout(self)
        layout.addWidget(named_label(self._round.title, "sectionTitle"))
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)

    def _follow(self) -> None:
        day = self.day_of(self.day)
        self.model.show_rows([self._cells(one, self._term()) for one in self._chosen])
        self._asked += 1
        if day is None:
            self.say("")
            return
        selection, of, ids = self._selection, self._round, [one.id for one in self._chosen]

        def work(_control: Control) -> list[Problem]:
            return selection.odd(of, ids, day)

        self._bridge.run(work, partial(self._say_odd, self._asked))

    def _say_odd(self, number: int, problems: Sequence[Problem]) -> None:
        if number == self._asked:
            self.say(_sentences(problems))

    def _term(self) -> str:
        day, years = self.day_of(self.day), self._round.scheme["term_years"]
        if not years:
            return NO_TERM
        return f"{day} 至 {term_end(str(day), years)}" if day else ""

    def _cells(self, one: Candidate, term: str) -> list[Cell]:
        return [*(Cell(str(one.values[field.key] or "")) for field in SHOWN), Cell(term)]

    def decided(self) -> tuple[str, str]:
        """Number and ISO day."""
        return str(self.document.raw()).strip(), str(self.day_of(self.day))

    def accept(self) -> None:
        if self.has_text(self.document) and self.has_day(self.day):
            super().accept()


class FinderDialog(QDialog):
    """Who is put forward."""

    def __init__(self, opened: OpenRegister, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("添加候选人")
        self.resize(*FINDER_SIZE)
        self.finder = OwnerFinder(opened, PEOPLE.key)
        self.chosen: int | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(self.finder)
        self.finder.chosen.connect(self._take)
        self.finder.start()
        self.finder.setFocus()

    def _take(self, person_id: int) -> None:
        self.chosen = person_id
        self.accept()


def _editor(field: Field, text: str) -> LineEditor:
    made = LineEditor(field)
    made.set(None, text)
    return made


def _sentences(problems: Sequence[Problem]) -> str:
    return "\n".join(map(sentence_of_problem, problems))
