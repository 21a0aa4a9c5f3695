"""What scores mean: passes, carry-over, proofs, and in whichever order they are entered."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.exam_results import Attempt, Outcome, Result, Results, attempt_of, open_subjects, proof
from socialwork_app.domain.exams import (
    ABSENT,
    ASSISTANT,
    BREACH,
    LEVELS,
    LOCAL,
    NATIONAL,
    SENIOR,
    SOCIAL_WORKER,
    SUBJECTS,
    VOID,
    Sittings,
    signed_up,
    subject_names,
)  # fmt: skip
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation import paths
from socialwork_app.foundation.errors import DomainError


def shipped(name: str) -> list[dict[str, str]]:
    with (paths.resources() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RULE_ROWS, SITTING_ROWS = shipped("rules.csv"), shipped("exam_sittings.csv")
RULES = RuleTable(RULE_ROWS)
RESULTS = Results(Sittings(SITTING_ROWS, RULES), RULES)
THREE = ("comprehensive", "policy", "practice")
TWO = ("comprehensive", "practice")


def rolling(years: int) -> Results:
    rules = RuleTable(
        {**row, "value": str(years)} if row["rule"] == "exam.rolling_years.social_worker" else row for row in RULE_ROWS
    )
    return Results(Sittings(SITTING_ROWS, rules), rules)


def entry(year: int, level: str, scores: Mapping[str, int | None], scope: str = NATIONAL) -> Attempt:
    return Attempt(year, level, tuple(scores), scores, scope)


def attempt(year: int, level: str = SOCIAL_WORKER, scope: str = NATIONAL, **scores: int | None) -> Attempt:
    return entry(year, level, scores, scope)


def only(one: Attempt, results: Results = RESULTS) -> Result:
    (result,) = results.of_level([one], one.level)
    return result


# one year


@pytest.mark.parametrize(
    ("scores", "outcome"),
    [
        ({"comprehensive": 60, "practice": 60}, Outcome.PASSED),
        ({"comprehensive": 59, "practice": 60}, Outcome.FAILED),
        ({"comprehensive": 60, "practice": 59}, Outcome.FAILED),
        ({"comprehensive": 0, "practice": 0}, Outcome.FAILED),
        ({"comprehensive": 60}, Outcome.FAILED),
        ({"comprehensive": ABSENT, "practice": ABSENT}, Outcome.ABSENT),
        ({"comprehensive": ABSENT}, Outcome.ABSENT),
        ({"comprehensive": 100, "practice": ABSENT}, Outcome.FAILED),
        ({"comprehensive": 30, "practice": ABSENT}, Outcome.FAILED),
        ({"comprehensive": BREACH, "practice": 80}, Outcome.VOID),
        ({"comprehensive": VOID, "practice": ABSENT}, Outcome.VOID),
        ({"comprehensive": VOID, "practice": None}, Outcome.VOID),
        ({"comprehensive": None, "practice": None}, Outcome.PENDING),
        ({"comprehensive": 20, "practice": None}, Outcome.PENDING),
        ({"comprehensive": ABSENT, "practice": None}, Outcome.PENDING),
    ],
)
def test_an_assistant_passes_both_subjects_in_one_year(scores: dict[str, int | None], outcome: Outcome):
    result = only(entry(2024, ASSISTANT, scores))
    assert result.outcome is outcome
    assert result.passed == tuple(key for key in TWO if (scores.get(key) or 0) >= 60)
    assert (result.carried, result.lapses, result.scope) == ((), None, NATIONAL)
    assert result.open == (() if outcome is Outcome.PASSED else TWO)


def test_an_assistants_pass_is_not_carried():
    results = RESULTS.of_level(
        [attempt(2023, ASSISTANT, comprehensive=90, practice=50), attempt(2024, ASSISTANT, practice=90)], ASSISTANT
    )
    assert [one.outcome for one in results] == [Outcome.FAILED, Outcome.FAILED]
    assert [one.carried for one in results] == [(), ()]
    assert open_subjects(results, ASSISTANT, 2025, 1) == TWO


@pytest.mark.parametrize(
    ("scores", "outcome"),
    [
        ({"comprehensive": 60, "policy": 60, "practice": 60}, Outcome.PASSED),
        ({"comprehensive": 60, "policy": 59, "practice": 60}, Outcome.CARRYING),
        ({"comprehensive": 60, "policy": ABSENT, "practice": ABSENT}, Outcome.CARRYING),
        ({"policy": 60}, Outcome.CARRYING),
        ({"comprehensive": 60, "policy": 59, "practice": None}, Outcome.PENDING),
        ({"comprehensive": 59, "policy": 59, "practice": ABSENT}, Outcome.FAILED),
        ({"comprehensive": ABSENT, "policy": ABSENT, "practice": ABSENT}, Outcome.ABSENT),
        ({"comprehensive": 60, "policy": 60, "practice": BREACH}, Outcome.VOID),
    ],
)
def test_one_year_of_a_social_worker(scores: dict[str, int | None], outcome: Outcome):
    result = only(entry(2024, SOCIAL_WORKER, scores))
    passed = tuple(key for key in THREE if (scores.get(key) or 0) >= 60)
    assert (result.outcome, result.passed, result.carried) == (outcome, passed, ())
    assert result.open == (() if outcome is Outcome.PASSED else tuple(key for key in THREE if key not in passed))
    assert result.lapses == (2025 if passed and outcome is not Outcome.PASSED else None)


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        (60, Outcome.PASSED),
        (59, Outcome.FAILED),
        (ABSENT, Outcome.ABSENT),
        (VOID, Outcome.VOID),
        (None, Outcome.PENDING),
    ],
)
def test_the_senior_exam_is_one_subject(score: int | None, outcome: Outcome):
    result = only(attempt(2024, SENIOR, practice=score))
    assert (result.outcome, result.lapses) == (outcome, None)
    assert result.open == (() if outcome is Outcome.PASSED else ("practice",))


def test_a_year_without_a_pass_mark_is_pending():
    for year in (2019, 2021, 2040):
        assert only(attempt(year, ASSISTANT, comprehensive=90, practice=20)).outcome is Outcome.PENDING
        assert only(attempt(year, ASSISTANT, comprehensive=90, practice=20)).passed == ()
        assert only(attempt(year, comprehensive=ABSENT, policy=90)).outcome is Outcome.PENDING
        assert only(attempt(year, ASSISTANT, comprehensive=BREACH, practice=90)).outcome is Outcome.VOID
        assert only(attempt(year, SENIOR, practice=ABSENT)).outcome is Outcome.ABSENT


# lines


@pytest.mark.parametrize(
    ("level", "year", "scope", "scores", "outcome", "scope_of_result"),
    [
        (ASSISTANT, 2025, LOCAL, {"comprehensive": 53, "practice": 53}, Outcome.PASSED, LOCAL),
        (ASSISTANT, 2025, LOCAL, {"comprehensive": 60, "practice": 53}, Outcome.PASSED, LOCAL),
        (ASSISTANT, 2025, LOCAL, {"comprehensive": 60, "practice": 60}, Outcome.PASSED, NATIONAL),
        (ASSISTANT, 2025, LOCAL, {"comprehensive": 52, "practice": 60}, Outcome.FAILED, NATIONAL),
        (ASSISTANT, 2025, NATIONAL, {"comprehensive": 53, "practice": 59}, Outcome.FAILED, NATIONAL),
        (ASSISTANT, 2025, NATIONAL, {"comprehensive": 60, "practice": 60}, Outcome.PASSED, NATIONAL),
        (ASSISTANT, 2024, LOCAL, {"comprehensive": 59, "practice": 60}, Outcome.FAILED, NATIONAL),
        (ASSISTANT, 2024, LOCAL, {"comprehensive": 60, "practice": 60}, Outcome.PASSED, NATIONAL),
        (SOCIAL_WORKER, 2025, LOCAL, {"comprehensive": 58, "policy": 99, "practice": 99}, Outcome.PASSED, LOCAL),
        (SOCIAL_WORKER, 2025, LOCAL, {"comprehensive": 57, "policy": 99, "practice": 99}, Outcome.CARRYING, NATIONAL),
        (
            SOCIAL_WORKER,
            2025,
            NATIONAL,
            {"comprehensive": 58, "policy": 99, "practice": 99},
            Outcome.CARRYING,
            NATIONAL,
        ),
        (SENIOR, 2025, LOCAL, {"practice": 60}, Outcome.PASSED, NATIONAL),
        (SENIOR, 2025, LOCAL, {"practice": 59}, Outcome.FAILED, NATIONAL),
    ],
)
def test_a_place_may_have_a_line_of_its_own(
    level: str, year: int, scope: str, scores: dict[str, int], outcome: Outcome, scope_of_result: str
):
    result = only(entry(year, level, scores, scope))
    assert (result.outcome, result.scope) == (outcome, scope_of_result)


def test_a_pass_by_the_local_line_makes_the_whole_local_when_it_is_carried():
    local = attempt(2025, SOCIAL_WORKER, LOCAL, comprehensive=58)
    rest = attempt(2026, policy=90, practice=90)
    assert [one.scope for one in RESULTS.of_level([local, rest], SOCIAL_WORKER)] == [LOCAL, LOCAL]
    again = attempt(2026, comprehensive=60, policy=90, practice=90)
    assert RESULTS.of_level([local, again], SOCIAL_WORKER)[-1].scope == NATIONAL


# carry-over

PASSES = [keys for count in range(4) for keys in combinations(THREE, count)]
SAT = [None, *PASSES]  # None: not signed up at all
FIRST = 2022


def history(by_year: Iterable[tuple[str, ...] | None]) -> list[Attempt]:
    return [
        entry(FIRST + place, SOCIAL_WORKER, {key: 60 if key in passed else 59 for key in THREE})
        for place, passed in enumerate(by_year)
        if passed is not None
    ]


def completed(by_year: tuple[tuple[str, ...] | None, ...], rolls: int = 2) -> dict[int, bool]:
    """By the words of the rule: a year in which there is a window of consecutive years, none of them before or of an
    earlier completion, in which all three were passed."""
    done: dict[int, bool] = {}
    start = 0
    for year, passed in enumerate(by_year):
        window = [by_year[one] or () for one in range(max(start, year - rolls + 1), year + 1)]
        done[FIRST + year] = passed is not None and set(THREE) <= {key for one in window for key in one}
        if done[FIRST + year]:
            start = year + 1
    return done


@pytest.mark.parametrize("rolls", [1, 2, 3])
def test_all_three_within_so_many_consecutive_years(rolls: int):
    """Every way to pass any subjects in each of three years, or to stay away."""
    results = rolling(rolls)
    for by_year in product(SAT, repeat=3):
        expected = completed(by_year, rolls)
        done = 0
        for result in (found := results.of_level(history(by_year), SOCIAL_WORKER)):
            place = result.year - FIRST
            passed = by_year[place] or ()
            assert (result.outcome is Outcome.PASSED) == expected[result.year], (by_year, result)
            assert result.passed == passed
            still = {key for one in range(max(done, place - rolls + 1), place) for key in by_year[one] or ()}
            assert result.carried == tuple(key for key in THREE if key in still and key not in passed)
            if expected[result.year]:
                done = place + 1
                assert (result.open, result.lapses) == ((), None)
                continue
            assert result.outcome is (Outcome.CARRYING if passed and rolls > 1 else Outcome.FAILED)
            usable = {key for one in range(max(done, place - rolls + 2), place + 1) for key in by_year[one] or ()}
            assert result.open == tuple(key for key in THREE if key not in usable)
            assert result.open == open_subjects(found, SOCIAL_WORKER, result.year + 1, rolls)


ORDERS = [(), *((key,) for key in THREE), THREE]


@pytest.mark.parametrize("by_year", list(product(ORDERS, repeat=3)), ids=str)
def test_one_subject_a_year_in_every_order(by_year: tuple[tuple[str, ...], ...]):
    outcomes = {one.year: one.outcome is Outcome.PASSED for one in RESULTS.of_level(history(by_year), SOCIAL_WORKER)}
    assert outcomes == completed(by_year)


@pytest.mark.parametrize("years", list(product(range(4), repeat=3)), ids=str)
def test_each_subject_passed_in_one_of_three_years_or_never(years: tuple[int, ...]):
    """Passed once each, in year 1, 2, 3 or (0) never: done when all lie within two years on end."""
    by_year = tuple(tuple(key for key, year in zip(THREE, years, strict=True) if year == place) for place in (1, 2, 3))
    done = any(one.outcome is Outcome.PASSED for one in RESULTS.of_level(history(by_year), SOCIAL_WORKER))
    assert done == (0 not in years and max(years) - min(years) <= 1)


def test_a_pass_rolls_away_after_its_second_year():
    results = RESULTS.of_level(history([("comprehensive", "policy"), ("comprehensive",), ("practice",)]), SOCIAL_WORKER)
    assert [(one.outcome, one.carried, one.open, one.lapses) for one in results] == [
        (Outcome.CARRYING, (), ("practice",), 2023),
        (Outcome.CARRYING, ("policy",), ("policy", "practice"), 2023),
        (Outcome.CARRYING, ("comprehensive",), ("comprehensive", "policy"), 2024),
    ]


def test_a_completed_pass_takes_its_subjects_with_it():
    results = RESULTS.of_level(history([THREE, ("practice",), ("comprehensive", "policy")]), SOCIAL_WORKER)
    assert [one.outcome for one in results] == [Outcome.PASSED, Outcome.CARRYING, Outcome.PASSED]
    results = RESULTS.of_level(history([("policy",), ("comprehensive", "practice"), ("policy",)]), SOCIAL_WORKER)
    assert [one.outcome for one in results] == [Outcome.CARRYING, Outcome.PASSED, Outcome.CARRYING]
    assert results[-1].carried == ()


def test_only_the_open_subjects_are_signed_up_for_in_the_second_year():
    first, second = attempt(2024, comprehensive=70, policy=70, practice=30), attempt(2025, practice=60)
    result = RESULTS.of_level([second, first], SOCIAL_WORKER)[-1]
    assert (result.outcome, result.passed, result.carried) == (
        Outcome.PASSED,
        ("practice",),
        ("comprehensive", "policy"),
    )
    missed = RESULTS.of_level([first, attempt(2025, practice=ABSENT)], SOCIAL_WORKER)[-1]
    assert (missed.outcome, missed.open, missed.lapses) == (Outcome.ABSENT, THREE, 2025)


def test_open_subjects_of_a_year():
    results = RESULTS.of_level(history([("comprehensive", "policy"), ("practice", "policy"), None]), SOCIAL_WORKER)
    assert open_subjects([], SOCIAL_WORKER, 2022, 2) == THREE
    assert open_subjects(results[:1], SOCIAL_WORKER, 2022, 2) == THREE
    assert open_subjects(results[:1], SOCIAL_WORKER, 2023, 2) == ("practice",)
    assert open_subjects(results[:1], SOCIAL_WORKER, 2024, 2) == THREE
    assert open_subjects(results[:1], ASSISTANT, 2023, 1) == TWO
    assert open_subjects(results, SOCIAL_WORKER, 2023, 2) == ("practice",)
    assert open_subjects(results, SOCIAL_WORKER, 2024, 2) == THREE  # passed in 2023


def test_levels_do_not_mix():
    mixed = [attempt(2023, SENIOR, practice=90), attempt(2023, ASSISTANT, comprehensive=90), attempt(2024, practice=90)]
    assert [one.carried for level in LEVELS for one in RESULTS.of_level(mixed, level)] == [(), (), ()]


def test_two_entries_in_one_year_are_one_exam():
    apart = [attempt(2024, ASSISTANT, comprehensive=70), attempt(2024, ASSISTANT, practice=70)]
    for entries in permutations(apart):
        results = RESULTS.of_level(entries, ASSISTANT)
        assert [one.outcome for one in results] == [Outcome.PASSED, Outcome.PASSED]
        assert [(one.passed, one.carried) for one in results] == [
            ((key,), ()) for one in entries for key in one.subjects
        ]


SCORE = st.sampled_from([None, ABSENT, BREACH, VOID, 0, 53, 57, 58, 59, 60, 100])
ATTEMPT = st.builds(
    lambda year, level, scope, subjects, scores: entry(
        year, level, {one.key: score for one, score in zip(SUBJECTS[level], scores, strict=False) if one.key in subjects}, scope
    ),
    st.integers(2020, 2026), st.sampled_from(LEVELS), st.sampled_from([NATIONAL, LOCAL]),
    st.sets(st.sampled_from(THREE)).map(lambda keys: {*keys, "practice"}), st.tuples(SCORE, SCORE, SCORE),
)  # fmt: skip


@given(st.lists(ATTEMPT, max_size=6, unique_by=lambda one: (one.year, one.level)), st.data())
def test_the_order_of_attempts_does_not_matter(attempts: list[Attempt], data: st.DataObject):
    mixed = data.draw(st.permutations(attempts))
    for level in LEVELS:
        results = RESULTS.of_level(attempts, level)
        assert RESULTS.of_level(mixed, level) == results
        assert [one.year for one in results] == sorted(one.year for one in attempts if one.level == level)


@given(st.lists(ATTEMPT, max_size=5), st.data())
def test_nor_that_of_entries_in_one_year(attempts: list[Attempt], data: st.DataObject):
    def judged(several: list[Attempt]) -> Iterator[tuple[str, str]]:
        for level in LEVELS:
            own = sorted((one for one in several if one.level == level), key=lambda one: one.year)
            yield from zip(map(repr, own), map(repr, RESULTS.of_level(several, level)), strict=True)

    assert sorted(judged(attempts)) == sorted(judged(data.draw(st.permutations(attempts))))


@given(st.lists(ATTEMPT, max_size=5, unique_by=lambda one: (one.year, one.level)))
def test_results_agree_with_themselves(attempts: list[Attempt]):
    by_place = {(one.year, one.level): one for one in attempts}
    for level in LEVELS:
        needed = {one.key for one in SUBJECTS[level]}
        for result in RESULTS.of_level(attempts, level):
            own = by_place[result.year, level]
            scores = own.scores.values()
            assert not set(result.passed) & set(result.carried)
            assert (result.outcome is Outcome.VOID) == any(score in (BREACH, VOID) for score in scores)
            if result.outcome is Outcome.PASSED:
                assert {*result.passed, *result.carried} == needed
            if result.outcome is Outcome.ABSENT:
                assert {*scores} == {ABSENT}
            if result.outcome is Outcome.CARRYING:
                assert result.passed and level == SOCIAL_WORKER and not set(result.passed) & set(result.open)
            if result.outcome is Outcome.FAILED:
                assert None not in scores and (level != SOCIAL_WORKER or not result.passed)
            assert result.scope == NATIONAL or level != SENIOR


# the proof


@pytest.mark.parametrize(
    ("issued", "first", "until"),
    [
        ("2022-09-15", date(2022, 9, 15), date(2025, 9, 14)),
        ("2022-09", date(2022, 9, 1), date(2025, 9, 29)),
        ("2022", date(2022, 1, 1), date(2025, 12, 30)),
        ("2020-02-29", date(2020, 2, 29), date(2023, 2, 27)),
        ("2021-03-01", date(2021, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_proof_is_valid_for_three_years(issued: str, first: date, until: date):
    found = proof(issued, RULES)
    assert (found.issued, found.until) == (first, until)
    day = timedelta(days=1)
    assert [found.holds(one) for one in (first - day, first, until, until + day)] == [False, True, True, False]


@given(st.dates(date(2019, 1, 1), date(2090, 1, 1)))
def test_a_proof_lasts_three_years_to_the_day(issued: date):
    found = proof(issued.isoformat(), RULES)
    assert 1094 <= (found.until - found.issued).days <= 1095
    assert found.until.year - issued.year == (2 if (issued.month, issued.day) == (1, 1) else 3)


# rows


def test_an_attempt_from_a_row():
    row: dict[str, Value] = {"year": 2024, "level": SOCIAL_WORKER, "subjects": "policy、practice", "comprehensive": 70,
                             "policy": 0, "practice": None, "scope": "local"}  # fmt: skip
    assert attempt_of(row) == Attempt(
        2024, SOCIAL_WORKER, ("policy", "practice"), {"policy": 0, "practice": None}, LOCAL
    )
    empty: dict[str, Value] = {"year": 2024, "level": ASSISTANT, "comprehensive": "", "practice": -1}
    assert attempt_of(empty) == Attempt(2024, ASSISTANT, TWO, {"comprehensive": None, "practice": ABSENT})
    assert only(attempt_of(empty)).outcome is Outcome.PENDING


def test_subjects_by_name():
    assert subject_names(SOCIAL_WORKER, ["practice", "policy"]) == ("社会工作法规与政策", "社会工作实务(中级)")
    assert subject_names(ASSISTANT, ["policy", "practice"]) == ("社会工作实务(初级)",)
    assert signed_up({"level": ASSISTANT, "subjects": "policy"}) == TWO


# exam years


def test_exam_years():
    sittings = Sittings(SITTING_ROWS, RULES)
    assert sittings.years == tuple(range(2019, 2027))
    assert sittings[2031].cut_off == date(2031, 12, 31)
    assert sittings[2031].mark(ASSISTANT, NATIONAL) is None
    assert (sittings[2025].ended_on, sittings[2026].ended_on, sittings[2019].ended_on) == (
        date(2025, 5, 25), date(2026, 5, 31), None,
    )  # fmt: skip
    assert [sittings[2025].mark(level, LOCAL) for level in LEVELS] == [53, 58, 60]
    assert [sittings[2025].mark(level, NATIONAL) for level in LEVELS] == [60, 60, 60]


def test_a_level_that_was_not_examined_yet_has_no_rule():
    with pytest.raises(DomainError, match=r"rule\.missing"):
        only(attempt(2010, SENIOR, practice=60))
