"""The meters of continuing education as tables of cases, and what must hold of any records."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, pairwise
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from socialwork_app.domain.exams import ASSISTANT, LEVELS, SENIOR, SOCIAL_WORKER
from socialwork_app.domain.hours import Counted, Meter, Pace, meters, pace, period_meter, year_meter
from socialwork_app.domain.learning import COURSES, DEGREE, PROFESSIONAL, PUBLIC, TRAINING, LearningRecord, study_name
from socialwork_app.domain.periods import Holding, Period, Registration, periods, together
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation import paths
from socialwork_app.foundation.errors import DomainError

with (paths.resources() / "rules.csv").open(encoding="utf-8", newline="") as _file:
    SHIPPED = list(csv.DictReader(_file))
RULES = RuleTable(SHIPPED)
DAY = timedelta(days=1)


def changed(**values: str) -> RuleTable:
    """The shipped rules with others of the education rules, named by their last word."""
    named = {f"education.{name}": value for name, value in values.items()}
    return RuleTable({**row, "value": named.get(row["rule"], row["value"])} for row in SHIPPED)


CARRYING, AT_START, WITHOUT_PROOF = changed(carry_surplus="yes"), changed(level_change="held_at_start"), changed(proof_needed="no")  # fmt: skip
FIRST = Period(date(2018, 3, 1), date(2021, 2, 28), ASSISTANT)
SECOND = Period(date(2021, 3, 1), date(2024, 2, 29), ASSISTANT)
THIRD = Period(date(2024, 3, 1), date(2027, 2, 28), ASSISTANT)
(THREE,) = together([(FIRST, SECOND, THIRD)])
ids = count(1)


def record(
    hours: float | None = 8, ends: str | None = "2022-05-08", kind: str = TRAINING, title: str = "社区工作方法",
    category: str | None = None, *, proof: bool = True, counts: bool = True,
) -> LearningRecord:  # fmt: skip
    return LearningRecord(next(ids), title, kind, hours, None, ends, category, proof, counts)


def degree(ends: str | None, title: str = "社会工作硕士", *, proof: bool = True, counts: bool = True) -> LearningRecord:
    return record(None, ends, DEGREE, title, proof=proof, counts=counts)


def courses(hours: float, ends: str, title: str = "社会工作硕士") -> LearningRecord:
    return record(hours, ends, COURSES, title)


def reasons(meter: Meter) -> list[str]:
    return [reason for _, reason in meter.not_counted]


# periods


def made(*rows: tuple[str | None, str | None, str | None], rules: RuleTable = RULES) -> list[tuple[str, str]]:
    found = periods([Registration(*row) for row in rows], ASSISTANT, [], rules)
    return [(one.since.isoformat(), one.until.isoformat()) for one in found]


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ([("first", "2018-03-01", "2021-02-28")], [("2018-03-01", "2021-02-28")]),
        ([("first", "2021-03-01", None)], [("2021-03-01", "2024-02-29")]),
        ([("first", "2020-02-29", "")], [("2020-02-29", "2023-02-27")]),
        ([(None, "2018-03-01", "2021-02-28")], [("2018-03-01", "2021-02-28")]),
        ([("first", "2018-03-01", "2021-02-28"), ("renewal", "2021-03-01", "2024-02-29")],
         [("2018-03-01", "2021-02-28"), ("2021-03-01", "2024-02-29")]),
        # renewed in the window before expiry: the later registration ends the earlier
        ([("first", "2018-03-01", "2021-02-28"), ("renewal", "2021-01-10", "2024-02-29")],
         [("2018-03-01", "2021-01-09"), ("2021-01-10", "2024-02-29")]),
        # renewed late: nothing covers the time between
        ([("first", "2018-03-01", "2021-02-28"), ("renewal", "2021-06-01", "2024-05-31")],
         [("2018-03-01", "2021-02-28"), ("2021-06-01", "2024-05-31")]),
        ([("first", "2018-03-01", "2021-02-28"), ("change", "2019-07-01", "2021-02-28")], [("2018-03-01", "2021-02-28")]),
        ([("first", "2018-03-01", "2021-02-28"), ("cancelled", "2019-07-01", None)], [("2018-03-01", "2019-06-30")]),
        ([("first", "2018-03-01", "2021-02-28"), ("cancelled", "2019-07", None)], [("2018-03-01", "2019-07-30")]),
        ([("first", "2018-03-01", "2021-02-28"), ("cancelled", "2018-03-01", None)], []),
        ([("first", "2018-03-01", "2021-02-28"), ("cancelled", None, None)], [("2018-03-01", "2021-02-28")]),
        ([("first", "2018-03-01", "2021-02-28"), ("first", "2018-03-01", "2020-02-28")], [("2018-03-01", "2021-02-28")]),
        ([("first", "2018-03", "2021-02")], [("2018-03-01", "2021-02-28")]),
        ([("first", "2018-03", None)], []),
        ([("first", None, "2021-02-28")], []),
        ([("first", "2021-03-01", "2018-02-28")], []),
        ([], []),
    ],
)  # fmt: skip
def test_periods_follow_the_registrations(rows: list[tuple[str | None, ...]], spans: list[tuple[str, str]]):
    assert made(*rows) == spans  # pyright: ignore[reportArgumentType]
    assert made(*rows[::-1]) == spans  # pyright: ignore[reportArgumentType]


def test_a_period_without_a_stated_end_ends_as_the_rules_say():
    rules = RuleTable({**row, "value": "same_day"} if row["rule"] == "registration.ends" else row for row in SHIPPED)
    assert made(("first", "2020-02-29", None), rules=rules) == [("2020-02-29", "2023-02-28")]


def test_a_period_knows_the_others_of_the_person():
    rows = [Registration("first", "2018-03-01", "2021-02-28"), Registration("renewal", "2021-03-01", "2024-02-29")]
    own = periods(rows, ASSISTANT, [], RULES)
    spans = [(one.since, one.until) for one in own]
    assert [one.others for one in own] == [(spans[1],), (spans[0],)]
    higher = periods([Registration("first", "2020-01-01", "2022-12-31")], SOCIAL_WORKER, [], RULES)
    assert together([own]) == [own]
    joined = together([own, higher])
    assert [[one.level for one in several] for several in joined] == [[ASSISTANT] * 2, [SOCIAL_WORKER]]
    assert joined[1][0].others == tuple(spans)
    assert joined[0][1].others == (spans[0], (date(2020, 1, 1), date(2022, 12, 31)))


@pytest.mark.parametrize(
    ("own", "approved", "at_end", "at_start"),
    [
        (ASSISTANT, [], ASSISTANT, ASSISTANT),
        (ASSISTANT, [(SOCIAL_WORKER, "2022-06-15")], SOCIAL_WORKER, ASSISTANT),
        (ASSISTANT, [(SOCIAL_WORKER, "2021-03-01")], SOCIAL_WORKER, SOCIAL_WORKER),
        (ASSISTANT, [(SOCIAL_WORKER, "2021-03-02")], SOCIAL_WORKER, ASSISTANT),
        (ASSISTANT, [(SOCIAL_WORKER, "2024-02-29")], SOCIAL_WORKER, ASSISTANT),
        (ASSISTANT, [(SOCIAL_WORKER, "2024-03-01")], ASSISTANT, ASSISTANT),
        (ASSISTANT, [(SOCIAL_WORKER, "2021")], SOCIAL_WORKER, SOCIAL_WORKER),
        (ASSISTANT, [(SOCIAL_WORKER, None)], ASSISTANT, ASSISTANT),
        (ASSISTANT, [(SENIOR, "2023"), (SOCIAL_WORKER, "2019")], SENIOR, SOCIAL_WORKER),
        (SOCIAL_WORKER, [(ASSISTANT, "2019-06-16"), (SOCIAL_WORKER, None)], SOCIAL_WORKER, SOCIAL_WORKER),
    ],
)
def test_a_change_of_level_inside_a_period(
    own: str, approved: list[tuple[str, str | None]], at_end: str, at_start: str
):
    rows = [Registration("renewal", "2021-03-01", "2024-02-29")]
    for rules, level in ((RULES, at_end), (AT_START, at_start)):
        for held in (approved, approved[::-1]):
            (period,) = periods(rows, own, [Holding(*one) for one in held], rules)
            assert period.level == level
            assert period_meter(period, [], rules).required == (72 if level == ASSISTANT else 90)


# the meter of a period


@pytest.mark.parametrize(
    ("ends", "reason", "imprecise"),
    [
        ("2021-02-28", "outside_period", False),
        ("2021-03-01", None, False),
        ("2024-02-28", None, False),
        ("2024-02-29", None, False),
        ("2024-03-01", "outside_period", False),
        ("2021-03", None, False),
        ("2022", None, False),
        ("2024-02", None, False),
        ("2021-02", "outside_period", False),
        ("2021", None, True),  # may be January; its last day is within
        ("2024", "outside_period", False),
        (None, "no_date", False),
    ],
)
def test_a_record_counts_in_the_period_of_its_latest_day(ends: str | None, reason: str | None, imprecise: bool):
    one = record(8, ends)
    meter = period_meter(SECOND, [one], RULES)
    assert meter.earned == (0 if reason else 8)
    assert meter.counted == (() if reason else (Counted(one, 8, imprecise),))
    assert meter.not_counted == (((one, reason),) if reason else ())


def test_it_is_the_end_that_counts():
    over_the_edge = replace(record(20, "2021-03-02"), starts="2021-02-26")
    assert [one.earned for one in meters(THREE, [over_the_edge], RULES)] == [0, 20, 0]
    without_end = replace(over_the_edge, ends=None)
    assert [one.earned for one in meters(THREE, [without_end], RULES)] == [20, 0, 0]


@pytest.mark.parametrize(
    ("level", "hours", "short", "surplus"),
    [
        (ASSISTANT, [], 72, 0),
        (ASSISTANT, [24, 24, 23.5], 0.5, 0),
        (ASSISTANT, [24, 24, 24], 0, 0),
        (ASSISTANT, [24, 24, 30], 0, 6),
        (ASSISTANT, [0.1] * 720, 0, 0),
        (ASSISTANT, [0.1] * 719, 0.1, 0),
        (SOCIAL_WORKER, [72], 18, 0),
        (SENIOR, [90.25], 0, 0.25),
    ],
)
def test_what_is_short_of_the_requirement(level: str, hours: list[float], short: float, surplus: float):
    meter = period_meter(replace(SECOND, level=level), [record(one) for one in hours], RULES)
    assert (meter.required, meter.short, meter.surplus) == (72 if level == ASSISTANT else 90, short, surplus)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (record(proof=False), "no_proof"),
        (record(0), "no_hours"),
        (record(None), "no_hours"),
        (record(-8), "no_hours"),
        (record(0.004), "no_hours"),
        (record(counts=False), "excluded"),
        (record(counts=False, proof=False), "excluded"),
        (record(0, proof=False), "no_proof"),
        (record(0, "2030", proof=False, counts=False), "outside_period"),
        (record(0, None, proof=False, counts=False), "no_date"),
        (degree("2022", proof=False), "no_proof"),
        (degree(None), "no_date"),
    ],
)
def test_what_does_not_count_says_why(one: LearningRecord, reason: str):
    meter = period_meter(SECOND, [one, record(8)], RULES)
    assert (meter.earned, reasons(meter)) == (8, [reason])


def test_late_proof_counts_on_the_day_of_the_training():
    waiting = record(40, "2020-10-01", proof=False)
    assert [one.earned for one in meters(THREE, [waiting], RULES)] == [0, 0, 0]
    assert [reasons(one) for one in meters(THREE, [waiting], RULES)] == [
        ["no_proof"], ["outside_period"], ["outside_period"],
    ]  # fmt: skip
    assert [one.earned for one in meters(THREE, [waiting], WITHOUT_PROOF)] == [40, 0, 0]
    assert [one.earned for one in meters(THREE, [replace(waiting, proof=True)], RULES)] == [40, 0, 0]


# degrees


def test_a_degree_counts_its_hours_once_over_two_periods():
    bachelor, master = degree("2020-07-01", "社会工作学士"), degree("2022-07-01")
    found = meters(THREE, [master, bachelor], RULES)
    assert [one.earned for one in found] == [90, 0, 0]
    assert found[1].not_counted == ((bachelor, "outside_period"), (master, "degree_already_counted"))


@pytest.mark.parametrize(
    ("earlier", "hours"),
    [
        (degree("2020-07-01", "学士", proof=False), [0, 90, 0]),
        (degree("2020-07-01", "学士", counts=False), [0, 90, 0]),
        (degree(None, "学士"), [0, 90, 0]),
        (degree("2017-07-01", "学士"), [0, 90, 0]),  # before all periods: it never had its hours
        (degree("2018-03-01", "学士"), [90, 0, 0]),
        (degree("2021-02-28", "学士"), [90, 0, 0]),
        (degree("2021-03-01", "学士"), [0, 90, 0]),
        (degree("2022-06-30", "学士"), [0, 90, 0]),
        (degree("2022-07-01", "学士"), [0, 90, 0]),
        (degree("2024-03-01", "学士"), [0, 90, 0]),
    ],
)
def test_it_is_the_earliest_degree_that_can_count(earlier: LearningRecord, hours: list[float]):
    both = [degree("2022-07-01"), earlier]
    assert [one.earned for one in meters(THREE, both, RULES)] == hours
    assert [one.earned for one in meters(THREE, both[::-1], RULES)] == hours


def test_a_degree_that_counted_for_another_certificate_is_spent():
    both = [degree("2016-07-01", "学士"), degree("2022-07-01")]
    assert period_meter(SECOND, both, RULES).earned == 90
    lower = Period(date(2015, 1, 1), date(2017, 12, 31), ASSISTANT)
    (first,), (later,) = together([(lower,), (SECOND,)])
    assert [period_meter(one, both, RULES).earned for one in (first, later)] == [90, 0]


def test_learning_counts_in_overlapping_periods_of_two_certificates():
    (one,), (other,) = together([(SECOND,), (replace(SECOND, until=date(2023, 12, 31), level=SOCIAL_WORKER),)])
    records = [record(8, "2022-05-01"), degree("2022-07-01")]
    assert [period_meter(period, records, RULES).earned for period in (one, other)] == [98, 98]


@pytest.mark.parametrize(
    ("records", "hours"),
    [
        ([courses(40, "2020-07-01"), courses(30, "2022-01-10")], [40, 30, 0]),  # no degree: the class hours
        ([courses(40, "2020-07-01"), degree("2022-07-01")], [40, 90, 0]),  # what was settled stays
        ([courses(40, "2022-01-10"), degree("2022-07-01")], [0, 90, 0]),
        ([courses(40, "2022-08-10"), degree("2022-07-01")], [0, 90, 0]),
        ([courses(40, "2024-08-10"), degree("2022-07-01")], [0, 90, 0]),
        ([courses(40, "2022-01-10", " 社会工作 硕士"), degree("2022-07-01")], [0, 90, 0]),
        ([courses(40, "2022-01-10", "心理学"), degree("2022-07-01")], [0, 130, 0]),
        ([courses(40, "2022-01-10"), degree("2022-07-01", proof=False)], [0, 40, 0]),
        # a second degree has no hours of its own; what was learnt for it keeps its class hours
        ([courses(40, "2022-01-10"), degree("2022-07-01"), degree("2019", "学士")], [90, 40, 0]),
        ([record(40, title="社会工作硕士"), degree("2022-07-01")], [0, 130, 0]),
        ([courses(40, "2022-01-10", ""), degree("2022-07-01", "")], [0, 130, 0]),
    ],
)
def test_class_hours_do_not_count_beside_their_degree(records: list[LearningRecord], hours: list[float]):
    assert [one.earned for one in meters(THREE, records, RULES)] == hours
    assert [one.earned for one in meters(THREE, records[::-1], RULES)] == hours


def test_of_two_degrees_of_one_day_one_counts():
    both = [degree("2022-07-01", "学士"), degree("2022-07-01")]
    assert {period_meter(SECOND, order, RULES).counted for order in (both, both[::-1])} == {((both[0], 90, False),)}
    assert period_meter(SECOND, [both[0], both[0]], RULES).earned >= 90


# surplus


@pytest.mark.parametrize(
    ("earned", "carried", "short", "surplus"),
    [
        ([100, 50, 0], [0, 28, 6], [0, 0, 66], [28, 6, 0]),
        ([172, 0, 0], [0, 100, 0], [0, 0, 72], [100, 0, 0]),  # for the next period, not for the one after it
        ([172, 10, 70], [0, 100, 10], [0, 0, 0], [100, 10, 8]),
        ([70, 74, 72], [0, 0, 2], [2, 0, 0], [0, 2, 2]),
    ],
)
def test_surplus_is_carried_where_the_rules_let_it(
    earned: list[float], carried: list[float], short: list[float], surplus: list[float]
):
    records = [record(hours, ends) for hours, ends in zip(earned, ("2019", "2022", "2025"), strict=True)]
    found = meters(THREE, records, CARRYING)
    assert [one.earned for one in found] == earned
    assert [one.carried for one in found] == carried
    assert [one.short for one in found] == short
    assert [one.surplus for one in found] == surplus
    kept = meters(THREE, records, RULES)
    assert [one.carried for one in kept] == [0, 0, 0]
    assert [one.short for one in kept] == [max(0, 72 - hours) for hours in earned]
    assert [one.surplus for one in kept] == [max(0, hours - 72) for hours in earned]


# the meter of a year


def test_a_year_has_its_own_requirement():
    meter = year_meter(2024, [record(50, "2024-01-01", category=PROFESSIONAL), record(25, "2024-12-31", category=PUBLIC),
                              record(5, "2024-02-29"), record(99, "2023-12-31", category=PROFESSIONAL),
                              record(99, "2025-01-01", category=PROFESSIONAL)], RULES)  # fmt: skip
    assert (meter.year, meter.required, meter.earned, meter.short) == (2024, 90, 80, 10)
    assert (meter.professional, meter.professional_required, meter.professional_short) == (50, 60, 10)
    assert meter.uncategorised == 5
    assert [reason for _, reason in meter.not_counted] == ["outside_year"] * 2


@pytest.mark.parametrize(
    ("share", "required"), [("2/3", 60), ("67%", 60.3), ("0.67", 60.3), ("1", 90), (" 2/3 ", 60), ("66.5%", 59.85)]
)
def test_the_professional_share_is_exact(share: str, required: float):
    rules = changed(year_professional_share=share)
    assert year_meter(2024, [], rules).professional_required == required
    whole = year_meter(2024, [record(required, "2024", category=PROFESSIONAL)], rules)
    assert whole.professional_short == 0


@pytest.mark.parametrize(("factor", "earned"), [("1", 67.5), ("4/3", 90), ("1.2", 81), ("75%", 50.625)])
def test_class_hours_are_hours_by_a_factor(factor: str, earned: float):
    meter = year_meter(2024, [record(67.5, "2024-05", category=PROFESSIONAL)], changed(hour_factor=factor))
    assert (meter.earned, meter.short, meter.professional) == (earned, 90 - earned, earned)
    assert meter.counted[0].hours == 67.5


@pytest.mark.parametrize("text", ["", "三分之二", "2/0", "0", "-1", "2/3/4", "nan", "%"])
def test_a_share_that_is_no_number_says_so(text: str):
    with pytest.raises(DomainError, match=r"rule\.not_a_fraction"):
        year_meter(2024, [], changed(year_professional_share=text))


def test_a_degree_counts_once_in_the_years_too():
    both = [degree("2021-07-01"), degree("2023-07-01", "博士")]
    assert [year_meter(year, both, RULES).earned for year in (2020, 2021, 2022, 2023)] == [0, 90, 0, 0]


def test_before_the_rule_nothing_is_known():
    with pytest.raises(DomainError, match=r"rule\.missing"):
        year_meter(2014, [], RULES)
    assert year_meter(2015, [], RULES).required == 90


def test_each_period_is_judged_by_the_rule_of_its_last_day():
    rows = [
        {**row, "valid_to": "2024-02-29"} if row["rule"] == "education.required.assistant" else row for row in SHIPPED
    ]
    row = next(row for row in SHIPPED if row["rule"] == "education.required.assistant")
    rows.append({**row, "value": "120", "valid_from": "2024-03-01"})
    assert [one.required for one in meters(THREE, [], RuleTable(rows))] == [72, 72, 120]


# pace


@pytest.mark.parametrize(
    ("day", "left", "per_month"),
    [
        (date(2020, 1, 1), 36, 2),
        (date(2021, 3, 1), 36, 2),
        (date(2021, 3, 31), 35, 2.06),
        (date(2023, 11, 30), 3, 24),
        (date(2024, 1, 29), 2, 36),
        (date(2024, 1, 30), 1, 72),
        (date(2024, 2, 29), 1, 72),
        (date(2024, 3, 1), 0, 72),
    ],
)
def test_what_is_missing_in_each_month_that_is_left(day: date, left: int, per_month: float):
    found = pace(period_meter(SECOND, [], RULES), SECOND, day)
    assert (found.months_left, found.per_month, found.expected) == (left, per_month, 0)


@pytest.mark.parametrize(
    ("records", "day", "expected"),
    [
        ([record(36)], SECOND.since + 547 * DAY, 72),
        ([record(36)], SECOND.until, 36),
        ([record(36)], date(2030, 1, 1), 36),
        ([record(36)], date(2020, 1, 1), 36),
        ([record(36), degree("2022-01")], SECOND.since + 547 * DAY, 162),
    ],
)
def test_what_is_expected_by_the_end(records: list[LearningRecord], day: date, expected: float):
    assert pace(period_meter(SECOND, records, RULES), SECOND, day).expected == expected


def test_nothing_missing_is_nothing_a_month():
    meter = period_meter(SECOND, [record(20)], CARRYING, 52)
    assert pace(meter, SECOND, SECOND.until) == Pace(1, 0, 72)


# whatever the records

days = st.dates(date(2016, 1, 1), date(2028, 12, 31))
texts = st.none() | st.builds(lambda day, precision: day.isoformat()[:precision], days, st.sampled_from([4, 7, 10, 10]))
edges = st.sampled_from([edge + more * DAY for one in THREE for edge in (one.since, one.until) for more in (-1, 0, 1)])
hours_stated = st.none() | st.integers(0, 400).map(lambda quarters: quarters / 4) | st.sampled_from([0.1, 0.2, 0.7])
kinds = st.sampled_from([TRAINING, TRAINING, COURSES, DEGREE])
records_made = st.builds(
    LearningRecord, st.integers(1, 10**9), st.sampled_from(["社会工作硕士", "学士", "督导"]), kinds, hours_stated,
    texts, texts | edges.map(date.isoformat), st.sampled_from([PROFESSIONAL, PUBLIC, None]),
    st.sampled_from([True, True, True, False]), st.sampled_from([True, True, True, False]),
)  # fmt: skip
many = st.lists(records_made, max_size=8, unique_by=lambda one: one.id)
tables = st.sampled_from([RULES, CARRYING, WITHOUT_PROOF, changed(carry_surplus="yes", proof_needed="no")])
levels = st.tuples(*[st.sampled_from(LEVELS)] * 3)


def hundredths(hours: Iterator[float] | Sequence[float]) -> int:
    return sum(round(one * 100) for one in hours)


@given(many, tables, st.randoms(use_true_random=False))
def test_order_does_not_matter(records: list[LearningRecord], rules: RuleTable, random: Random):
    mixed = random.sample(records, len(records))
    assert meters(THREE, mixed, rules) == meters(THREE, records, rules)
    assert year_meter(2022, mixed, rules) == year_meter(2022, records, rules)


@given(many, tables)
def test_every_record_is_told_once_in_every_meter(records: list[LearningRecord], rules: RuleTable):
    for one in (*meters(THREE, records, rules), year_meter(2022, records, rules)):
        told = [counted.record.id for counted in one.counted] + [record.id for record, _ in one.not_counted]
        assert sorted(told) == sorted(record.id for record in records)


@given(many, tables)
def test_consecutive_periods_add_up_to_the_records_counted(records: list[LearningRecord], rules: RuleTable):
    found = meters(THREE, records, rules)
    counted = [one for meter in found for one in meter.counted]
    assert len({one.record.id for one in counted}) == len(counted)
    assert hundredths([one.earned for one in found]) == hundredths([one.hours for one in counted])
    assert all(one.hours == (90 if one.record.kind == DEGREE else one.record.hours) for one in counted)
    assert sum(one.record.kind == DEGREE for one in counted) <= 1
    within = [one for one in records if one.kind == TRAINING and one.days and FIRST.since <= one.days[1] <= THIRD.until
              and one.counts and one.proof]  # fmt: skip
    assert {one.id for one in within if one.hours} <= {one.record.id for one in counted}


@given(many, records_made, tables)
def test_more_learning_never_lowers_a_meter(records: list[LearningRecord], more: LearningRecord, rules: RuleTable):
    assume(more.id not in {one.id for one in records})
    if more.kind == DEGREE:  # it takes the place of its class hours, and of a later degree
        records = [one for one in records if one.kind != DEGREE
                   and not (one.kind == COURSES and study_name(one.title) == study_name(more.title))]  # fmt: skip
    before, after = meters(THREE, records, rules), meters(THREE, [*records, more], rules)
    for one, other in zip(before, after, strict=True):
        assert one.earned <= other.earned
        assert one.short >= other.short
        assert one.surplus <= other.surplus
    for year in range(2016, 2029):
        one, other = year_meter(year, records, rules), year_meter(year, [*records, more], rules)
        assert one.earned <= other.earned and one.professional <= other.professional
        assert one.short >= other.short and one.professional_short >= other.professional_short


@given(many, st.dates(date(2018, 3, 1), date(2027, 2, 28)).map(date.isoformat))
def test_a_degree_lowers_by_no_more_than_the_class_hours_it_stands_for(records: list[LearningRecord], ends: str):
    records = [one for one in records if one.kind != DEGREE]
    new = degree(ends, "学士")
    for one, other in zip(meters(THREE, records, RULES), meters(THREE, [*records, new], RULES), strict=True):
        replaced = [counted.hours for counted in one.counted
                    if counted.record.kind == COURSES and counted.record.title == "学士"]  # fmt: skip
        assert hundredths([other.earned]) >= hundredths([one.earned]) - hundredths(replaced)
        if new in [counted.record for counted in other.counted]:
            assert hundredths([other.earned]) == hundredths([one.earned]) - hundredths(replaced) + 9000


@given(many, levels)
def test_carrying_only_helps(records: list[LearningRecord], of_level: tuple[str, str, str]):
    three = tuple(replace(one, level=level) for one, level in zip(THREE, of_level, strict=True))
    kept, carried = meters(three, records, RULES), meters(three, records, CARRYING)
    for one, other in zip(kept, carried, strict=True):
        assert (one.earned, one.carried) == (other.earned, 0)
        assert other.short <= one.short and other.surplus >= one.surplus
        assert 0 <= other.surplus <= other.earned
        assert other.short == 0 or other.surplus == 0
    for one, other in pairwise(carried):
        assert other.carried == one.surplus


@given(
    st.lists(
        st.tuples(st.sampled_from(["first", "renewal", "change", "cancelled", None]), texts, texts).map(
            lambda row: Registration(*row)
        ),
        max_size=5,
    ),
    st.lists(st.tuples(st.sampled_from(LEVELS), texts).map(lambda row: Holding(*row)), max_size=3),
    st.randoms(use_true_random=False),
)
def test_periods_never_overlap_whatever_the_registrations(
    rows: list[Registration], holdings: list[Holding], random: Random
):
    found = periods(rows, ASSISTANT, holdings, RULES)
    assert all(one.since <= one.until for one in found)
    assert all(one.until < other.since for one, other in pairwise(found))
    assert found == periods(random.sample(rows, len(rows)), ASSISTANT, holdings[::-1], RULES)


@given(many, days)
def test_keeping_the_pace_reaches_the_requirement(records: list[LearningRecord], day: date):
    meter = period_meter(THREE[1], records, RULES)
    found = pace(meter, THREE[1], day)
    assert found.per_month * max(found.months_left, 1) >= meter.short - 1e-9
    assert found.expected >= meter.earned - 1e-9
    assert (found.months_left == 0) == (day > SECOND.until)
