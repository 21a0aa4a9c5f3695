"""Labels and editors of one section, in as many columns as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.ui.forms.editors import Editor

LABEL_EMS = 7


class FieldCell(QWidget):
    """A label and its editor."""

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__()
        label = QLabel(f"{field.label} *" if field.required else field.label)
        label.setWordWrap(True)
        label.setFixedWidth(label.fontMetrics().horizontalAdvance("字") * LABEL_EMS)
        label.setBuddy(editor)
        label.setContentsMargins(0, 7, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(editor, 1, Qt.AlignmentFlag.AlignTop)
        self.whole_row = field.kind is Kind.LONG_TEXT


class Section(QFrame):
    """The fields of one section in one or two columns."""

    def __init__(self, title: str, cells: Sequence[FieldCell]) -> None:
        super().__init__()
        self._cells = cells
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 8)
        if title:
            heading = QLabel(title)
            heading.setObjectName("sectionTitle")
            layout.addWidget(heading)
        layout.addLayout(self._grid)

    def narrowest(self) -> int:
        """Pixels that the widest field needs."""
        return max(cell.minimumSizeHint().width() for cell in self._cells)

    def arrange(self, columns: int) -> None:
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
        row = column = 0
        for cell in self._cells:
            if cell.whole_row and column:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, columns if cell.whole_row else 1)
            column = 0 if cell.whole_row else (column + 1) % columns
            row += column == 0
