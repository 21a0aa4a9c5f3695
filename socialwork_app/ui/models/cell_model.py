"""What every table of the program is: cells with text, a tone and a side, which the delegate paints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from socialwork_app.ui.theme import TONES

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` is one of theme.TONES or "": colour only underlines what the text says."""

    text: str
    tone: str = ""
    right: bool = False


EMPTY = Cell("")


class CellModel(QAbstractTableModel):
    """A table of `Cell`s. Whoever derives from it says how many rows there are and gives the cells."""

    def __init__(self, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headers = tuple(headers)

    def cell(self, row: int, column: int) -> Cell:
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if cell.right else LEFT
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone:
            return QColor(TONES[cell.tone])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headers[section] if 0 <= section < len(self.headers) else None
        return None


class RowsModel(CellModel):
    """A table that is in memory as a whole."""

    def __init__(self, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(headers, parent)
        self._rows: list[Sequence[Cell]] = []

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        return self._rows[row][column]


class MadeModel(CellModel, Generic[Item]):
    """A table of things in memory, whose cells are made when they are painted: of a hundred thousand few are."""

    def __init__(self, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(headers, parent)
        self._items: Sequence[Item] = ()
        self._cells: Callable[[Item], Sequence[Cell]] = lambda _item: ()

    def show_items(self, items: Sequence[Item], cells: Callable[[Item], Sequence[Cell]]) -> None:
        self.beginResetModel()
        self._items, self._cells = items, cells
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._items)

    def cell(self, row: int, column: int) -> Cell:
        return self._cells(self._items[row])[column]
