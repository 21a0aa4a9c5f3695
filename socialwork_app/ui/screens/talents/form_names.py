"""The names that can be filled into a form, by heading; one types a part of a name and chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from socialwork_app.domain.forms import Group, NameBook
from socialwork_app.ui.widgets.card import named_label

INDENT = "    "
STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class NamesList(QWidget):
    chosen = Signal(str)

    def __init__(self, groups: Sequence[Group], book: NameBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = [(group, _names(group, book)) for group in groups]
        self.search = QLineEdit()
        self.search.setAccessibleName("查找名称")
        self.search.setPlaceholderText("查找名称，如 单位、得分")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("可以填入的名称")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(named_label("填入什么", "sectionTitle"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self.look_up)
        self.search.returnPressed.connect(self._take_current)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self.look_up("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the search line move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(event.key(), 0)
            self._step(step)
            return bool(step)
        return super().eventFilter(watched, event)

    def look_up(self, text: str) -> None:
        """A part of a name or of another word for it; a name that is just this is the one chosen."""
        self.list.clear()
        for group, names in self._entries:
            found = [name for name, words in names if text.strip() in words]
            if found:
                heading = QListWidgetItem(group.title, self.list)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                for name in found:
                    QListWidgetItem(f"{INDENT}{name}", self.list).setData(Qt.ItemDataRole.UserRole, name)
        exact = self.list.findItems(f"{INDENT}{text.strip()}", Qt.MatchFlag.MatchExactly)
        if exact:
            self.list.setCurrentItem(exact[0])
        else:
            self._step(1)

    def _step(self, by: int) -> None:
        """To the next name; 0 stays."""
        row = self.list.currentRow() + by
        while by and 0 <= row < self.list.count():
            if self.list.item(row).flags():
                self.list.setCurrentRow(row)
                return
            row += by

    def _take_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        if name := item.data(Qt.ItemDataRole.UserRole):
            self.chosen.emit(name)


def _names(group: Group, book: NameBook) -> list[tuple[str, str]]:
    """Each with all the words that it is found by; of a list the whole of it first."""
    whole = book.name(group, None)
    each = [(book.name(group, field), " ".join((field.label, *field.synonyms))) for field in group.fields]
    return [*([(whole, whole)] if group.line else []), *((name, f"{name} {words}") for name, words in each)]
