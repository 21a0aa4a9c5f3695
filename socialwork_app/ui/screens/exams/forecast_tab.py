"""下年预测: who may sit next year, who is to be called up, whose passes and senior proofs run out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from socialwork_app.domain.exam_calendar import YEARS_AHEAD
from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.fields.exams import CALL_UP_FIELDS, RESULT_FIELDS
from socialwork_app.domain.registers.catalogue import EXAM_ENTRIES, PEOPLE
from socialwork_app.domain.sentences import OUTCOMES, VERDICTS, sentence, sentences_of_missing
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.exam_forecast import Lapse, OpenProof, Prospect
from socialwork_app.services.exam_results import PersonResult
from socialwork_app.ui import messages
from socialwork_app.ui.models.cell_model import Cell, CellModel, MadeModel
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.screens.exams.forecast_state import EVERYWHERE, MOST, ForecastState, read
from socialwork_app.ui.screens.exams.parts import names_of
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from socialwork_app.services.exports import Exported

ALL = "全部"
NO_TOWN = "未填"
CALL_UP, SUFFIX = "call-up", ".xlsx"
SOON = 365
CALLED = {field.key: field for field in CALL_UP_FIELDS}
NAME, LEVEL = PEOPLE.field("name"), EXAM_ENTRIES.field("level")
VERDICT = next(field for field in RESULT_FIELDS if field.key == "verdict")
HEADERS = (NAME.label, PEOPLE.field("employer").label, PEOPLE.field("township").label, LEVEL.label, VERDICT.label,
           "依据或所缺", "最早可报年度", CALLED["subjects"].label, CALLED["lapsing"].label, "是否已报名")  # fmt: skip
WIDTHS = (7, 14, 11, 14, 8, 22, 6, 16, 12, 8)
REASON = HEADERS.index("依据或所缺")
OF_CANDIDATES = tuple(HEADERS.index(CALLED[key].label) for key in ("subjects", "lapsing"))
"""Columns that say nothing of those who may not sit."""
PROOF_HEADERS = (NAME.label, "合格证明到期", "已申报评审", "情况")
PROOF_WIDTHS = (8, 11, 6, 20)
LAPSE_HEADERS = (NAME.label, LEVEL.label, "科目", "该年度报考")
LAPSE_WIDTHS = (8, 14, 20, 12)
TONES = {Answer.YES: "good", Answer.UNKNOWN: "soon", Answer.NO: "muted"}
ENTERED, NOT_ENTERED = "已报名", "未报名"


class ForecastTab(ReloadingPage):
    TOUCHED_BY = frozenset({"people", "educations", "employment", "certificates", "organisations", "places", "exam_entries",
                            "exam_sittings", "eligibility_rules", "senior_reviews", "rules"})  # fmt: skip
    """Registers from which the forecast is worked out."""

    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._levels = at.opened.catalogue.code_lists["level"]
        self._state: ForecastState | None = None
        self._shown: list[Prospect] = []
        self._proofs: list[OpenProof | PersonResult] = []
        self._counted = ""
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        this_year = self._opened.today().year
        years = [(str(year), year) for year in range(this_year, this_year + YEARS_AHEAD + 1)]
        self.year = combo(EXAM_ENTRIES.field("year").label, years)
        self.year.setCurrentIndex(self.year.findData(this_year + 1))
        self.level = combo("按级别筛选", [(ALL, ""), *((one.label, one.value) for one in self._levels.entries)])
        self.answer = combo("按资格初核筛选", [(ALL, None), *((words, one) for one, words in VERDICTS.items())])
        self.town = combo("按乡镇(街道)筛选", [(ALL, EVERYWHERE)])
        self.again_button = button("重新推算", "按登记册现在的内容再推算一次")
        self.call_up_button = button("催报名单", "导出可以报考而没有报名的人员", primary=True)
        self.call_up_button.setEnabled(False)
        self.model: MadeModel[Prospect] = MadeModel(HEADERS, self)
        self.table = _table("可报考人员预测", self.model, WIDTHS, REASON)
        self.proof_model: MadeModel[OpenProof | PersonResult] = MadeModel(PROOF_HEADERS, self)
        self.proof_table = _table("高级成绩合格证明", self.proof_model, PROOF_WIDTHS, len(PROOF_WIDTHS) - 1)
        self.lapse_model: MadeModel[Lapse] = MadeModel(LAPSE_HEADERS, self)
        self.lapse_table = _table("最后一年有效的合格成绩", self.lapse_model, LAPSE_WIDTHS, len(LAPSE_WIDTHS) - 1)
        self.figures = named_label("", "")
        self.figures.setAccessibleName("各级别人数")
        self.figures.setWordWrap(True)
        self.note = named_label("", "muted")
        self.note.setWordWrap(True)
        self.reading = ReadingRow(self._bridge, "推算")
        for table in (self.table, self.proof_table, self.lapse_table):
            table.say_empty("正在推算…")

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        for text, chooser in (("年度", self.year), ("级别", self.level), ("初核", self.answer), ("乡镇", self.town)):
            tools.addWidget(label_of(text, chooser))
            tools.addWidget(chooser)
        tools.addStretch(1)
        tools.addWidget(self.again_button)
        tools.addWidget(self.call_up_button)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.reading)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(8)
        parts.addWidget(self.table)
        parts.addWidget(self._running_out())
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(tools)
        layout.addWidget(self.figures)
        layout.addWidget(parts, 1)
        layout.addLayout(foot)

    def _running_out(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        self.lapse_title = named_label("最后一次有效的合格成绩", "sectionTitle")
        proof_title = named_label("高级成绩合格证明：评审尚未通过", "sectionTitle")
        for title, table in ((self.lapse_title, self.lapse_table), (proof_title, self.proof_table)):
            card = Card()
            card.body.setContentsMargins(10, 6, 10, 8)
            card.body.addWidget(title)
            card.body.addWidget(table)
            row.addWidget(card, 1)
        return page

    def _connect(self, at: Workplace) -> None:
        for chooser in (self.year, self.town):
            chooser.activated.connect(lambda _index: self.load())
        for chooser in (self.level, self.answer):
            chooser.currentIndexChanged.connect(lambda _index: self._refresh())
        self.again_button.clicked.connect(self.load)
        self.call_up_button.clicked.connect(self.ask_call_up)
        self.reading.stopped.connect(self._say_stopped)
        self.table.activated.connect(self._open_person)
        self.table.selection_changed.connect(self._show_note)
        self.proof_table.activated.connect(self._open_proof)
        self.lapse_table.activated.connect(self._open_lapse)
        self.reload_after(at.bus)

    # what it shows

    def load(self) -> None:
        """What was shown stays until the new answer is there."""
        super().load()
        opened, year, town = self._opened, int(self.year.currentData()), self.town.currentData()

        def work(control: Control) -> ForecastState:
            return read(opened, year, town, control)

        self.reading.read(work, self._show)

    def _show(self, state: ForecastState) -> None:
        self._state = state
        self._offer_towns(state.towns)
        self.call_up_button.setEnabled(any(state.counts.values()))
        self.figures.setText("　　".join(self._figure(state, one.value, one.label) for one in self._levels.entries))
        self._show_running_out(state)
        self._refresh()

    def _offer_towns(self, towns: Sequence[str]) -> None:
        chosen = self.town.currentData()
        self.town.clear()
        self.town.addItem(ALL, EVERYWHERE)
        for town in towns:
            self.town.addItem(town or NO_TOWN, town)
        if chosen is not EVERYWHERE and chosen not in towns:
            self.town.addItem(chosen or NO_TOWN, chosen)
        self.town.setCurrentIndex(0 if chosen is EVERYWHERE else self.town.findData(chosen))

    def _figure(self, state: ForecastState, level: str, label: str) -> str:
        may, unknown = (state.counts[level, answer] for answer in (Answer.YES, Answer.UNKNOWN))
        return f"{label}：可报 {may:,} 人（{ENTERED} {state.entered[level]:,} 人），不详 {unknown:,} 人"

    @property
    def year_shown(self) -> int:
        """Of what stands in the tables, which a newer question may not have reached yet."""
        return self._state.year if self._state else int(self.year.currentData())

    def _refresh(self) -> None:
        state = self._state
        if state is None:
            return
        self._shown, total = state.wanted(self.level.currentData(), self.answer.currentData())
        self._counted = f"共 {total:,} 条"
        if total > len(self._shown):
            self._counted += (
                f"，只列出前 {MOST:,} 条。可按级别、初核、乡镇缩小范围；可报而未报名的全体人员见“催报名单”。"
            )
        for column in OF_CANDIDATES:
            self.table.setColumnHidden(column, self.answer.currentData() == Answer.NO)
        self.model.show_items(self._shown, self._cells)
        self._show_note()
        nothing = "没有符合条件的人员。可改选级别、初核结果或乡镇。"
        if not any(state.counts.values()) and self.town.currentData() is EVERYWHERE:
            nothing = "没有可以推算的人员。请先登记人员，并补学历、专业和从事社会工作的经历。"
        self.table.say_empty("" if self._shown else nothing)

    def _show_note(self) -> None:
        """How many there are, or the chosen row's reason in full, which the table may have to cut."""
        ranges = self.table.selected_ranges()
        one = self._shown[ranges[0][0]] if ranges and ranges[0][0] < len(self._shown) else None
        self.note.setText(f"{one.name}：{self._reason(one)}" if one else self._counted)

    def _say_stopped(self) -> None:
        """What was shown before stands."""
        self.note.setText("推算没有完成。需要时请点“重新推算”。")
        if self._state is None:
            for table in (self.table, self.proof_table, self.lapse_table):
                table.say_empty("尚未推算")

    def _cells(self, one: Prospect) -> Sequence[Cell]:
        answer = one.verdict.answer
        earliest = self.year_shown if answer is Answer.YES else one.verdict.first_year
        may_sit = answer is not Answer.NO
        return (
            Cell(one.name),
            Cell(one.employer),
            Cell(one.township),
            Cell(self._levels.label(one.level)),
            Cell(VERDICTS[answer], TONES[answer]),
            Cell(self._reason(one)),
            Cell(str(earliest or ""), right=True),
            Cell(names_of(one.level, one.subjects) if may_sit else ""),
            Cell(names_of(one.level, one.lapsing), "soon"),
            Cell(ENTERED if one.entered else NOT_ENTERED, "good" if one.entered else ""),
        )

    def _reason(self, one: Prospect) -> str:
        verdict = one.verdict
        if verdict.rule is not None:
            return sentence(
                "eligibility.by_rule", rule=verdict.rule.rule, article=verdict.rule.article, years=verdict.years
            )
        return "；".join(sentences_of_missing(verdict, self._levels))

    def _open_person(self, index: QModelIndex) -> None:
        self.record_asked.emit(PEOPLE.key, self._shown[index.row()].person_id)

    # what runs out

    def _show_running_out(self, state: ForecastState) -> None:
        self._proofs = [*state.proofs, *state.undated]
        self.proof_model.show_items(self._proofs, self._proof_cells)
        self.proof_table.say_empty("" if self._proofs else "没有待评审的合格证明")
        self.lapse_title.setText(f"{state.year} 年最后一次有效的合格成绩")
        self.lapse_model.show_items(state.lapses, self._lapse_cells)
        self.lapse_table.say_empty("" if state.lapses else f"没有 {state.year} 年最后一次有效的合格成绩")

    def _proof_cells(self, one: OpenProof | PersonResult) -> Sequence[Cell]:
        assert self._state is not None
        if not isinstance(one, OpenProof):
            return Cell(one.name), Cell("不详", "soon"), Cell(""), Cell("签发日期没有填写，请在报考记录中补填", "soon")
        left = (one.proof.until - self._state.day).days
        state = Cell("已到期", "overdue") if left < 0 else Cell("一年内到期", "soon") if left <= SOON else Cell("有效")
        return (
            Cell(one.name),
            Cell(one.proof.until.isoformat(), state.tone),
            Cell(f"{one.reviews} 次", right=True),
            state,
        )

    def _lapse_cells(self, one: Lapse) -> Sequence[Cell]:
        entered = one.result.year == self.year_shown
        words = f"{ENTERED}，{OUTCOMES[one.result.outcome]}" if entered else NOT_ENTERED
        return (
            Cell(one.name),
            Cell(self._levels.label(one.result.level)),
            Cell(names_of(one.result.level, one.subjects)),
            Cell(words, "" if entered else "soon"),
        )

    def _open_proof(self, index: QModelIndex) -> None:
        one = self._proofs[index.row()]
        self.record_asked.emit(EXAM_ENTRIES.key, one.entry_id if isinstance(one, OpenProof) else int(one.entry["id"]))

    def _open_lapse(self, index: QModelIndex) -> None:
        if self._state is not None:
            self.record_asked.emit(EXAM_ENTRIES.key, int(self._state.lapses[index.row()].entry["id"]))

    # the roster of those to be called up

    def ask_call_up(self) -> None:
        suggested = f"{self.year.currentData()}年催报名单{SUFFIX}"
        if target := ask_target(self, "导出催报名单", suggested):
            self.call_up(target)

    def call_up(self, target: Path) -> None:
        """Phones stay masked; full ones are given on the export screen, with a purpose."""
        from socialwork_app.services.exports import Exports

        exports, year = Exports(self._opened), int(self.year.currentData())

        def work(control: Control) -> Exported:
            return exports.export(CALL_UP, target, year=year, control=control)

        self._bridge.run_with_bar("导出催报名单", work, self._tell_exported, parent=self.window())

    def _tell_exported(self, exported: Exported) -> None:
        messages.tell(self.window(), f"已导出 {exported.rows:,} 人，电话已遮盖。需要完整电话的，请在“导出”中写明用途后导出。",
                      str(exported.file))  # fmt: skip


def _table(name: str, model: CellModel, widths: Sequence[int], widest: int) -> TableView:
    """The column `widest` takes the room that is left."""
    table = TableView(name)
    table.show_model(model)
    table.set_widths(widths)
    table.horizontalHeader().setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    return table
