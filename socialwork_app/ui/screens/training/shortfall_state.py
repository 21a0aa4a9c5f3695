"""Who is short on a day, counted, and the first to end, read in one go away from the window's thread: a large register has
hundreds of thousands, whom nobody reads. What counts is read for one person at a time."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from heapq import merge
from itertools import groupby, islice

from socialwork_app.domain.exams import LEVELS
from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.hours import Hours, PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.references import References
from socialwork_app.services.shortfall import Running, Shortfall

ENDING = (90, 180, 365, None)
"""Within how many days a period may be asked to end; None for whenever."""
MOST = 2_000
"""Rows that are kept of each group: whoever is sought further down can be searched for."""
Key = tuple[int, int | None]
"""Row ids of a person and a certificate."""
Group = tuple[int, str]
"""The first of ENDING within which a period ends, by its place, and the level."""


@dataclass(slots=True)
class First:
    """The MOST that end first, of however many, in order once `cut`; and how much they are short of all together."""

    rows: list[Running] = field(default_factory=list)
    count: int = 0
    short: float = 0

    def add(self, one: Running) -> None:
        self.count += 1
        self.short += one.total.short
        self.rows.append(one)
        if len(self.rows) >= 2 * MOST:
            self.cut()

    def cut(self) -> None:
        self.rows.sort(key=_by_end)
        del self.rows[MOST:]


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` are the first to end, `count` of how many; `people`: who they are, as somebody may have two certificates."""

    rows: list[Running]
    count: int
    people: int
    short: float


@dataclass(frozen=True, slots=True)
class ShortfallState:
    """`people`: by the groups in which somebody has rows. `units` and `towns`: names by row id."""

    day: date
    groups: dict[Group, First]
    people: Counter[tuple[Group, ...]]
    units: dict[int, str]
    towns: dict[int, str]

    def wanted(self, within: int | None, level: str) -> Found:
        """`within`: one of ENDING; `level`: "" for any."""
        asked = {(place, one) for place in range(ENDING.index(within) + 1) for one in LEVELS if level in ("", one)}
        found = [self.groups[group] for group in asked if group in self.groups]
        rows = list(islice(merge(*(each.rows for each in found), key=_by_end), MOST))
        people = sum(count for groups, count in self.people.items() if not asked.isdisjoint(groups))
        return Found(rows, sum(each.count for each in found), people, sum(each.short for each in found))


def read(opened: OpenRegister, day: date, typed: str, control: Control) -> ShortfallState:
    """`typed`: "" for everybody."""
    references, shortfall = References(opened), Shortfall(opened)
    found = shortfall.running(day, control, _people(opened, typed, control) if typed else None)
    groups: dict[Group, First] = {}
    people = Counter[tuple[Group, ...]]()
    for _, rows in groupby((one for one in found if one.total.short > 0), key=lambda one: one.person_id):
        own = [(_group(one, day), one) for one in rows]
        people[tuple([group for group, _ in own])] += 1
        for group, one in own:
            groups.setdefault(group, First()).add(one)
    for each in groups.values():
        each.cut()
    units = {row_id: name for name, row_id in references.organisations.items()}
    towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
    return ShortfallState(day, groups, people, units, towns)


def _group(one: Running, day: date) -> Group:
    left = (one.period.until - day).days
    return next(place for place, most in enumerate(ENDING) if most is None or left <= most), one.period.level


def _by_end(one: Running) -> tuple[date, str, int]:
    return one.period.until, one.name, one.person_id


def _people(opened: OpenRegister, typed: str, control: Control) -> list[int]:
    """Whom a name, pinyin, initials or the end of a number finds."""
    window = Records(opened, "people").open_window(Filter(typed), ("name",), control)
    try:
        return list(window.ids(0, window.total))
    finally:
        window.close()


def read_one(opened: OpenRegister, key: Key, day: date, control: Control) -> PersonHours | None:
    """None where the person has no such period any more."""
    control.step(0)
    found = Hours(opened).of(key[0], day)
    return next((one for one in found if one.certificate_id == key[1] and one.meter), None)


def number(hours: float) -> str:
    """Hundredths at most, without noughts at the end."""
    return f"{hours:,.2f}".rstrip("0").rstrip(".")


def figures(found: Found) -> str:
    """人数 of those found; where somebody is short in the periods of two certificates, their number beside it."""
    if not found.people:
        return ""
    several = f"（{found.count:,} 个登记有效期）" if found.people < found.count else ""
    return f"学时不足 {found.people:,} 人{several}    还差合计 {number(found.short)} 小时"
