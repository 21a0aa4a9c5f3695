"""Pairs that were said to be two people, and the way back."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.services.duplicates import Apart, Duplicates
from socialwork_app.services.history import History, Undone
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.widgets.controls import button, hide_unless, side_by_side
from socialwork_app.ui.widgets.table_view import TableView

NAME = PEOPLE.field("name").label
HEADERS, WIDTHS = ("编号", NAME, "编号", NAME), (10, 20, 10, 20)
SIZE = (620, 400)
NONE = "还没有定为两人的"


class ApartDialog(QDialog):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("已定为两人")
        self.resize(*SIZE)
        self._bridge, self._duplicates, self._history = bridge, Duplicates(opened), History(opened)
        self._shown: tuple[Apart, ...] = ()
        self.model: MadeModel[Apart] = MadeModel(HEADERS, self)
        self.table = TableView("已定为两人的")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.back_button = button("收回", "重新列入可能重复的人员")
        self.back_button.setEnabled(False)
        hide_unless(opened.allows("not_same"), self.back_button)
        close = button("关闭", "")
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(side_by_side(None, self.back_button, close))
        self.table.selection_changed.connect(lambda: self.back_button.setEnabled(self.table.selected_count() > 0))
        self.back_button.clicked.connect(self.take_back)
        close.clicked.connect(self.accept)
        self._load()

    def _load(self) -> None:
        self._bridge.run(lambda _control: self._duplicates.apart(), self._show)

    def _show(self, found: tuple[Apart, ...]) -> None:
        self._shown = found
        self.model.show_items(found, _cells)
        self.table.say_empty("" if found else NONE)
        if found:
            self.table.select_row(0)

    def take_back(self) -> None:
        change_id = self._shown[self.table.selected_ranges()[0][0]].change_id
        self._bridge.write(lambda control: self._history.undo(change_id, control), self._taken_back)

    def _taken_back(self, _undone: Undone) -> None:
        self._load()


def _cells(one: Apart) -> tuple[Cell, ...]:
    return Cell(str(one.one)), Cell(one.name), Cell(str(one.other)), Cell(one.other_name)
