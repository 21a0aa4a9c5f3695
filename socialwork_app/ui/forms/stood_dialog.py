"""A record as it was on a day, with what hung on it, numbers masked."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QDialog, QLabel, QVBoxLayout, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.history import History, Stood
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.controls import label_of, side_by_side
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = ("项目", "内容")
WIDTHS = (18, 34)
SIZE = (520, 560)


class StoodDialog(QDialog):
    def __init__(
        self, history: History, of: tuple[str, int], day: date, bridge: JobBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("当时的样子")
        self._history, self._of, self._bridge = history, of, bridge
        self.day = QDateEdit(QDate.fromString(day.isoformat(), Qt.DateFormat.ISODate))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName("哪一天")
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("当时的样子")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addLayout(side_by_side(label_of("该日结束时", self.day), self.day, QLabel("身份证号、电话已遮盖"), None))
        layout.addWidget(self.table, 1)
        self.resize(*SIZE)
        self.day.dateChanged.connect(self.load)
        self.load()

    def load(self) -> None:
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        history, of = self._history, self._of

        def work(_control: Control) -> tuple[date, Stood | None]:
            return day, history.on(*of, day)

        self._bridge.run(work, self._show)

    def _show(self, found: tuple[date, Stood | None]) -> None:
        day, stood = found
        if day.isoformat() != self.day.date().toString(Qt.DateFormat.ISODate):
            return
        self.model.show_rows(list(_rows(stood)) if stood else [])
        self.table.say_empty("" if stood else "这一天还没有这条记录，或已经删除")


def _rows(stood: Stood) -> Iterator[list[Cell]]:
    yield from ([Cell(label), Cell(text)] for _, label, text in stood.fields)
    for child in stood.children:
        yield [Cell(f"【{child.title}】"), Cell("")]
        yield from _rows(child)
