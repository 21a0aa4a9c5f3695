"""Half-days as the columns of a sign-in sheet name them (2026-07-01上午, 7.1下午, 第1天上午), and the marks in their cells."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.courses import ABSENT, AFTERNOON, EVENING, MORNING, PRESENT, HalfDay
from socialwork_app.domain.headers import normalise
from socialwork_app.domain.names import without_blanks

_DIGITS = "一二三四五六七八九十"
_HEADER = re.compile(
    r"(?:(?:签到|签名|签字|出勤|考勤)(?:情况|记录|栏)?/)?(?:(?:(?P<year>\d{4})[-./年])?(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?"
    r"|(?P<only_day>\d{1,2})[日号]"
    rf"|第(?P<nth>\d{{1,2}}|[{_DIGITS}])[天日])?"
    r"(?:00:00(?::00)?)?[(]?(?:(?:星期|周|礼拜)[一二三四五六日天])?[)]?[-/_]?"
    r"(?P<half>上午|下午|晚上|夜间|上|下|晚)?"
    r"[(]?(?P<signed>签到|签名|签字|出勤|考勤)?[)]?"
)
_HALVES = {"上": MORNING, "下": AFTERNOON, "晚": EVENING, "夜": EVENING}
TEMPLATE_HEADERS = ("第1天上午", "第1天下午", "第2天上午", "第2天下午")
"""Of an empty sheet that is for no course in particular."""
_THERE = ("1", "是")
_MISSING = ("0", "x", "否")


class Written(NamedTuple):
    """As much as a header says; 0 and "" are what it leaves out. `nth` counts the days of the course from 1."""

    year: int
    month: int
    day: int
    nth: int
    half: str


def written(header: str) -> Written | None:
    """None for a header that names no day or half of one; one that only asks for a signature leaves all out."""
    found = _HEADER.fullmatch(normalise(header))
    if found is None:
        return None
    day, half = found["day"] or found["only_day"], found["half"]
    if not (day or found["nth"] or half or found["signed"]):
        return None
    return Written(int(found["year"] or 0), int(found["month"] or 0), int(day or 0), _number(found["nth"]),
                   _HALVES[half[0]] if half else "")  # fmt: skip


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdecimal() else _DIGITS.index(text) + 1


def half_day(header: str, held: Iterable[HalfDay], sheet: str = "") -> HalfDay | None:
    """The half-day of a course that a header means, or the name of its sheet; None where it fits none, or more than one."""
    told = written(header)
    told = told if told and any(told) else written(sheet) or told
    if told is None:
        return None
    held = sorted(held, key=lambda at: at.order)
    days = sorted({at.day for at in held})
    fits = [at for at in held if _fits(told, at, days.index(at.day) + 1)]
    return fits[0] if len(fits) == 1 else None


def _fits(told: Written, at: HalfDay, nth: int) -> bool:
    year, month, day = map(int, at.day.split("-"))
    stands = Written(year, month, day, nth, at.half)
    return all(given in (0, "", held) for given, held in zip(told, stands, strict=True))


def mark(text: str, name: str, marks: CodeList) -> str | None:
    """What a cell says: a mark's word or sign, or the person's own name as signature. None where it can't be told."""
    bare = without_blanks(text)
    if found := marks.match(bare):
        return found
    if bare == without_blanks(name) or bare in _THERE:
        return PRESENT
    return ABSENT if bare.casefold() in _MISSING else None
