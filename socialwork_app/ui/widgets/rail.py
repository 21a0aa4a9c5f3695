"""The navy rail at the left: one button a screen."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from socialwork_app.ui.widgets.tall_area import TallArea

ICON_SIZE = QSize(18, 18)
ICON_COLOUR = "#d5e0ee"
Entry = tuple[str, str, str]
"""Key, title and keys of a screen."""


class Rail(QFrame):
    chosen = Signal(str)
    """The key of the screen asked for; the rail shows it once `select` is called."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("导航")
        self._group = QButtonGroup(self)
        self._buttons = {entry[0]: self._button(*entry) for entry in entries}
        self._current = ""
        self._lay_out()
        self.setEnabled(False)

    def _lay_out(self) -> None:
        """A low window scrolls the buttons."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(0)
        for button in self._buttons.values():
            column.addWidget(button)
        column.addStretch(1)
        self._area = TallArea(page)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def _button(self, key: str, title: str, keys: str) -> QPushButton:
        button = QPushButton(title)
        button.setCheckable(True)
        button.setAccessibleName(title)
        button.setToolTip(f"{title}（{keys}）")
        button.setIconSize(ICON_SIZE)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self._ask(key))
        self._group.addButton(button)
        return button

    def load_icons(self) -> None:
        """Apart from the first paint: the icon font takes a quarter of a second."""
        from socialwork_app.ui.icons import icon

        for key, button in self._buttons.items():
            button.setIcon(icon(key, ICON_COLOUR, "#7f96b3"))

    def show_only(self, keys: Collection[str]) -> None:
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    def select(self, key: str) -> None:
        self._current = key
        self._buttons[key].setChecked(True)
        self._area.ensureWidgetVisible(self._buttons[key], 0, 0)

    def _ask(self, key: str) -> None:
        """The screen shown may refuse to be left, so its button stays marked until it is."""
        if self._current:
            self._buttons[self._current].setChecked(True)
        self.chosen.emit(key)
