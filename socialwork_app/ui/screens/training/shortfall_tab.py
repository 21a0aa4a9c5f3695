"""学时不足: whose registration period ends with too few hours of continuing education, and what counts so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from socialwork_app.domain.fields.learning import SHORTFALL_FIELDS
from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.domain.rosters import LEARNING_ROSTERS
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui import messages
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.training.hours_pane import HoursPane
from socialwork_app.ui.screens.training.invite_dialog import Inviting
from socialwork_app.ui.screens.training.shortfall_state import (
    ENDING,
    Key,
    ShortfallState,
    figures,
    number,
    read,
    read_one,
)
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of, page_key
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.search_box import SearchBox
from socialwork_app.ui.widgets.table_view import TableView
from socialwork_app.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from socialwork_app.services.exports import Exported
    from socialwork_app.services.hours import PersonHours
    from socialwork_app.services.shortfall import Running

ALL = "全部"
URGENT = 90
SUFFIX = ".xlsx"
ROSTER = next(roster for roster in LEARNING_ROSTERS if roster.key == "shortfall")
UNIT_OF_TIME = "小时"
LABELS = {field.key: field.label.removesuffix(UNIT_OF_TIME) for field in SHORTFALL_FIELDS}
"""The figures are all in hours, as the line below the table says: ten columns have to fit a small screen."""
HEADERS = (*(LABELS[key] for key in ("name", "employer", "township", "level", "until", "required", "earned", "short")),
           "每月约需", "预计可达")  # fmt: skip
WIDTHS = (6, 9, 8, 12, 16, 4, 5, 5, 5, 6)
NONE_FOUND = "没有符合条件的人员。可改选届满时间、级别，或清空搜索。"


class ShortfallTab(ReloadingPage):
    TOUCHED_BY = frozenset({"people", "certificates", "registrations", "learning", "attachments", "organisations", "places",
                            "rules"})  # fmt: skip
    """Registers from which hours are worked out."""

    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._levels = at.opened.catalogue.code_lists["level"]
        self._state: ShortfallState | None = None
        self._shown: list[Running] = []
        self._typed = ""
        self._chosen: Key | None = None
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        self.day = QDateEdit(QDate.fromString(self._opened.today().isoformat(), Qt.DateFormat.ISODate))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setKeyboardTracking(False)
        self.day.setAccessibleName("按哪一天计算")
        self.day.setToolTip("按哪一天计算")
        self.within = combo("登记有效期多少天内届满", [(f"{days} 天内" if days else ALL, days) for days in ENDING])
        self.within.setCurrentIndex(self.within.count() - 1)
        self.level = combo("按级别筛选", [(ALL, ""), *((one.label, one.value) for one in self._levels.entries)])
        self.search = SearchBox("姓名、拼音、首字母")
        self.roster_button = button(ROSTER.title, "导出这一天全部学时不足的人员，不受筛选影响", primary=True)
        self.invite_button = button("邀请参加培训…", "把选中的人（没有选中则为列出的全部）列入一个培训班的邀请名单")
        self.inviting = Inviting(self._opened, self._bridge, self)
        self.model: MadeModel[Running] = MadeModel(HEADERS, self)
        self.table = TableView("学时不足的人员")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.say_empty("正在计算…")
        self.pane = HoursPane(self._levels)
        self.figures = named_label("", "")
        self.figures.setAccessibleName("人数")
        self.note = named_label("", "muted")
        self.note.setWordWrap(True)
        self.reading = ReadingRow(self._bridge, "计算学时")
        self.reading_one = ReadingRow(self._bridge, "读取学习记录")

    def _lay_out(self) -> None:
        filters = QWidget()
        row = QHBoxLayout(filters)
        row.setContentsMargins(0, 0, 0, 0)
        for text, chooser in (("截至", self.day), ("届满", self.within), ("级别", self.level)):
            row.addWidget(label_of(text, chooser))
            row.addWidget(chooser)
        foot = QHBoxLayout()
        foot.addWidget(self.figures)
        foot.addWidget(self.note, 1)
        for reading in (self.reading_one, self.reading):
            foot.addWidget(reading)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(8)
        parts.addWidget(self.table)
        parts.addWidget(self.pane)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(ToolRow(self.search, filters, (self.invite_button, self.roster_button)))
        layout.addWidget(parts, 1)
        layout.addLayout(foot)

    def _connect(self, at: Workplace) -> None:
        self.day.dateChanged.connect(lambda _day: self.load())
        for chooser in (self.within, self.level):
            chooser.currentIndexChanged.connect(lambda _index: self._refresh())
        self.search.asked.connect(lambda _typed: self.load())
        self.search.left_downwards.connect(self._enter_table)
        self.roster_button.clicked.connect(self.ask_roster)
        self.invite_button.clicked.connect(self.ask_invite)
        self.table.activated.connect(self._open_person)
        self.table.selection_changed.connect(self._choose)
        self.pane.record_asked.connect(self.record_asked)
        self.reading.stopped.connect(self._say_stopped)
        self.reading_one.stopped.connect(self._forget_chosen)
        page_key("Ctrl+F", self.search.setFocus, self)
        self.reload_after(at.bus)

    # who is short

    @property
    def day_asked(self) -> date:
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def load(self) -> None:
        """What was shown stays until the new answer is there."""
        super().load()
        opened, day, typed = self._opened, self.day_asked, self.search.text().strip()

        def work(control: Control) -> ShortfallState:
            return read(opened, day, typed, control)

        self.reading.read(work, partial(self._show, typed))

    def _show(self, typed: str, state: ShortfallState) -> None:
        self._state, self._typed = state, typed
        self._refresh()

    def _refresh(self) -> None:
        """The one chosen stays chosen where it is still listed; its hours are read anew."""
        state, kept = self._state, self._chosen
        if state is None:
            return
        found = state.wanted(self.within.currentData(), self.level.currentData())
        self._shown, self._chosen = found.rows, None
        self.model.show_items(self._shown, partial(self._cells, state))
        self.figures.setText(figures(found))
        listed = len(found.rows)
        more = f"共 {found.count:,} 条，只列出最先届满的 {listed:,} 条。可缩小范围或搜索；全部人员见“{ROSTER.title}”。"
        self.note.setText(more if found.count > listed else "")
        nobody = f"{state.day} 没有学时不足的人员。证书登记了有效期而学习小时不够的，列在这里。"
        self.table.say_empty("" if self._shown else NONE_FOUND if state.groups or self._typed else nobody)
        place = next((at for at, row in enumerate(self._shown) if _key(row) == kept), None)
        if place is not None:
            self.table.select_row(place)

    def _say_stopped(self) -> None:
        """What was shown before stands."""
        self.note.setText("计算没有完成。请重新选择日期。")
        if self._state is None:
            self.table.say_empty("尚未计算")

    def _cells(self, state: ShortfallState, row: Running) -> Sequence[Cell]:
        period, total, pace = row.period, row.total, row.pace(state.day)
        left = (period.until - state.day).days
        until = Cell(f"{period.until} 剩 {left} 天", "overdue") if left <= URGENT else Cell(period.until.isoformat())
        return (
            Cell(row.name),
            Cell(state.units.get(row.employer or 0, "")),
            Cell(state.towns.get(row.township or 0, "")),
            Cell(self._levels.label(period.level)),
            until,
            Cell(str(total.required), right=True),
            *(Cell(number(hours), right=True) for hours in (total.earned, total.short, pace.per_month, pace.expected)),
        )

    def _enter_table(self) -> None:
        if self._shown:
            self.table.select_row(0)
            self.table.setFocus()

    def _open_person(self, index: QModelIndex) -> None:
        self.record_asked.emit(PEOPLE.key, self._shown[index.row()].person_id)

    # what counts for the chosen one

    def _choose(self) -> None:
        ranges = self.table.selected_ranges()
        row = self._shown[ranges[0][0]] if ranges and ranges[0][0] < len(self._shown) else None
        if row is None:
            self.reading_one.cancel()
            self._forget_chosen()
        elif _key(row) != self._chosen and self._state is not None:
            self._chosen = _key(row)
            self._read_one(self._chosen, self._state.day)

    def _read_one(self, key: Key, day: date) -> None:
        opened = self._opened

        def work(control: Control) -> PersonHours | None:
            return read_one(opened, key, day, control)

        self.reading_one.read(work, partial(self._show_one, key))

    def _show_one(self, key: Key, one: PersonHours | None) -> None:
        if key != self._chosen:
            return
        if one is None:
            self.pane.show_nobody("登记册已有改动，此人这一天没有登记有效期。")
        else:
            self.pane.show_hours(one)

    def _forget_chosen(self) -> None:
        self._chosen = None
        self.pane.show_nobody()

    # inviting

    def chosen_rows(self) -> list[Running]:
        """Those selected; without a selection all that are listed."""
        picked = [self._shown[row] for first, last in self.table.selected_ranges() for row in range(first, last + 1)]
        return picked or self._shown

    def ask_invite(self) -> None:
        self.inviting.ask(self.chosen_rows(), self.day_asked)

    # the roster

    def ask_roster(self) -> None:
        suggested = f"{ROSTER.title}{self.day_asked:%Y%m%d}{SUFFIX}"
        if target := ask_target(self, f"导出{ROSTER.title}", suggested):
            self.export_roster(target)

    def export_roster(self, target: Path) -> None:
        """Phones stay masked; full ones are given on the export screen, with a purpose."""
        from socialwork_app.services.exports import Exports

        exports, day = Exports(self._opened), self.day_asked

        def work(control: Control) -> Exported:
            return exports.export(ROSTER.key, target, as_of=day, control=control)

        self._bridge.run_with_bar(f"导出{ROSTER.title}", work, self._tell_exported, parent=self.window())

    def _tell_exported(self, exported: Exported) -> None:
        messages.tell(self.window(), f"已导出 {exported.rows:,} 条，电话已遮盖。需要完整电话的，请在“导出”中写明用途后导出。",
                      str(exported.file))  # fmt: skip


def _key(row: Running) -> Key:
    return row.person_id, row.certificate_id
