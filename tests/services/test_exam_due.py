"""What falls due around the exam: proofs of the senior level, the year's days, scores that are not in."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from socialwork_app.domain.problems import Severity
from socialwork_app.services.exam_due import ExamDueList
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]
ISSUED, LAST = "2025-08-16", date(2028, 8, 15)


@pytest.fixture
def passed(save: Save) -> int:
    """张三's entry of the senior exam, passed."""
    return save("exam_entries", save("people", name="张三"), year=2025, level="高级", practice=70, proof_on=ISSUED)


def of_kind(opened: OpenRegister, day: date, kind: str) -> list[tuple[date, bool, str]]:
    return [(one.due, one.overdue, one.message) for one in ExamDueList(opened).on(day) if one.kind == kind]


@pytest.mark.usefixtures("passed")
@pytest.mark.parametrize(("day", "told", "overdue"), [
    (date(2027, 8, 15), False, False), (date(2027, 8, 16), True, False), (LAST, True, False), (date(2028, 8, 16), True, True),
])  # fmt: skip
def test_a_proof_is_told_for_its_last_year_and_after(opened: OpenRegister, day: date, told: bool, overdue: bool):
    found = of_kind(opened, day, "senior_proof")
    assert [(due, late) for due, late, _ in found] == ([(LAST, overdue)] if told else [])
    assert all("2028-08-15" in message for _, _, message in found)


def test_reviews_are_counted_until_one_is_passed(opened: OpenRegister, save: Save, passed: int):
    save("senior_reviews", passed, year=2026, state="未通过")
    ((_, _, message),) = of_kind(opened, LAST, "senior_proof")
    assert "已申报评审 1 次" in message
    save("senior_reviews", passed, year=2027, state="通过")
    assert of_kind(opened, LAST, "senior_proof") == []


@pytest.mark.parametrize(("review", "late"), [
    ({"year": 2028, "applied_on": "2028-08-15"}, False), ({"year": 2028, "applied_on": "2028-08-16"}, True),
    ({"year": 2028, "applied_on": "2028-08"}, False), ({"year": 2028, "applied_on": "2028-09"}, True),
    ({"year": 2028, "applied_on": "2028-07-01", "decided_on": "2028-12-01"}, False),
    ({"year": 2028, "decided_on": "2028-12-01"}, True), ({"year": 2028}, False), ({"year": 2029}, True),
])  # fmt: skip
def test_a_review_after_the_proof_ended_is_a_warning(
    opened: OpenRegister, passed: int, review: Mapping[str, object], late: bool
):
    done = Records(opened, "senior_reviews").save(Draft(dict(review), owner_id=passed))
    told = [(one.severity, one.code) for one in done.problems]
    assert told == ([(Severity.WARNING, "exam.review_after_proof")] if late else [])
    assert done.id is not None


def test_a_review_whose_proof_has_no_day_is_taken_as_it_is(opened: OpenRegister, save: Save):
    entry = save("exam_entries", save("people", name="张三"), year=2025, level="高级", practice=70)
    assert Records(opened, "senior_reviews").save(Draft({"year": 2040}, owner_id=entry)).problems == ()


@pytest.mark.parametrize(("day", "messages"), [
    (date(2024, 12, 9), []),
    (date(2024, 12, 10), ["2025 年考试报名 2025-03-10 开始（还有 90 天）。"]),
    (date(2025, 3, 10), ["2025 年考试报名 2025-03-10 开始（还有 0 天）。", "2025 年考试报名 2025-03-20 截止（还有 10 天）。",
                         "2025 年考试缴费 2025-03-21 截止（还有 11 天）。", "2025 年考试 2025-05-24 开始（还有 75 天）。"]),
    (date(2025, 5, 25), []),
])  # fmt: skip
def test_the_days_of_the_year_are_counted_down(opened: OpenRegister, day: date, messages: list[str]):
    assert [one.message for one in ExamDueList(opened).windows(day)] == messages


def test_a_day_known_by_its_month_counts_from_its_first_or_to_its_last(opened: OpenRegister):
    assert [(one.message, one.due) for one in ExamDueList(opened).windows(date(2026, 2, 20))] == [
        ("2026 年考试报名 2026-03 开始（还有 9 天）。", date(2026, 3, 1)),
        ("2026 年考试报名 2026-03 截止（还有 39 天）。", date(2026, 3, 31)),
        ("2026 年考试 2026-05 开始（还有 70 天）。", date(2026, 5, 1)),
    ]


def test_scores_that_are_not_in_are_told_once_the_exam_is_over(opened: OpenRegister, save: Save):
    for name, score in (("张三", None), ("李四", 0), ("王五", -1), ("赵六", None)):
        save("exam_entries", save("people", name=name), year=2025, level="初级", comprehensive=score)
    assert of_kind(opened, date(2025, 5, 25), "scores_missing") == []
    told = "2025 年考试已结束，还有 2 人没有录入成绩。"
    for day in (date(2025, 5, 26), date(2026, 1, 2)):
        assert of_kind(opened, day, "scores_missing") == [(date(2025, 5, 25), False, told)]
    assert of_kind(opened, date(2027, 1, 2), "scores_missing") == []


def test_next_year_is_asked_for_when_its_plan_is_near(opened: OpenRegister):
    assert [one.message for one in ExamDueList(opened).windows(date(2026, 11, 30))] == []
    (asked,) = ExamDueList(opened).windows(date(2026, 12, 1))
    assert asked.message.startswith("2027 年的考试日程还没有录入")


@pytest.mark.parametrize(("year", "taken"), [("20226", False), ("2007", False), ("0", False), ("2008", True)])
def test_a_mistyped_exam_year_is_not_taken(opened: OpenRegister, year: str, taken: bool):
    """All that is said of exams goes through all of their years."""
    saved = Records(opened, "exam_sittings").save(Draft({"year": year}))
    assert [problem.code for problem in saved.problems] == ([] if taken else ["exam.no_such_year"])
    assert ExamDueList(opened).on(date(2026, 3, 1)) is not None
