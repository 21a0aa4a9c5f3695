"""评选: a round's candidates, and the steps that take them from recommendation to the title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.registers.catalogue import TALENT_CANDIDATES
from socialwork_app.domain.selection import REJECTED, WITHDRAWN
from socialwork_app.domain.talents import GRANTED, PUBLISHED, REVIEWED
from socialwork_app.foundation import file_names
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.selection import SHOWN, Candidate, Round, Selection
from socialwork_app.ui import messages
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.screens.talents.selection_dialogs import FinderDialog, GrantDialog, PublishDialog
from socialwork_app.ui.screens.talents.selection_state import SelectionState, about, figures, read
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, hide_unless, label_of, page_key
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from socialwork_app.services.exports import Exported
    from socialwork_app.ui.forms.record_dialog import RecordDialog

ROUND = TALENT_CANDIDATES.field("round")
PUBLICATION = "publication"
SUFFIX = ".xlsx"
WIDTHS = (8, 5, 22, 10, 10, 8, 12, 18, 18)
TONES = {PUBLISHED: "soon", GRANTED: "good", REJECTED: "muted", WITHDRAWN: "muted"}
NO_ROUND = "还没有评选届次。请先在“项目与设置”的人才项目中新增。"
NOBODY = "该届次还没有候选人。请点“添加候选人”。"


class SelectionTab(ReloadingPage):
    TOUCHED_BY = frozenset({"talent_schemes", "talent_rounds", "talent_candidates", "talents", "holidays", "people",
                            "organisations"})  # fmt: skip

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._state: SelectionState | None = None
        self.dialog: PublishDialog | GrantDialog | FinderDialog | RecordDialog | None = None
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        listed = {field.key: field for field in self._opened.catalogue.listed(TALENT_CANDIDATES)}
        self._fields = tuple(listed[key] for key in SHOWN)
        self.rounds = combo(ROUND.label, [])
        self.add_button = button("添加候选人", "查找人员，列入该届次的推荐候选人")
        self.publish_button = button("公示", "填写公示日期；没有选中时为全部通过评审的候选人")
        self.list_button = button("公示名单", "导出公示名单，不含身份证号、电话和账号")
        self.grant_button = button("表彰决定", "填写文号和日期，授予称号；没有选中时为全部公示的候选人", primary=True)
        self.review_button = button("通过评审", "选中的候选人通过评审")
        self.reject_button = button("未入选", "选中的候选人未入选")
        self.withdraw_button = button("放弃", "选中的候选人放弃")
        deciding = (
            self.publish_button,
            self.grant_button,
            self.review_button,
            self.reject_button,
            self.withdraw_button,
        )
        hide_unless(self._opened.allows("grant"), *deciding)
        hide_unless(self._opened.allows("save", TALENT_CANDIDATES.key), self.add_button)
        self.model: MadeModel[Candidate] = MadeModel([field.label for field in self._fields], self)
        self.table = TableView("候选人")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.about = named_label("", "muted")
        self.about.setWordWrap(True)
        self.figures = named_label("", "")
        self.reading = ReadingRow(self._bridge, "读取候选人")
        self.undo_bar = UndoBar()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(label_of(ROUND.label, self.rounds))
        tools.addWidget(self.rounds, 1)
        for each in (self.add_button, self.publish_button, self.list_button, self.grant_button):
            tools.addWidget(each)
        foot = QHBoxLayout()
        foot.addWidget(self.figures, 1)
        foot.addWidget(self.reading)
        for each in (self.review_button, self.reject_button, self.withdraw_button):
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(tools)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.undo_bar)
        layout.addLayout(foot)

    def _connect(self, at: Workplace) -> None:
        self.rounds.activated.connect(lambda _index: self.load())
        self.add_button.clicked.connect(self.ask_person)
        self.publish_button.clicked.connect(self.ask_publication)
        self.list_button.clicked.connect(self.ask_list)
        self.grant_button.clicked.connect(self.ask_decision)
        for each, state in ((self.review_button, REVIEWED), (self.reject_button, REJECTED),
                            (self.withdraw_button, WITHDRAWN)):  # fmt: skip
            each.clicked.connect(partial(self.move_to, state))
        self.table.activated.connect(self._edit)
        self.table.selection_changed.connect(self._show_buttons)
        self.reading.stopped.connect(lambda: self.table.say_empty("候选人没有读取。请重新选择届次。"))
        self.undo_bar.undo_asked.connect(self._undo)
        for keys, act in (("Ctrl+Z", self.undo_bar.undo), ("Ctrl+N", self.ask_person)):
            page_key(keys, act, self)
        self.reload_after(at.bus)

    # what it shows

    def load(self) -> None:
        super().load()
        opened, wanted = self._opened, self.rounds.currentData()

        def work(control: Control) -> SelectionState:
            return read(opened, wanted, control)

        self.reading.read(work, self._show)

    def _show(self, state: SelectionState) -> None:
        self._state = state
        self.rounds.clear()
        for one in state.rounds:
            self.rounds.addItem(one.title, one.id)
        self.rounds.setCurrentIndex(self.rounds.findData(state.round.id) if state.round else -1)
        self.about.setText(about(state.round) if state.round else "")
        self.model.show_items(state.candidates, self._cells)
        states = self._opened.catalogue.code_lists["candidate_state"]
        self.figures.setText(figures(state.candidates, states))
        self.table.say_empty("" if state.candidates else NOBODY if state.round else NO_ROUND)
        self._show_buttons()

    def _cells(self, one: Candidate) -> Sequence[Cell]:
        display = self._opened.parser.display
        return [
            Cell(display(field, one.values[field.key]), TONES.get(one.state, "") if field.key == "candidate_state" else "",
                 right=field.key == "review_score")
            for field in self._fields
        ]  # fmt: skip

    def _show_buttons(self) -> None:
        state, selected = self._state, bool(self.selected())
        self.add_button.setEnabled(state is not None and state.round is not None)
        self.publish_button.setEnabled(bool(self._chosen(REVIEWED)))
        self.grant_button.setEnabled(bool(self._chosen(PUBLISHED)))
        self.list_button.setEnabled(state is not None and bool(state.in_state(PUBLISHED) or state.in_state(GRANTED)))
        for each in (self.review_button, self.reject_button, self.withdraw_button):
            each.setEnabled(selected)

    def selected(self) -> list[Candidate]:
        candidates = self._state.candidates if self._state else ()
        return [candidates[row] for first, last in self.table.selected_ranges() for row in range(first, last + 1)]

    def _chosen(self, state: str) -> list[Candidate]:
        """Those selected, else all who are at this stage."""
        return self.selected() or (self._state.in_state(state) if self._state else [])

    # one candidate

    def ask_person(self) -> None:
        if self._state is None or self._state.round is None:
            return
        dialog = self.dialog = FinderDialog(self._opened, self.window())
        dialog.accepted.connect(partial(self._put_forward, self._state.round, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _put_forward(self, of: Round, dialog: FinderDialog) -> None:
        made = self._record_dialog()
        made.show_record(None, dialog.chosen)
        editor = made.form.editors[ROUND.key]
        editor.set(of.id, of.title)
        editor.changed.emit()

    def _edit(self, index: QModelIndex) -> None:
        if self._state is not None:
            self._record_dialog().show_record(self._state.candidates[index.row()].id, None)

    def _record_dialog(self) -> RecordDialog:
        from socialwork_app.ui.forms.record_dialog import RecordDialog

        dialog = self.dialog = RecordDialog(self._opened, TALENT_CANDIDATES.key, self._bridge, self.window())
        dialog.open()
        return dialog

    # several, from stage to stage

    def move_to(self, state: str) -> None:
        label = self._opened.catalogue.code_lists["candidate_state"].label(state)
        self._write(label, self.selected(), lambda selection, of, ids: selection.move(of, ids, state))

    def ask_publication(self) -> None:
        state, chosen = self._state, self._chosen(REVIEWED)
        if state is None or state.round is None or not chosen:
            return
        dialog = PublishDialog(self._opened, state.selection, state.round, len(chosen), self.window())
        self.dialog = dialog
        dialog.accepted.connect(lambda: self.publish(chosen, *dialog.days()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def publish(self, chosen: Sequence[Candidate], first: str, last: str) -> None:
        self._write("列入公示", chosen, lambda selection, of, ids: selection.publish(of, ids, first, last))

    def ask_decision(self) -> None:
        state, chosen = self._state, self._chosen(PUBLISHED)
        if state is None or state.round is None or not chosen:
            return
        dialog = GrantDialog(self._opened, self._bridge, state.selection, state.round, chosen, self.window())
        self.dialog = dialog
        dialog.accepted.connect(lambda: self.decide(chosen, *dialog.decided()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def decide(self, chosen: Sequence[Candidate], document: str, day: str) -> None:
        decided_on = date.fromisoformat(day)
        self._write("授予", chosen, lambda selection, of, ids: selection.decide(of, ids, document, decided_on))

    def _write(
        self, said: str, chosen: Sequence[Candidate], act: Callable[[Selection, Round, list[int]], Changes]
    ) -> None:
        if self._state is None or self._state.round is None or not chosen:
            return
        selection, of, ids = self._state.selection, self._state.round, [one.id for one in chosen]

        def work(_control: Control) -> Changes:
            return act(selection, of, ids)

        self._bridge.write(work, lambda changes: self.undo_bar.offer(f"{said} {len(ids)} 人", changes.change_id))

    def _undo(self, change_id: int) -> None:
        from socialwork_app.services.history import History

        history = History(self._opened)
        self._bridge.write(lambda control: history.undo(change_id, control), self.undo_bar.tell_undone)

    # on paper

    def ask_list(self) -> None:
        if self._state is None or self._state.round is None:
            return
        suggested = file_names.safe(f"{self._state.round.title}公示名单{SUFFIX}")
        if target := ask_target(self, "导出", suggested):
            self.export_list(self._state.round, target)

    def export_list(self, of: Round, target: Path) -> None:
        from socialwork_app.services.exports import Exports

        exports, asked = Exports(self._opened), Filter(where=(Condition(ROUND.key, of.id),))

        def work(control: Control) -> Exported:
            return exports.export(PUBLICATION, target, asked=asked, control=control)

        self._bridge.run_with_bar("导出公示名单", work, self._tell_exported, parent=self.window())

    def _tell_exported(self, exported: Exported) -> None:
        messages.tell(self.window(), f"已导出 {exported.rows:,} 人。", str(exported.file))
