"""成绩与合格: what became of a year's candidates, and what follows from it: certificates, the check against the official list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.exam_entries import FIRST_YEAR
from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.exams import BREACH, SOCIAL_WORKER, SUBJECT_KEYS, SUBJECTS, VOID
from socialwork_app.domain.fields.exams import RESULT_FIELDS
from socialwork_app.domain.registers.catalogue import EXAM_ENTRIES, PEOPLE
from socialwork_app.domain.sentences import OUTCOMES
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.ui import messages
from socialwork_app.ui.models.cell_model import EMPTY, Cell, MadeModel
from socialwork_app.ui.screens.exams.parts import names_of
from socialwork_app.ui.screens.exams.results_state import ResultsState, figures, read
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, hide_unless, label_of, page_key
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from socialwork_app.services.exam_awards import Award, Difference
    from socialwork_app.services.exam_results import PersonResult
    from socialwork_app.ui.screens.exams.award_dialog import AwardDialog
    from socialwork_app.ui.screens.exams.difference_dialog import DifferenceDialog

WORKBOOKS = "表格文件 (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.xml *.html *.htm);;所有文件 (*)"
ALL = "全部"
NAME, NUMBER, EMPLOYER = (PEOPLE.field(key) for key in ("name", "id_number", "employer"))
LEVEL, SCOPE = EXAM_ENTRIES.field("level"), EXAM_ENTRIES.field("scope")
SCORES = tuple(EXAM_ENTRIES.field(key) for key in SUBJECT_KEYS)
RESULT = {field.key: field for field in RESULT_FIELDS}
HEADERS = (
    NAME.label, NUMBER.label, EMPLOYER.label, LEVEL.label, *(subject.short for subject in SUBJECTS[SOCIAL_WORKER]),
    *(RESULT[key].label for key in ("outcome", "passed_subjects", "passed_before", "lapses")), SCOPE.label,
)  # fmt: skip
WIDTHS = (7, 18, 14, 14, 6, 6, 6, 14, 12, 12, 6, 11)
TONES = {Outcome.PASSED: "good", Outcome.CARRYING: "soon", Outcome.VOID: "overdue", Outcome.ABSENT: "muted",
         Outcome.PENDING: "muted"}  # fmt: skip


class ResultsTab(ReloadingPage):
    TOUCHED_BY = frozenset({"exam_entries", "exam_sittings", "people", "organisations", "rules"})
    """Registers from which results are worked out."""

    screen_asked = Signal(str)
    """Key of another screen."""
    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._levels = at.opened.catalogue.code_lists["level"]
        self._state: ResultsState | None = None
        self._shown: list[PersonResult] = []
        self.award_dialog: AwardDialog | None = None
        self.difference_dialog: DifferenceDialog | None = None
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        this_year = self._opened.today().year
        years = [(str(year), year) for year in range(this_year + 1, FIRST_YEAR - 1, -1)]
        self.year = combo(EXAM_ENTRIES.field("year").label, years)
        self.year.setCurrentIndex(self.year.findData(this_year))
        self.level = combo("按级别筛选", [(ALL, ""), *((one.label, one.value) for one in self._levels.entries)])
        self.outcome = combo("按考试结果筛选", [(ALL, None), *((words, one) for one, words in OUTCOMES.items())])
        self.import_button = button("导入成绩", "到“导入”选择成绩表")
        self.reconcile_button = button("与合格名单核对", "选择上级下发的合格名单，逐人核对")
        self.award_button = button("生成证书", "给考试合格而没有证书的人员建立证书记录", primary=True)
        hide_unless(self._opened.allows("award"), self.award_button)
        hide_unless(self._opened.allows("import"), self.import_button)
        self.model: MadeModel[PersonResult] = MadeModel(HEADERS, self)
        self.table = TableView("成绩与合格")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.figures = named_label("", "")
        self.figures.setAccessibleName("人数")
        self.warning = named_label("", "warning")
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.reading = ReadingRow(self._bridge, "读取成绩")
        self.undo_bar = UndoBar()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        for text, chooser in (("年度", self.year), ("级别", self.level), ("结果", self.outcome)):
            tools.addWidget(label_of(text, chooser))
            tools.addWidget(chooser)
        tools.addStretch(1)
        for each in (self.import_button, self.reconcile_button, self.award_button):
            tools.addWidget(each)
        foot = QHBoxLayout()
        foot.addWidget(self.figures, 1)
        foot.addWidget(self.reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(tools)
        layout.addWidget(self.warning)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.undo_bar)
        layout.addLayout(foot)

    def _connect(self, at: Workplace) -> None:
        self.year.activated.connect(lambda _index: self.load())
        for chooser in (self.level, self.outcome):
            chooser.currentIndexChanged.connect(lambda _index: self._refresh())
        self.import_button.clicked.connect(lambda: self.screen_asked.emit("imports"))
        self.reconcile_button.clicked.connect(self.ask_reconcile)
        self.award_button.clicked.connect(self.ask_award)
        self.table.activated.connect(self._open)
        self.reading.stopped.connect(self._say_stopped)
        self.undo_bar.undo_asked.connect(self._undo)
        page_key("Ctrl+Z", self.undo_bar.undo, self)
        self.reload_after(at.bus)

    # what it shows

    def show_year(self, year: int) -> None:
        self.year.setCurrentIndex(self.year.findData(year))
        self.load()

    def load(self) -> None:
        super().load()
        opened, year = self._opened, int(self.year.currentData())

        def work(control: Control) -> ResultsState:
            return read(opened, year, control)

        self.reading.read(work, self._show)

    def _show(self, state: ResultsState) -> None:
        self._state = state
        self.award_button.setEnabled(bool(state.rows))
        self.reconcile_button.setEnabled(bool(state.rows))
        missing = f"{state.year} 年的全国合格线没有填写，成绩无法判定是否合格。请在“考试年度”中补填。"
        self.warning.setText("" if state.marked or not state.rows else missing)
        self.warning.setVisible(bool(self.warning.text()))
        self._refresh()

    def _refresh(self) -> None:
        state = self._state
        if state is None:
            return
        self._shown = state.wanted(self.level.currentData(), self.outcome.currentData())
        self.model.show_items(self._shown, partial(self._cells, state))
        self.figures.setText(figures(self._shown))
        nothing = "没有符合条件的人员。可改选级别或结果。"
        if not state.rows:
            nothing = f"{state.year} 年还没有报考记录。请先录入或导入报名，出成绩后点“导入成绩”；也可改选年度。"
        self.table.say_empty("" if self._shown else nothing)

    def _say_stopped(self) -> None:
        self._state, self._shown = None, []
        self.model.show_items((), lambda _one: ())
        self.figures.setText("")
        self.table.say_empty("成绩没有读取。请重新选择年度。")

    def _cells(self, state: ResultsState, one: PersonResult) -> Sequence[Cell]:
        display, result, entry = self._opened.parser.display, one.result, one.entry
        own = {subject.key for subject in SUBJECTS[result.level]}
        scope = result.scope if result.outcome is Outcome.PASSED else entry["scope"]
        return (
            Cell(one.name),
            Cell(display(NUMBER, entry["id_number"], masked=True)),
            Cell(state.unit(one)),
            Cell(self._levels.label(result.level)),
            *(self._score(field.key, entry[field.key]) if field.key in own else EMPTY for field in SCORES),
            Cell(OUTCOMES[result.outcome], TONES.get(result.outcome, "")),
            Cell(names_of(result.level, result.passed)),
            Cell(names_of(result.level, result.carried)),
            Cell(str(result.lapses or ""), right=True),
            Cell(display(SCOPE, scope)),
        )

    def _score(self, key: str, score: int | None) -> Cell:
        tone = "" if score is None or score >= 0 else "overdue" if score in (BREACH, VOID) else "muted"
        return Cell(self._opened.parser.display(EXAM_ENTRIES.field(key), score), tone, right=True)

    def _open(self, index: QModelIndex) -> None:
        self.record_asked.emit(EXAM_ENTRIES.key, int(self._shown[index.row()].entry["id"]))

    # certificates for those who passed

    def ask_award(self) -> None:
        from socialwork_app.services.exam_awards import Awards

        state, opened = self._state, self._opened
        if state is None:
            return

        def work(_control: Control) -> list[Award]:
            return Awards(opened).waiting(state.year)

        self._bridge.run(work, partial(self._choose_awarded, state))

    def _choose_awarded(self, state: ResultsState, waiting: list[Award]) -> None:
        from socialwork_app.ui.screens.exams.award_dialog import AwardDialog

        level = self.level.currentData()
        awards = [one for one in waiting if level in ("", one.level)]
        if not awards:
            messages.tell(self.window(), f"{state.year} 年没有需要生成证书的人员。",
                          "合格人员都已有该级别的证书，或者成绩尚未录入；高级须先录入评审结果。")  # fmt: skip
            return
        dialog = self.award_dialog = AwardDialog(self._opened, awards, state.last_day, self.window())
        dialog.accepted.connect(lambda: self.award(dialog.chosen(), dialog.approved_on()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def award(self, awards: Sequence[Award], approved_on: str) -> None:
        from socialwork_app.services.exam_awards import Awards

        opened = self._opened

        def work(control: Control) -> Changes:
            return Awards(opened).award(awards, approved_on, control)

        self._bridge.run_with_bar("生成证书", work, self._awarded, parent=self.window())

    def _awarded(self, changes: Changes) -> None:
        self.undo_bar.offer(f"已生成 {len(changes.ids):,} 张证书，管理号待发证后补填", changes.change_id)

    def _undo(self, change_id: int) -> None:
        from socialwork_app.services.history import History

        history = History(self._opened)
        self._bridge.run_with_bar(
            "撤销", lambda control: history.undo(change_id, control), self.undo_bar.tell_undone, parent=self.window()
        )

    # the official list

    def ask_reconcile(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), "选择合格名单", "", WORKBOOKS)
        if name:
            self.reconcile(Path(name))

    def reconcile(self, path: Path) -> None:
        from socialwork_app.services.exam_awards import Awards

        opened, year, level = self._opened, int(self.year.currentData()), str(self.level.currentData())

        def work(control: Control) -> list[Difference]:
            return Awards(opened).reconcile(path, year, level, control)

        self._bridge.run_with_bar(
            "与合格名单核对", work, partial(self._show_differences, year, path.name), parent=self.window()
        )

    def _show_differences(self, year: int, file: str, found: list[Difference]) -> None:
        from socialwork_app.ui.screens.exams.difference_dialog import DifferenceDialog

        if not found:
            messages.tell(self.window(), f"{year} 年的合格人员与名单一致。", file)
            return
        dialog = self.difference_dialog = DifferenceDialog(found, self._levels, year, file, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
