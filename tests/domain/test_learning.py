"""Records of continuing education: the day they belong to, and their hours."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.learning import TRAINING, LearningRecord, Span, study_name


def record(hours: float | None = 8, starts: str | None = None, ends: str | None = None) -> LearningRecord:
    return LearningRecord(1, "社区工作方法", TRAINING, hours, starts, ends, None, proof=True)


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("2024-05-06", "2024-05-08", (date(2024, 5, 8), date(2024, 5, 8))),
        ("2024-05-06", None, (date(2024, 5, 6), date(2024, 5, 6))),
        ("2024-05-06", "", (date(2024, 5, 6), date(2024, 5, 6))),
        (None, "2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2022-09-01", "2023", (date(2023, 1, 1), date(2023, 12, 31))),
        (None, None, None),
        ("", "", None),
    ],
)
def test_a_record_belongs_to_the_day_of_its_end(starts: str | None, ends: str | None, days: Span | None):
    assert record(starts=starts, ends=ends).days == days


@pytest.mark.parametrize(
    ("hours", "hundredths"),
    [(8, 800), (0.5, 50), (0.1 + 0.2, 30), (1.15, 115), (72, 7200), (0, 0), (None, 0), (-4, 0), (float("nan"), 0)],
)
def test_hours_are_exact_to_the_hundredth(hours: float | None, hundredths: int):
    assert record(hours).hundredths == hundredths


@given(st.integers(0, 1_000_000))
def test_no_hundredth_is_lost(hundredths: int):
    assert record(float(Decimal(hundredths) / 100)).hundredths == hundredths


@pytest.mark.parametrize(
    "title", ["社会工作硕士 （MSW）", "社会工作硕士(MSW)", " 社会工作硕士(msw)\n", "社会工作硕士（ＭＳＷ）"]
)
def test_one_study_is_known_by_its_title_however_it_is_typed(title: str):
    assert study_name(title) == study_name("社会工作硕士(MSW)")
    assert study_name(title) != study_name("社会工作硕士")


def test_records_do_not_change():
    with pytest.raises(FrozenInstanceError):
        record().hours = 9  # pyright: ignore[reportAttributeAccessIssue]
