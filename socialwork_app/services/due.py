"""What falls due on a day: first registrations, renewals, lapses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain import registrations
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.sentences import sentence
from socialwork_app.persistence.listing import Listing
from socialwork_app.services.opened import OpenRegister

KEYS = ("name", "id_number", "level", "status", "approved_on", "registered_on", "valid_until", "registration_kind",
        "registration_number")  # fmt: skip
TITLES = {"first_registration": "首次登记", "renewal": "再次登记", "lapsed": "登记到期"}


@dataclass(frozen=True, slots=True)
class DueItem:
    """`level` is the stored value; `message` a whole sentence without the name."""

    kind: str
    title: str
    person_id: int
    certificate_id: int
    person: str
    level: str
    due: date
    overdue: bool
    message: str


class DueList:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def on(self, day: date) -> tuple[DueItem, ...]:
        """The most urgent first. People who have left are not asked for anything."""
        return tuple(sorted(self._items(day), key=lambda item: (item.due, item.person_id)))

    def _items(self, day: date) -> Iterator[DueItem]:
        rules = self.opened.rules()
        listing = Listing(self.opened.schema, self.opened.catalogue["certificates"])
        held = Filter(where=(Condition("approved_on", day.isoformat(), "<="),))
        undated = Filter(where=(Condition("approved_on", None, "empty"),))
        with self.opened.database.read() as connection:
            for asked in (held, undated):
                for row in listing.rows(connection, asked, KEYS):
                    found = registrations.due(row.values, day, rules)
                    if found is None or row.values["status"] in LEFT_STATES:
                        continue
                    message = sentence(found.code, due=found.due.isoformat())
                    yield DueItem(found.kind, TITLES[found.kind], row.owner_id or 0, row.id, str(row.values["name"]),
                                  str(row.values["level"]), found.due, found.overdue(day), message)  # fmt: skip
