"""Who stands in the register twice, as far as it can be told; and who looks so and is not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from socialwork_app.domain.duplicates import KEYS, Likeness, likeness
from socialwork_app.domain.fields.field import Value
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import duplicates, rows
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.duplicates import Pair
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister

PEOPLE = "people"
MOST_SHOWN = 5_000
"""Pairs that are kept of those found, the likeliest first: more are not gone through in one sitting."""
AT_ONCE = 5_000  # pairs whose people are fetched together
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one, the one entered first in front; `reasons` in words."""

    one: int
    other: int
    name: str
    other_name: str
    score: int
    reasons: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """The likeliest first; `total` counts those too that are not among `pairs` because there are too many."""

    pairs: tuple[Suggestion, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people who were said not to be one, and the change that says so."""

    one: int
    other: int
    name: str
    other_name: str
    change_id: int


class Duplicates:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def suggested(self, control: Control | None = None) -> Suggested:
        """Every pair worth a look on which nothing was said yet."""
        found: list[Suggestion] = []
        total = 0
        with self.opened.database.stream() as connection:
            for one in self._likely(connection, control or Control()):
                total += 1
                found.append(one)
                if len(found) >= 2 * MOST_SHOWN:
                    found = _likeliest(found)
        return Suggested(tuple(_likeliest(found)), total)

    def _likely(self, connection: Connection, control: Control) -> Iterator[Suggestion]:
        done = set(duplicates.decided(connection, self.opened.schema))
        groups = duplicates.groups(connection, self.opened.schema, control)
        pairs = (pair for group in groups for pair in combinations(sorted(group), 2))
        while some := list(islice(_new(pairs, done), AT_ONCE)):
            people = self._people(connection, {person for pair in some for person in pair})
            for pair in control.each(some):
                alike = likeness(people[pair[0]], people[pair[1]])
                if alike.suggested:
                    yield _suggestion(pair, people, alike)

    def _people(self, connection: Connection, ids: Iterable[int]) -> dict[int, Values]:
        found = rows.rows_where(connection, self.opened.schema, PEOPLE, {"id": ids}, ("id", *KEYS))
        return {row["id"]: row for row in found}

    def still_open(self, pairs: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
        """Those of an earlier search on which nothing was said since, and of whom nobody went."""
        with self.opened.database.read() as connection:
            done = duplicates.decided(connection, self.opened.schema)
            here = self._people(connection, {person for one in pairs for person in (one.one, one.other)})
        return tuple(one for one in pairs if (one.one, one.other) not in done and one.one in here and one.other in here)

    def between(self, one: int, other: int) -> Likeness:
        """What speaks for these two being one, and what against."""
        with self.opened.database.read() as connection:
            people = self._people(connection, (one, other))
        return likeness(people[one], people[other])

    def not_same(self, one: int, other: int) -> Changes:
        """They are two people and are not suggested again, until this change is undone."""
        with self.opened.change("not_same", PEOPLE, f"{one}、{other}") as change:
            if one == other or len(self._people(change.connection, (one, other))) < 2:
                raise DomainError("merge.two_needed")
            duplicates.decide(change, (one, other))
            change.commit()
        return Changes(frozenset({PEOPLE}), frozenset({one, other}), change.change_id)

    def apart(self) -> tuple[Apart, ...]:
        """The pairs that were said to be two people, the last one first; without those of whom one is gone."""
        with self.opened.database.read() as connection:
            decided = duplicates.decided(connection, self.opened.schema)
            people = self._people(connection, {person for pair in decided for person in pair})
        found = [
            Apart(one, other, str(people[one]["name"]), str(people[other]["name"]), change)
            for (one, other), change in decided.items()
            if one in people and other in people
        ]
        return tuple(sorted(found, key=lambda pair: -pair.change_id))


def _new(pairs: Iterator[Pair], done: set[Pair]) -> Iterator[Pair]:
    """Each pair once, and none on which something was said."""
    for pair in pairs:
        if pair not in done:
            done.add(pair)
            yield pair


def _suggestion(pair: Pair, people: Mapping[int, Values], alike: Likeness) -> Suggestion:
    one, other = (str(people[person]["name"]) for person in pair)
    return Suggestion(*pair, one, other, alike.score, alike.words())


def _likeliest(found: list[Suggestion]) -> list[Suggestion]:
    return sorted(found, key=lambda one: (-one.score, one.one, one.other))[:MOST_SHOWN]
