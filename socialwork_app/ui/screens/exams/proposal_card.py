"""What signing the chosen person up would mean, and what is still to be said about it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.exams import SUBJECTS
from socialwork_app.domain.fields.exams import ENTRY_FIELDS, RESULT_FIELDS
from socialwork_app.services.exam_signup import Proposal, subject_choices
from socialwork_app.ui.screens.exams.typing_line import ENTER, TypingLine
from socialwork_app.ui.theme import TONES
from socialwork_app.ui.widgets.card import Card, named_label

TONE_OF = {Answer.YES: "good", Answer.UNKNOWN: "soon", Answer.NO: "overdue"}
LABELS = {field.key: field.label for field in (*ENTRY_FIELDS, *RESULT_FIELDS)}
NOBODY = "选中的人员在此显示"
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


class ProposalCard(Card):
    submitted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.proposal: Proposal | None = None
        self._preset: Given | None = None
        self._taker: QWidget = self
        self.name = named_label("", "sectionTitle")
        self.verdict = named_label("", "sectionTitle")
        self.reason = QLabel()
        self.number = TypingLine(LABELS["sign_up_number"])
        self.paid = QCheckBox("已缴费(&P)")
        self.first = QRadioButton("首次(&S)")
        self.again = QRadioButton("再次(&Z)")
        self.declared = TypingLine(LABELS["declared_reason"])
        self.fault = named_label("", "error")
        self.enter_button = QPushButton("录入")
        self.back_button = QPushButton("返回")
        self.boxes: dict[str, QCheckBox] = {}
        self._set_up()
        self._lay_out()
        self.clear()

    # building

    def _set_up(self) -> None:
        self.setAccessibleName("资格初核与报考")
        for label in (self.name, self.reason, self.fault):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.verdict.setAccessibleName(LABELS["verdict"])
        self.reason.setAccessibleName(LABELS["verdict_reason"])
        self.paid.setAccessibleName(LABELS["paid"])
        self.first.setAccessibleName("首次报考")
        self.again.setAccessibleName("再次报考")
        self._times = QButtonGroup(self)
        self._times.addButton(self.first)
        self._times.addButton(self.again)
        self.declared.setPlaceholderText("不符合条件仍报考的，须写明理由")
        self.declared.textEdited.connect(lambda _text: self.say(""))
        self.enter_button.setProperty("primary", True)
        self.enter_button.setToolTip("回车")
        self.back_button.setToolTip("Esc")
        self.enter_button.setAccessibleName("录入此人")
        self.back_button.setAccessibleName("返回搜索")
        self.enter_button.clicked.connect(self.submitted)
        self.back_button.clicked.connect(self.left)
        for widget in (self.paid, self.first, self.again):
            self._answer_at_once(widget, widget.shortcut())
        for digit in range(1, MOST_SUBJECTS + 1):
            self._on_key(QKeySequence(f"Alt+{digit}"), partial(self._toggle, digit - 1))

    def _answer_at_once(self, widget: QAbstractButton, keys: QKeySequence) -> None:
        """A button of its own accord answers its key a tenth of a second later: an Enter could come before."""
        widget.setToolTip(keys.toString())
        widget.setShortcut(QKeySequence())
        self._on_key(keys, widget.click)

    def _on_key(self, keys: QKeySequence, act: Callable[[], None]) -> None:
        QShortcut(keys, self).activated.connect(act)

    def _toggle(self, number: int) -> None:
        if number < len(self.boxes) and self._details.isVisible():
            list(self.boxes.values())[number].click()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.verdict)
        self._subjects = QHBoxLayout()
        self._subjects.setSpacing(14)
        times = QHBoxLayout()
        times.setSpacing(14)
        for widget in (self.first, self.again, self.paid):
            times.addWidget(widget)
        times.addStretch(1)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(6)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._form.addRow(LABELS["subjects"], self._subjects)
        self._form.addRow("报考次数", times)
        self._form.addRow("报名序号(&N)", self.number)
        self._form.addRow("报考说明(&R)", self.declared)
        self._details = QWidget()
        self._details.setLayout(self._form)
        self._form.setContentsMargins(0, 0, 0, 0)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.enter_button)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.reason)
        self.body.addWidget(self._details)
        self.body.addStretch(1)
        self.body.addLayout(foot)

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
            box.toggled.connect(lambda _on: self.say(""))
            self._subjects.addWidget(box)
        self._subjects.addStretch(1)
        for before, after in zip(self.boxes.values(), list(self.boxes.values())[1:], strict=False):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(list(self.boxes.values())[-1], self.first)

    # showing

    def clear(self) -> None:
        self.proposal = self._preset = None
        self.name.setText("")
        self.verdict.setText("")
        self.reason.setText(NOBODY)
        self.say("")
        self._show_parts(False, False)

    def _show_parts(self, somebody: bool, enters: bool) -> None:
        self._details.setVisible(enters)
        self.enter_button.setVisible(somebody)
        self.back_button.setVisible(somebody)

    def show_proposal(self, proposal: Proposal, level: str, stands: str) -> None:
        """`stands`: the sentence about an entry that is there already. The keyboard is not taken yet."""
        self.proposal = proposal
        self.name.setText(proposal.name)
        self._show_verdict(ENTERED_ALREADY if stands else proposal.answer,
                           "soon" if stands else TONE_OF[proposal.verdict.answer])  # fmt: skip
        self.reason.setText(f"{stands}{GOES_ON}" if stands else proposal.reason)
        self.say("")
        self._fill(proposal, level)
        self.enter_button.setText("下一人" if stands else "录入")
        self._show_parts(True, not stands)
        self._preset = self.given()
        self._taker = self.enter_button if stands else self.declared if proposal.against else self.number
        self._taker.setAccessibleDescription(f"{proposal.name}，{proposal.answer}。{self.reason.text()}")

    def _show_verdict(self, word: str, tone: str) -> None:
        self.verdict.setText(word)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(TONES[tone]))
        self.verdict.setPalette(palette)

    def _fill(self, proposal: Proposal, level: str) -> None:
        self._make_boxes(level)
        for key, box in self.boxes.items():
            box.setChecked(key in proposal.subjects)
        (self.first if proposal.first_time else self.again).setChecked(True)
        self.paid.setChecked(False)
        self.number.clear()
        self.declared.clear()
        self._form.setRowVisible(self.declared, proposal.against)

    def take_keyboard(self) -> None:
        """To where something is wanted first."""
        self._taker.setFocus()

    def say(self, text: str) -> None:
        self.fault.setText(text)

    # what stands

    def given(self) -> Given:
        subjects = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return Given(subjects, self.first.isChecked(), self.number.text().strip(), self.paid.isChecked(),
                     self.declared.text().strip())  # fmt: skip

    @property
    def edited(self) -> bool:
        return self.proposal is not None and self.given() != self._preset

    def find_fault(self) -> bool:
        """Whether something is missing: then it is said, and the keyboard is where it is wanted."""
        given = self.given()
        if not given.subjects:
            self._complain("请至少选一科。", next(iter(self.boxes.values())))
        elif self.proposal is not None and self.proposal.against and not given.reason:
            self._complain("按条件不符合，仍要报考请写明理由。", self.declared)
        else:
            return False
        return True

    def _complain(self, text: str, where: QWidget) -> None:
        self.say(text)
        where.setFocus()
        where.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.proposal is not None and event.key() in ENTER:
            self.submitted.emit()
        elif self.proposal is not None and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
