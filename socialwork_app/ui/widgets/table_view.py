"""The table of every list: dense, row-wise, painted by its delegate."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QWidget

from socialwork_app.ui.models.cell_delegate import LINES, PADDING, CellDelegate
from socialwork_app.ui.models.cell_model import CellModel


class TableView(QTableView):
    selection_changed = Signal()
    sort_asked = Signal(int, bool)
    """Column and whether descending; column -1: the list's own order."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self._lay_out_headers()
        self._empty = QLabel(self.viewport())
        self._empty.setObjectName("muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.hide()

    def _lay_out_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()  # shown it freezes the window when a long scrolled list becomes short
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(self.fontMetrics().height() * LINES))
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionsClickable(True)

    def let_sort(self) -> None:
        """A click on a header asks for that order, a third click for the list's own."""
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        self.show_order(-1, descending=False)
        header.sortIndicatorChanged.connect(
            lambda column, order: self.sort_asked.emit(column, order == Qt.SortOrder.DescendingOrder)
        )

    def show_order(self, column: int, *, descending: bool) -> None:
        """Mark a header as sorted without asking for it."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        header.blockSignals(False)
        header.viewport().update()

    def show_model(self, model: CellModel) -> None:
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        model.modelReset.connect(self._tell_selection)

    def set_widths(self, characters: Sequence[int]) -> None:
        """Column widths in half-width characters, but never narrower than the header."""
        header, digit = self.horizontalHeader(), self.fontMetrics().horizontalAdvance("0")
        for column, width in enumerate(characters):
            needed = header.sectionSizeHint(column)
            header.resizeSection(column, max(needed, width * digit + 2 * PADDING + 2))

    def say_empty(self, text: str) -> None:
        """What stands in the place of rows; "" for nothing."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    def selected_ranges(self) -> list[tuple[int, int]]:
        """First and last row of each selected block, from top to bottom. Cheap however many rows it holds."""
        return sorted({(block.top(), block.bottom()) for block in self.selectionModel().selection().toList()})

    def selected_count(self) -> int:
        return sum(last - first + 1 for first, last in self.selected_ranges())

    def select_row(self, row: int) -> None:
        """Make it the only selected row and bring it into sight."""
        index = self.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect().adjusted(8, 4, -8, -4))

    def _tell_selection(
        self, _selected: QItemSelection | None = None, _deselected: QItemSelection | QModelIndex | None = None
    ) -> None:
        self.selection_changed.emit()
