"""Which course: chosen from all, with its state and the step to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.courses import OPEN, PLANNED, RUNNING
from socialwork_app.domain.registers.catalogue import COURSES
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of

STEPS = {PLANNED: "开放报名", OPEN: "开班", RUNNING: "结束"}
"""What leads from a state to the next."""
WIDEST = 32
"""Characters of a course's name that the chooser shows."""


class CourseRow(QWidget):
    chosen = Signal(int)
    """Row id of another course."""

    def __init__(self, states: CodeList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states = states
        self.course = combo(COURSES.title, ())
        self.course.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.course.setMinimumContentsLength(WIDEST)
        self.state = named_label("", "muted")
        self.state.setAccessibleName(COURSES.field("state").label)
        self.step_button = button("", "改变办班状态，可撤销")
        self.waiting = QCheckBox("含候补")
        self.waiting.setAccessibleName("含候补")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (label_of(COURSES.title, self.course), self.course, self.state, self.step_button, self.waiting):
            layout.addWidget(each)
        self.course.activated.connect(lambda index: self.chosen.emit(int(self.course.itemData(index))))

    def show_courses(self, courses: Sequence[tuple[int, str]], chosen: int | None) -> None:
        """The list stays as it is while it says the same: it may be open."""
        shown = [(self.course.itemData(at), self.course.itemText(at)) for at in range(self.course.count())]
        if shown != list(courses):
            self.course.clear()
            for row_id, name in courses:
                self.course.addItem(name, row_id)
        self.course.setCurrentIndex(self.course.findData(chosen))

    def show_state(self, state: str) -> None:
        """ "" where there is no course."""
        self.state.setText(self._states.label(state))
        self.step_button.setText(STEPS.get(state, ""))
        self.step_button.setAccessibleName(STEPS.get(state, ""))
        self.step_button.setVisible(state in STEPS)
