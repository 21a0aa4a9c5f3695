"""Figures of the register as of a day. A person with several levels counts once, at the highest."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain import certificates, registrations
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Filter
from socialwork_app.persistence.listing import Listing
from socialwork_app.services.opened import OpenRegister

KEYS = ("level", "approved_on", "status", "status_on", "township", "registered_on", "valid_until", "registration_kind",
        "registration_number")  # fmt: skip
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


class Statistics:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def as_of(self, day: date) -> Figures:
        best, undated = self._highest(day)
        rules = self.opened.rules()
        levels = Counter(str(values["level"]) for values in best.values())
        states = Counter(str(registrations.state(values, day, rules)) for values in best.values())
        towns = Counter(str(values["township"] or UNKNOWN_PLACE) for values in best.values())
        names = [entry.value for entry in self.opened.catalogue.code_lists["level"].entries]
        certified = {"total": len(best), **{name: levels[name] for name in names}}
        return Figures(day, self._people(day), certified, tuple(towns.most_common()), dict(states), undated)

    def _highest(self, day: date) -> tuple[dict[int, dict[str, Value]], int]:
        """Person id → values of the highest certificate held on the day, and how many had none with a date."""
        rank = self.opened.catalogue.code_lists["level"].rank
        listing = Listing(self.opened.schema, self.opened.catalogue["certificates"])
        best: dict[int, dict[str, Value]] = {}
        undated: set[int] = set()
        with self.opened.database.read() as connection:
            for row in listing.rows(connection, Filter(), KEYS):
                owner = row.owner_id or 0
                if not certificates.here_on(row.values, day):
                    continue
                if not certificates.held_on(row.values, day):
                    undated.update({owner} if not row.values["approved_on"] else ())
                elif owner not in best or rank(str(row.values["level"])) > rank(str(best[owner]["level"])):
                    best[owner] = dict(row.values)
        return best, len(undated - best.keys())

    def _people(self, day: date) -> int:
        listing = Listing(self.opened.schema, self.opened.catalogue["people"])
        with self.opened.database.read() as connection:
            rows = listing.rows(connection, Filter(), ("status", "status_on"))
            return sum(certificates.here_on(row.values, day) for row in rows)
