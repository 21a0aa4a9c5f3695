"""Dates that know how precise they are: 2017, 2017-06 or 2017-06-10. What is not known is never made up."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """Ordered as its text is: 2017 < 2017-06 < 2017-06-10."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    @lru_cache(maxsize=16_384)  # the same days come again row by row
    def parse(cls, text: str) -> "PartialDate":
        """From ISO text; ValueError when it is no date."""
        match = _ISO.fullmatch(text)
        if not match:
            raise ValueError(text)
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def __lt__(self, other: "PartialDate") -> bool:
        return str(self) < str(other)

    @property
    def exact(self) -> bool:
        return self.day is not None

    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def covers(self, other: "PartialDate") -> bool:
        """True where both can mean the same day: 2017-06 covers 2017-06-10 and the other way round."""
        a, b = str(self), str(other)
        return a.startswith(b) or b.startswith(a)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter (31 May - 3 → 28/29 Feb).

    What would lie outside the calendar is its first or last day.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    return add_months(day, years * 12)
