"""The yearly appraisal: a total from the scores of several appraisers, a grade from the total, how many may be 优秀.

Sums are exact (hundredths of a point) and do not depend on the order of the scores; what is told is rounded half up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

MEAN, TRIMMED, WEIGHTED = "mean", "trimmed", "weighted"
BY_BANDS, BY_DECISION = "bands", "decision"
DOWN, NEAREST, UP = "down", "nearest", "up"
EXCELLENT, COMPETENT, BASIC, FAILED, UNGRADED = "excellent", "competent", "basic", "failed", "ungraded"
MEANINGS: Mapping[str, str] = {
    "优秀": EXCELLENT,
    "合格": COMPETENT, "称职": COMPETENT,
    "基本合格": BASIC, "基本称职": BASIC,
    "不合格": FAILED, "不称职": FAILED,
    "不定等次": UNGRADED, "未参加考核": UNGRADED,
}  # fmt: skip
"""What each grade of the several vocabularies comes to."""
LEAST_TO_TRIM = 3
"""Scores of which the highest and the lowest can be left out."""


class Item(NamedTuple):
    """`maximum`: points; `weight`: by which they are multiplied."""

    title: str
    maximum: float
    weight: float = 1


class Band(NamedTuple):
    """`minimum` None: a grade that only a decision gives."""

    grade: str
    minimum: float | None


class Score(NamedTuple):
    appraiser: str
    item: str
    points: float


@dataclass(frozen=True, slots=True)
class Criteria:
    """One version. `weights`: of appraisers; those not named have 1. `cap_share`: per cent of those who are graded."""

    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()
    combined_by: str = MEAN
    graded_by: str = BY_BANDS
    weights: Mapping[str, float] | None = None
    cap_share: int | None = None
    cap_rounding: str = DOWN

    @property
    def full_mark(self) -> float:
        return float(sum(_exact(item.maximum) * _exact(item.weight) for item in self.items))


def total(criteria: Criteria, scores: Iterable[Score]) -> float | None:
    """Points out of `full_mark`. An item that nobody scored is left out and the rest is scaled up: it never counts as nought.

    None where nothing is scored. Scores for items that the version does not have are passed over.
    """
    given: dict[str, list[Score]] = {}
    for score in scores:
        given.setdefault(score.item, []).append(score)
    used = [item for item in criteria.items if item.title in given]
    possible = sum(_exact(item.maximum) * _exact(item.weight) for item in used)
    if not possible:
        return None
    earned = sum((_combined(criteria, given[item.title]) * _exact(item.weight) for item in used), Fraction(0))
    return _hundredths(earned * _exact(criteria.full_mark) / possible)


def item_points(criteria: Criteria, item: str, scores: Iterable[Score]) -> float | None:
    """What the appraisers' scores for one item come to; None where nobody gave one."""
    given = [score for score in scores if score.item == item]
    return _hundredths(_combined(criteria, given)) if given else None


def _combined(criteria: Criteria, scores: Sequence[Score]) -> Fraction:
    if criteria.combined_by == WEIGHTED:
        weights = [_exact((criteria.weights or {}).get(score.appraiser, 1)) for score in scores]
        if whole := sum(weights):
            return sum((_exact(s.points) * w for s, w in zip(scores, weights, strict=True)), Fraction(0)) / whole
    points = sorted(_exact(score.points) for score in scores)
    if criteria.combined_by == TRIMMED and len(points) >= LEAST_TO_TRIM:
        points = points[1:-1]
    return sum(points, Fraction(0)) / len(points)


def grade_by_score(criteria: Criteria, score: float | None) -> str | None:
    """The grade of the highest band that the score reaches; None where a decision gives it or no band is reached."""
    if score is None or criteria.graded_by != BY_BANDS:
        return None
    reached = [band for band in criteria.bands if band.minimum is not None and score >= band.minimum]
    return max(reached, key=lambda band: band.minimum or 0).grade if reached else None


def excellent_places(graded: int, share: int | None, rounding: str) -> int | None:
    """How many of those graded may be 优秀; None without a cap."""
    if share is None:
        return None
    exact = Fraction(graded * share, 100)
    if rounding == UP:
        return ceil(exact)
    return floor(exact + Fraction(1, 2)) if rounding == NEAREST else floor(exact)


def is_graded(grade: str | None) -> bool:
    """Whether a grade counts among those of whom a share may be 优秀."""
    return MEANINGS.get(grade or "", UNGRADED) != UNGRADED


def over_maximum(criteria: Criteria, score: Score) -> bool:
    return any(item.title == score.item and not 0 <= score.points <= item.maximum for item in criteria.items)


def _exact(number: float) -> Fraction:
    return Fraction(round(number * 100), 100)


def _hundredths(number: Fraction) -> float:
    return floor(number * 100 + Fraction(1, 2)) / 100
