"""What a rule's value has to be."""

import csv

import pytest

from socialwork_app.domain.problems import Severity
from socialwork_app.domain.rule_values import WANTED, check
from socialwork_app.foundation import paths


def shipped() -> list[dict[str, str]]:
    with (paths.resources() / "rules.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_rule_that_is_shipped_is_known_and_fits():
    assert {row["rule"] for row in shipped()} == set(WANTED)
    assert [row["rule"] for row in shipped() if check(row)] == []


@pytest.mark.parametrize(("rule", "good", "bad"), [
    ("due.warn_days", ("0", "60", " 90 "), ("abc", "", "-1", "1.5", "六十", "٣")),
    ("exam.cut_off", ("12-31", "01-01"), ("12月31日", "13-01", "02-29", "2025-12-31", "")),
    ("education.hour_factor", ("1", "4/3", "0.75", "67%"), ("0", "-1", "1/0", "四分之三", "")),
    ("education.proof_needed", ("yes", "no"), ("是", "YES", "")),
    ("appraisal.on_failed", ("keep", "withdraw"), ("yes", "")),
    ("registration.ends", ("day_before", "same_day"), ("前一日",)),
    ("exam.social_work_majors", ("社会工作、社会学",), ("", "  ")),
    ("office.own_rule", ("随便", ""), ()),
])  # fmt: skip
def test_a_value_that_nobody_could_read_is_refused(rule: str, good: tuple[str, ...], bad: tuple[str, ...]):
    assert [value for value in good if check({"rule": rule, "value": value})] == []
    for value in bad:
        (problem,) = check({"rule": rule, "value": value})
        assert (problem.severity, problem.code, problem.field) == (Severity.ERROR, "rule.value_wanted", "value")
