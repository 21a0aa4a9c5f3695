"""The paged model: the first screen, the whole list, and only the pages that are looked at."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.filters import Filter
from socialwork_app.persistence.listing import Row
from socialwork_app.services.records import Records
from socialwork_app.ui.models.paged_table_model import KEPT_PAGES, PAGE, TONES_OF_FIELDS, PagedTableModel
from socialwork_app.ui.screens.records.records_list import masked_display

NAME, AGE = Field("name", "姓名"), Field("age", "年龄", Kind.INTEGER)
STATE = Field("registration_state", "登记状态")


@dataclass
class CountedRows:
    """A window over invented rows that notes what it was asked for."""

    total: int
    read: list[int] = field(default_factory=list)
    closed: bool = False

    def rows(self, first, size):
        self.read.append(first)
        return [_row(number) for number in range(first, min(first + size, self.total))]

    def ids(self, first, size):
        return list(range(first, min(first + size, self.total)))

    def close(self):
        self.closed = True


def _row(number):
    return Row(number, None, {"name": f"人{number}", "age": number % 90})


def _model(fields=(NAME, AGE)):
    return PagedTableModel(fields, lambda _key, value: "" if value is None else str(value))


def test_qt_finds_no_fault_with_it(qtbot):
    model = _model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_rows([_row(number) for number in range(5)])
    model.show_window(CountedRows(1_000))
    model.set_fields((NAME,))
    model.clear()
    assert tester.model() is model


def test_first_rows_then_the_whole(qtbot):
    model = _model()
    model.show_rows([_row(0), _row(1)])
    assert (model.rowCount(), model.complete) == (2, False)
    model.show_window(CountedRows(1_000_000))
    assert (model.rowCount(), model.complete) == (1_000_000, True)
    assert model.index(999_999, 0).data() == "人999999"


def test_a_window_is_closed_when_another_takes_its_place(qtbot):
    model, first, second = _model(), CountedRows(3), CountedRows(3)
    model.show_window(first)
    model.show_window(second)
    assert (first.closed, second.closed) == (True, False)
    model.clear()
    assert second.closed and model.rowCount() == 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 99_999), max_size=120))
def test_any_row_is_right_and_few_pages_are_kept(qtbot, rows):
    model = _model()
    model.show_window(CountedRows(100_000))
    for row in rows:
        assert model.cell(row, 0).text == f"人{row}"
        assert model.row_of(row) == row
    assert len(model._pages) <= KEPT_PAGES


def test_a_page_is_read_once_while_it_is_looked_at(qtbot):
    model, window = _model(), CountedRows(10 * PAGE)
    model.show_window(window)
    for row in range(PAGE):
        model.index(row, 0).data()
        model.index(row, 1).data()
    assert window.read == [0]


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 9), (190, 210), (0, 4_999)])
def test_ids_of_a_block(qtbot, first, last):
    model = _model()
    model.show_window(CountedRows(5_000))
    assert model.ids(first, last) == list(range(first, last + 1))


def test_numbers_stand_right_and_colour_never_speaks_alone(qtbot):
    model = _model((NAME, AGE, STATE))
    for text, tone in TONES_OF_FIELDS["registration_state"].items():
        model.show_rows([Row(1, None, {"name": "李四", "age": 30, "registration_state": text})])
        assert (model.cell(0, 2).text, model.cell(0, 2).tone) == (text, tone)
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)] == ["姓名", "年龄", "登记状态"]


def test_over_a_real_register_numbers_are_masked(qtbot, peopled):
    records = Records(peopled, "people")
    keys = ("name", "id_number", "phone", "township")
    fields = [peopled.catalogue.listed_field(records.register, key) for key in keys]
    model = PagedTableModel(fields, masked_display(peopled.parser))
    model.show_window(records.open_window(Filter(), keys))
    assert model.rowCount() == 450
    for row in range(450):
        assert "****" in model.cell(row, 1).text
    model.clear()
