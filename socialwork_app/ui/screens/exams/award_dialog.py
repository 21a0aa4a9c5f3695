"""Who passed and gets a certificate now: to be looked through before anything is written."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.problems import error
from socialwork_app.domain.registers.catalogue import CERTIFICATES, PEOPLE
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.services.exam_awards import Award
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.forms.editors import LineEditor
from socialwork_app.ui.models.cell_model import Cell, CellModel, Index
from socialwork_app.ui.widgets.table_view import TableView

APPROVED = CERTIFICATES.field("approved_on")
SHOWN = (PEOPLE.field("name"), PEOPLE.field("id_number"), CERTIFICATES.field("level"), CERTIFICATES.field("scope"))
WIDTHS = (12, 19, 15, 11, 11)
SIZE = (720, 520)
EXPLAINED = (
    "以下人员考试合格，还没有该级别的证书。生成的证书暂无{number}，发证后补填；首次登记期限从{day}起算。"
    "高级须评审通过后才列出，{day}为评审日期。"
)


class AwardModel(CellModel):
    def __init__(self, opened: OpenRegister, awards: Sequence[Award], parent: QObject | None = None) -> None:
        super().__init__((*(field.label for field in SHOWN), APPROVED.label), parent)
        self._parser = opened.parser
        self._awards = tuple(awards)
        self._checked = [True] * len(awards)
        self._day = ""

    def set_day(self, day: str) -> None:
        self._day = day
        if self._awards:
            self.dataChanged.emit(self.index(0, len(SHOWN)), self.index(len(self._awards) - 1, len(SHOWN)))

    def chosen(self) -> list[Award]:
        return [one for one, checked in zip(self._awards, self._checked, strict=True) if checked]

    def check(self, rows: Sequence[int], checked: bool) -> None:
        for row in rows:
            self._checked[row] = checked
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0))

    def is_checked(self, row: int) -> bool:
        return self._checked[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._awards)

    def cell(self, row: int, column: int) -> Cell:
        one = self._awards[row]
        values = (one.name, one.id_number, one.level, one.scope)
        if column < len(SHOWN):
            return Cell(self._parser.display(SHOWN[column], values[column], masked=SHOWN[column].sensitive))
        return Cell(one.decided_on or self._day)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() == 0:
            return Qt.CheckState.Checked if self._checked[index.row()] else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.check([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags


class AwardDialog(QDialog):
    def __init__(
        self, opened: OpenRegister, awards: Sequence[Award], last_day: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("生成证书")
        self.resize(*SIZE)
        self._opened = opened
        self.model = AwardModel(opened, awards, self)
        self.table = TableView("可生成证书的合格人员")
        self.table.setItemDelegate(QStyledItemDelegate(self.table))  # which paints the boxes
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.day = LineEditor(APPROVED)
        self.day.set(last_day, last_day)
        self.model.set_day(last_day)
        self.count = QLabel()
        self.all_button, self.none_button = _button("全选"), _button("全不选")
        self.award_button = _button("生成证书")
        self.award_button.setProperty("primary", True)
        self.award_button.setDefault(True)
        self._lay_out()
        self._connect()
        self._show_count()

    def _lay_out(self) -> None:
        explained = QLabel(EXPLAINED.format(number=CERTIFICATES.field("certificate_number").label, day=APPROVED.label))
        explained.setWordWrap(True)
        form = QFormLayout()
        form.addRow(APPROVED.label, self.day)
        cancel = _button("取消")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        for widget in (self.all_button, self.none_button, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.award_button)
        layout = QVBoxLayout(self)
        layout.addWidget(explained)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def _connect(self) -> None:
        rows = range(self.model.rowCount())
        self.all_button.clicked.connect(lambda: self.model.check(rows, checked=True))
        self.none_button.clicked.connect(lambda: self.model.check(rows, checked=False))
        self.model.dataChanged.connect(self._show_count)
        self.day.changed.connect(lambda: self.model.set_day(str(self.day.raw()).strip()))
        self.award_button.clicked.connect(self.accept)
        toggle = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        toggle.setContext(Qt.ShortcutContext.WidgetShortcut)
        toggle.activated.connect(self._toggle)

    def _toggle(self) -> None:
        """Space turns all chosen rows to what the first of them is not."""
        rows = [row for first, last in self.table.selected_ranges() for row in range(first, last + 1)]
        if rows:
            self.model.check(rows, checked=not self.model.is_checked(rows[0]))

    def _show_count(self) -> None:
        chosen = len(self.model.chosen())
        self.count.setText(f"已选 {chosen:,} / {self.model.rowCount():,} 人")
        self.award_button.setEnabled(chosen > 0)

    def chosen(self) -> list[Award]:
        return self.model.chosen()

    def approved_on(self) -> str:
        """As it is stored; "" where nothing that means a day was typed."""
        return str(self._opened.parser.parse(APPROVED, self.day.raw()).value or "")

    def accept(self) -> None:
        """Only with a day for everybody who is chosen."""
        if not self.approved_on() and any(not one.decided_on for one in self.chosen()):
            problems = self._opened.parser.parse(APPROVED, self.day.raw()).problems
            problem = problems[0] if problems else error("field.required", APPROVED.key, label=APPROVED.label)
            self.day.set_problem(sentence_of_problem(problem))
            self.day.line.setFocus()
            return
        super().accept()


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button
