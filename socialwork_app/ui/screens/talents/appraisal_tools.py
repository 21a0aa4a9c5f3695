"""Over the grid of an appraisal: what is looked at, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import APPRAISALS, APPRAISERS
from socialwork_app.ui.screens.talents.appraisal_state import AppraisalState, appraiser_entries
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of

PAST = 10
"""Years back that can be chosen."""
FRAME = 48
"""Pixels of a combo beside its text."""


class AppraisalTools(QWidget):
    sheet_asked = Signal()
    """Another scheme or year was chosen."""
    appraiser_chosen = Signal()

    def __init__(self, this_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._added: list[str] = []
        self._state: AppraisalState | None = None
        self._build(this_year)
        self._lay_out()
        for chooser in (self.scheme, self.year):
            chooser.activated.connect(lambda _index: self.sheet_asked.emit())
        self.appraiser.currentIndexChanged.connect(lambda _index: self.appraiser_chosen.emit())

    def _build(self, this_year: int) -> None:
        self.scheme = combo(APPRAISALS.field("scheme").label, [])
        years = [(str(year), year) for year in range(this_year + 1, this_year - PAST, -1)]
        self.year = combo(APPRAISALS.field("year").label, years)
        self.year.setCurrentIndex(-1)
        self.appraiser = combo(APPRAISERS.title, appraiser_entries(None, ()))
        self.appraiser.setMinimumWidth(self.fontMetrics().horizontalAdvance("综合得分") + FRAME)
        self.add_button = button("添加评分人…", "录入另一位评分人的评分")
        self.sheet_button = button("导出评分表", "给所选评分人填写的评分表，填好后用“导入评分”收回")
        self.begin_button = button("建立本年度考核", "为管理期含本年度的人员建立考核", primary=True)
        self.copy_button = button("复制标准…", "标准用过就不能再改：复制为新标准，从下一年起用")
        self.import_button = button("导入评分", "到“导入”选择评分人的评分表")
        self.roster_button = button("导出名册", "导出这一项目、这一年度的考核名册")
        self.form_button = button("填考核表…", "按表格模板为选中的人员填写，没有选中的为全部人员")
        self.grade_button = button("按分定等", "没有等次的，按总分所在分数段定等；已有等次的不变")
        self.decide_button = button("处理决定…", "对选中的人员记录处理决定", primary=True)
        self.cap = named_label("", "")
        self.cap.setAccessibleName("优秀名额")
        self.cap.setWordWrap(True)
        self.missing = named_label("", "warning")
        self.missing.setWordWrap(True)

    def _lay_out(self) -> None:
        choosers, tools, told = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for text, chooser in (("项目", self.scheme), ("年度", self.year), (APPRAISERS.title, self.appraiser)):
            choosers.addWidget(label_of(text, chooser))
            choosers.addWidget(chooser)
        choosers.addWidget(self.add_button)
        choosers.addWidget(self.sheet_button)
        choosers.addStretch(1)
        tools.addStretch(1)
        for each in (self.begin_button, self.copy_button, self.import_button, self.roster_button, self.grade_button,
                     self.decide_button):  # fmt: skip
            tools.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.cap, 1)
        told.addWidget(self.missing, 1)
        told.addWidget(self.form_button)
        for row in (choosers, tools, told):
            layout.addLayout(row)

    def show_state(self, state: AppraisalState) -> None:
        """The appraiser who was chosen stays chosen where there still is one of that name."""
        self._state, sheet = state, state.sheet
        _offer(self.scheme, state.schemes, sheet.scheme if sheet else None)
        if sheet:
            self._show_year(sheet.year)
        _offer(self.appraiser, appraiser_entries(sheet, self._added), self.appraiser.currentData())
        self.cap.setText(state.cap)
        self.cap.setObjectName("error" if sheet and sheet.cap.over else "")
        self.cap.style().polish(self.cap)
        self.missing.setText(state.missing)
        self.missing.setVisible(bool(state.missing))
        people = bool(sheet and sheet.people)
        self.begin_button.setVisible(bool(sheet and sheet.missing))
        self.copy_button.setEnabled(bool(sheet and sheet.version))
        self.grade_button.setEnabled(people)
        self.roster_button.setEnabled(people)
        self.form_button.setEnabled(people)
        self.sheet_button.setEnabled(people)

    def _show_year(self, year: int) -> None:
        if self.year.findData(year) < 0:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(year))

    def add_appraiser(self, name: str) -> None:
        """Known to the register from the first score on; until then here only."""
        self._added.append(name)
        _offer(self.appraiser, appraiser_entries(self._state.sheet if self._state else None, self._added), name)
        self.appraiser_chosen.emit()


def _offer(box: QComboBox, entries: Sequence[tuple[str, object]], chosen: object) -> None:
    """Other entries, the one chosen as before; silent."""
    box.blockSignals(True)
    box.clear()
    for words, value in entries:
        box.addItem(words, value)
    values = [value for _, value in entries]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    box.blockSignals(False)
