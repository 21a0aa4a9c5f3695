"""The list of one register: search, filters, order, columns, count, and the table itself.

`tools` and `total` are placed by the screen: they span more than the table.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.values import Parser
from socialwork_app.services.changes import Changes
from socialwork_app.services.records import ListWindow, Records
from socialwork_app.services.references import Choice
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.paged_table_model import Display, PagedTableModel, ShownRow
from socialwork_app.ui.remembered import Remembered
from socialwork_app.ui.screens.records.entries import code_entries, filter_entries
from socialwork_app.ui.screens.records.list_loader import ListLoader
from socialwork_app.ui.screens.records.saved_filters import SavedFiltersButton
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.column_chooser import ColumnChooser
from socialwork_app.ui.widgets.filter_bar import FilterBar
from socialwork_app.ui.widgets.search_box import SearchBox
from socialwork_app.ui.widgets.table_view import TableView
from socialwork_app.ui.widgets.tool_row import ToolRow

PEOPLE = "people"
SEARCH_PEOPLE = "姓名、拼音、首字母、身份证号或电话后四位"
SEARCH_OTHERS = "名称、编号中的任意几个字"
NONE_FOUND = "没有符合条件的记录。可清空搜索或改变筛选。"
SETTLING_MS = 150
"""A selection that stands this long has its record read: the arrow keys pass through many."""


def masked_display(parser: Parser) -> Display:
    """What a cell says, sensitive values masked."""
    return lambda field, value: parser.display(field, value, masked=field.sensitive)


class RecordsList(QWidget):
    record_chosen = Signal(int)
    selection_changed = Signal()

    def __init__(
        self,
        records: Records,
        bridge: JobBridge,
        bus: ChangesBus,
        remembered: Remembered,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._bridge = bridge
        self._remembered = remembered
        self._sort, self._descending = "", False
        self._kept: tuple[int, int] | None = None
        self._loader = ListLoader(records, bridge, self)
        self.model = PagedTableModel(self._shown_fields(), masked_display(records.opened.parser), self)
        self._build(records, bridge)
        self._lay_out()
        self._connect(bus)
        self._fit_columns()
        self._read_choices()
        self.reload()

    def _build(self, records: Records, bridge: JobBridge) -> None:
        register = records.register
        of_people = PEOPLE in (register.key, register.owner)
        self.search = SearchBox(SEARCH_PEOPLE if of_people else SEARCH_OTHERS)
        self._filter_fields = [records.opened.catalogue.listed_field(register, key) for key in register.filters]
        catalogue = records.opened.catalogue
        self.filters = FilterBar(self._filter_fields, lambda field: code_entries(catalogue, field))
        self.saved = SavedFiltersButton(records.opened, register.key, bridge)
        self._columns = QPushButton("列")
        self._columns.setAccessibleName("选择显示的列")
        self._columns.setToolTip("选择显示的列")
        self.total = named_label("", "muted")
        self.total.setAccessibleName("条数")
        self.table = TableView(f"{register.title}列表")
        self.table.show_model(self.model)
        self.table.let_sort()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLING_MS)

    def _lay_out(self) -> None:
        self.tools = ToolRow(self.search, self.filters, (self.saved, self._columns))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def _connect(self, bus: ChangesBus) -> None:
        self.search.asked.connect(lambda _text: self.reload())
        self.search.left_downwards.connect(self._enter_table)
        self.filters.changed.connect(self.reload)
        self.saved.chosen.connect(self.show_filter)
        self.saved.save_asked.connect(lambda: self.saved.keep(self.asked()))
        self._columns.clicked.connect(self._choose_columns)
        self.table.sort_asked.connect(self._sort_by)
        self.table.selection_changed.connect(self._selection_changed)
        self._settled.timeout.connect(self._tell_chosen)
        self._loader.first_rows.connect(self._show_first)
        self._loader.window.connect(self._show_window)
        self._loader.failed.connect(self._refuse)
        bus.changed.connect(self._after_changes)

    # what is asked for

    def asked(self) -> Filter:
        """What the list shows, as exports and saved filters take it."""
        return Filter(self.search.text().strip(), self.filters.conditions(), self._sort, self._descending)

    def keys(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.model.fields)

    def show_filter(self, asked: Filter) -> None:
        self._sort, self._descending = asked.sort, asked.descending
        for widget in (self.search, self.filters):
            widget.blockSignals(True)
        self.search.setText(asked.search)
        self.filters.show_conditions(asked.where)
        for widget in (self.search, self.filters):
            widget.blockSignals(False)
        self._mark_order()
        self.reload()

    def reload(self) -> None:
        self._kept = None
        self.total.setText("正在统计…")
        self._loader.load(self.asked(), self.keys())

    def selected_ids(self) -> list[int]:
        return [row_id for first, last in self.table.selected_ranges() for row_id in self.model.ids(first, last)]

    # what arrives

    def _show_first(self, rows: Sequence[ShownRow]) -> None:
        self.model.show_rows(rows)
        self.table.scrollToTop()
        self.table.say_empty("" if rows else self._empty_text())

    def _show_window(self, window: ListWindow) -> None:
        kept = self._kept or self._standing()
        at = self.table.verticalScrollBar().value()
        self.model.show_window(window)
        self._kept = None
        self.total.setText(f"共 {window.total:,} 条")
        self.table.say_empty("" if window.total else self._empty_text())
        self.table.verticalScrollBar().setValue(at)
        self._restore(kept)

    def _standing(self) -> tuple[int, int] | None:
        """The one selected record and its row."""
        ranges = self.table.selected_ranges()
        if len(ranges) != 1 or ranges[0][0] != ranges[0][1]:
            return None
        row_id = self.model.row_id(ranges[0][0])
        return None if row_id is None else (row_id, ranges[0][0])

    def _restore(self, kept: tuple[int, int] | None) -> None:
        """Select the same record again where it is still near its old row."""
        if kept is None or not self.model.rowCount():
            return
        row_id, row = kept
        self.model.row_id(min(row, self.model.rowCount() - 1))
        found = self.model.row_of(row_id)
        if found is not None:
            self.table.select_row(found)

    def _refuse(self, error: Exception) -> None:
        self.total.setText("未能读取")
        messages.tell_error(self.window(), error)

    def _empty_text(self) -> str:
        asked = self.asked()
        if asked.search or asked.where:
            return NONE_FOUND
        return f"还没有{self._records.register.title}记录。可点“新增”录入，或到“导入”读入名册。"

    def _after_changes(self, changes: Changes) -> None:
        register, shown = self._records.register, self.model.fields
        if any(field.target in changes.kinds for field in self._filter_fields):
            self._read_choices()
        concerning = {register.key, register.owner, register.latest, *(field.target for field in self._records.listed)}
        if concerning & changes.kinds or any(field.computed for field in shown):  # from whatever else there is
            self._kept = self._standing()
            self._loader.load(self.asked(), self.keys(), first=False)

    # selection

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self.model.rowCount() and not self.table.selected_ranges():
            self.table.select_row(0)

    def _selection_changed(self) -> None:
        self._settled.start()
        self.selection_changed.emit()

    def _tell_chosen(self) -> None:
        standing = self._standing()
        if standing:
            self.record_chosen.emit(standing[0])

    # filters, order and columns

    def _read_choices(self) -> None:
        fields = [field for field in self._filter_fields if field.kind is Kind.REFERENCE]
        if fields:
            self._bridge.run(
                lambda _control: {field.key: self._records.choices(field) for field in fields}, self._offer
            )

    def _offer(self, choices: dict[str, tuple[Choice, ...]]) -> None:
        for field in self._filter_fields:
            if field.key in choices:
                self.filters.offer(field.key, filter_entries(field, choices[field.key]))

    def _sort_by(self, column: int, descending: bool) -> None:
        field = self.model.fields[column] if column >= 0 else None
        if field is None or field.computed:  # what is not stored has no order of its own
            self._sort, self._descending = "", False
            self._mark_order()
        else:
            self._sort, self._descending = field.key, descending
        self.reload()

    def _mark_order(self) -> None:
        keys = self.keys()
        self.table.show_order(keys.index(self._sort) if self._sort in keys else -1, descending=self._descending)

    def _shown_fields(self) -> list[Field]:
        known = {field.key: field for field in self._records.listed}
        chosen = [key for key in self._remembered.columns(self._records.register.key) if key in known]
        return [known[key] for key in chosen or self._records.register.columns]

    def _choose_columns(self) -> None:
        chooser = ColumnChooser(self._records.listed, self.keys(), self._records.register.columns, self.window())
        if chooser.exec():
            self.show_columns(chooser.keys())

    def show_columns(self, keys: tuple[str, ...]) -> None:
        self._remembered.set_columns(self._records.register.key, keys)
        self.model.set_fields(self._shown_fields())
        self._fit_columns()
        self._mark_order()
        self.reload()

    def _fit_columns(self) -> None:
        self.table.set_widths([field.width for field in self.model.fields])
