"""联系情况: who keeps contact with which talent, when it was last, what is open; contacts written down by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from socialwork_app.domain.fields.contacts import CONTACT_ROSTER_FIELDS
from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.domain.registers.catalogue import CONTACT_LOG, PEOPLE
from socialwork_app.domain.rosters import CONTACT_ROSTERS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.contacts import Keeper, Standing
from socialwork_app.services.records import Draft, Records, Saved
from socialwork_app.ui import messages
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.records.paper import Paper
from socialwork_app.ui.screens.records.steps_back import StepsBack
from socialwork_app.ui.screens.talents.contacts_dialog import LeaderDialog
from socialwork_app.ui.screens.talents.contacts_entry import Lines
from socialwork_app.ui.screens.talents.contacts_pane import ContactsPane
from socialwork_app.ui.screens.talents.contacts_state import SHOWN, ContactsState, figures, read
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of, page_key
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.search_box import SearchBox
from socialwork_app.ui.widgets.table_view import TableView
from socialwork_app.ui.widgets.tall_area import TallArea
from socialwork_app.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from socialwork_app.services.leader_changes import Handed

LABELS = {field.key: field.label for field in CONTACT_ROSTER_FIELDS}
HEADERS = (*(LABELS[key] for key in ("name", "unit_and_post", "leader")), "待办诉求", "最近联系", "本年次数",
           LABELS["liaison"])  # fmt: skip
WIDTHS = (7, 13, 9, 14, 15, 8, 8)
SHARES = (640, 520)
"""Pixels of list and pane on a small screen; in a larger one in proportion."""
CONTACTS, LEADER_SHEETS, _ = CONTACT_ROSTERS
NOBODY = "没有在管人才。授予称号后，管理期内的人员列在这里。"
NONE_FOUND = "没有符合条件的人员。可改选“显示”，或清空搜索。"


class ContactsTab(ReloadingPage):
    TOUCHED_BY = frozenset({"talents", "talent_schemes", "people", "organisations", "leaders", "leader_contacts", "liaisons",
                            "contact_log", "rules"})  # fmt: skip
    """Registers from which the list is made."""

    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at, self._opened, self._bridge = at, at.opened, at.bridge
        self._state: ContactsState | None = None
        self._listed: list[Standing] = []
        self.dialog: LeaderDialog | None = None
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        from socialwork_app.services.exports import Exports

        self.search = SearchBox("姓名、拼音、首字母、单位")
        self.shown = combo("显示哪些人员", [(name, name) for name in SHOWN])
        self.shown.setMinimumWidth(self.shown.sizeHint().width())
        self.leader_button = button("更换联系领导…", "给选中的人员更换，或在领导离任时全部移交")
        self.list_button = button(f"导出{CONTACTS.title}", "全部在管人才，联络员电话遮盖")
        self.sheets_button = button("领导联系表", "本年每位领导一张工作表；其他年度见“导出”")
        self.model: MadeModel[Standing] = MadeModel(HEADERS, self)
        self.table = TableView("人才和联系领导")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.say_empty("正在读取…")
        self.pane = ContactsPane(self._opened.catalogue.code_lists)
        self.figures = named_label("", "")
        self.figures.setAccessibleName("人数")
        self.reading = ReadingRow(self._bridge, "读取联系情况")
        self.undo_bar = StepsBack(self._opened, self._bridge, self)
        exports = Exports(self._opened)
        self.list_paper, self.sheets_paper = (
            Paper(exports, roster.key, self._bridge, self) for roster in (CONTACTS, LEADER_SHEETS)
        )

    def _lay_out(self) -> None:
        filters = QWidget()
        row = QHBoxLayout(filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label_of("显示(&S)", self.shown))
        row.addWidget(self.shown, 1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(8)
        parts.addWidget(self.table)
        self._beside = TallArea(self.pane)
        parts.addWidget(self._beside)
        for place, share in enumerate(SHARES):
            parts.setStretchFactor(place, share)
        parts.setSizes(SHARES)
        foot = QHBoxLayout()
        foot.addWidget(self.figures, 1)
        foot.addWidget(self.reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(ToolRow(self.search, filters, (self.leader_button, self.list_button, self.sheets_button)))
        layout.addWidget(parts, 1)
        layout.addWidget(self.undo_bar)
        layout.addLayout(foot)

    def _connect(self, at: Workplace) -> None:
        self.search.asked.connect(lambda _typed: self._refresh())
        self.search.left_downwards.connect(self._enter_table)
        self.search.returnPressed.connect(self._enter_table)
        self.shown.currentIndexChanged.connect(lambda _index: self._refresh())
        self.leader_button.clicked.connect(self.ask_leader)
        self.list_button.clicked.connect(lambda: self.list_paper.ask_and_export(EVERYTHING, ()))
        self.sheets_button.clicked.connect(lambda: self.sheets_paper.ask_and_export(EVERYTHING, ()))
        self.table.selection_changed.connect(self._choose)
        self.table.activated.connect(self._open_person)
        self.pane.record_asked.connect(self.record_asked)
        self.pane.entry.submitted.connect(self.enter)
        self.pane.answering.submitted.connect(self.answer)
        self.reading.stopped.connect(lambda: self.table.say_empty("" if self._state else "联系情况没有读取。"))
        for keys, act in (("Ctrl+F", self.search.setFocus), ("Ctrl+N", self._begin_entry)):
            page_key(keys, act, self)
        self.reload_after(at.bus)

    # who is listed

    def load(self) -> None:
        super().load()
        opened = self._opened

        def work(control: Control) -> ContactsState:
            return read(opened, control)

        self.reading.read(work, self._show)

    def _show(self, state: ContactsState) -> None:
        self._state = state
        self.figures.setText(figures(state))
        self._refresh()

    def _refresh(self) -> None:
        """The one chosen stays chosen where still listed."""
        state, kept = self._state, self.pane.one
        if state is None:
            return
        self._listed = state.wanted(self.shown.currentData(), self.search.text().strip())
        self.table.blockSignals(True)
        self.model.show_items(self._listed, self._cells)
        self.table.blockSignals(False)
        self.table.say_empty("" if self._listed else NONE_FOUND if state.people else NOBODY)
        place = next((at for at, one in enumerate(self._listed) if kept and one.person.id == kept.person.id), None)
        if place is not None:
            self.table.select_row(place)
        self._choose()

    def _cells(self, one: Standing) -> Sequence[Cell]:
        assert self._state is not None
        return (
            Cell(one.person.name), Cell(one.person.unit_and_post), _leaders(one.leaders), self._open(one),
            self._last(one), self._this_year(one), Cell("、".join(each.name for each in one.liaisons)),
        )  # fmt: skip

    def _last(self, one: Standing) -> Cell:
        if one.last is None:
            return Cell("从未联系", "soon")
        forms = self._opened.catalogue.code_lists["contact_form"]
        return Cell(f"{one.last.values['date']} {forms.label(one.last.values['contact_form'])}")

    def _this_year(self, one: Standing) -> Cell:
        assert self._state is not None
        times = len(one.of_year(self._state.day.year))
        return Cell(f"{times}", right=True) if times else Cell("尚未联系", "soon", right=True)

    def _open(self, one: Standing) -> Cell:
        assert self._state is not None
        state = self._state
        waiting = [each.age(state.day) for each in one.open(state.day)]
        if not waiting:
            return Cell("")
        return Cell(
            f"{len(waiting)} 条，最久 {max(waiting)} 天", "overdue" if max(waiting) > state.request_days else "soon"
        )

    def _enter_table(self) -> None:
        if self._listed:
            self.table.select_row(0)
            self.table.setFocus()

    def _chosen(self) -> list[Standing]:
        return [one for first, last in self.table.selected_ranges() for one in self._listed[first : last + 1]]

    def _choose(self) -> None:
        chosen = self._chosen()
        if self._state is not None and len(chosen) == 1:
            self.pane.show_person(self._state, chosen[0])
        else:
            self.pane.show_nobody()

    def _open_person(self, index: QModelIndex) -> None:
        self.record_asked.emit(PEOPLE.key, self._listed[index.row()].person.id)

    # contacts

    def _begin_entry(self) -> None:
        self.pane.entry.take_keyboard()
        self._beside.ensureWidgetVisible(self.pane.entry)

    def enter(self) -> None:
        if self.pane.one is not None:
            person = self.pane.one.person
            draft = Draft(self.pane.entry.raw(), owner_id=person.id)
            self._save(draft, self.pane.entry, f"已记入{person.name}的联系")

    def answer(self) -> None:
        if self.pane.answering.entry is not None:
            draft = Draft(self.pane.answering.raw(), id=self.pane.answering.entry.id)
            self._save(draft, self.pane.answering, "已记下答复")

    def _save(self, draft: Draft, lines: Lines, told: str) -> None:
        """Once at a time: Enter pressed twice writes no second one."""
        if not lines.button.isEnabled():
            return
        records = Records(self._opened, CONTACT_LOG.key)
        lines.button.setEnabled(False)

        def done(saved: Saved) -> None:
            lines.button.setEnabled(True)
            lines.say(saved.problems)
            if saved.id is not None:
                self.undo_bar.add(told, saved.changes)
                self._after(lines)

        def failed(error: Exception) -> None:
            lines.button.setEnabled(True)
            messages.tell_error(self.window(), error)

        self._bridge.write(lambda _control: records.save(draft), done, failed)

    def _after(self, lines: Lines) -> None:
        """On to the next one."""
        if lines is self.pane.entry:
            self.pane.entry.clear()
            self.table.setFocus()
        else:
            self.pane.table.setFocus()

    # another leader

    def ask_leader(self) -> None:
        if self._state is not None:
            dialog = self.dialog = LeaderDialog(self._at, self._state, len(self._chosen()), self.window())
            dialog.accepted.connect(lambda: self._hand_over(dialog))
            dialog.open()

    def _hand_over(self, dialog: LeaderDialog) -> None:
        from socialwork_app.services.leader_changes import change_leader, replace_leader

        opened, to, leaving = self._opened, dialog.handing(), dialog.leaving
        people = [one.person.id for one in self._chosen()]

        def work(_control: Control) -> Handed:
            return change_leader(opened, people, to) if leaving is None else replace_leader(opened, leaving, to)

        self._bridge.write(work, self._tell_handed)

    def _tell_handed(self, handed: Handed) -> None:
        told = f"已更换联系领导 {handed.people:,} 人" if handed.people else "没有变化：已由这位领导联系"
        self.undo_bar.add(told, handed.changes)


def _leaders(leaders: Sequence[Keeper]) -> Cell:
    if not leaders:
        return Cell("未定", "soon")
    told = "、".join(one.name if one.in_post else f"{one.name}（已离任）" for one in leaders)
    return Cell(told, "" if all(one.in_post for one in leaders) else "overdue")
