"""The grid of a year's appraisal: one row a person, one column an item, typed through by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from socialwork_app.domain.appraisals import BASIC, EXCELLENT, FAILED, MEANINGS, Item
from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.appraisals import RESULT_FIELDS
from socialwork_app.domain.registers.catalogue import APPRAISALS, PEOPLE
from socialwork_app.domain.talents import Decision
from socialwork_app.services.appraisal_scoring import YearSheet
from socialwork_app.services.appraisals import Appraised
from socialwork_app.ui.models.cell_delegate import CellDelegate
from socialwork_app.ui.models.cell_model import EMPTY, Cell, CellModel, Index
from socialwork_app.ui.screens.talents.appraisal_state import Combined, points
from socialwork_app.ui.widgets.table_view import TableView

FIRST = 2
"""Column of the first item, after name and unit."""
RESULT = {field.key: field.label for field in RESULT_FIELDS}
NAME, UNIT = PEOPLE.field("name").label, PEOPLE.field("employer").label
TOTAL, BY_SCORE, GRADE, SUGGESTION, DECISION, REASON = range(6)
"""Columns after the last item."""
LAST = (RESULT["total_score"], RESULT["grade_by_score"], APPRAISALS.field("grade").label.removeprefix("考核"),
        RESULT["suggestion"], APPRAISALS.field("decision").label, RESULT["suggestion_reason"])  # fmt: skip
WIDTHS, ITEM_WIDTH, LAST_WIDTHS = (7, 12), 8, (12, 8, 10, 8, 8, 20)
GRADE_TONES = {EXCELLENT: "good", BASIC: "soon", FAILED: "overdue"}
DECISION_TONES = {Decision.TALK: "soon", Decision.SUSPEND: "overdue", Decision.WITHDRAW: "overdue"}
CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Place = tuple[int, str]
"""An appraisal, and an item or "" for the grade."""


class AppraisalModel(CellModel):
    typed = Signal(int, str, str)
    """Row id of the appraisal, item ("" for the grade) and what was typed there."""

    def __init__(self, lists: CodeLists, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._decisions = lists["talent_decision"]
        self.people: Sequence[Appraised] = ()
        self.items: Sequence[Item] = ()
        self.appraiser: str | None = Combined
        self._ahead: dict[Place, str] = {}
        """What was typed and is not read back yet."""
        self._refused: dict[Place, tuple[str, str]] = {}
        """What was typed and could not be taken: as it is told in the cell, and in a sentence."""

    def show_sheet(self, sheet: YearSheet | None, appraiser: str | None) -> None:
        """The same people and items as before keep the place where the officer stands, and what is being typed."""
        people, items = (sheet.people, sheet.items) if sheet else ((), ())
        alike = bool(people) and (self._ids(people), items, appraiser) == (
            self._ids(self.people),
            self.items,
            self.appraiser,
        )
        if not alike:
            self.beginResetModel()
            self._refused = {}
        self.people, self.items, self.appraiser, self._ahead = people, items, appraiser, {}
        self.headers = (NAME, UNIT, *(f"{item.title}\n满分 {item.maximum:g}" for item in items), *LAST)
        if alike:
            self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, len(self.headers) - 1))
        else:
            self.endResetModel()

    def _ids(self, people: Sequence[Appraised]) -> list[int]:
        return [one.id for one in people]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.people)

    def item(self, column: int) -> Item | None:
        return self.items[column - FIRST] if FIRST <= column < FIRST + len(self.items) else None

    def column_of(self, what: int) -> int:
        """Of one of the columns after the items."""
        return FIRST + len(self.items) + what

    def place(self, row: int, column: int) -> Place | None:
        """What can be typed into a cell; None where nothing can."""
        item = self.item(column)
        if item and self.appraiser is not Combined:
            return self.people[row].id, item.title
        return (self.people[row].id, "") if column == self.column_of(GRADE) else None

    @property
    def told(self) -> str:
        """The sentence about what was refused last and has not been mended."""
        return next((sentence for _, sentence in reversed(self._refused.values())), "")

    def refuse(self, place: Place, text: str, sentence: str) -> None:
        """What was typed stays to be seen until something else is typed."""
        self._refused[place] = (text, sentence)
        self._ahead.pop(place, None)
        self._repaint()

    def show_ahead(self, place: Place, text: str) -> None:
        self._ahead[place] = text
        self._refused.pop(place, None)
        self._repaint()

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.people) - 1, len(self.headers) - 1))

    # cells

    def cell(self, row: int, column: int) -> Cell:
        one, item, place = self.people[row], self.item(column), self.place(row, column)
        if place in self._refused:
            return Cell(self._refused[place][0], "overdue", right=bool(item))
        if place in self._ahead:
            return Cell(self._ahead[place], right=bool(item))
        if item:
            given = points(one, item, self.appraiser)
            return EMPTY if given is None else Cell(f"{given:g}", right=True)
        if column < FIRST:
            return Cell((one.name, one.unit)[column])
        return self._last(one, column - FIRST - len(self.items))

    def _last(self, one: Appraised, what: int) -> Cell:
        if what == TOTAL:
            return self._total(one)
        if what in (BY_SCORE, GRADE):
            grade = one.grade if what == GRADE else one.grade_by_score
            return Cell(grade or "", GRADE_TONES.get(MEANINGS.get(grade or "", ""), ""))
        if what == REASON:
            return Cell(one.reason, "" if one.suggestion else "muted")
        decision = one.values["decision"] if what == DECISION else one.suggestion.decision if one.suggestion else None
        return Cell(self._decisions.label(decision), DECISION_TONES.get(decision, "")) if decision else EMPTY

    def _total(self, one: Appraised) -> Cell:
        """Of how many items, where not all of them have been scored."""
        if one.total is None:
            return EMPTY
        scored, items = len({score.item for score in one.scores}), len(self.items)
        if scored in (0, items):
            return Cell(f"{one.total:g}", right=True)
        return Cell(f"{one.total:g}（{scored}/{items}项）", "soon", right=True)

    # typing

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.place(index.row(), index.column()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole:
            place = self.place(index.row(), index.column())
            return "" if place in self._refused else self.cell(index.row(), index.column()).text
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place, text = self.place(index.row(), index.column()), str(value).strip()
        if role != Qt.ItemDataRole.EditRole or place is None or text == self.data(index, role):
            return False
        self.typed.emit(*place, text)
        return True


class AppraisalTable(TableView):
    """Enter goes down and Tab right, both on to typing; Delete empties a cell."""

    def __init__(self, model: AppraisalModel, grades: Sequence[str]) -> None:
        super().__init__("考核评分表")
        self._model = model
        self.setItemDelegate(_Delegate(model, grades, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.show_model(model)
        model.modelReset.connect(self._set_widths)
        self.horizontalHeader().setStretchLastSection(True)

    def _set_widths(self) -> None:
        self.set_widths((*WIDTHS, *[ITEM_WIDTH] * len(self._model.items), *LAST_WIDTHS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:  # the editor passes on the Enter that ends it
            super().keyPressEvent(event)
        elif event.key() in ENTER and index.isValid():
            self._edit_or_go_down(index)
        elif event.key() in CLEARING and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._model.setData(index, "")
        else:
            super().keyPressEvent(event)

    def _edit_or_go_down(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self._go_down(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go_down(index)

    def _go_down(self, index: QModelIndex) -> None:
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)
            self.scrollTo(below)


class _Delegate(CellDelegate):
    """What is being typed is not overwritten when the sheet is read anew meanwhile."""

    def __init__(self, model: AppraisalModel, grades: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._grades = model, grades

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        item = self._model.item(index.column())
        made: QWidget = QLineEdit(parent) if item else self._choice(parent)
        made.setAccessibleName(f"{self._model.people[index.row()].name} {item.title if item else LAST[GRADE]}")
        return made

    def _choice(self, parent: QWidget) -> QComboBox:
        made = QComboBox(parent)
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.addItems(["", *self._grades])
        return made

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
            if line := editor.lineEdit():
                line.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text = (
            editor.currentText()
            if isinstance(editor, QComboBox)
            else editor.text()
            if isinstance(editor, QLineEdit)
            else ""
        )
        model.setData(index, text)
