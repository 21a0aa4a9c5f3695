"""What is still to be said about somebody who signs up for an exam: subjects, how often, the number, a reason."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QWidget

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.exams import SUBJECTS
from socialwork_app.domain.fields.exams import ENTRY_FIELDS, RESULT_FIELDS
from socialwork_app.services.exam_signup import Proposal, subject_choices
from socialwork_app.ui.screens.entry.details import Details, Fault, Told
from socialwork_app.ui.screens.entry.typing_line import TypingLine

TONE_OF = {Answer.YES: "good", Answer.UNKNOWN: "soon", Answer.NO: "overdue"}
LABELS = {field.key: field.label for field in (*ENTRY_FIELDS, *RESULT_FIELDS)}
MOST_SUBJECTS = max(map(len, SUBJECTS.values()))
ENTERED_ALREADY = "已报考"
GOES_ON = "不重复报考。按回车继续录入下一人。"


@dataclass(frozen=True, slots=True)
class Given:
    """What stands on the card."""

    subjects: tuple[str, ...]
    first_time: bool
    sign_up_number: str
    paid: bool
    reason: str

    def more(self) -> dict[str, object]:
        """What the service takes besides subjects and reason. A box that is not ticked says nothing."""
        return {"first_time": "是" if self.first_time else "否", "sign_up_number": self.sign_up_number,
                "paid": "是" if self.paid else None}  # fmt: skip


class ExamDetails(Details[Proposal, Given]):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = TypingLine(LABELS["sign_up_number"])
        self.paid = QCheckBox("已缴费(&P)")
        self.first = QRadioButton("首次(&S)")
        self.again = QRadioButton("再次(&Z)")
        self.declared = TypingLine(LABELS["declared_reason"])
        self.boxes: dict[str, QCheckBox] = {}
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        self.paid.setAccessibleName(LABELS["paid"])
        self.first.setAccessibleName("首次报考")
        self.again.setAccessibleName("再次报考")
        self._times = QButtonGroup(self)
        self._times.addButton(self.first)
        self._times.addButton(self.again)
        self.declared.setPlaceholderText("不符合条件仍报考的，须写明理由")
        self.declared.textEdited.connect(lambda _text: self.touched.emit())
        for widget in (self.paid, self.first, self.again):
            self.answer_at_once(widget)
        for digit in range(1, MOST_SUBJECTS + 1):
            self.on_key(QKeySequence(f"Alt+{digit}"), partial(self._toggle, digit - 1))

    def _toggle(self, number: int) -> None:
        if number < len(self.boxes):
            list(self.boxes.values())[number].click()

    def _lay_out(self) -> None:
        self._subjects = QHBoxLayout()
        self._subjects.setSpacing(14)
        times = QHBoxLayout()
        times.setSpacing(14)
        for widget in (self.first, self.again, self.paid):
            times.addWidget(widget)
        times.addStretch(1)
        self.form.addRow(LABELS["subjects"], self._subjects)
        self.form.addRow("报考次数", times)
        self.form.addRow("报名序号(&N)", self.number)
        self.form.addRow("报考说明(&R)", self.declared)

    def _make_boxes(self, level: str) -> None:
        for box in self.boxes.values():
            self._subjects.removeWidget(box)
            box.hide()
            box.deleteLater()
        while self._subjects.count():
            self._subjects.takeAt(0)
        self.boxes = {}
        for digit, (key, short) in enumerate(subject_choices(level), 1):
            box = self.boxes[key] = QCheckBox(f"{short}(&{digit})")
            box.setShortcut(QKeySequence())
            box.setAccessibleName(short)
            box.setToolTip(f"Alt+{digit}")
            box.toggled.connect(lambda _on: self.touched.emit())
            self._subjects.addWidget(box)
        self._subjects.addStretch(1)
        for before, after in zip(self.boxes.values(), list(self.boxes.values())[1:], strict=False):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(list(self.boxes.values())[-1], self.first)

    # what a proposal means

    def fill(self, proposal: Proposal) -> None:
        self._make_boxes(proposal.level)
        for key, box in self.boxes.items():
            box.setChecked(key in proposal.subjects)
        (self.first if proposal.first_time else self.again).setChecked(True)
        self.paid.setChecked(False)
        self.number.clear()
        self.declared.clear()
        self.form.setRowVisible(self.declared, proposal.against)

    def told(self, proposal: Proposal) -> Told:
        if proposal.stands:
            return Told(ENTERED_ALREADY, "soon", f"{proposal.stands}{GOES_ON}")
        return Told(proposal.answer, TONE_OF[proposal.verdict.answer], proposal.reason)

    def first_wanted(self, proposal: Proposal) -> QWidget:
        return self.declared if proposal.against else self.number

    # what stands

    def given(self) -> Given:
        subjects = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return Given(subjects, self.first.isChecked(), self.number.text().strip(), self.paid.isChecked(),
                     self.declared.text().strip())  # fmt: skip

    def find_fault(self, proposal: Proposal) -> Fault | None:
        given = self.given()
        if not given.subjects:
            return Fault("请至少选一科。", next(iter(self.boxes.values())))
        if proposal.against and not given.reason:
            return Fault("按条件不符合，仍要报考请写明理由。", self.declared)
        return None
