"""Small parts that the tabs of the exam share."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS

NARROWEST = 10
"""Characters that a combo box keeps where the screen is scaled up and the room is short."""


def names_of(level: str, keys: Sequence[str]) -> str:
    return SUBJECT_SEPARATOR.join(subject.short for subject in SUBJECTS[level] if subject.key in keys)


def combo(name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setMaxVisibleItems(20)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance("0") * NARROWEST)
    for words, value in entries:
        made.addItem(words, value)
    return made


def button(text: str, tip: str, *, primary: bool = False) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setToolTip(tip)
    made.setProperty("primary", primary)
    return made


def label_of(text: str, widget: QWidget) -> QLabel:
    made = QLabel(text)
    made.setBuddy(widget)
    return made
