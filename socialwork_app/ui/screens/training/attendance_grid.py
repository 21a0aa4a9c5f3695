"""The grid of a course: one row a participant, one narrow column a half-day, ticked by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from socialwork_app.domain.code_lists import CodeList, CodeLists
from socialwork_app.domain.courses import ABSENT, EXCUSED, FAILED, LATE, HalfDay
from socialwork_app.domain.fields.training import PLACE_TAKEN_FIELDS
from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.services.attendance import Grid
from socialwork_app.services.courses import Participant
from socialwork_app.ui.models.cell_delegate import CellDelegate
from socialwork_app.ui.models.cell_model import Cell, CellModel, Index
from socialwork_app.ui.screens.training.shortfall_state import number
from socialwork_app.ui.widgets.table_view import TableView

NAME, UNIT = 0, 1
FIRST = 2
"""Column of the first half-day; after the last come hours, assessment and number."""
NAME_LABEL, UNIT_LABEL = PEOPLE.field("name").label, "单位"
HOURS_LABEL = next(field.label for field in PLACE_TAKEN_FIELDS if field.key == "attended_hours")
ASSESSMENT_LABEL, NUMBER_LABEL = "考核", "证书编号"
WIDTHS, HALF_DAY_WIDTH, LAST_WIDTHS = (8, 20), 8, (9, 8, 16)
TONES = {LATE: "soon", ABSENT: "overdue", EXCUSED: "muted", FAILED: "overdue"}
NOT_COUNTED = "不计"
DIGITS = "1234"
"""Which of a column's choices is meant, in the order of the code list."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class GridModel(CellModel):
    number_typed = Signal(int, str)
    """Row, and the number of completion that was typed there."""

    def __init__(self, lists: CodeLists, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._marks, self._results, self._halves = (
            lists["attendance_mark"],
            lists["assessment_result"],
            lists["half_day"],
        )
        self.rows: Sequence[Participant] = ()
        self.half_days: Sequence[HalfDay] = ()
        self._units: Sequence[str] = ()
        self._counting: frozenset[int] = frozenset()
        self._ahead: dict[tuple[int, int], str | None] = {}
        """What was entered and is not read back yet, by row and column."""

    def show_grid(self, grid: Grid | None, counting: frozenset[int]) -> None:
        """The same people and half-days as before keep the place where the officer stands."""
        half_days = tuple(dict.fromkeys(session.at for session in grid.course.sessions)) if grid else ()
        rows = grid.rows if grid else ()
        same_people = bool(rows) and [one.id for one in rows] == [one.id for one in self.rows]
        alike = same_people and half_days == self.half_days
        if not alike:
            self.beginResetModel()
        self.rows, self.half_days, self._counting, self._ahead = rows, half_days, counting, {}
        self._units = [grid.unit(one) for one in rows] if grid else ()
        self.headers = (NAME_LABEL, UNIT_LABEL, *map(self.told, half_days), HOURS_LABEL, ASSESSMENT_LABEL, NUMBER_LABEL)
        if alike:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.headers) - 1))
        else:
            self.endResetModel()

    def told(self, at: HalfDay) -> str:
        """7-1上午."""
        day = "-".join(str(int(part)) for part in at.day.split("-")[1:])
        return f"{day}{self._halves.label(at.half)}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    @property
    def hours_column(self) -> int:
        return FIRST + len(self.half_days)

    def half_day(self, column: int) -> HalfDay | None:
        return self.half_days[column - FIRST] if FIRST <= column < self.hours_column else None

    def is_assessment(self, column: int) -> bool:
        return column == self.hours_column + 1

    def is_number(self, column: int) -> bool:
        return column == self.hours_column + 2

    def choices(self, column: int) -> CodeList | None:
        """What may be ticked in a column."""
        if self.half_day(column):
            return self._marks
        return self._results if self.is_assessment(column) else None

    def value(self, row: int, column: int) -> str | None:
        """The mark or result that stands in a cell."""
        if (row, column) in self._ahead:
            return self._ahead[row, column]
        at = self.half_day(column)
        return self.rows[row].marks.get(at) if at else self.rows[row].assessment

    def show_ahead(self, rows: Sequence[int], column: int, value: str | None) -> None:
        """At once, before it is written."""
        for row in rows:
            self._ahead[row, column] = value
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def cell(self, row: int, column: int) -> Cell:
        one = self.rows[row]
        if column == NAME:
            return Cell(one.name)
        if column == UNIT:
            return Cell(self._units[row])
        if column == self.hours_column:
            return self._hours(one)
        choices = self.choices(column)
        if choices is None:
            return Cell(one.completion_number or "")
        value = self.value(row, column)
        return Cell(choices.label(value), TONES.get(value, "")) if value else Cell("")

    def _hours(self, one: Participant) -> Cell:
        if not one.hours:
            return Cell("")
        text = number(one.hours)
        return (
            Cell(text, right=True) if one.id in self._counting else Cell(f"{text} {NOT_COUNTED}", "muted", right=True)
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_number(index.column()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.EditRole else role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value).strip() == self.cell(index.row(), index.column()).text:
            return False
        self.number_typed.emit(index.row(), str(value))
        return True


class GridView(TableView):
    chosen = Signal(int, int, object)
    """Row, column and the value that shall stand there, None for nothing."""
    filled = Signal()

    def __init__(self, model: GridModel) -> None:
        super().__init__("签到")
        self._grid = model
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.show_model(model)
        model.modelReset.connect(self._set_widths)
        self.doubleClicked.connect(lambda index: self._cycle(index.row(), index.column()))

    def _set_widths(self) -> None:
        self.set_widths((*WIDTHS, *[HALF_DAY_WIDTH] * len(self._grid.half_days), *LAST_WIDTHS))

    def go_to(self, row: int, column: int) -> None:
        index = self._grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row, column, key = index.row(), index.column(), event.key()
        if key in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.filled.emit()
        elif self._grid.choices(column) is None:
            self._press_elsewhere(event)
        elif key in (*ENTER, Qt.Key.Key_Space):
            self._cycle(row, column)
        elif key in CLEARING:
            self.chosen.emit(row, column, None)
        elif event.text() and event.text() in DIGITS:
            self._choose(row, column, DIGITS.index(event.text()))
        else:
            super().keyPressEvent(event)

    def _press_elsewhere(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState  # its Enter comes by here too
        if event.key() in ENTER and self._grid.is_number(index.column()) and not editing:
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int, column: int, place: int) -> None:
        """And on to the next, so that a whole column is typed through."""
        choices = self._grid.choices(column)
        assert choices is not None
        self.chosen.emit(row, column, choices.entries[place].value)
        if row + 1 < len(self._grid.rows):
            self.go_to(row + 1, column)

    def _cycle(self, row: int, column: int) -> None:
        choices = self._grid.choices(column)
        if choices is not None:
            values = [entry.value for entry in choices.entries]
            stands = self._grid.value(row, column)
            place = values.index(stands) + 1 if stands in values else 0
            self.chosen.emit(row, column, values[place % len(values)])


class _Delegate(CellDelegate):
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        made = super().createEditor(parent, option, index)
        made.setAccessibleName(NUMBER_LABEL)
        return made
