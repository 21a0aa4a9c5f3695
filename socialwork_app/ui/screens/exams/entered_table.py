"""Whom one has signed up in this sitting at the desk, newest first, and the way back."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.services.exam_signup import Proposal
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.exams.parts import names_of
from socialwork_app.ui.screens.exams.proposal_card import LABELS, TONE_OF, Given
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = (PEOPLE.field("name").label, LABELS["year"], LABELS["level"], LABELS["subjects"], "首次/再次", LABELS["verdict"], LABELS["sign_up_number"],
           "缴费", "说明")  # fmt: skip
WIDTHS = (10, 8, 16, 24, 9, 8, 14, 6, 20)
EMPTY = "本次还没有录入。在上面写姓名、拼音或身份证号，回车选人，再回车录入。"


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """`changes`: what an undo takes back, the newest first; none where nothing was written. `fault`: why not."""

    name: str
    year: int
    level: str
    answer: Answer
    answer_told: str
    given: Given
    changes: tuple[int, ...] = ()
    fault: str = ""

    @classmethod
    def of(cls, proposal: Proposal, year: int, level: str, given: Given, changes: tuple[int, ...] = ()) -> "EnteredRow":
        return cls(proposal.name, year, level, proposal.verdict.answer, proposal.answer, given, changes)

    def failed(self, fault: str) -> "EnteredRow":
        return replace(self, changes=(), fault=fault)


class EnteredTable(QWidget):
    undo_asked = Signal()

    def __init__(self, levels: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = levels
        self.rows: list[EnteredRow] = []
        self.count = named_label("", "sectionTitle")
        self.count.setAccessibleName("本次已录人数")
        self.undo_button = QPushButton("撤销上一人")
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.setAccessibleName("撤销上一次录入")
        self.model: MadeModel[EnteredRow] = MadeModel(HEADERS, self)
        self.table = TableView("本次录入的人员")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.undo_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        self.undo_button.clicked.connect(self.undo_asked)
        self._show()

    def add(self, *rows: EnteredRow) -> None:
        """The last of them comes to stand on top."""
        self.rows[:0] = reversed(rows)
        self._show()

    def last(self) -> tuple[EnteredRow, ...]:
        """What the next undo takes back: the newest that was written, and all that came with it in one change."""
        newest = next((row.changes for row in self.rows if row.changes), ())
        return tuple(row for row in self.rows if newest and row.changes == newest)

    def forget(self, changes: tuple[int, ...]) -> None:
        self.rows = [row for row in self.rows if not row.changes or row.changes != changes]
        self._show()

    def _show(self) -> None:
        self.model.show_items(tuple(self.rows), self._cells)
        self.table.say_empty("" if self.rows else EMPTY)
        self.count.setText(f"本次已录 {sum(bool(row.changes) for row in self.rows):,} 人")
        last = self.last()
        self.undo_button.setEnabled(bool(last))
        self.undo_button.setText(
            f"撤销上一批 {len(last):,} 人" if len(last) > 1 else f"撤销 {last[0].name}" if last else "撤销上一人"
        )

    def _cells(self, row: EnteredRow) -> list[Cell]:
        given = row.given
        subjects = names_of(row.level, given.subjects)
        note = Cell(f"未录入：{row.fault}", "overdue") if row.fault else Cell(given.reason)
        return [
            Cell(row.name), Cell(str(row.year), right=True), Cell(self._levels[row.level]), Cell(subjects),
            Cell("首次" if given.first_time else "再次"), Cell(row.answer_told, TONE_OF[row.answer]),
            Cell(given.sign_up_number), Cell("是" if given.paid else ""), note,
        ]  # fmt: skip
