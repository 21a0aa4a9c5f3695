"""处理决定: what was decided about people who were appraised, and with which document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.problems import error
from socialwork_app.domain.registers.catalogue import APPRAISALS, TALENTS
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.domain.talents import LEFT, REVOKED, Decision
from socialwork_app.services.appraisal_decisions import Decided
from socialwork_app.services.appraisals import Appraised
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.forms.editors import LineEditor
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.talents.appraisal_grid import DECISION_TONES, LAST, NAME, REASON, SUGGESTION
from socialwork_app.ui.widgets.controls import combo
from socialwork_app.ui.widgets.table_view import TableView

DECISION, DAY, DOCUMENT, WHY = (
    APPRAISALS.field(key) for key in ("decision", "decided_on", "decision_document", "decision_reason")
)
STATE = TALENTS.field("talent_state")
SIZE = (640, 480)
WIDTHS = (8, 10, 46)
EFFECTS = {
    Decision.KEEP: "称号保持；津贴原已停发的恢复发放。",
    Decision.TALK: "只记在考核记录中，称号和津贴不变。",
    Decision.SUSPEND: "称号保持，津贴改为停发。",
    Decision.WITHDRAW: "称号按下面所选结束，津贴停发。",
}


class DecisionDialog(QDialog):
    def __init__(self, opened: OpenRegister, people: Sequence[Appraised], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{DECISION.label}（{len(people)} 人）")
        self.resize(*SIZE)
        self._opened, self._people = opened, people
        lists = opened.catalogue.code_lists
        self._decisions = lists[DECISION.code_list]
        self.decision = combo(DECISION.label, [(entry.label, entry.value) for entry in self._decisions.entries])
        self.state = combo(STATE.label, [(lists[STATE.code_list].label(value), value) for value in (LEFT, REVOKED)])
        self.effect = QLabel()
        self.effect.setWordWrap(True)
        self.day, self.document, self.why = (LineEditor(field) for field in (DAY, DOCUMENT, WHY))
        self.day.set(None, opened.today().isoformat())
        self._lay_out()
        self.decision.currentIndexChanged.connect(self._follow)
        self._suggest()
        self.decision.setFocus()

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            (DECISION.label, self.decision), ("", self.effect), (STATE.label, self.state), (DAY.label, self.day),
            (DOCUMENT.label, self.document), (WHY.label, self.why),
        )  # fmt: skip
        for label, widget in rows:
            self.form.addRow(label, widget)
        buttons = QDialogButtonBox()
        save = buttons.addButton("记录决定", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("primary", True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._table(), 1)
        layout.addLayout(self.form)
        layout.addWidget(buttons)

    def _table(self) -> TableView:
        model = RowsModel((NAME, LAST[SUGGESTION], LAST[REASON]), self)
        table = TableView("所选人员和建议")
        table.show_model(model)
        model.show_rows([self._cells(one) for one in self._people])
        table.set_widths(WIDTHS)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def _cells(self, one: Appraised) -> tuple[Cell, ...]:
        decision = one.suggestion.decision if one.suggestion else None
        said = Cell(self._decisions.label(decision), DECISION_TONES.get(decision, "")) if decision else Cell("")
        return Cell(one.name), said, Cell(one.reason)

    def _suggest(self) -> None:
        """What is suggested for all of them is chosen beforehand."""
        suggested = {one.suggestion.decision.value if one.suggestion else "" for one in self._people}
        self.decision.setCurrentIndex(max(0, self.decision.findData(suggested.pop()) if len(suggested) == 1 else 0))
        self._follow()

    def _follow(self) -> None:
        decision = Decision(self.decision.currentData())
        self.effect.setText(EFFECTS[decision])
        self.form.setRowVisible(self.state, decision is Decision.WITHDRAW)
        self.why.set_note(f"与建议不同：{self._against()}，须写明理由。" if self._against() else "")

    def _against(self) -> str:
        decision = self.decision.currentData()
        return "、".join(one.name for one in self._people if not one.suggestion or one.suggestion.decision != decision)

    def decided(self) -> Decided:
        day = self._opened.parser.parse(DAY, self.day.raw()).value
        return Decided(Decision(self.decision.currentData()), str(day or ""), str(self.document.raw()).strip(),
                       str(self.why.raw()).strip(), str(self.state.currentData()))  # fmt: skip

    def accept(self) -> None:
        """Only with a day, and with a reason where it is not what was suggested."""
        decided = self.decided()
        problems = self._opened.parser.parse(DAY, self.day.raw()).problems
        if not decided.day:
            problem = problems[0] if problems else error("field.required", DAY.key, label=DAY.label)
            self.day.set_problem(sentence_of_problem(problem))
            self.day.line.setFocus()
        elif self._against() and not decided.reason:
            self.why.set_problem(sentence_of_problem(error("field.required", WHY.key, label=WHY.label)))
            self.why.line.setFocus()
        else:
            super().accept()
