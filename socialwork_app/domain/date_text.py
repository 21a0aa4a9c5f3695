"""Dates as people type them. What is not written is not made up: a month stays a month, a year a year."""

import re
from datetime import date, datetime, timedelta

from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Problem, error, warning

Read = tuple[str | None, tuple[Problem, ...]]

_SERIAL_START = date(1899, 12, 30)  # day 0 of the 1900 system, as it counts from March 1900 on
_SERIALS = range(20000, 60001)  # 1954 to 2064; outside of it a number is no date that a register needs
_YEARS = range(1880, 2101)
_BEYOND_DATES = 10**8
_PIVOT = 30  # a two-digit year up to 30 is 20xx, any other 19xx

_OPEN_END = frozenset(("至今", "今", "目前", "现在", "迄今", "无", "/", "-", "—", "--", "——"))
_TIME = re.compile(r"(?<=\d)(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)$")
_DIGITS = re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?", re.ASCII)
_MARK = r"[-./\\,、·。–—－]"
_PARTED = re.compile(
    rf"(\d{{4}}|\d{{2}})(?:年|{_MARK})(?:(\d{{1,2}})(?:月份?|{_MARK})?(?:(?<=[^\d])(\d{{1,2}})[日号]?)?)?",
    re.ASCII,
)
_ONE_DECIMAL_ONE = re.compile(r"(\d{2}|\d{4})\.1", re.ASCII)


def parse(raw: object) -> Read:
    """ISO text of the precision that was typed (2017, 2017-06, 2017-06-10); None for 至今, or with the error.

    The problems name no field yet.
    """
    if isinstance(raw, datetime):
        return raw.date().isoformat(), ()
    if isinstance(raw, date):
        return raw.isoformat(), ()
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _from_number(raw)
    return _from_text(without_blanks(_TIME.sub("", str(raw).strip())))


def _from_number(number: float) -> Read:
    """A day's serial number, or a date typed so that the workbook took it for a number (198503, 1985.03)."""
    if not abs(number) < _BEYOND_DATES:  # also what is infinite or not a number
        return None, (error("date.unknown"),)
    if int(number) in _SERIALS:
        return (_SERIAL_START + timedelta(days=int(number))).isoformat(), ()
    text = str(int(number)) if number == int(number) else str(number)
    ambiguous = _ONE_DECIMAL_ONE.fullmatch(text)
    if not ambiguous:
        return _from_text(text)
    year, doubts = _full_year(ambiguous[1])
    return str(year), (*doubts, warning("date.ambiguous_month", year=year))


def _from_text(text: str) -> Read:
    if not text or text in _OPEN_END:
        return None, ()
    match = _DIGITS.fullmatch(text) or _PARTED.fullmatch(text)
    if not match:
        return None, (error("date.unknown"),)
    year, doubts = _full_year(match[1])
    if year not in _YEARS:
        return None, (error("date.unknown"),)
    found = _existing(year, *(int(part) for part in match.groups()[1:] if part))
    return (found, doubts) if found else (None, (error("date.impossible"),))


def _existing(year: int, *month_and_day: int) -> str | None:
    """ISO text, or None where the calendar has no such month or day."""
    if 0 in month_and_day:  # to PartialDate a zero is what was not written
        return None
    try:
        return str(PartialDate(year, *month_and_day))
    except ValueError:
        return None


def _full_year(digits: str) -> tuple[int, tuple[Problem, ...]]:
    if len(digits) == 4:
        return int(digits), ()
    year = int(digits) + (2000 if int(digits) <= _PIVOT else 1900)
    return year, (warning("date.two_digit_year", year=year),)
