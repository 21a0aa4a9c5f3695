"""What is odd about a leader's time, and about the time in which one keeps contact with somebody."""

from collections.abc import Iterator
from datetime import timedelta

from socialwork_app.domain import spells
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.services.contacts import LEADER_CONTACTS, LEADERS, SEVERAL, rows, spell
from socialwork_app.services.opened import OpenRegister

Values = dict[str, Value]


def check_time(values: Values) -> Iterator[Problem]:
    if spells.before(values["to"], values["from"]):
        yield error("contact.to_before", "to")


def check_contact(opened: OpenRegister, values: Values, row_id: int | None, person: int | None) -> Iterator[Problem]:
    """One leader at a time, as a rule: several are let stand with a warning."""
    yield from check_time(values)
    found = rows(opened, LEADER_CONTACTS, {"person_id": [person]}) if person else []
    others = {row["leader"] for row in found if row["id"] != row_id and spells.overlap(spell(row), spell(values))}
    if others:
        known = rows(opened, LEADERS, {"id": others}, ("name",))
        yield warning("contact.overlaps", "from", leader=SEVERAL.join(row["name"] for row in known))


def check_leader(opened: OpenRegister, values: Values, row_id: int | None) -> Iterator[Problem]:
    """Whoever is no longer in post hands over."""
    yield from check_time(values)
    if not values["to"] or row_id is None:
        return
    after = PartialDate.parse(str(values["to"])).latest() + timedelta(days=1)
    found = rows(opened, LEADER_CONTACTS, {"leader": [row_id]})
    kept = {row["person_id"] for row in found if not spells.over(row["to"], after)}
    if kept:
        yield warning("contact.no_longer_kept", "to", count=len(kept))
