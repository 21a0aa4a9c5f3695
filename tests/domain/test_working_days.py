"""Working days, as a holiday table has them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.working_days import calendar

PLAIN = calendar(())
TABLE = calendar([
    {"date": "2026-03-18", "day_kind": "off"},
    {"date": "2026-03-21", "day_kind": "work"},  # a Saturday
    {"date": "2026-04", "day_kind": "off"},  # says of no day anything
])  # fmt: skip
MONDAY, FRIDAY, SATURDAY = date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 21)


@pytest.mark.parametrize(
    ("table", "first", "count", "last"),
    [
        (PLAIN, MONDAY, 1, MONDAY),
        (PLAIN, MONDAY, 5, FRIDAY),
        (PLAIN, MONDAY, 6, date(2026, 3, 23)),
        (PLAIN, FRIDAY, 5, date(2026, 3, 26)),
        (PLAIN, SATURDAY, 1, date(2026, 3, 23)),
        (TABLE, MONDAY, 5, SATURDAY),
        (TABLE, SATURDAY, 1, SATURDAY),
    ],
)
def test_last_of_so_many_days(table, first, count, last):
    assert table.last_of(first, count) == last


def test_which_years_the_table_knows():
    assert TABLE.knows(2026) and not TABLE.knows(2025) and not PLAIN.knows(2026)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.sets(st.integers(0, 80)))
def test_just_so_many_working_days_lie_between(first, count, off):
    table = calendar([{"date": (first + timedelta(days=n)).isoformat(), "day_kind": "off"} for n in off])
    last = table.last_of(first, count)
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(map(table.is_working, between)) == count and table.is_working(last)
