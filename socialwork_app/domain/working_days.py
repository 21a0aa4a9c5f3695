"""Working days: Monday to Friday, but for the days of the register's own holiday table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from socialwork_app.domain.fields.field import Value

OFF, WORK = "off", "work"
SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """`kinds`: OFF or WORK by day; of a day that is not among them the weekday decides."""

    kinds: Mapping[date, str]

    def is_working(self, day: date) -> bool:
        kind = self.kinds.get(day)
        return day.weekday() < SATURDAY if kind is None else kind == WORK

    def knows(self, year: int) -> bool:
        """Whether the table says anything of the year: without it public holidays count as working days."""
        return any(day.year == year for day in self.kinds)

    def last_of(self, first: date, count: int) -> date:
        """The day on which so many working days from `first` on, itself counted, are full. `count` is 1 or more."""
        day, left = first, count - self.is_working(first)
        while left > 0:
            day += _DAY
            left -= self.is_working(day)
        return day


def calendar(rows: Iterable[Mapping[str, Value]]) -> Calendar:
    """From the rows of the register `holidays`."""
    return Calendar({date.fromisoformat(str(row["date"])): str(row["day_kind"]) for row in rows
                     if len(str(row["date"])) == len("2026-01-01")})  # fmt: skip
