"""A list of any length, read a page at a time.

The first screen comes as plain rows; then the whole list in its order takes over, of which only the pages
near what is looked at are kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject

from socialwork_app.domain.fields.field import NUMBERS, Field, Value
from socialwork_app.domain.registrations import RegistrationState
from socialwork_app.ui.models.cell_model import EMPTY, Cell, CellModel, Index

PAGE = 200
KEPT_PAGES = 20
SHOWN_IDS = 4 * PAGE

_STATE_TONES = {
    RegistrationState.LATE: "overdue",
    RegistrationState.LAPSED: "overdue",
    RegistrationState.AWAITED: "soon",
    RegistrationState.RENEWABLE: "soon",
    RegistrationState.CANCELLED: "muted",
}
TONES_OF_FIELDS = {"registration_state": {str(state): tone for state, tone in _STATE_TONES.items()}}

Display = Callable[[Field, Value], str]


class ShownRow(Protocol):
    """A row as a list returns it."""

    @property
    def id(self) -> int: ...
    @property
    def owner_id(self) -> int | None: ...
    @property
    def values(self) -> "Values": ...


class Values(Protocol):
    def get(self, key: str, /) -> Value: ...


class RowWindow(Protocol):
    """A whole list in its order; it holds a connection until it is closed."""

    total: int

    def rows(self, first: int, size: int) -> Sequence[ShownRow]: ...
    def ids(self, first: int, size: int) -> list[int]: ...
    def close(self) -> None: ...


class PagedTableModel(CellModel):
    """Columns are fields; `display` turns a field and a stored value into what people read."""

    def __init__(self, fields: Sequence[Field], display: Display, parent: QObject | None = None) -> None:
        super().__init__([field.label for field in fields], parent)
        self.fields = tuple(fields)
        self._display = display
        self._window: RowWindow | None = None
        self._total = 0
        self._pages: OrderedDict[int, list[_Line]] = OrderedDict()

    @property
    def complete(self) -> bool:
        """Whether the whole list stands, not only its first screen."""
        return self._window is not None

    def set_fields(self, fields: Sequence[Field]) -> None:
        """Other columns: the rows are to be read anew after this."""
        self._replace(None, 0, {}, fields)

    def show_rows(self, rows: Sequence[ShownRow]) -> None:
        """The first screen, at most a page."""
        self._replace(None, len(rows), {0: [_Line(row) for row in rows]} if rows else {})

    def show_window(self, window: RowWindow) -> None:
        """The whole list. The model closes the window when another takes its place."""
        self._replace(window, window.total, {})

    def clear(self) -> None:
        self._replace(None, 0, {})

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._total

    def cell(self, row: int, column: int) -> Cell:
        line = self._line(row)
        if line is None:
            return EMPTY
        if line.cells is None:
            line.cells = tuple(self._cell(field, line.row.values.get(field.key)) for field in self.fields)
        return line.cells[column]

    def row_id(self, row: int) -> int | None:
        """None where the row went since the list was put in order."""
        line = self._line(row)
        return line.row.id if line else None

    def ids(self, first: int, last: int) -> list[int]:
        """Ids of the rows from `first` to `last`, both included: what is shown, unless it is more than a few pages."""
        if self._window is not None and last - first >= SHOWN_IDS:
            return self._window.ids(first, last - first + 1)
        found = (self.row_id(row) for row in range(first, min(last + 1, self._total)))
        return [row_id for row_id in found if row_id is not None]

    def row_of(self, row_id: int) -> int | None:
        """Where a record stands among the pages that are at hand."""
        for page, lines in self._pages.items():
            for offset, line in enumerate(lines):
                if line.row.id == row_id:
                    return page * PAGE + offset
        return None

    def _replace(
        self,
        window: RowWindow | None,
        total: int,
        pages: dict[int, "list[_Line]"],
        fields: Sequence[Field] | None = None,
    ) -> None:
        old = self._window
        self.beginResetModel()
        if fields is not None:
            self.fields = tuple(fields)
            self.headers = tuple(field.label for field in fields)
        self._window, self._total, self._pages = window, total, OrderedDict(pages)
        self.endResetModel()
        if old is not None:
            old.close()

    def _line(self, row: int) -> "_Line | None":
        lines = self._page(row // PAGE)
        offset = row % PAGE
        return lines[offset] if offset < len(lines) else None

    def _page(self, number: int) -> "list[_Line]":
        known = self._pages.get(number)
        if known is not None:
            self._pages.move_to_end(number)
            return known
        found = self._window.rows(number * PAGE, PAGE) if self._window else []
        lines = self._pages[number] = [_Line(row) for row in found]
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        return lines

    def _cell(self, field: Field, value: Value) -> Cell:
        tone = TONES_OF_FIELDS.get(field.key, {}).get(str(value), "")
        return Cell(self._display(field, value), tone, field.kind in NUMBERS)


class _Line:
    """A row, and its cells once it has been painted: of a page few are."""

    __slots__ = ("cells", "row")

    def __init__(self, row: ShownRow) -> None:
        self.row = row
        self.cells: tuple[Cell, ...] | None = None
