"""Another leader keeps contact: the contact so far ends the day before and stays on record, a new one begins."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from socialwork_app.domain import spells
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.contacts import LEADER_CONTACTS, LEADERS, SEVERAL, rows, spell
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Handed:
    """`people`: whose leader is another one now; 0 where everything stood so already."""

    people: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom, from which day on, by which document."""

    leader: int
    day: date
    document: str = ""


def change_leader(opened: OpenRegister, people: Collection[int], to: Handing) -> Handed:
    """These people have this leader, and no other, from the day on; as one change."""
    found = rows(opened, LEADER_CONTACTS, {"person_id": people})
    _refuse_later(opened, found, to.day)
    with opened.change("save", LEADER_CONTACTS, f"更换联系领导，{len(people)} 人") as change:
        moved = _hand_over(opened, change, people, found, to)
        if moved:
            change.commit()
    return Handed(moved, _changes(change) if moved else Changes())


def replace_leader(opened: OpenRegister, old: int, to: Handing) -> Handed:
    """A leader moves: all with whom contact is kept on the day go to the new one, and the old one's term ends."""
    if old == to.leader:
        raise DomainError("contact.same_leader")
    found = rows(opened, LEADER_CONTACTS, {"leader": [old, to.leader]})
    people = {row["person_id"] for row in found if row["leader"] == old and not spells.over(row["to"], to.day)}
    found = [row for row in found if row["person_id"] in people]
    _refuse_later(opened, found, to.day)
    leaving = rows(opened, LEADERS, {"id": [old]})[0]
    with opened.change("save", LEADER_CONTACTS, f"联系领导移交，{len(people)} 人") as change:
        moved = _hand_over(opened, change, people, found, to)
        if not spells.over(leaving["to"], to.day):
            change.update(LEADERS, old, {"to": _day_before(to.day)})
        change.commit()
    return Handed(moved, _changes(change))


def _changes(change: Transaction) -> Changes:
    return Changes(frozenset({LEADER_CONTACTS, LEADERS}), frozenset(), change.change_id)


def _refuse_later(opened: OpenRegister, found: Sequence[Row], day: date) -> None:
    """What is to begin only later would overlap with what begins now."""
    later = {row["person_id"] for row in found if _first_day(row) > day}
    if later:
        named = SEVERAL.join(row["name"] for row in rows(opened, "people", {"id": later}, ("name",)))
        raise DomainError("contact.begins_later", names=named, day=day.isoformat())


def _hand_over(
    opened: OpenRegister, change: Transaction, people: Iterable[int], found: Sequence[Row], to: Handing
) -> int:  # fmt: skip
    """For how many of them anything changes."""
    records = Records(opened, LEADER_CONTACTS)
    owned = {one: [row for row in found if row["person_id"] == one] for one in people}
    return sum(_hand_one(records, change, one, rows_of_one, to) for one, rows_of_one in owned.items())


def _hand_one(records: Records, change: Transaction, person: int, found: Sequence[Row], to: Handing) -> bool:
    """What began on the very day is taken out: it has no past that would be lost."""
    running = [row for row in found if spells.holds_on(spell(row), to.day)]
    others = [row for row in running if row["leader"] != to.leader]
    stays = len(others) < len(running)
    for row in others:
        if _first_day(row) < to.day:
            change.update(LEADER_CONTACTS, row["id"], {"to": _day_before(to.day)})
        else:
            records.take_out(change, row["id"])
    if not stays:
        values = {"leader": to.leader, "from": to.day.isoformat(), "document": to.document or None}
        change.insert(LEADER_CONTACTS, {"person_id": person, **values})
    return bool(others) or not stays


def _first_day(row: Row) -> date:
    return PartialDate.parse(row["from"]).earliest() if row["from"] else date.min


def _day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()
