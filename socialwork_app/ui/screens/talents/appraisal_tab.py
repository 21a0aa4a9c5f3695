"""考核评分: the appraisal of a scheme and year: scores by appraiser, grades, the cap, what is suggested and decided."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import APPRAISAL_CRITERIA, APPRAISALS
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError, DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services import appraisal_scoring
from socialwork_app.services.changes import Changes
from socialwork_app.ui import messages
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.records.steps_back import StepsBack
from socialwork_app.ui.screens.talents import appraisal_export
from socialwork_app.ui.screens.talents.appraisal_decision import DecisionDialog
from socialwork_app.ui.screens.talents.appraisal_grid import AppraisalModel, AppraisalTable, Place
from socialwork_app.ui.screens.talents.appraisal_state import AppraisalState, Combined, read
from socialwork_app.ui.screens.talents.appraisal_tools import AppraisalTools
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import hide_unless
from socialwork_app.ui.widgets.reading_row import ReadingRow
from socialwork_app.ui.widgets.reloading import ReloadingPage

if TYPE_CHECKING:
    from socialwork_app.services.appraisal_begin import Begun
    from socialwork_app.services.appraisal_scoring import Graded, YearSheet
    from socialwork_app.ui.screens.talents.form_fill import FillDialog

CHOOSE_APPRAISER = "综合得分由各评分人的评分算出，不能直接改。请先在“评分人”中选定一人再录入。"
KEYS = "直接键入分数，Enter 到下一人，Tab 到下一项，Delete 清空。"


class AppraisalTab(ReloadingPage):
    TOUCHED_BY = frozenset({"appraisals", "appraisal_scores", "appraisal_criteria", "appraisal_items", "grade_bands",
                            "appraisers", "talents", "talent_schemes", "people", "organisations", "rules", "attachments"})  # fmt: skip
    """Registers from which the sheet is worked out."""

    screen_asked = Signal(str)
    record_asked = Signal(str, int)

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self._state: AppraisalState | None = None
        self.dialog: DecisionDialog | None = None
        self.filling: FillDialog | None = None
        self._build()
        self._lay_out()
        self._connect(at)

    # what it is made of

    def _build(self) -> None:
        lists = self._opened.catalogue.code_lists
        self.tools = AppraisalTools(self._opened.today().year)
        hide_unless(self._opened.allows("decide"), self.tools.grade_button, self.tools.decide_button)
        hide_unless(self._opened.allows("import"), self.tools.import_button, self.tools.add_button)
        hide_unless(self._opened.allows("save", APPRAISAL_CRITERIA.key), self.tools.copy_button)
        self.model = AppraisalModel(lists, self)
        grades = [entry.label for entry in lists[APPRAISALS.field("grade").code_list].entries]
        self.table = AppraisalTable(self.model, grades)
        self.table.say_empty("正在读取…")
        self.problem = named_label("", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.hint = named_label("", "muted")
        self.reading = ReadingRow(self._bridge, "读取考核")
        self.undo_bar = StepsBack(self._opened, self._bridge, self)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.tools)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.undo_bar)
        layout.addLayout(foot)

    def _connect(self, at: Workplace) -> None:
        tools = self.tools
        tools.sheet_asked.connect(self.load)
        tools.appraiser_chosen.connect(self._refresh)
        tools.add_button.clicked.connect(self.ask_appraiser)
        tools.copy_button.clicked.connect(self.ask_copy)
        tools.import_button.clicked.connect(lambda: self.screen_asked.emit("imports"))
        tools.sheet_button.clicked.connect(self.ask_sheet)
        tools.roster_button.clicked.connect(self.ask_roster)
        tools.form_button.clicked.connect(self.ask_forms)
        tools.grade_button.clicked.connect(self.grade_all)
        tools.decide_button.clicked.connect(self.ask_decision)
        tools.begin_button.clicked.connect(self.begin)
        self.model.typed.connect(self._write_typed)
        self.table.selection_changed.connect(self._choose)
        self.table.doubleClicked.connect(self._open)
        self.reading.stopped.connect(lambda: self.table.say_empty("考核没有读取。请重新选择年度。"))
        self.reload_after(at.bus)

    # what it shows

    def load(self) -> None:
        super().load()
        opened, scheme, year = self._opened, self.tools.scheme.currentData(), self.tools.year.currentData()

        def work(control: Control) -> AppraisalState:
            return read(opened, scheme, year, control)

        self.reading.read(work, self._show)

    @property
    def sheet(self) -> YearSheet | None:
        return self._state.sheet if self._state else None

    def _show(self, state: AppraisalState) -> None:
        self._state = state
        self.tools.show_state(state)
        self._refresh()

    def _refresh(self) -> None:
        state = self._state
        if state is None:
            return
        self.model.show_sheet(state.sheet, self.tools.appraiser.currentData())
        self.table.say_empty("" if self.model.people else self._nobody(state))
        self._say_refused()
        self._choose()

    def _nobody(self, state: AppraisalState) -> str:
        if state.sheet is None:
            return "还没有人才项目。请先在“项目与设置”中登记。"
        if state.sheet.missing:
            return f"{state.sheet.year} 年度考核还没有建立。点“建立本年度考核”，为在管人员各建一条。"
        return f"{state.sheet.year} 年没有需要考核的人员。请核对人才称号的管理期，或改选项目和年度。"

    def _choose(self) -> None:
        """The whole reason of what is suggested for the one who is chosen, else how to type."""
        rows = self._rows()
        self.tools.decide_button.setEnabled(bool(rows))
        usual = CHOOSE_APPRAISER if self.model.appraiser is Combined else KEYS
        chosen = self.model.people[rows[0]] if len(rows) == 1 else None
        told = f"{chosen.name}：{chosen.reason}" if chosen and chosen.suggestion else usual
        self.hint.setText(told if self.model.people else "")

    def _rows(self) -> list[int]:
        return sorted({row for first, last in self.table.selected_ranges() for row in range(first, last + 1)})

    def _open(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.record_asked.emit(APPRAISALS.key, self.model.people[index.row()].id)

    def ask_appraiser(self) -> None:
        name = messages.ask_text(self.window(), "添加评分人", "评分人姓名")
        if name and name.strip():
            self.tools.add_appraiser(name.strip())

    # scores and grades

    def _write_typed(self, appraisal: int, item: str, text: str) -> None:
        place, opened, appraiser = (appraisal, item), self._opened, self.model.appraiser
        try:
            self._look_over(place, text)
        except DomainError as error:
            self._refuse(place, text, error)
            return
        self.model.show_ahead(place, text)
        self._say_refused()

        def work(_control: Control) -> Changes:
            if not item:
                return appraisal_scoring.set_grade(opened, [appraisal], text)
            return appraisal_scoring.set_score(opened, appraisal, appraiser or "", item, text)

        self._bridge.write(
            work, partial(self.undo_bar.add, f"已记下 {text or '空'}"), partial(self._refuse, place, text)
        )

    def _look_over(self, place: Place, text: str) -> None:
        """Points beyond the maximum are told before they are written."""
        one = next(one for one in self.model.people if one.id == place[0])
        if place[1] and one.version:
            appraisal_scoring.points_of(self._opened, one.version, place[1], text)

    def _refuse(self, place: Place, text: str, error: Exception) -> None:
        if not isinstance(error, CodedError):
            messages.tell_error(self.window(), error)
            return
        maximum = next((item.maximum for item in self.model.items if item.title == place[1]), None)
        beyond = error.code == "appraisal.over_maximum" and maximum is not None
        name = next((one.name for one in self.model.people if one.id == place[0]), "")
        self.model.refuse(
            place, f"{text}＞{maximum:g}" if beyond else f"{text} ？", f"{name}：{sentence_of(error)}没有记下。"
        )
        self._say_refused()

    def _say_refused(self) -> None:
        self.problem.setText(self.model.told)
        self.problem.setVisible(bool(self.model.told))

    def grade_all(self) -> None:
        sheet, opened = self.sheet, self._opened
        if sheet is not None:
            work = partial(appraisal_scoring.grade_all, opened, sheet.scheme, sheet.year)
            self._bridge.write(lambda _control: work(), self._tell_graded)

    def _tell_graded(self, graded: Graded) -> None:
        self.undo_bar.add(appraisal_scoring.told_graded(graded), graded.changes)

    def begin(self) -> None:
        from socialwork_app.services.appraisal_begin import begin

        sheet, opened = self.sheet, self._opened
        if sheet is not None:
            self._bridge.write(lambda _control: begin(opened, sheet.scheme, sheet.year), self._tell_begun)

    def _tell_begun(self, begun: Begun) -> None:
        self.undo_bar.add(f"已建立考核 {begun.made:,} 人", begun.changes)
        if begun.left_out:
            lines = "\n".join(f"{one.name}：{one.reason}" for one in begun.left_out)
            messages.tell(self.window(), f"已建立考核 {begun.made:,} 人。以下称号获得者没有建立：", lines)

    # criteria

    def ask_copy(self) -> None:
        sheet = self.sheet
        if sheet is None or sheet.version is None:
            return
        year = sheet.year + 1
        title = messages.ask_text(self.window(), "复制标准", f"新标准的名称（{year} 年起用，之后可在“考核标准”中修改）",
                                  f"{sheet.version.title}（{year}年）")  # fmt: skip
        if title:
            self.copy_criteria(title, year)

    def copy_criteria(self, title: str, year: int) -> None:
        from socialwork_app.services.appraisal_criteria import copy_version

        sheet, opened = self.sheet, self._opened
        if sheet is not None and sheet.version is not None:
            criteria = sheet.version.id
            self._bridge.write(lambda _control: copy_version(opened, criteria, year, title),
                               partial(self.undo_bar.add, f"已复制为“{title}”，{year} 年起用"))  # fmt: skip

    # decisions

    def ask_decision(self) -> None:
        people = [self.model.people[row] for row in self._rows()]
        if people:
            dialog = self.dialog = DecisionDialog(self._opened, people, self.window())
            dialog.accepted.connect(lambda: self._decide([one.id for one in people], dialog))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _decide(self, ids: list[int], dialog: DecisionDialog) -> None:
        from socialwork_app.services.appraisal_decisions import decide

        opened, decided = self._opened, dialog.decided()
        self._bridge.write(lambda _control: decide(opened, ids, decided),
                           partial(self.undo_bar.add, f"已记录 {len(ids):,} 人的处理决定"))  # fmt: skip

    # the roster, and sheets to be filled in

    def ask_sheet(self) -> None:
        if target := self._ask_target(f"{self.model.appraiser or ''}评分表"):
            self.export_sheet(target)

    def _ask_target(self, name: str) -> Path | None:
        sheet = self.sheet
        return appraisal_export.ask_where(self, sheet, self.tools.scheme.currentText(), name) if sheet else None

    def export_sheet(self, target: Path) -> None:
        if self.sheet:
            appraisal_export.export_sheet(
                self._opened, self._bridge, self, self.sheet, self.model.appraiser or "", target
            )

    def ask_forms(self) -> None:
        """For those chosen, in their order, else for everybody."""
        from socialwork_app.ui.screens.talents.form_fill import FillDialog

        people = [self.model.people[row] for row in self._rows()] or self.model.people
        if self.sheet and people:
            asked = [one.person_id for one in people]
            dialog = self.filling = FillDialog(self._opened, self._bridge, asked, self.window(), self.sheet.year)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def ask_roster(self) -> None:
        if target := self._ask_target("考核名册"):
            self.export_roster(target)

    def export_roster(self, target: Path) -> None:
        if self.sheet:
            appraisal_export.export(self._opened, self._bridge, self, self.sheet, target)
