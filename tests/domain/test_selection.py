"""A round from publication to decision: the last day, and what is odd."""

from dataclasses import replace
from datetime import date

import pytest

from socialwork_app.domain.selection import Chosen, Granting, Publication, before_cycle, odd, publication
from socialwork_app.domain.working_days import OFF, WORK, Calendar

NATIONAL_DAY = Calendar({date(2026, 10, day): OFF for day in range(1, 8)} | {date(2026, 10, 10): WORK})
SOMEBODY = Chosen("甲", "published", "", holds=False, paid=())
PLAIN = Granting(date(2026, 3, 20), Publication("2026-03-10", "2026-03-16"), 3, 300, 0, (SOMEBODY,))


@pytest.mark.parametrize(
    ("first", "last", "days", "expected"),
    [
        ("2026-09-28", None, 5, "2026-10-09"),  # seven days off between; Friday the 9th is the fifth
        ("2026-09-28", None, 6, "2026-10-10"),  # a Saturday that is worked
        ("2026-09-28", None, 3, "2026-09-30"),
        ("2026-10-03", None, 1, "2026-10-08"),  # begins on a day off
        ("2026-09-28", "2026-10-15", 5, "2026-10-15"),  # what is stated holds
        ("2026-09", None, 5, None),
        ("2026-09-28", None, None, None),
        (None, None, 5, None),
    ],
)
def test_the_last_day_of_a_publication(first, last, days, expected):
    assert publication(first, last, days, NATIONAL_DAY).last == expected


def test_years_that_the_table_does_not_know_are_told():
    assert publication("2026-12-29", None, 5, NATIONAL_DAY).unknown == (2027,)
    assert publication("2025-12-30", None, 3, NATIONAL_DAY).unknown == (2025,)
    assert publication("2026-09-28", None, 5, NATIONAL_DAY).unknown == ()


def codes(granting):
    return [problem.code for problem in odd(granting)]


def test_nothing_is_odd_about_a_plain_decision():
    assert codes(PLAIN) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"publication": Publication()}, "selection.not_published"),
        ({"publication": Publication("2026-03-10")}, "selection.no_last_day"),
        ({"day": date(2026, 3, 16)}, "selection.still_published"),
        ({"publication": Publication("2026-03-10", "2026-03")}, "selection.still_published"),
        ({"publication": Publication("2026-03-10", "2026-03-16", (2026,))}, "selection.holidays_unknown"),
        ({"granted": 3}, "selection.beyond_cap"),
        ({"chosen": (replace(SOMEBODY, state="reviewed"),)}, "selection.stage_skipped"),
        ({"chosen": (replace(SOMEBODY, state="withdrawn"),)}, "selection.out"),
        ({"chosen": (replace(SOMEBODY, objection="材料不实"),)}, "selection.objection"),
        ({"chosen": (replace(SOMEBODY, holds=True),)}, "selection.holds"),
        ({"chosen": (replace(SOMEBODY, paid=("市级人才",)),)}, "selection.paid_elsewhere"),
        ({"excluded": "机关和参公人员"}, "selection.excluded"),
    ],
)
def test_what_is_odd(change, code):
    if "publication" in change and change["publication"].last == "2026-03":
        change = {**change, "day": date(2026, 3, 20)}
    assert codes(replace(PLAIN, **change)) == [code]


def test_the_day_after_the_publication_is_free():
    assert codes(replace(PLAIN, day=date(2026, 3, 17))) == []


def test_numbers_beyond_the_cap_are_told():
    problem = odd(replace(PLAIN, granted=2, chosen=(SOMEBODY, SOMEBODY)))[0]
    assert problem.values == {"total": 4, "cap": 3, "over": 1}
    assert codes(replace(PLAIN, granted=2)) == codes(replace(PLAIN, granted=9, cap=None)) == []


def test_a_title_without_allowance_clashes_with_none():
    assert codes(replace(PLAIN, allowance=None, chosen=(replace(SOMEBODY, paid=("市级人才",)),))) == []


@pytest.mark.parametrize(
    ("year", "others", "years", "last"),
    [
        (2026, [2024], 2, None),
        (2025, [2024], 2, 2024),
        (2026, [2024, 2025], 2, 2025),
        (2026, [2026], 2, None),  # a second batch
        (2026, [2028], 3, None),  # an old round that is entered later
        (2026, [], 2, None),
    ],
)
def test_a_round_that_comes_too_soon_is_told(year, others, years, last):
    found = [problem.values for problem in before_cycle(year, others, years)]
    assert found == ([] if last is None else [{"years": years, "last": last}])
