"""Registration clocks (民发〔2009〕44号) as tables of cases."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain import registrations
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation import paths
from socialwork_app.foundation.errors import DomainError

with (paths.resources() / "rules.csv").open(encoding="utf-8", newline="") as _file:
    SHIPPED = list(csv.DictReader(_file))
RULES = RuleTable(SHIPPED)


def changed(name: str, value: str) -> RuleTable:
    return RuleTable({**row, "value": value} if row["rule"] == name else row for row in SHIPPED)


@pytest.mark.parametrize(
    ("registered", "ends", "until"),
    [
        ("2020-03-17", "day_before", "2023-03-16"),
        ("2020-03-17", "same_day", "2023-03-17"),
        ("2020-02-29", "day_before", "2023-02-27"),
        ("2020-02-29", "same_day", "2023-02-28"),
        ("2021-03-01", "day_before", "2024-02-29"),
        ("2020-01-01", "day_before", "2022-12-31"),
        ("2020-03", "day_before", None),
        ("2020", "same_day", None),
    ],
)
def test_three_years_to_the_day(registered: str, ends: str, until: str | None):
    assert registrations.expiry(registered, changed("registration.ends", ends)) == until


@pytest.mark.parametrize(
    ("approved", "deadline"),
    [("2024-06-15", date(2025, 6, 15)), ("2024-06", date(2025, 6, 30)), ("2024", date(2025, 12, 31)),
     ("2024-02-29", date(2025, 2, 28))],
)  # fmt: skip
def test_first_registration_within_a_year(approved: str, deadline: date):
    assert registrations.first_registration_deadline(approved, RULES) == deadline


@pytest.mark.parametrize(
    ("until", "opens"),
    [("2024-05-31", date(2024, 2, 29)), ("2023-05-31", date(2023, 2, 28)), ("2024-03-16", date(2023, 12, 16))],
)
def test_the_renewal_window_is_three_calendar_months(until: str, opens: date):
    assert registrations.renewal_opens(until, RULES) == opens


@pytest.mark.parametrize(
    ("values", "day", "state", "due"),
    [
        ({"approved_on": "2024-06-15"}, date(2025, 6, 15), "待首次登记", "first_registration"),
        ({"approved_on": "2024-06-15"}, date(2025, 6, 16), "逾期未登记", "first_registration"),
        ({}, date(2025, 6, 16), "日期不详", None),
        ({"registered_on": "2021-03-01", "valid_until": "2024-02-29"}, date(2023, 11, 28), "有效", None),
        ({"registered_on": "2021-03-01", "valid_until": "2024-02-29"}, date(2023, 11, 29), "可再次登记", "renewal"),
        ({"registered_on": "2021-03-01", "valid_until": "2024-02-29"}, date(2024, 2, 29), "可再次登记", "renewal"),
        ({"registered_on": "2021-03-01", "valid_until": "2024-02-29"}, date(2024, 3, 1), "已过期", "lapsed"),
        ({"registered_on": "2021-03"}, date(2024, 3, 1), "日期不详", None),
        ({"registration_number": "A1"}, date(2024, 3, 1), "日期不详", None),
        ({"registered_on": "2021-03-01", "registration_kind": "cancelled"}, date(2022, 1, 1), "已注销", None),
    ],
)
def test_states(values: dict[str, str], day: date, state: str, due: str | None):
    assert registrations.state(values, day, RULES) == state
    found = registrations.due(values, day, RULES)
    assert (found.kind if found else None) == due


@given(st.dates(date(2009, 4, 8), date(2090, 1, 1)))
def test_validity_is_three_years_and_the_window_lies_within(day: date):
    until = date.fromisoformat(registrations.expiry(day.isoformat(), RULES) or "")
    assert 1093 <= (until - day).days <= 1096
    assert day < registrations.renewal_opens(until.isoformat(), RULES) < until


def test_old_periods_are_judged_by_old_rules():
    rows = [{**row, "valid_to": "2026-12-31"} if row["rule"] == "registration.valid_years" else row for row in SHIPPED]
    rows.append(
        {
            **next(row for row in SHIPPED if row["rule"] == "registration.valid_years"),
            "value": "5",
            "valid_from": "2027",
        }
    )
    table = RuleTable(rows)
    assert registrations.expiry("2026-12-31", table) == "2029-12-30"
    assert registrations.expiry("2027-01-01", table) == "2031-12-31"


def test_a_rule_that_is_not_there_or_no_number_says_so():
    with pytest.raises(DomainError, match=r"rule\.missing"):
        RULES.on("registration.valid_years", date(2001, 1, 1))
    with pytest.raises(DomainError, match=r"rule\.not_a_number"):
        changed("registration.valid_years", "三").number("registration.valid_years", date(2020, 1, 1))


def test_a_certificate_older_than_the_measure_has_its_first_registration_too():
    values = {"approved_on": "2008-06-29"}
    assert registrations.state(values, date(2009, 6, 29), RULES) == "待首次登记"
    assert registrations.state(values, date(2009, 6, 30), RULES) == "逾期未登记"


@pytest.mark.parametrize(
    ("values", "approved", "codes"),
    [
        ({"registered_on": "2020-01-01", "registration_kind": "first"}, "2019-06-15", []),
        ({"registered_on": "2020-07-01", "registration_kind": "first"}, "2019-06-15", ["registration.late"]),
        ({"registered_on": "2023-07-01", "registration_kind": "renewal"}, "2019-06-15", []),
        ({"registered_on": "2019-01-01", "registration_kind": "first"}, "2019-06", ["registration.before_approval"]),
        ({"registered_on": "2020-01-01", "valid_until": "2019-12-31"}, None, ["registration.ends_before_start"]),
    ],
)
def test_odd_registrations_are_warned_about(values: dict[str, str], approved: str | None, codes: list[str]):
    assert [one.code for one in registrations.check(values, approved, RULES)] == codes
