"""ID numbers that lost their end, beside what another list says; accepted by hand."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.domain.roles import Permission
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.id_repair import IdRepair, Proposal
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.imports.source_card import WORKBOOKS
from socialwork_app.ui.screens.records.steps_back import StepsBack
from socialwork_app.ui.screens.system.pair_pane import WHOLE_NUMBERS
from socialwork_app.ui.widgets.controls import button, side_by_side
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

NUMBER = PEOPLE.field("id_number")
HEADERS, WIDTHS = ("编号", PEOPLE.field("name").label, "现登记号码", "建议号码", "出处"), (8, 10, 20, 20, 40)
WHAT = "末三位为 000 的号码可能在表格中丢失了末位。选择另一份有姓名和完整号码的名册，逐个核对后采用。"
NONE, UNKNOWN = "没有需要核对的身份证号", "名册中没有相符的号码"


class IdRepairPage(ReloadingPage):
    TOUCHED_BY = frozenset({"people"})

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge, self._repair = opened, bridge, IdRepair(opened)
        self._path: Path | None = None
        self.shown: tuple[Proposal, ...] = ()
        self.choose_button = button("选择名册…", "有姓名和完整身份证号的表格", primary=True)
        self.accept_button = button("采用选中的", "把建议号码登记为所选人员的身份证号，可撤销")
        self.whole_box = QCheckBox(WHOLE_NUMBERS)
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.reading = ReadingRow(bridge, "正在核对…")
        self.model: MadeModel[Proposal] = MadeModel(HEADERS, self)
        self.table = TableView("需要核对的身份证号")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.steps = StepsBack(opened, bridge, self)
        self._lay_out()
        self.choose_button.clicked.connect(self.choose)
        self.accept_button.clicked.connect(self.accept)
        self.whole_box.toggled.connect(lambda: self.model.show_items(self.shown, self._cells))
        self.table.selection_changed.connect(self._show_state)
        self.reload_after(bus)

    def _lay_out(self) -> None:
        what = QLabel(WHAT)
        what.setWordWrap(True)
        top = side_by_side(self.result, self.reading, self.whole_box, self.choose_button, self.accept_button)
        top.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(what)
        layout.addLayout(top)
        layout.addWidget(self.steps)
        layout.addWidget(self.table, 1)

    def choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), "选择有完整号码的名册", "", WORKBOOKS)
        if name:
            self.propose_from(Path(name))

    def propose_from(self, path: Path) -> None:
        self._path = path
        self.load()

    def load(self) -> None:
        super().load()
        path = self._path

        def work(control: Control) -> tuple[Proposal, ...]:
            return self._repair.proposals(path, control=control)

        self.reading.read(work, self._show)

    def _show(self, found: Sequence[Proposal]) -> None:
        self.shown = tuple(found)
        ready = sum(one.acceptable for one in found)
        listed = f"（{self._path.name}）" if self._path else ""
        self.result.setText(f"需要核对 {len(found):,} 个，有建议 {ready:,} 个{listed}" if found else NONE)
        self.model.show_items(self.shown, self._cells)
        self.table.say_empty("" if found else NONE)
        self._show_state()

    def _cells(self, one: Proposal) -> tuple[Cell, ...]:
        unknown = UNKNOWN if self._path else ""
        stands, number = (self._opened.parser.display(NUMBER, each, masked=not self.whole_box.isChecked())
                          for each in (one.stands, one.number))  # fmt: skip
        return (Cell(str(one.person_id)), Cell(one.name), Cell(stands), Cell(number),
                Cell(one.source or unknown, "" if one.acceptable else "muted"))  # fmt: skip

    def chosen(self) -> list[Proposal]:
        """Of the selected rows those that can be accepted."""
        ranges = self.table.selected_ranges()
        return [one for first, last in ranges for one in self.shown[first : last + 1] if one.acceptable]

    def _show_state(self) -> None:
        count = len(self.chosen())
        self.accept_button.setText(f"采用选中的 {count} 个" if count else "采用选中的")
        self.accept_button.setEnabled(count > 0 and self._opened.may(Permission.DECIDE))

    def accept(self) -> None:
        chosen = self.chosen()
        self.accept_button.setEnabled(False)
        self._bridge.write(lambda _control: self._repair.accept(chosen),
                           lambda changes: self.steps.add(f"已采用 {len(chosen)} 个号码", changes), self._failed)  # fmt: skip

    def _failed(self, error: Exception) -> None:
        self._show_state()
        messages.tell_error(self.window(), error)
