"""Whom one has signed up in this sitting at the desk, newest first, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

Columns = Sequence[tuple[str, int]]
"""Header and width in half-width characters of each."""
NAME, NOTE = (PEOPLE.field("name").label, 10), ("说明", 20)
EMPTY = "本次还没有录入。在上面写姓名、拼音或身份证号，回车选人，再回车录入。"


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """`changes`: what an undo takes back, the newest first; none where nothing was written. `fault`: why not.
    `signed_up` is False for what was done otherwise, such as somebody's leaving."""

    name: str
    cells: tuple[Cell, ...]
    note: str = ""
    changes: tuple[int, ...] = ()
    fault: str = ""
    signed_up: bool = True


class EnteredTable(QWidget):
    undo_asked = Signal()

    def __init__(self, columns: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[EnteredRow] = []
        self.count = named_label("", "sectionTitle")
        self.count.setAccessibleName("本次已录人数")
        self.undo_button = QPushButton("撤销上一人")
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.setAccessibleName("撤销上一次录入")
        headers, widths = zip(NAME, *columns, NOTE, strict=True)
        self.model: MadeModel[EnteredRow] = MadeModel(headers, self)
        self.table = TableView("本次录入的人员")
        self.table.show_model(self.model)
        self.table.set_widths(widths)
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
        self.count.setText(f"本次已录 {sum(row.signed_up and bool(row.changes) for row in self.rows):,} 人")
        last = self.last()
        self.undo_button.setEnabled(bool(last))
        self.undo_button.setText(
            f"撤销上一批 {len(last):,} 人" if len(last) > 1 else f"撤销 {last[0].name}" if last else "撤销上一人"
        )

    def _cells(self, row: EnteredRow) -> Sequence[Cell]:
        note = Cell(f"未录入：{row.fault}", "overdue") if row.fault else Cell(row.note)
        return [Cell(row.name), *row.cells, note]
