"""The few people whom the line means: looked up in a job while one types, one question at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.people_finding import MOST_FOUND, Found, PeopleFinding, Sought

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import JobBridge

SETTLING_MS = 40
"""Two keys that follow each other faster are one question."""
ROW_ROOM = 10
"""Pixels of a row beside its text."""
ROWS_ALWAYS_SEEN = 5
FRAME = 8


class PeopleFinder(QListWidget):
    """The line keeps the keyboard; what is marked here is what Enter takes."""

    answered = Signal()
    """To what the line holds now; answers to what it held before are dropped."""
    failed = Signal(object)

    def __init__(self, finding: PeopleFinding, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding, self._bridge = finding, bridge
        self._text = ""
        self._asked = self._told = 0
        self._asking = False
        self.sought = Sought(())
        self.setAccessibleName("查到的人员")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._row_height = self.fontMetrics().height() + ROW_ROOM
        self.setMinimumHeight(self._row_height * ROWS_ALWAYS_SEEN + FRAME)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(SETTLING_MS)
        self._waiting.timeout.connect(self._begin)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._row_height * MOST_FOUND + FRAME)

    # asking

    @property
    def settled(self) -> bool:
        """Whether what is shown answers what the line holds."""
        return self._asked == self._told

    def ask(self, text: str) -> None:
        """What is shown stays until the answer is there."""
        self._text = text.strip()
        self._asked += 1
        if self._text:
            self._waiting.start()
        else:
            self._waiting.stop()
            self._told = self._asked
            self._show(Sought(()))

    def hurry(self) -> None:
        self._waiting.stop()
        self._begin()

    def _begin(self) -> None:
        if self._asking or self.settled:
            return
        self._asking = True
        text, finding = self._text, self._finding

        def work(_control: Control) -> Sought:
            return finding.look_up(text)

        self._bridge.run(work, partial(self._take_answer, self._asked), partial(self._take_failure, self._asked))

    def _take_answer(self, number: int, sought: Sought) -> None:
        self._asking = False
        if number != self._asked:
            self._begin()
            return
        self._told = number
        self._show(sought)
        self.answered.emit()

    def _take_failure(self, number: int, error: Exception) -> None:
        self._asking = False
        if number != self._asked:
            self._begin()
            return
        self._told = number
        self._show(Sought(()))
        self.failed.emit(error)

    # showing

    def _show(self, sought: Sought) -> None:
        self.sought = sought
        self.clear()
        texts = [f"{person.name}  {person.told}" for person in sought.people]
        texts += [f"新建：{sought.new_told}"] if sought.new else []
        for text in texts:
            item = QListWidgetItem(text)
            item.setToolTip(text)
            item.setSizeHint(QSize(0, self._row_height))
            self.addItem(item)
        self.setCurrentRow(0 if texts else -1)

    def move_mark(self, steps: int) -> None:
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + steps, 0), self.count() - 1))

    def marked(self) -> Found | None:
        """The person that is marked; None for the offer to make one, or nobody at all."""
        row, people = self.currentRow(), self.sought.people
        return people[row] if 0 <= row < len(people) else None

    def new_marked(self) -> bool:
        return self.sought.new is not None and self.currentRow() == len(self.sought.people)
