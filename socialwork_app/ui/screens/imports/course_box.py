"""Which training course a list is about, where its rows do not say so."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from socialwork_app.domain.registers.catalogue import TRAINING_SIGNUPS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import KIND, Course, Courses
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge

COURSE = TRAINING_SIGNUPS.field("course").label
AS_WRITTEN = f"{COURSE}：按表中所写"
LEAST, MOST = 14, 360
"""Characters, pixels."""


class CourseBox(QComboBox):
    """Keeps itself up to date; hidden for lists of no course."""

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._known: Sequence[Course] = ()
        self._state = ""
        self.setAccessibleName(COURSE)
        self.setMinimumContentsLength(LEAST)
        self.setMaximumWidth(MOST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.hide()
        self.currentTextChanged.connect(self.setToolTip)
        bus.changed.connect(self._take_note)
        self._load()

    def course(self) -> int | None:
        return self.currentData() if self._state else None

    def ask_for(self, state: str) -> None:
        """For lists that come of courses in this state; "" for lists of no course."""
        self._state = state
        self._choose(None)
        self.setVisible(bool(state))

    def _load(self) -> None:
        opened = self._opened

        def work(_control: Control) -> list[Course]:
            return Courses(opened).all()

        self._bridge.run(work, self._offer)

    def _take_note(self, changes: Changes) -> None:
        if KIND in changes.kinds:
            self._load()

    def _offer(self, known: Sequence[Course]) -> None:
        chosen = self.currentData()
        self._known = known
        self.clear()
        self.addItem(AS_WRITTEN)
        for course in known:
            self.addItem(course.title, course.id)
            self.setItemData(self.count() - 1, course.title, Qt.ItemDataRole.ToolTipRole)
        self._choose(chosen)

    def _choose(self, chosen: int | None) -> None:
        """The one that was chosen, else the only one that such lists can be about now."""
        usual = [course.id for course in self._known if course.values["state"] == self._state]
        only = usual[0] if len(usual) == 1 else None
        self.setCurrentIndex(max(0, self.findData(chosen if chosen is not None else only)))
