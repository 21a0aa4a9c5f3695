"""Whose a new record will be: one types a name, pinyin or the end of a number and chooses."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from socialwork_app.domain.filters import Filter
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.ui.widgets.card import named_label

OFFERED = 30
FACTS = 6


class OwnerFinder(QWidget):
    chosen = Signal(int)

    def __init__(self, opened: OpenRegister, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = Records(opened, kind)
        title = self._records.register.title
        self.search = QLineEdit()
        self.search.setAccessibleName(f"查找{title}")
        self.search.setPlaceholderText("姓名、拼音、首字母、身份证号或电话后四位")
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.setFocusProxy(self.search)
        layout = QVBoxLayout(self)
        layout.addWidget(named_label(f"先选择{title}", "sectionTitle"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self.look_up)
        self.search.returnPressed.connect(self._take_first)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)

    def start(self) -> None:
        self.search.clear()
        self.look_up("")

    def look_up(self, text: str) -> None:
        keys = self._records.register.columns[:FACTS]
        self.list.clear()
        for row in self._records.first_rows(Filter(search=text), keys, OFFERED):
            shown = (self._records.display(key, row.values.get(key)) for key in keys)
            item = QListWidgetItem("　".join(filter(None, shown)))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)

    def _take_first(self) -> None:
        if self.list.count():
            self._take(self.list.item(0))

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(int(item.data(Qt.ItemDataRole.UserRole)))
