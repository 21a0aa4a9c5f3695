"""What the value of each rule has to look like, so that whoever asks for it can read it."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem, error
from socialwork_app.domain.talents import Decision

COMMON_YEAR = 2001
"""A day of every year: 29 February is none."""


@lru_cache(maxsize=64)
def fraction(text: str) -> Fraction:
    """2/3, 0.75 or 67%, exactly; 0 for what is no number."""
    text = text.strip()
    try:
        return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def is_month_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{COMMON_YEAR}-{text}")
    except ValueError:
        return False
    return True


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal()


Wanted = tuple[str, Callable[[str], bool]]
"""In words, and whether a text is one."""
COUNT: Wanted = ("整数", _is_count)
SHARE: Wanted = ("大于 0 的数或分数，如 2/3", lambda text: fraction(text) > 0)
MONTH_DAY: Wanted = ("月-日，如 12-31", is_month_day)
WORDS: Wanted = ("名称，几个之间用、隔开", bool)


def _one_of(*words: str) -> Wanted:
    return "、".join(words[:-1]) + f" 或 {words[-1]}", words.__contains__


YES_NO = _one_of("yes", "no")
DECISION = _one_of(*Decision)
WANTED: Mapping[str, Wanted] = {
    "registration.first_within_months": COUNT,
    "registration.valid_years": COUNT,
    "registration.renewal_window_months": COUNT,
    "registration.ends": _one_of("day_before", "same_day"),
    "due.warn_days": COUNT,
    "due.talent_days": COUNT,
    "due.request_days": COUNT,
    "due.appraisal_month": COUNT,
    "due.appraisal_evidence": YES_NO,
    "exam.cut_off": MONTH_DAY,
    "exam.social_work_majors": WORDS,
    "exam.full_mark": COUNT,
    "exam.rolling_years.assistant": COUNT,
    "exam.rolling_years.social_worker": COUNT,
    "exam.rolling_years.senior": COUNT,
    "exam.proof_years": COUNT,
    "education.required.assistant": COUNT,
    "education.required.social_worker": COUNT,
    "education.required.senior": COUNT,
    "education.degree_hours": COUNT,
    "education.proof_needed": YES_NO,
    "education.level_change": _one_of("held_at_end", "held_at_start"),
    "education.carry_surplus": YES_NO,
    "education.year_required": COUNT,
    "education.year_professional_share": SHARE,
    "education.hour_factor": SHARE,
    "training.late_counts": YES_NO,
    "training.failed_counts": YES_NO,
    "appraisal.withdraw_after_failed": COUNT,
    "appraisal.withdraw_after_basic": COUNT,
    "appraisal.on_failed": DECISION,
    "appraisal.on_basic": DECISION,
    "appraisal.on_ungraded": DECISION,
}


def check(values: Mapping[str, Value]) -> list[Problem]:
    """Of a rule that nobody asks for, any value will do."""
    words, fits = WANTED.get(str(values.get("rule")), ("", bool))
    value = str(values.get("value") or "").strip()
    return [error("rule.value_wanted", "value", wanted=words, value=value)] if words and not fits(value) else []
