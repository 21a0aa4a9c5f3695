"""Scores, totals, grades and the cap on 优秀, as tables of cases and as properties."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.appraisals import (
    DOWN,
    MEAN,
    NEAREST,
    TRIMMED,
    UP,
    WEIGHTED,
    Band,
    Criteria,
    Item,
    Score,
    excellent_places,
    grade_by_score,
    is_graded,
    over_maximum,
    total,
)

ITEMS = (Item("职业道德", 20), Item("专业能力", 20), Item("工作实绩", 40), Item("示范带动", 10), Item("继续教育", 10))
BANDS = (Band("合格", 75), Band("优秀", 90), Band("基本合格", 60), Band("不合格", 0), Band("不定等次", None))
HUNDRED = Criteria(ITEMS, BANDS)
FULL = {"职业道德": 18, "专业能力": 17, "工作实绩": 36, "示范带动": 9, "继续教育": 10}


def scores(by: str = "甲", **points: float) -> list[Score]:
    return [Score(by, item, mark) for item, mark in points.items()]


def test_one_appraiser_all_items():
    assert total(HUNDRED, scores(**FULL)) == 90


@pytest.mark.parametrize(
    ("how", "points", "worth"),
    [
        (MEAN, (18, 12), 15),
        (MEAN, (18, 12, 13), 14.33),
        (MEAN, (20, 20, 19), 19.67),
        (TRIMMED, (18, 12), 15),
        (TRIMMED, (20, 15, 4), 15),
        (TRIMMED, (20, 20, 4), 20),
        (TRIMMED, (20, 16, 15, 4), 15.5),
    ],
)
def test_several_appraisers(how, points, worth):
    one_item = Criteria((Item("实绩", 20),), combined_by=how)
    assert total(one_item, [Score(f"评{n}", "实绩", mark) for n, mark in enumerate(points)]) == worth


def test_by_weight_of_those_who_gave_a_score():
    weighted = Criteria((Item("实绩", 20),), combined_by=WEIGHTED, weights={"局长": 3, "科长": 1})
    assert total(weighted, [Score("局长", "实绩", 20), Score("科长", "实绩", 12)]) == 18
    assert total(weighted, [Score("科长", "实绩", 12)]) == 12
    assert total(weighted, [Score("局长", "实绩", 20), Score("外请", "实绩", 12)]) == 18


def test_weights_that_come_to_nothing_leave_the_mean():
    weighted = Criteria((Item("实绩", 20),), combined_by=WEIGHTED, weights={"甲": 0, "乙": 0})
    assert total(weighted, [Score("甲", "实绩", 20), Score("乙", "实绩", 10)]) == 15


def test_an_unused_item_is_no_nought():
    """Four fifths of every item that was scored are four fifths of the whole."""
    assert total(HUNDRED, scores(职业道德=16, 工作实绩=32)) == 80
    assert total(HUNDRED, []) is None
    assert total(HUNDRED, scores(从前的指标=5)) is None


def test_weights_of_items():
    criteria = Criteria((Item("德", 10, 2), Item("绩", 10, 8)))
    assert criteria.full_mark == 100 and total(criteria, scores(德=10, 绩=5)) == 60


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100, "优秀"),
        (90, "优秀"),
        (89.99, "合格"),
        (75, "合格"),
        (74.99, "基本合格"),
        (60, "基本合格"),
        (59.99, "不合格"),
        (0, "不合格"),
    ],
)
def test_bands_hold_at_their_edges(score, grade):
    assert grade_by_score(HUNDRED, score) == grade


def test_a_decision_or_no_score_gives_no_grade_by_itself():
    assert grade_by_score(replace(HUNDRED, graded_by="decision"), 95) is None
    assert grade_by_score(HUNDRED, None) is None
    assert grade_by_score(replace(HUNDRED, bands=(Band("优秀", 90),)), 60) is None


@pytest.mark.parametrize(
    ("graded", "share", "rounding", "places"),
    [
        (10, 20, DOWN, 2), (14, 20, DOWN, 2), (14, 20, NEAREST, 3), (11, 20, UP, 3), (10, 20, UP, 2),
        (5, 30, NEAREST, 2), (0, 30, UP, 0), (3, None, UP, None),
    ],
)  # fmt: skip
def test_places_for_the_best(graded, share, rounding, places):
    assert excellent_places(graded, share, rounding) == places


@pytest.mark.parametrize("share", [1, 15, 20, 30, 33, 100])
def test_the_places_are_the_share_of_every_head_count_rounded_as_stated(share):
    """Down never exceeds the share, up never falls short of it, and none is more than the heads. That somebody graded beyond
    the places is told, and by how many, is tried on appraisals."""
    for graded in range(1, 201):
        exact = Fraction(graded * share, 100)
        down, nearest, up = (excellent_places(graded, share, how) for how in (DOWN, NEAREST, UP))
        assert down <= exact <= up and up - down <= 1
        assert nearest in (down, up) and abs(nearest - exact) <= Fraction(1, 2) and up <= graded


def test_who_counts_for_the_cap():
    assert [is_graded(grade) for grade in ("优秀", "称职", "不合格", "不定等次", "未参加考核", None)] == [True] * 3 + [
        False
    ] * 3


@pytest.mark.parametrize(("points", "over"), [(20, False), (20.5, True), (-1, True), (0, False)])
def test_a_score_within_its_item(points, over):
    assert over_maximum(HUNDRED, Score("甲", "职业道德", points)) is over
    assert not over_maximum(HUNDRED, Score("甲", "从前的指标", points))


marks = st.integers(0, 40).map(lambda quarter: quarter / 4)
given_scores = st.lists(
    st.builds(Score, st.sampled_from("甲乙丙丁"), st.sampled_from(["德", "能", "绩"]), marks), min_size=1, max_size=12,
    unique_by=lambda score: (score.appraiser, score.item),
)  # fmt: skip
kinds = st.sampled_from([MEAN, TRIMMED, WEIGHTED])


def made(how: str) -> Criteria:
    return Criteria(
        (Item("德", 10), Item("能", 10, 2), Item("绩", 10, 5)), combined_by=how, weights={"甲": 2, "乙": 0.5}
    )


@given(given_scores, kinds, st.data())
def test_a_higher_score_never_lowers_the_total(given_marks, how, data):
    at = data.draw(st.integers(0, len(given_marks) - 1))
    higher = given_marks[at]._replace(points=data.draw(st.floats(given_marks[at].points, 10)))
    raised = [*given_marks[:at], higher, *given_marks[at + 1 :]]
    assert total(made(how), raised) >= total(made(how), given_marks)


@given(given_scores, kinds, st.randoms())
def test_the_order_of_scores_is_of_no_account(given_marks, how, source):
    shuffled = list(given_marks)
    source.shuffle(shuffled)
    assert total(made(how), shuffled) == total(made(how), given_marks)


@given(given_scores, kinds)
def test_a_total_lies_between_nought_and_the_full_mark(given_marks, how):
    assert 0 <= total(made(how), given_marks) <= made(how).full_mark


@given(given_scores, kinds)
def test_items_that_nobody_scored_do_not_count(given_marks, how):
    """As a share of the full mark, whether the version has further items or not."""
    criteria = made(how)
    more = replace(criteria, items=(*criteria.items, Item("廉", 20)))
    share = total(criteria, given_marks) / criteria.full_mark
    assert abs(total(more, given_marks) / more.full_mark - share) < 0.001
