"""The one who is chosen: what signing up would mean, and what is still to be said."""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from socialwork_app.services.fast_entry import Proposed
from socialwork_app.ui.screens.entry.details import Details
from socialwork_app.ui.screens.entry.typing_line import ENTER
from socialwork_app.ui.theme import TONES
from socialwork_app.ui.widgets.card import Card, named_label

P = TypeVar("P", bound=Proposed)
G = TypeVar("G")
NOBODY = "选中的人员在此显示"


class EntryCard(Card, Generic[P, G]):
    submitted = Signal()
    left = Signal()

    def __init__(self, name: str, details: Details[P, G], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.details = details
        self.proposal: P | None = None
        self._preset: G | None = None
        self._taker: QWidget = self
        self.name = named_label("", "sectionTitle")
        self.verdict = named_label("", "sectionTitle")
        self.reason = QLabel()
        self.fault = named_label("", "error")
        self.enter_button = QPushButton("录入")
        self.back_button = QPushButton("返回")
        self.setAccessibleName(name)
        self._set_up()
        self._lay_out()
        self.clear()

    def _set_up(self) -> None:
        for label in (self.name, self.reason, self.fault):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.verdict.setAccessibleName("核对结果")
        self.reason.setAccessibleName("核对说明")
        self.enter_button.setProperty("primary", True)
        self.enter_button.setToolTip("回车")
        self.back_button.setToolTip("Esc")
        self.enter_button.setAccessibleName("录入此人")
        self.back_button.setAccessibleName("返回搜索")
        self.enter_button.clicked.connect(self.submitted)
        self.back_button.clicked.connect(self.left)
        self.details.touched.connect(lambda: self.say(""))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.verdict)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.enter_button)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.details)
        self.body.addStretch(1)
        self.body.addLayout(foot)

    # showing

    def clear(self) -> None:
        self.proposal = self._preset = None
        self.name.setText("")
        self.verdict.setText("")
        self.reason.setText(NOBODY)
        self.say("")
        self._show_parts(somebody=False, enters=False)

    def _show_parts(self, *, somebody: bool, enters: bool) -> None:
        self.details.setVisible(enters)
        self.enter_button.setVisible(somebody)
        self.back_button.setVisible(somebody)

    def show_proposal(self, proposal: P) -> None:
        """The keyboard is not taken yet."""
        self.proposal = proposal
        told = self.details.told(proposal)
        self.name.setText(proposal.name)
        self._show_verdict(told.word, told.tone)
        self.reason.setText(told.reason)
        self.say("")
        self.details.fill(proposal)
        self.enter_button.setText("下一人" if proposal.stands else "录入")
        self._show_parts(somebody=True, enters=not proposal.stands)
        self._preset = self.details.given()
        self._taker = self.enter_button if proposal.stands else self.details.first_wanted(proposal)
        self._taker.setAccessibleDescription(f"{proposal.name}，{told.word}。{told.reason}")

    def _show_verdict(self, word: str, tone: str) -> None:
        self.verdict.setText(word)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(TONES[tone]))
        self.verdict.setPalette(palette)

    def take_keyboard(self) -> None:
        """To where something is wanted first."""
        self._taker.setFocus()

    def say(self, text: str) -> None:
        self.fault.setText(text)

    # what stands

    @property
    def edited(self) -> bool:
        return self.proposal is not None and self.details.given() != self._preset

    def find_fault(self) -> bool:
        """Whether something is missing: then it is said, and the keyboard is where it is wanted."""
        fault = self.details.find_fault(self.proposal) if self.proposal is not None else None
        if fault is None:
            return False
        self.say(fault.text)
        fault.where.setFocus()
        fault.where.setAccessibleDescription(fault.text)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.proposal is not None and event.key() in ENTER:
            self.submitted.emit()
        elif self.proposal is not None and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
