"""Small controls that many pages are made of."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

NARROWEST = 10
"""Characters that a combo box keeps where the screen is scaled up and the room is short."""


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


def password_line(name: str, hint: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made


def hide_unless(allowed: bool, *widgets: QWidget) -> None:
    """What would be refused is not shown."""
    if not allowed:
        for widget in widgets:
            widget.hide()


def label_of(text: str, widget: QWidget) -> QLabel:
    made = QLabel(text)
    made.setBuddy(widget)
    return made


def page_key(keys: str, act: Callable[[], object], page: QWidget) -> None:
    """For as long as the page is in sight, also where the keyboard is still at the navigation or a bar of tabs."""
    QShortcut(QKeySequence(keys), page).activated.connect(act)


def side_by_side(*widgets: QWidget | None) -> QHBoxLayout:
    """In a row; None is the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row
