"""Figures of the register as of a day. A person with several levels counts once, at the highest."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from socialwork_app.domain import certificates, registrations
from socialwork_app.domain.registrations import RegistrationState
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import standing
from socialwork_app.persistence.database import PART_CACHE_KIB
from socialwork_app.persistence.standing import HELD, UNDATED, ByLevel, ByPapers, Here, Papers
from socialwork_app.services.opened import OpenRegister

UNKNOWN_PLACE = "未填"


@dataclass(frozen=True, slots=True)
class Figures:
    """人数, not 人次: `certified` by level of the highest certificate held on the day by people then here.

    `undated`: people left out because no certificate of theirs has an approval date.
    """

    as_of: date
    people: int
    certified: dict[str, int]
    by_township: tuple[tuple[str, int], ...]
    registration: dict[str, int]
    undated: int


@dataclass(slots=True)
class _Counts:
    """Of people who are here."""

    people: int = 0
    undated: int = 0
    levels: Counter[str] = field(default_factory=Counter[str])
    townships: Counter[int | None] = field(default_factory=Counter[int | None])
    papers: Counter[Papers] = field(default_factory=Counter[Papers])

    def add(self, found: ByLevel | ByPapers) -> None:
        if isinstance(found, ByPapers):
            self.papers[found.papers] += found.people
            return
        self.people += found.people
        if found.held == UNDATED:
            self.undated += found.people
        elif found.held == HELD:
            self.levels[str(found.level)] += found.people
            self.townships[found.township] += found.people


class Statistics:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def as_of(self, day: date, control: Control | None = None) -> Figures:
        names = [entry.value for entry in self.opened.catalogue.code_lists["level"].entries]
        counts = self._counts(day, control or Control())
        certified = {"total": counts.levels.total(), **{name: counts.levels[name] for name in names}}
        towns, states = self._by_township(counts.townships), self._by_state(counts.papers, day)
        return Figures(day, counts.people, certified, towns, states, counts.undated)

    def _counts(self, day: date, control: Control) -> _Counts:
        ranks = {entry.value: entry.rank for entry in self.opened.catalogue.code_lists["level"].entries}
        counts, judged = _Counts(), dict[Here, bool]()
        with self.opened.database.stream(PART_CACHE_KIB) as connection:
            for found in standing.highest(connection, self.opened.schema, day, ranks, control):
                if found.here not in judged:
                    judged[found.here] = certificates.here_on(found.here._asdict(), day)
                if judged[found.here]:
                    counts.add(found)
        return counts

    def _by_township(self, townships: Counter[int | None]) -> tuple[tuple[str, int], ...]:
        """The most first."""
        with self.opened.database.read() as connection:
            labels = standing.townships(connection, self.opened.schema)
        named = Counter[str]()
        for township, count in townships.items():
            named[labels.get(township or 0) or UNKNOWN_PLACE] += count
        return tuple(sorted(named.items(), key=lambda item: (-item[1], item[0])))

    def _by_state(self, papers: Counter[Papers], day: date) -> dict[str, int]:
        rules = self.opened.rules()
        states = Counter[RegistrationState]()
        for one, count in papers.items():
            states[registrations.state(one.values(), day, rules)] += count
        return {str(state): states[state] for state in RegistrationState if states[state]}
