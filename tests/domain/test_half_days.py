"""Columns of sign-in sheets, as offices head them."""

import pytest

from socialwork_app import bootstrap
from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.half_days import half_day, mark, written

FIRST, NOON, SECOND = (
    HalfDay("2026-07-01", "morning"),
    HalfDay("2026-07-01", "afternoon"),
    HalfDay("2026-07-02", "morning"),
)
HELD = (SECOND, FIRST, NOON)


@pytest.mark.parametrize(
    "header",
    ["2026-07-01上午", "2026-07-01 上午", "2026年7月1日上午", "7月1日上午", "7月1日/上午", "７月１日（星期三）上午", "7.1上午",
     "7/1 上午", "07-01上", "1日上午", "1号上午", "第1天上午", "第一天 上午", "7月1日上午签到", "7月1日\n上午（签名）", "2026/7/1 上午"],
)  # fmt: skip
def test_one_half_day_in_many_spellings(header: str):
    assert half_day(header, HELD) == FIRST


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("7月1日下午", NOON), ("下午", NOON), ("第2天上午", SECOND), ("7月2日", SECOND),
        ("上午", None), ("7月1日", None), ("7月2日下午", None), ("2025-07-01上午", None), ("8.1上午", None), ("第3天上午", None),
        ("7月1日晚上", None),
    ],
)  # fmt: skip
def test_what_fits_no_half_day_or_two_is_not_guessed(header: str, meant: HalfDay | None):
    assert half_day(header, HELD) == meant


def test_a_column_for_signatures_is_of_the_half_day_that_its_sheet_is_named_after():
    assert half_day("签名", HELD, "2026-07-01 下午") == NOON
    assert half_day("签名", HELD, "签到表") is None
    assert half_day("签名", [NOON], "Sheet1") == NOON
    assert half_day("7月2日上午", HELD, "2026-07-01 下午") == SECOND


@pytest.mark.parametrize("header", ["姓名", "备注", "签到表", "", "上午好", "1", "2026", "联系电话", "7.1.2上午"])
def test_other_columns_are_no_half_days(header: str):
    assert written(header) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("√", "present"), ("✓", "present"), ("到", "present"), ("1", "present"), ("张　三", "present"), ("迟到", "late"),
     ("迟", "late"), ("缺", "absent"), ("×", "absent"), ("X", "absent"), ("旷课", "absent"), ("0", "absent"),
     ("请假", "excused"), ("病假", "excused"), ("李四代", None), ("?", None)],
)  # fmt: skip
def test_marks(text: str, meant: str | None):
    marks = bootstrap.register_files().catalogue.code_lists["attendance_mark"]
    assert mark(text, "张三", marks) == meant
