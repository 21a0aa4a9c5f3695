"""Figures of the register as of a day. A person with several levels counts once, at the highest."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from socialwork_app.domain import certificates, registrations
from socialwork_app.domain.registrations import RegistrationState
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import standing
from socialwork_app.persistence.standing import Counted, Here, Papers
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
    levels: Counter[str] = field(default_factory=Counter[str])
    townships: Counter[int | None] = field(default_factory=Counter[int | None])
    papers: Counter[Papers] = field(default_factory=Counter[Papers])
    undated: int = 0

    def add(self, found: Counted) -> None:
        if found.papers is None:
            self.levels[str(found.level)] += found.count if found.held else 0
            self.townships[found.township] += found.count if found.held else 0
            self.undated += 0 if found.held else found.count
        elif found.held:
            self.papers[found.papers] += found.count


class Statistics:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def as_of(self, day: date, control: Control | None = None) -> Figures:
        schema, control = self.opened.schema, control or Control()
        entries = self.opened.catalogue.code_lists["level"].entries
        ranks = {entry.value: entry.rank for entry in entries}
        people: Counter[Here] = Counter()
        counts = _Counts()
        with self.opened.database.stream() as connection:
            for here, count in standing.people(connection, schema, control):
                people[here] += count
            present = {here for here in people if certificates.here_on(here._asdict(), day)}
            for found in standing.highest(connection, schema, day, ranks, control):
                if found.here in present:
                    counts.add(found)
            labels = standing.township_labels(connection, schema)
        levels = {value: counts.levels[value] for value in ranks}
        return Figures(
            day,
            sum(people[here] for here in present),
            {"total": counts.levels.total(), **levels},
            _by_township(counts.townships, labels),
            self._by_state(counts.papers, day),
            counts.undated,
        )

    def _by_state(self, papers: Counter[Papers], day: date) -> dict[str, int]:
        rules = self.opened.rules()
        states: Counter[RegistrationState] = Counter()
        for one, count in papers.items():
            states[registrations.state(one.values(), day, rules)] += count
        return {str(state): states[state] for state in RegistrationState if states[state]}


def _by_township(townships: Counter[int | None], labels: dict[int, str]) -> tuple[tuple[str, int], ...]:
    """The most first."""
    named: Counter[str] = Counter()
    for township, count in townships.items():
        named[labels.get(township or 0) or UNKNOWN_PLACE] += count
    return tuple(sorted((+named).items(), key=lambda item: (-item[1], item[0])))
