from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.partial_date import PartialDate, add_months, add_years

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
partials = st.builds(
    lambda day, precision: PartialDate.parse(day.isoformat()[:precision]), days, st.sampled_from([4, 7, 10])
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "exact"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31), False),
        ("2017-06", date(2017, 6, 1), date(2017, 6, 30), False),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), False),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), False),
        ("2017-12", date(2017, 12, 1), date(2017, 12, 31), False),
        ("2017-06-10", date(2017, 6, 10), date(2017, 6, 10), True),
        ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29), True),
    ],
)
def test_what_it_can_mean(text: str, earliest: date, latest: date, exact: bool):
    partial = PartialDate.parse(text)
    assert str(partial) == text
    assert (partial.earliest(), partial.latest(), partial.exact) == (earliest, latest, exact)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17",
        "2017-6",
        "2017-13",
        "2017-00",
        "2017-06-00",
        "2017-06-31",
        "2017-02-29",
        "0000",
        "2017-06-",
        "2017/06",
        "2017-06-10 ",
        "2017年",
    ],
)
def test_what_is_no_date(text: str):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@given(partials)
def test_text_and_back(partial: PartialDate):
    assert PartialDate.parse(str(partial)) == partial


@given(days)
def test_a_whole_day_is_exact(day: date):
    assert PartialDate.of(day).exact
    assert PartialDate.of(day).earliest() == PartialDate.of(day).latest() == day


@given(st.lists(partials))
def test_the_order_is_that_of_the_text(several: list[PartialDate]):
    assert [str(each) for each in sorted(several)] == sorted(str(each) for each in several)


@given(partials, partials)
def test_two_cover_each_other_where_a_day_fits_both(one: PartialDate, other: PartialDate):
    shared = one.earliest() <= other.latest() and other.earliest() <= one.latest()
    assert one.covers(other) == other.covers(one) == shared


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 5, 31), -3, date(2018, 2, 28)),
        (date(2016, 5, 31), -3, date(2016, 2, 29)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2018, 12, 15), 1, date(2019, 1, 15)),
        (date(2018, 1, 15), -1, date(2017, 12, 15)),
        (date(2018, 3, 31), 0, date(2018, 3, 31)),
        (date(2018, 3, 31), 36, date(2021, 3, 31)),
        (date(9999, 11, 15), 1, date(9999, 12, 15)),
        (date(9999, 12, 15), 1, date(9999, 12, 31)),
        (date(9999, 1, 1), 36, date(9999, 12, 31)),
        (date(1, 2, 15), -2, date(1, 1, 1)),
    ],
)
def test_add_months(day: date, months: int, expected: date):
    assert add_months(day, months) == expected


def test_a_leap_day_ends_in_february():
    assert add_years(date(2016, 2, 29), 1) == date(2017, 2, 28)
    assert add_years(date(2016, 2, 29), 4) == date(2020, 2, 29)


@given(days, st.integers(-1000, 1000))
def test_months_move_by_months(day: date, months: int):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(1)).day == 1)
