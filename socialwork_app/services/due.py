"""What falls due on a day: first registrations, renewals, lapses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from socialwork_app.domain import registrations
from socialwork_app.domain.partial_date import add_months
from socialwork_app.domain.registrations import Due
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import standing
from socialwork_app.persistence.database import PART_CACHE_KIB
from socialwork_app.persistence.standing import Bounds, DueRow, Papers
from socialwork_app.services.opened import OpenRegister

TITLES = {"first_registration": "首次登记", "renewal": "再次登记", "lapsed": "登记到期"}
SHORTER_MONTHS = 1
"""A term that ends on the 31st ends earlier in a shorter month; a month more is surely enough to look through."""
Found = tuple[Due, DueRow]


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
    """People who have left are not asked for anything."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def on(self, day: date, control: Control | None = None) -> tuple[DueItem, ...]:
        """The most urgent first."""
        found = sorted(self._found(day, None, control or Control()), key=_urgency)
        return tuple(_item(one, day) for one in found)

    def most_urgent(
        self, day: date, until: date, most: int, control: Control | None = None
    ) -> tuple[tuple[DueItem, ...], int]:
        """The first of what is due until a day, and how many are due until then in all."""
        total = 0

        def counted() -> Iterator[Found]:
            nonlocal total
            for one in self._found(day, until, control or Control()):
                total += 1
                yield one

        found = nsmallest(most, counted(), key=_urgency)
        return tuple(_item(one, day) for one in found), total

    def _found(self, day: date, until: date | None, control: Control) -> Iterator[Found]:
        rules = self.opened.rules()
        judged: dict[Papers, Due | None] = {}
        with self.opened.database.stream(PART_CACHE_KIB) as connection:
            for row in standing.due(connection, self.opened.schema, day, _bounds(rules, day, until), control):
                if row.papers not in judged:
                    judged[row.papers] = registrations.due(row.papers.values(), day, rules)
                due = judged[row.papers]
                if due and (until is None or due.due <= until):
                    yield due, row


def _bounds(rules: RuleTable, day: date, until: date | None) -> Bounds:
    """What to look through, whichever of the rules' periods a matter may belong to; each is judged by its own."""
    opens = _months(rules, "registration.renewal_window_months")
    valid_until = add_months(day, max(opens) + SHORTER_MONTHS) if opens else None
    if until is None:
        return Bounds(day, valid_until)
    within = _months(rules, "registration.first_within_months")
    approved_on = add_months(until, SHORTER_MONTHS - min(within)) if within else day
    return Bounds(min(day, approved_on), min(until, valid_until or until))


def _months(rules: RuleTable, name: str) -> list[int]:
    """Of all periods; none where one of them is no number."""
    values = [rule.value for rule in rules.rules if rule.rule == name]
    return [int(value) for value in values] if all(value.isdecimal() for value in values) else []


def _urgency(found: Found) -> tuple[date, int, int]:
    due, row = found
    return due.due, row.person_id, row.certificate_id


def _item(found: Found, day: date) -> DueItem:
    due, row = found
    message = sentence(due.code, due=due.due.isoformat())
    return DueItem(due.kind, TITLES[due.kind], row.person_id, row.certificate_id, row.name, row.level, due.due,
                   due.overdue(day), message)  # fmt: skip
