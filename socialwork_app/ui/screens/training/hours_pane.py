"""What counts for somebody in a registration period or in a year, and what does not and why."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QRadioButton, QVBoxLayout, QWidget

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.hours import EXCLUDED, OUTSIDE_PERIOD, OUTSIDE_YEAR, Counted, Meter, NotCounted, YearMeter
from socialwork_app.domain.learning import LearningRecord
from socialwork_app.domain.periods import Period
from socialwork_app.domain.registers.catalogue import LEARNING
from socialwork_app.domain.sentences import sentence
from socialwork_app.services.hours import PersonHours
from socialwork_app.ui.models.cell_model import Cell, CellModel, MadeModel
from socialwork_app.ui.screens.training.shortfall_state import number
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import side_by_side
from socialwork_app.ui.widgets.table_view import TableView

TITLE, HOURS, REASON = (LEARNING.field(key).label for key in ("title", "hours", "reason"))
DAY = "日期"
COUNTED_HEADERS, COUNTED_WIDTHS = (TITLE, DAY, HOURS), (12, 10, 6)
NOT_COUNTED_HEADERS, NOT_COUNTED_WIDTHS = (TITLE, DAY, REASON), (8, 9, 12)
COUNTED, NOT_COUNTED = "计入的学习", "不计入的学习"
NARROWEST = 34
"""Characters."""
NOBODY = "选中左侧一人，这里列出计入和不计入的学习。"
OUTSIDE = (OUTSIDE_PERIOD, OUTSIDE_YEAR)
IMPRECISE, ITS_WIDTH = "不精确", 7
"""Of a day that may as well lie in another period."""


class HoursPane(QWidget):
    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""

    def __init__(self, levels: CodeList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = levels
        self._one: PersonHours | None = None
        self._counted: Sequence[Counted] = ()
        self._not_counted: Sequence[NotCounted] = ()
        self.who = named_label("", "sectionTitle")
        self.period = named_label("", "")
        self.year = named_label("", "")
        for label, name in ((self.who, "选中的人员"), (self.period, "登记有效期的小时"), (self.year, "年度学时")):
            label.setAccessibleName(name)
            label.setWordWrap(True)
        self.by_period, self.by_year = QRadioButton("按登记有效期(&Q)"), QRadioButton("按年度(&N)")
        self.by_period.setChecked(True)
        self.by_year.toggled.connect(lambda _checked: self._show_records())
        self.counted_model: MadeModel[Counted] = MadeModel(COUNTED_HEADERS, self)
        self.counted_table = _table(COUNTED, self.counted_model, COUNTED_WIDTHS, 0)
        self.not_counted_model: MadeModel[NotCounted] = MadeModel(NOT_COUNTED_HEADERS, self)
        self.not_counted_table = _table(NOT_COUNTED, self.not_counted_model, NOT_COUNTED_WIDTHS, 2)
        self.counted_title, self.not_counted_title = (named_label("", "sectionTitle") for _ in range(2))
        self.reason = named_label("", "muted")
        self.reason.setAccessibleName(REASON)
        self.reason.setWordWrap(True)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * NARROWEST)
        self._lay_out()
        self.not_counted_table.selection_changed.connect(self._show_reason)
        self.counted_table.activated.connect(lambda index: self._open(self._counted[index.row()].record))
        self.not_counted_table.activated.connect(lambda index: self._open(self._not_counted[index.row()][0]))
        self.show_nobody()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = _card()
        for label in (self.who, self.period, self.year):
            head.body.addWidget(label)
        head.body.addLayout(side_by_side(self.by_period, self.by_year, None))
        layout.addWidget(head)
        for title, table in (
            (self.counted_title, self.counted_table),
            (self.not_counted_title, self.not_counted_table),
        ):
            card = _card()
            card.body.addWidget(title)
            card.body.addWidget(table)
            layout.addWidget(card, 1)
        card.body.addWidget(self.reason)

    def show_nobody(self, text: str = NOBODY) -> None:
        self.who.setText("")
        self.period.setText(text)
        self.year.setText("")
        self._one = None
        for widget in (self.who, self.year, self.by_period, self.by_year):
            widget.hide()
        self._fill((), ())
        for table in (self.counted_table, self.not_counted_table):
            table.say_empty("")

    def show_hours(self, one: PersonHours) -> None:
        """Both meters, where there are both; which of the two opens its records stays as it was chosen."""
        self._one = one
        self.who.setText(f"{one.name}　{self._levels.label(one.level)}")
        self.who.show()
        self.period.setText(
            _of_period(one.period, one.meter) if one.period and one.meter else sentence("hours.no_period")
        )
        self.year.setText(_of_year(one.year) if one.year else "")
        self.year.setVisible(one.year is not None)
        for choice in (self.by_period, self.by_year):
            choice.setVisible(one.meter is not None and one.year is not None)
        self._show_records()

    def _show_records(self) -> None:
        one = self._one
        if one is None:
            return
        first, other = (one.year, one.meter) if self.by_year.isChecked() else (one.meter, one.year)
        counted, not_counted = (shown.counted, shown.not_counted) if (shown := first or other) else ((), ())
        self._fill(counted, sorted(not_counted, key=lambda each: each[1] in OUTSIDE))
        self.counted_table.say_empty("" if counted else "还没有计入的学习。请在“学习记录”中登记，或导入。")
        self.not_counted_table.say_empty("" if not_counted else "没有")

    def _fill(self, counted: Sequence[Counted], not_counted: Sequence[NotCounted]) -> None:
        self._counted, self._not_counted = counted, not_counted
        self.counted_model.show_items(counted, _counted_cells)
        title, day, hours = COUNTED_WIDTHS
        day += ITS_WIDTH if any(one.imprecise for one in counted) else 0
        self.counted_table.set_widths((title, day, hours))
        self.not_counted_model.show_items(not_counted, _not_counted_cells)
        self.counted_title.setText(f"{COUNTED}（{len(counted):,} 条）" if counted else COUNTED)
        self.not_counted_title.setText(f"{NOT_COUNTED}（{len(not_counted):,} 条）" if not_counted else NOT_COUNTED)

    def _show_reason(self) -> None:
        """The chosen row's reason in full, which the table may have to cut."""
        ranges = self.not_counted_table.selected_ranges()
        chosen = self._not_counted[ranges[0][0]] if ranges and ranges[0][0] < len(self._not_counted) else None
        self.reason.setText(f"{chosen[0].title}：{_reason(chosen)}" if chosen else "")
        self.reason.setVisible(chosen is not None)

    def _open(self, record: LearningRecord) -> None:
        self.record_asked.emit(LEARNING.key, record.id)


