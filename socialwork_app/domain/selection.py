"""A round of a talent scheme on its way from recommendation to decision: how long it is published, what is odd about it.

Local notices differ, so nothing here is a lock: what is unusual is told, with its names and numbers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Problem, warning
from socialwork_app.domain.spells import over
from socialwork_app.domain.talents import GRANTED, PUBLISHED
from socialwork_app.domain.working_days import Calendar

REJECTED, WITHDRAWN = "rejected", "withdrawn"
OUT = (REJECTED, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Publication:
    """`last`: its last day, None where nobody says. `unknown`: years passed of which the holiday table says nothing."""

    first: str | None = None
    last: str | None = None
    unknown: tuple[int, ...] = ()

    def over(self, day: date) -> bool:
        return over(self.last, day)


def publication(first: str | None, last: str | None, days: int | None, holidays: Calendar) -> Publication:
    """As the round states it; where it names no last day, `days` working days from the first on."""
    begun = PartialDate.parse(first) if first else None
    if last or not days or begun is None or not begun.exact:
        return Publication(first, last)
    end = holidays.last_of(begun.earliest(), days)
    unknown = tuple(year for year in range(begun.year, end.year + 1) if not holidays.knows(year))
    return Publication(first, end.isoformat(), unknown)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate who is to be given the title. `holds`: one of the same scheme that still runs; `paid`: titles of other
    schemes with an allowance."""

    name: str
    state: str
    objection: str
    holds: bool
    paid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Granting:
    """A decision before it is taken. `granted`: how many of the round have the title already; `excluded`: who may not
    have it, in the words of the scheme."""

    day: date
    publication: Publication
    cap: int | None
    allowance: int | None
    granted: int
    chosen: Sequence[Chosen]
    excluded: str | None = None


def odd(granting: Granting) -> list[Problem]:
    return [*_about_publication(granting), *_about_number(granting), *_about_people(granting)]


def _about_publication(granting: Granting) -> Iterator[Problem]:
    shown = granting.publication
    if not shown.first:
        yield warning("selection.not_published")
    elif shown.last is None:
        yield warning("selection.no_last_day")
    elif not shown.over(granting.day):
        yield warning("selection.still_published", until=shown.last)
    for year in shown.unknown:
        yield warning("selection.holidays_unknown", year=year)


def _about_number(granting: Granting) -> Iterator[Problem]:
    total = granting.granted + len(granting.chosen)
    if granting.cap is not None and total > granting.cap:
        yield warning("selection.beyond_cap", total=total, cap=granting.cap, over=total - granting.cap)


def _about_people(granting: Granting) -> Iterator[Problem]:
    chosen = granting.chosen
    skipped = [one.name for one in chosen if one.state not in (PUBLISHED, GRANTED, *OUT)]
    told = (
        ("selection.stage_skipped", skipped if granting.publication.first else []),
        ("selection.out", [one.name for one in chosen if one.state in OUT]),
        ("selection.objection", [f"{one.name}（{one.objection}）" for one in chosen if one.objection]),
        ("selection.holds", [one.name for one in chosen if one.holds]),
        ("selection.paid_elsewhere", [f"{one.name}（{'、'.join(one.paid)}）" for one in chosen
                                      if granting.allowance and one.paid]),
    )  # fmt: skip
    for code, names in told:
        if names:
            yield warning(code, names="、".join(names))
    if granting.excluded:  # who that is no register knows
        yield warning("selection.excluded", excluded=granting.excluded)


def before_cycle(year: int, others: Iterable[int], years: int) -> list[Problem]:
    """A round that comes sooner after the one before than every so many `years`; those of one year are batches of one."""
    last = max((other for other in others if other < year), default=None)
    sooner = last is not None and year - last < years
    return [warning("selection.before_cycle", "year", years=years, last=last)] if sooner else []
