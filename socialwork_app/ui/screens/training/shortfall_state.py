"""Who is short on a day, read in one go away from the window's thread; what counts is read for one person at a time."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.hours import Hours, PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.references import References

Key = tuple[int, int | None]
"""Row ids of a person and a certificate."""


@dataclass(frozen=True, slots=True)
class ShortRow:
    """One registration period with too few hours, without what counts in it: a large register has many."""

    key: Key
    name: str
    unit: str
    town: str
    level: str
    until: date
    required: int
    earned: float
    short: float
    per_month: float
    expected: float


@dataclass(frozen=True, slots=True)
class ShortfallState:
    """`rows`: the first to end first."""

    day: date
    rows: tuple[ShortRow, ...]

    def wanted(self, within: int | None, level: str, people: Container[int] | None) -> list[ShortRow]:
        """`within`: days, None for all; `level`: "" for any; `people`: None for everybody."""
        return [
            row for row in self.rows
            if (within is None or (row.until - self.day).days <= within) and level in ("", row.level)
            and (people is None or row.key[0] in people)
        ]  # fmt: skip


def read(opened: OpenRegister, day: date, control: Control) -> ShortfallState:
    references = References(opened)
    units = {row_id: name for name, row_id in references.organisations.items()}
    towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
    rows = [
        ShortRow((one.person_id, one.certificate_id), one.name, units.get(one.employer or 0, ""),
                 towns.get(one.township or 0, ""), one.level, one.period.until, one.meter.required, one.meter.earned,
                 one.meter.short, one.pace.per_month, one.pace.expected)
        for one in Hours(opened).each_short(day, control=control) if one.period and one.meter and one.pace
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.until, row.name, row.key[0]))
    return ShortfallState(day, tuple(rows))


def read_one(opened: OpenRegister, key: Key, day: date, control: Control) -> PersonHours | None:
    """None where the person has no such period any more."""
    control.step(0)
    found = Hours(opened).of(key[0], day)
    return next((one for one in found if one.certificate_id == key[1] and one.meter), None)


def people_found(opened: OpenRegister, typed: str, control: Control) -> frozenset[int]:
    """Whom a name, pinyin, initials or the end of a number finds."""
    window = Records(opened, "people").open_window(Filter(typed), ("name",), control)
    try:
        return frozenset(window.ids(0, window.total))
    finally:
        window.close()


def number(hours: float) -> str:
    """Hundredths at most, without noughts at the end."""
    return f"{hours:,.2f}".rstrip("0").rstrip(".")


def figures(rows: Iterable[ShortRow]) -> str:
    """人数 of those shown; where somebody is short in the periods of two certificates, their number beside it."""
    shown = list(rows)
    people = len({row.key[0] for row in shown})
    if not people:
        return ""
    several = f"（{len(shown):,} 个登记有效期）" if people < len(shown) else ""
    return f"学时不足 {people:,} 人{several}    还差合计 {number(sum(row.short for row in shown))} 小时"
