"""Whose title of a scheme reaches into which year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialwork_app.domain import spells
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.talents import EXPIRED, LEFT, REVOKED, in_term
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.rows import rows_where
from socialwork_app.persistence.schema import Schema


@dataclass(frozen=True, slots=True)
class Holding:
    """A title that somebody has or had; `values` as they are stored."""

    id: int
    person_id: int
    values: Mapping[str, Any]

    @property
    def since(self) -> str | None:
        return self.values["term_from"] or self.values["granted_on"]

    def covers(self, year: int) -> bool:
        return in_term(self.since, self.values["term_to"], year)

    def runs_on(self, day: date) -> bool:
        """Whether it was in term on a day by what its dates tell, whatever became of it later."""
        state, ended = self.values["talent_state"], self.values["state_on"]
        last = self.values["term_to"] or (ended if state == EXPIRED else None)
        if not spells.holds_on((self.since, last), day):
            return False
        if state == EXPIRED:
            return bool(last)
        return not self.withdrawn or (bool(ended) and not spells.begun(ended, day))

    @property
    def withdrawn(self) -> bool:
        return self.values["talent_state"] in (REVOKED, LEFT)

    def ended_before(self, year: int) -> bool:
        """Whether it was taken away or given back before the year; at a day that is not known it was."""
        day = self.values["state_on"]
        return self.withdrawn and (not day or PartialDate.parse(day).latest().year < year)


def holdings(
    connection: Connection, schema: Schema, *, people: Iterable[int] | None = None, scheme: int | None = None
) -> list[Holding]:
    """Of these people, or of a scheme, in the order in which they were entered."""
    asked: dict[str, Iterable[Any]] = {} if people is None else {"person_id": people}
    asked |= {} if scheme is None else {"scheme": [scheme]}
    found = rows_where(connection, schema, "talents", asked)
    return sorted((Holding(row["id"], row["person_id"], row) for row in found), key=lambda one: one.id)


def holding_of(titles: Sequence[Holding], person: int, scheme: int, year: int) -> Holding | None:
    """The title whose term the year lies in; of several the one that began last."""
    fits = [one for one in titles if one.person_id == person and one.values["scheme"] == scheme and one.covers(year)]
    return max(fits, key=lambda one: (one.since or "", one.id), default=None)
