"""Dates as people type them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import date_text
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Severity

partial_dates = st.dates(date(1880, 1, 1), date(2100, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (datetime(1985, 3, 17, 8, 30), "1985-03-17"),
        (date(1985, 3, 17), "1985-03-17"),
        (31123, "1985-03-17"),
        (31123.0, "1985-03-17"),
        (31123.75, "1985-03-17"),
        (198503, "1985-03"),
        (198503.0, "1985-03"),
        (19850317, "1985-03-17"),
        (1985, "1985"),
        (1985.0, "1985"),
        (1985.03, "1985-03"),
        (1985.3, "1985-03"),
        (1985.11, "1985-11"),
        (1985.12, "1985-12"),
        ("198503", "1985-03"),
        ("19850317", "1985-03-17"),
        ("1985", "1985"),
        ("1985年", "1985"),
        ("1985.03", "1985-03"),
        ("1985.3", "1985-03"),
        ("1985.1", "1985-01"),
        ("1985.10", "1985-10"),
        ("1985-3", "1985-03"),
        ("1985－03", "1985-03"),
        ("1985—03", "1985-03"),
        ("1985/3/17", "1985-03-17"),
        ("1985.3.17", "1985-03-17"),
        ("1985. 3. 17", "1985-03-17"),
        ("1985。3。17", "1985-03-17"),
        ("1985.03.", "1985-03"),
        ("1985年3月", "1985-03"),
        ("1985年3月份", "1985-03"),
        ("1985年3月17日", "1985-03-17"),
        ("1985年03月17号", "1985-03-17"),
        ("１９８５年３月", "1985-03"),
        (" 1985 年 3 月 ", "1985-03"),
        ("1985-03-17 00:00:00", "1985-03-17"),
        ("1985/3/17 0:00", "1985-03-17"),
        ("1985-03-17T08:30:00", "1985-03-17"),
        ("2016-02-29", "2016-02-29"),
        ("至今", None),
        ("—", None),
        ("", None),
    ],
)
def test_written_dates(raw: object, value: str | None) -> None:
    assert date_text.parse(raw) == (value, ())


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("85.3", "1985-03", ["date.two_digit_year"]),
        ("85年3月", "1985-03", ["date.two_digit_year"]),
        ("85/3/17", "1985-03-17", ["date.two_digit_year"]),
        ("05.6", "2005-06", ["date.two_digit_year"]),
        ("30.6", "2030-06", ["date.two_digit_year"]),
        ("31.6", "1931-06", ["date.two_digit_year"]),
        (85.3, "1985-03", ["date.two_digit_year"]),
        (1985.1, "1985", ["date.ambiguous_month"]),
        (85.1, "1985", ["date.two_digit_year", "date.ambiguous_month"]),
    ],
)
def test_doubtful_dates(raw: object, value: str, codes: list[str]) -> None:
    found, problems = date_text.parse(raw)
    assert found == value
    assert [problem.code for problem in problems] == codes
    assert {problem.severity for problem in problems} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2017-02-30", "date.impossible"),
        ("2015-02-29", "date.impossible"),
        ("1985.13", "date.impossible"),
        ("198500", "date.impossible"),
        ("1985-03-00", "date.impossible"),
        (19850231, "date.impossible"),
        ("85.13", "date.impossible"),
        ("不详", "date.unknown"),
        ("3/17/1985", "date.unknown"),
        ("19853", "date.unknown"),
        ("0017-03-01", "date.unknown"),
        ("3017-03-01", "date.unknown"),
        (19999, "date.unknown"),
        (60001, "date.unknown"),
        (-5, "date.unknown"),
        (float("nan"), "date.unknown"),
        (float("inf"), "date.unknown"),
        (True, "date.unknown"),
        (1e22, "date.unknown"),
        (10**400, "date.unknown"),
    ],
)
def test_what_is_no_date(raw: object, code: str) -> None:
    value, problems = date_text.parse(raw)
    assert value is None
    assert [(problem.severity, problem.code) for problem in problems] == [(Severity.ERROR, code)]


@given(partial_dates)
def test_what_is_stored_is_read_back_as_itself(day: PartialDate) -> None:
    assert date_text.parse(str(day)) == (str(day), ())


@given(st.dates(date(1955, 1, 1), date(2063, 12, 31)))
def test_every_way_to_write_a_day_means_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    ways = (day, serial, f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), f"{day.year}年{day.month}月{day.day}日")
    for raw in (*ways, f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month:02d}/{day.day:02d}"):
        assert date_text.parse(raw) == (day.isoformat(), ())


@given(st.text() | st.floats() | st.integers())
def test_an_answer_is_a_date_or_an_error_or_nothing(raw: object) -> None:
    value, problems = date_text.parse(raw)
    if value is not None:
        assert str(PartialDate.parse(value)) == value
    assert value is None or all(problem.severity is Severity.WARNING for problem in problems)
