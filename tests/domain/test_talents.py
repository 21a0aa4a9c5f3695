"""What the grades of a term suggest about a title, how long a term is."""

import csv

import pytest

from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.talents import check, in_term, suggest, term_end
from socialwork_app.foundation import paths

with (paths.resources() / "rules.csv").open(encoding="utf-8", newline="") as _file:
    SHIPPED = list(csv.DictReader(_file))
RULES = RuleTable(SHIPPED)


def changed(**values: str) -> RuleTable:
    named = {f"appraisal.{name}": value for name, value in values.items()}
    return RuleTable({**row, "value": named.get(row["rule"], row["value"])} for row in SHIPPED)


@pytest.mark.parametrize(
    ("grades", "decision"),
    [
        ({2025: "优秀"}, "keep"),
        ({2025: "称职"}, "keep"),
        ({2024: "基本合格", 2025: "合格"}, "keep"),
        ({2025: "基本合格"}, "talk"),
        ({2023: "基本称职", 2025: "基本合格"}, "withdraw"),
        ({2024: "基本合格", 2025: "基本合格"}, "withdraw"),
        ({2025: "基本合格", 2026: "基本合格"}, "talk"),  # a later year is not known in 2025
        ({2025: "不合格"}, "withdraw"),
        ({2025: "不称职"}, "withdraw"),
        ({2025: "不定等次"}, "talk"),
        ({2025: "未参加考核"}, "talk"),
        ({2024: "优秀"}, None),
        ({2025: None}, None),
        ({}, None),
    ],
)
def test_suggested_by_the_delivered_rules(grades, decision):
    found = suggest(grades, 2025, "here", RULES)
    assert (found.decision if found else None) == decision


@pytest.mark.parametrize("status", ["left", "retired", "died"])
def test_who_is_not_here_is_to_leave(status):
    assert suggest({2025: "优秀"}, 2025, status, RULES).code == "suggestion.not_here"


def test_the_numbers_are_the_rule_tables():
    twice = changed(withdraw_after_failed="2", on_failed="suspend")
    assert suggest({2025: "不合格"}, 2025, "here", twice).decision == "suspend"
    assert suggest({2024: "不合格", 2025: "不合格"}, 2025, "here", twice).decision == "withdraw"
    never = changed(withdraw_after_failed="0", withdraw_after_basic="0")
    assert suggest({2024: "不合格", 2025: "不合格"}, 2025, "here", never).decision == "suspend"
    assert suggest({2025: "未参加考核"}, 2025, "here", changed(on_ungraded="suspend")).decision == "suspend"
    assert suggest({2025: "未参加考核"}, 2025, "here", changed(on_ungraded="看情况")).decision == "talk"


def test_the_reason_names_grade_and_times():
    found = suggest({2023: "基本合格", 2025: "基本合格"}, 2025, "here", RULES)
    assert found.code == "suggestion.times" and dict(found.values) == {"grade": "基本合格", "times": 2, "limit": 2}


@pytest.mark.parametrize(
    ("since", "years", "until"),
    [
        ("2016-05-04", 3, "2019-05-03"),
        ("2020-02-29", 4, "2024-02-28"),
        ("2020-02-29", 3, "2023-02-27"),
        ("2021-01-01", 1, "2021-12-31"),
        ("2021-01", 4, None),
        ("2021", 4, None),
    ],
)
def test_a_term_ends_the_day_before(since, years, until):
    assert term_end(since, years) == until


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [("2016-05-04", "2019-05-03", (2016, 2019)), ("2016", None, (2016, 2030)), (None, "2019", (2010, 2019))],
)
def test_years_of_a_term(since, until, years):
    first, last = years
    assert in_term(since, until, first) and in_term(since, until, last)
    assert not (since and in_term(since, until, first - 1)) and not (until and in_term(since, until, last + 1))


def test_what_is_wrong_about_a_title():
    assert [p.code for p in check({"term_from": "2020-05", "term_to": "2019"})] == ["talent.ends_before"]
    assert [p.code for p in check({"talent_state": "revoked"})] == ["talent.no_reason"]
    assert (
        check({"term_from": "2020-05-01", "term_to": "2020", "talent_state": "left", "state_reason": "本人申请"}) == []
    )
