"""Whose registration period runs on a day, with how many hours, and who is short: of everybody in one pass."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from socialwork_app.domain.hours import Pace, Total, pace
from socialwork_app.domain.periods import Period
from socialwork_app.domain.plain_hours import NotPlain, PlainHours
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import learning
from socialwork_app.persistence.by_person import Rows
from socialwork_app.persistence.database import PART_CACHE_KIB, Connection
from socialwork_app.persistence.learning import HERE
from socialwork_app.services.hours import Hours, in_parts
from socialwork_app.services.opened import OpenRegister

CERTIFICATE, LEVEL, HUNDREDTHS = len(HERE), len(HERE) + 1, -1
AT_HAND = 100
"""Of so many who go the long way, and of all who come between them, what was read is in the page cache still."""


class Running(NamedTuple):
    """The period of one certificate that a day lies in. A tuple, as there is one a person and they are many."""

    person_id: int
    name: str
    employer: int | None
    township: int | None
    phone: str | None
    certificate_id: int
    period: Period
    total: Total

    def pace(self, day: date) -> Pace:
        return pace(self.total, self.period, day)


class Shortfall:
    """Reads the rule table once: make a new one when it may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._rules = opened.rules()
        self._hours = Hours(opened)

    def running(self, day: date, control: Control | None = None, ids: Sequence[int] | None = None) -> Iterator[Running]:
        """Of all who are here, or those of them, in no order; what one person has comes one after another."""
        control, plain = control or Control(), PlainHours(day, self._rules)
        with self.opened.database.stream(PART_CACHE_KIB) as connection:
            for part in [None] if ids is None else in_parts(ids):
                stated = learning.stated(connection, self.opened.schema, day, part, needs_proof=plain.needs_proof)
                found, full = control.each(stated), True
                while full:
                    others = list[int]()
                    yield from plainly(plain, found, others)
                    yield from self._in_full(connection, day, others)
                    full = len(others) == AT_HAND

    def _in_full(self, connection: Connection, day: date, ids: Sequence[int]) -> Iterator[Running]:
        for one in self._hours.among(connection, day, ids):
            if one.certificate_id and one.period and one.meter:
                yield Running(one.person_id, one.name, one.employer, one.township, one.phone, one.certificate_id,
                              one.period, one.meter)  # fmt: skip

    def short(self, day: date, within: int | None = None, control: Control | None = None) -> list[Running]:
        """Who is here and has too few hours in the period that runs, if it ends within so many days; the first to end first."""
        ids = None if within is None else self._ending(day, within)
        found = (one for one in self.running(day, control, ids) if one.total.short > 0)
        return in_order(one for one in found if within is None or (one.period.until - day).days <= within)

    def _ending(self, day: date, within: int) -> list[int]:
        last = min(date.max - day, timedelta(days=within)) + day
        with self.opened.database.read() as connection:
            return learning.ending(connection, self.opened.schema, day, last)


def plainly(plain: PlainHours, found: Iterable[Rows], others: list[int]) -> Iterator[Running]:
    """Those who go the short way, until so many `others` are noted, by their ids, that these are to be looked at."""
    for rows in found:
        first = rows[0]
        try:
            if len(rows) == 1:
                running = plain.of_lone(first[LEVEL:HUNDREDTHS], first[HUNDREDTHS])
            else:
                running = plain.running([row[CERTIFICATE:] for row in rows])
        except NotPlain:
            others.append(first[0])
            if len(others) == AT_HAND:
                return
        else:
            if running:
                yield Running._make(first[:LEVEL] + running)


def in_order(found: Iterable[Running]) -> list[Running]:
    """The first to end first. Day by day: to sort a million in one go would make every other thread wait."""
    ending: dict[date, list[Running]] = {}
    for one in found:
        ending.setdefault(one.period.until, []).append(one)
    return [one for until in sorted(ending) for one in sorted(ending[until], key=lambda one: (one.name, one.person_id))]
