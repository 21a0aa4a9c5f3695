"""A block pasted from a workbook: each line with its person or with what is wrong."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from socialwork_app.domain.fields.field import Kind
from socialwork_app.domain.masking import mask
from socialwork_app.services.fast_entry import BlockLine, Proposed
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.entry.subject import Subject
from socialwork_app.ui.screens.entry.typing_line import ENTER
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.table_view import TableView

P = TypeVar("P", bound=Proposed)
NUMBER, PASTED, PERSON, STATE = ("行", 4), ("粘贴的内容", 32), ("人员", 10), ("情况", 30)
READY = "可录入"
HINT = "有问题的行：选中后按回车，逐人处理"
LONGEST_SHOWN = 200
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}")
_LONG_NUMBER = re.compile(r"\d{7,}")


def without_numbers(text: str) -> str:
    """A line as a colleague may see it over the shoulder."""
    shown = "  ".join(cell.strip() for cell in text.split("\t") if cell.strip())[:LONGEST_SHOWN]
    shown = _ID_NUMBER.sub(lambda found: mask(Kind.ID_NUMBER, found[0]), shown)
    return _LONG_NUMBER.sub(lambda found: mask(Kind.PHONE, found[0]), shown)


class BlockCard(Card, Generic[P]):
    enter_asked = Signal()
    line_asked = Signal(object)
    """A `BlockLine` that is to be dealt with by itself."""
    left = Signal()

    def __init__(self, subject: Subject[P, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._subject = subject
        self.lines: list[BlockLine[P]] = []
        self.setAccessibleName("粘贴的名单")
        self.summary = named_label("", "sectionTitle")
        self.summary.setAccessibleName("粘贴的名单小结")
        headers, widths = zip(NUMBER, PASTED, PERSON, *subject.words.block, STATE, strict=True)
        self._between = len(subject.words.block)
        self.model: MadeModel[tuple[int, BlockLine[P]]] = MadeModel(headers, self)
        self.table = TableView("粘贴的名单")
        self.table.show_model(self.model)
        self.table.set_widths(widths)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.enter_button = QPushButton("全部录入")
        self.enter_button.setProperty("primary", True)
        self.enter_button.setAccessibleName("全部录入")
        self.enter_button.setAutoDefault(True)
        self.back_button = QPushButton("返回")
        self.back_button.setAccessibleName("返回搜索")
        self.back_button.setToolTip("Esc")
        self.detail = named_label(HINT, "muted")
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setAccessibleName("所选行的情况")
        row = QHBoxLayout()
        row.addWidget(self.summary, 1)
        row.addWidget(self.back_button)
        row.addWidget(self.enter_button)
        self.body.setSpacing(6)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.detail)
        self.table.selection_changed.connect(self._show_detail)
        self.table.doubleClicked.connect(lambda _index: self._ask_line())
        self.enter_button.clicked.connect(self.enter_asked)
        self.back_button.clicked.connect(self.left)

    def wait(self, text: str) -> None:
        self.show_lines([])
        self.summary.setText(text)
        self.table.say_empty(text)

    def show_lines(self, lines: Sequence[BlockLine[P]]) -> None:
        self.lines = list(lines)
        self.model.show_items(list(enumerate(self.lines, 1)), self._cells)
        self.table.say_empty("")
        ready = len(self.ready())
        wrong = len(self.lines) - ready
        left = f"，有问题 {wrong:,} 行" if wrong else ""
        self.summary.setText(f"共 {len(self.lines):,} 行：可录入 {ready:,} 人{left}")
        self.enter_button.setText(f"全部录入 {ready:,} 人" if ready else "全部录入")
        self.enter_button.setEnabled(ready > 0)

    def take_keyboard(self) -> None:
        if self.enter_button.isEnabled() or not self.lines:
            (self.enter_button if self.lines else self.back_button).setFocus()
        else:
            self.table.select_row(0)
            self.table.setFocus()

    def ready(self) -> list[P]:
        return [line.proposal for line in self.lines if line.proposal is not None and not line.problem]

    def drop(self, line: BlockLine[P]) -> None:
        """One that has been dealt with."""
        self.show_lines([one for one in self.lines if one is not line])

    def _chosen(self) -> BlockLine[P] | None:
        ranges = self.table.selected_ranges()
        return self.lines[ranges[0][0]] if ranges and ranges[0][0] < len(self.lines) else None

    def _show_detail(self) -> None:
        line = self._chosen()
        self.detail.setText((line.problem or self._said(line.proposal)) if line else HINT)

    def _ask_line(self) -> None:
        if line := self._chosen():
            self.line_asked.emit(line)

    def keep_wrong(self, entered: Sequence[P], refused: Callable[[P], str]) -> None:
        """After the good ones were signed up: what is left, with what the register said against it."""
        done = {proposal.person_id for proposal in entered}
        left: list[BlockLine[P]] = []
        for line in self.lines:
            if line.problem or line.proposal is None:
                left.append(line)
            elif line.proposal.person_id not in done:
                left.append(BlockLine(line.pasted, line.proposal, refused(line.proposal)))
        self.show_lines(left)

    def _cells(self, numbered: tuple[int, BlockLine[P]]) -> Sequence[Cell]:
        number, line = numbered
        proposal = line.proposal
        between = self._subject.block_cells(proposal) if proposal else [Cell("")] * self._between
        state = Cell(line.problem, "overdue") if line.problem else Cell(self._said(proposal), "good")
        name = proposal.name if proposal else line.pasted.name
        pasted = Cell(without_numbers(line.pasted.text), "muted")
        return [Cell(str(number), right=True), pasted, Cell(name), *between, state]

    def _said(self, proposal: P | None) -> str:
        reason = self._subject.details.told(proposal).reason if proposal else ""
        return f"{READY}。{reason}" if reason else READY

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER:
            self._ask_line()
        else:
            super().keyPressEvent(event)
