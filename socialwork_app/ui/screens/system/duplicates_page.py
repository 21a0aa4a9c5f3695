"""Pairs that may be one person, gone through one after another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.domain.roles import Permission
from socialwork_app.services.duplicates import Duplicates, Suggested, Suggestion
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.records.steps_back import StepsBack
from socialwork_app.ui.screens.system.apart_dialog import ApartDialog
from socialwork_app.ui.screens.system.pair_pane import PairPane
from socialwork_app.ui.widgets.controls import button, page_key, side_by_side
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

NAME = PEOPLE.field("name").label
HEADERS, WIDTHS = ("相似", "编号", NAME, "编号", NAME, "为什么"), (5, 8, 10, 8, 10, 40)
BEFORE = "按身份证号、姓名（含同音）、出生日期、电话和单位查找可能是同一人的记录"
NOBODY = "没有可能重复的人员"
NOT_FOR_YOU = "由审核员或管理员决定。"


class DuplicatesPage(ReloadingPage):
    TOUCHED_BY = frozenset({"people"})

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._duplicates = Duplicates(opened)
        self._found: tuple[Suggestion, ...] = ()
        self._beyond = 0  # pairs that were found and are not among them
        self.shown: list[Suggestion] = []
        self.find_button = button("查找重复", BEFORE, primary=True)
        self.apart_button = button("已定为两人…", "已确认不是同一人的，可以收回")
        self.result = QLabel(BEFORE)
        self.result.setWordWrap(True)
        self.reading = ReadingRow(bridge, "正在查找…")
        self.model: MadeModel[Suggestion] = MadeModel(HEADERS, self)
        self.table = TableView("可能重复的人员")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.pane = PairPane(opened, bridge)
        self.merge_button = button("同一人，合并 F6", "按“合并后”一栏合并为一条，可撤销", primary=True)
        self.apart_now_button = button("不是同一人 F7", "记为两人，以后不再提示")
        self.later_button = button("以后再说 F8", "排到最后，看下一对")
        self.steps = StepsBack(opened, bridge, self)
        self._lay_out()
        self._connect()
        self.reload_after(bus)
        self._show_state()

    def _lay_out(self) -> None:
        top = side_by_side(self.result, self.reading, self.apart_button, self.find_button)
        top.setStretch(0, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.pane)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.steps)
        layout.addWidget(parts, 1)
        layout.addLayout(side_by_side(None, self.later_button, self.apart_now_button, self.merge_button))

    def _connect(self) -> None:
        self.table.selection_changed.connect(self._show_chosen)
        self.pane.changed.connect(self._show_state)
        self.find_button.clicked.connect(self.look)
        self.apart_button.clicked.connect(self.show_apart)
        self.reading.stopped.connect(lambda: self.find_button.setEnabled(True))
        for made, keys, act in ((self.merge_button, "F6", self.merge), (self.apart_now_button, "F7", self.not_same),
                                (self.later_button, "F8", self.later)):  # fmt: skip
            made.clicked.connect(act)
            page_key(keys, made.click, self)

    @property
    def chosen(self) -> Suggestion | None:
        ranges = self.table.selected_ranges()
        return self.shown[ranges[0][0]] if ranges else None

    # finding

    def look(self) -> None:
        self.find_button.setEnabled(False)
        self.steps.forget()
        self.reading.read(self._duplicates.suggested, self._show)

    def _show(self, found: Suggested) -> None:
        self.find_button.setEnabled(True)
        self._found = found.pairs
        self._beyond = found.total - len(found.pairs)
        self._list(found.pairs)

    def load(self) -> None:
        """What was decided, undone or deleted since: the search itself is not made again."""
        super().load()
        if self._found:
            self._bridge.run(lambda _control: self._duplicates.still_open(self._found), self._list)

    def _list(self, pairs: Sequence[Suggestion]) -> None:
        at = self.table.currentIndex().row()
        self.shown = list(pairs)
        more = f"，先列最像的 {len(pairs):,} 对" if self._beyond else ""
        total = len(pairs) + self._beyond
        self.result.setText(f"可能重复 {total:,} 对{more}" if total else NOBODY)
        self.model.show_items(self.shown, _cells)
        if self.shown:
            self.table.select_row(min(max(at, 0), len(self.shown) - 1))

    def _show_chosen(self) -> None:
        one = self.chosen
        if one is None:
            self.pane.clear()
        else:
            self.pane.show_pair(one.one, one.other)

    def _show_state(self) -> None:
        may = self._opened.may(Permission.DECIDE)
        ready = self.pane.pair is not None
        self.later_button.setEnabled(ready)
        for made in (self.merge_button, self.apart_now_button):
            made.setEnabled(may and ready)
            if not may:
                made.setToolTip(NOT_FOR_YOU)

    # deciding

    def merge(self) -> None:
        self.pane.merge(self.steps.add, self._failed)

    def not_same(self) -> None:
        one = self.chosen
        if one is None:
            return
        self.pane.clear()
        self._bridge.write(
            lambda _control: self._duplicates.not_same(one.one, one.other),
            lambda changes: self.steps.add(f"编号 {one.one} 和 {one.other} 记为两人", changes),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._show_chosen()
        messages.tell_error(self.window(), error)

    def later(self) -> None:
        if (one := self.chosen) is not None:
            self._found = (*(each for each in self._found if each != one), one)
            self._list([*(each for each in self.shown if each != one), one])

    def show_apart(self) -> None:
        ApartDialog(self._opened, self._bridge, self.window()).open()


def _cells(one: Suggestion) -> tuple[Cell, ...]:
    return (Cell(str(one.score), right=True), Cell(str(one.one)), Cell(one.name), Cell(str(one.other)),
            Cell(one.other_name), Cell(one.reasons))  # fmt: skip