def _of_period(period: Period, meter: Meter) -> str:
    carried = f"，上期转入 {number(meter.carried)}" if meter.carried else ""
    return (f"{period.since} 至 {period.until}：已学 {number(meter.earned)} 小时{carried}，"
            f"应学 {meter.required}，还差 {number(meter.short)}。")  # fmt: skip


def _of_year(year: YearMeter) -> str:
    share = f"其中专业科目 {number(year.professional)}/{number(year.professional_required)}"
    share += f"（还差 {number(year.professional_short)}）" if year.professional_short else ""
    unknown = f"，未分科目 {number(year.uncategorised)}" if year.uncategorised else ""
    return (f"专业技术岗位 {year.year} 年：{number(year.earned)}/{year.required} 学时，还差 {number(year.short)}；"
            f"{share}{unknown}。")  # fmt: skip


def _counted_cells(one: Counted) -> Sequence[Cell]:
    day = _day(one.record)
    shown = Cell(f"{day} {IMPRECISE}", "soon") if one.imprecise else Cell(day)
    return Cell(one.record.title), shown, Cell(number(one.hours), right=True)


def _not_counted_cells(one: NotCounted) -> Sequence[Cell]:
    record, code = one
    return Cell(record.title), Cell(_day(record)), Cell(_reason(one), "muted" if code in OUTSIDE else "soon")


def _reason(one: NotCounted) -> str:
    """With what the officer wrote where a record was left out by hand."""
    record, code = one
    return sentence(f"hours.{code}") + (record.reason if code == EXCLUDED else "")


def _day(record: LearningRecord) -> str:
    """The one that it is counted by, as precise as it is known."""
    return record.ends or record.starts or ""


def _card() -> Card:
    made = Card()
    made.body.setContentsMargins(10, 6, 10, 8)
    return made


def _table(name: str, model: CellModel, widths: Sequence[int], widest: int) -> TableView:
    """The column `widest` takes the room that is left."""
    table = TableView(name)
    table.show_model(model)
    table.set_widths(widths)
    table.horizontalHeader().setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    return table
