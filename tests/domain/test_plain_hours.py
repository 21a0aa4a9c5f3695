"""Who goes the short way to the total of a running period, and who does not. That it gives what the rules give in full
is proved on real registers, beside services.shortfall."""

import csv
from datetime import date

import pytest

from socialwork_app.domain.plain_hours import UNCOUNTABLE, NotPlain, PlainHours, Stated
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation import paths

with (paths.resources() / "rules.csv").open(encoding="utf-8", newline="") as _file:
    SHIPPED = list(csv.DictReader(_file))
DAY = date(2025, 6, 1)
RUNS: Stated = (7, "assistant", "renewal", "2024-03-01", "2027-02-28", 3350)
OVER: Stated = (7, "assistant", "first", "2021-03-01", "2024-02-29", None)


def plain(**values: str) -> PlainHours:
    named = {f"education.{name}": value for name, value in values.items()}
    return PlainHours(DAY, RuleTable({**row, "value": named.get(row["rule"], row["value"])} for row in SHIPPED))


@pytest.mark.parametrize("rows", [[RUNS], [OVER, RUNS], [RUNS, OVER]])
def test_the_plain_case(rows: list[Stated]):
    for _ in range(2):
        found = plain().running(rows)
        assert found is not None
        period, total = found
        assert (period.since, period.until, period.level) == (date(2024, 3, 1), date(2027, 2, 28), "assistant")
        assert (total.required, total.earned, total.carried, total.short, total.surplus) == (72, 33.5, 0, 38.5, 0)


@pytest.mark.parametrize(
    "rows",
    [
        [OVER],
        [(7, "assistant", None, None, None, None)],
        [(7, "assistant", "first", "2025-06-02", "2028-06-01", None)],
        [(7, "assistant", "cancelled", "2024-03-01", None, None)],
    ],
)
def test_nobody_has_hours_without_a_period_that_runs(rows: list[Stated]):
    assert plain().running(rows) is None


@pytest.mark.parametrize(
    "rows",
    [
        [(7, "assistant", "first", "2024-03-01", "2027-02-28", UNCOUNTABLE + 800)],
        [(7, "assistant", "first", "2024-03-01", None, 0)],
        [(7, "assistant", "first", "2024-03", "2027-02-28", 0)],
        [(7, "assistant", "first", "2024-03-01", "2027-02", 0)],
        [RUNS, (7, "assistant", "cancelled", "2025-03-01", None, None)],
        [OVER, (8, *RUNS[1:])],
        [(8, "senior", None, None, None, None), RUNS],
        [RUNS, (7, "assistant", "renewal", "2026-12-01", "2029-11-30", None)],
        [(7, "assistant", "first", "2021-03", "2024-02-29", None), RUNS],
        [(7, "assistant", "first", "2021-03-01", "2025-06-01", None), RUNS],
        [(7, "assistant", "first", "2024-03-01", "2024-03-31", None), RUNS],
    ],
)
def test_whoever_is_not_plain_is_sent_the_long_way(rows: list[Stated]):
    with pytest.raises(NotPlain):
        plain().running(rows)


def test_what_may_be_carried_is_worked_out_in_full():
    assert plain(carry_surplus="yes").running([RUNS]) is not None
    with pytest.raises(NotPlain):
        plain(carry_surplus="yes").running([OVER, RUNS])


def test_a_period_that_ends_under_another_rule_of_proof_is_worked_out_in_full():
    other = {"rule": "education.proof_needed", "title": "无证明的学习不计入", "value": "no", "valid_from": "2026-01-01"}
    with pytest.raises(NotPlain):
        PlainHours(DAY, RuleTable([*SHIPPED, other])).running([RUNS])
