"""A white card with a title."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class Card(QFrame):
    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(named_label(title, "sectionTitle"))


class FigureCard(Card):
    """One figure with what it counts above and a remark below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = title
        self._figure = named_label("—", "figure")
        self._remark = named_label("", "muted")
        self.body.setSpacing(2)
        self.body.addWidget(named_label(title, "muted"))
        self.body.addWidget(self._figure)
        self.body.addWidget(self._remark)

    def show_figure(self, figure: int, unit: str, remark: str = "") -> None:
        self._figure.setText(f"{figure:,}")
        self._remark.setText(remark or unit)
        self.setAccessibleName(f"{self._title} {figure} {unit}")


def named_label(text: str, name: str) -> QLabel:
    """A label that the style sheet knows by `name`."""
    label = QLabel(text)
    label.setObjectName(name)
    return label


def page_title(text: str) -> QLabel:
    return named_label(text, "pageTitle")
