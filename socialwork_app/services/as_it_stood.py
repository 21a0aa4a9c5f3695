"""What the register said on an earlier day, so that a roster made again years later is the same.

Facts without a day of their own are read back from the history. What has one goes by it, whenever it was entered; what was
entered after the day is told as it was first entered, and what was deleted since was never so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from socialwork_app.domain import talents
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.filters import Condition, Filter, meets
from socialwork_app.domain.registers.register import Register
from socialwork_app.domain.spells import begun
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import history
from socialwork_app.persistence.listing import Listing, Row
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.opened import OpenRegister

Stored = dict[str, Any]
DATED: dict[str, tuple[str, tuple[str, ...]]] = {
    "people": ("status_on", ("status", "status_on")),
    "talents": ("state_on", talents.STATE),
    "leaders": ("to", ("to",)),
    "leader_contacts": ("to", ("to",)),
    "liaisons": ("to", ("to",)),
    "contact_log": ("done_on", ("done_on", "reply")),
}
"""By register: the field with a day, and the fields that go by it."""
ON_A_DAY: dict[str, Callable[[Mapping[str, Value], date], Stored | None]] = {"talents": talents.as_of}
"""By register: what a row is on a day; None where it is not there yet."""


def as_it_stood(opened: OpenRegister, kind: str, found: Sequence[Stored], day: date) -> list[Stored]:
    """Rows with their ids and the fields that they come with, as they were at the end of the day."""
    if day >= opened.today() or not found:
        return list(found)
    keys = [key for key in opened.catalogue[kind].field_keys() if key in found[0]]
    with opened.database.read() as connection:
        then = history.values_then(connection, opened.schema, kind, [row["id"] for row in found], keys, day)
    return [{**row, **then.get(row["id"], {}), **_by_its_day(kind, row, day)} for row in found]


def _by_its_day(kind: str, now: Stored, day: date) -> Stored:
    """What is said of a day that had come."""
    on, keys = DATED.get(kind, ("", ()))
    return {key: now[key] for key in keys if key in now} if now.get(on) and begun(now[on], day) else {}


def stored_then(
    opened: OpenRegister, kind: str, ids: Iterable[int], keys: Sequence[str], day: date
) -> dict[int, Stored]:  # fmt: skip
    """These fields of many records, by row id."""
    with opened.database.read() as connection:
        found = rows_where(connection, opened.schema, kind, {"id": ids}, ("id", *keys))
    return {row["id"]: row for row in as_it_stood(opened, kind, found, day)}


def names_then(opened: OpenRegister, kind: str, ids: Iterable[int], day: date) -> dict[int, str]:
    """What records were called, by row id."""
    label = opened.catalogue[kind].label_field
    return {row_id: row[label] for row_id, row in stored_then(opened, kind, ids, (label,), day).items()}


def on_a_day(opened: OpenRegister, kind: str, found: Sequence[Stored], day: date) -> list[Stored]:
    """The same of those alone that were there."""
    then = as_it_stood(opened, kind, found, day)
    if kind not in ON_A_DAY:
        return then
    made = (ON_A_DAY[kind](row, day) for row in then)
    return [row for row in made if row is not None]


# lists


def list_then(
    opened: OpenRegister, register: Register, asked: Filter, keys: Sequence[str], day: date
) -> list[Row]:  # fmt: skip
    """A list, filtered and in order as it was; found by what people are called today."""
    fields = {field.key: field for field in opened.catalogue.listed(register) if not field.computed}
    order = asked.sort or register.order
    wanted = {order, *(each.field for each in asked.where)}
    for key in wanted - {*fields, *opened.schema.tables[register.key].c.keys()}:
        raise DomainError("field.unknown", field=key, register=register.title)
    with opened.database.read() as connection:
        listed = list(Listing(opened.schema, register).rows(connection, Filter(asked.search), ()))
        own = rows_where(connection, opened.schema, register.key, {"id": {row.id for row in listed}})
    stored = _with_owners(opened, register, on_a_day(opened, register.key, own, day), listed, day)
    shown = _worded(opened, [fields[key] for key in {*keys, *wanted} if key in fields], stored, day)
    found = [row_id for row_id, row in sorted(stored.items())
             if all(_meets(each, fields, row, shown[row_id]) for each in asked.where)]  # fmt: skip
    found.sort(key=lambda row_id: _place(shown[row_id].get(order)), reverse=asked.descending)
    owner = {row.id: row.owner_id for row in listed}
    return [Row(row_id, owner[row_id], {key: shown[row_id][key] for key in keys}) for row_id in found]


def _with_owners(
    opened: OpenRegister, register: Register, own: Iterable[Stored], listed: Iterable[Row], day: date
) -> dict[int, Stored]:  # fmt: skip
    """By row id: the fields of the rows and those of their owners that a list can show."""
    owner_of = {row.id: row.owner_id or 0 for row in listed}
    owner = opened.catalogue[register.owner]
    borrowed = [key for key in register.borrowed if key in owner.field_keys()]
    owners = stored_then(opened, owner.key, set(owner_of.values()), borrowed, day)
    return {row["id"]: {**owners[owner_of[row["id"]]], **row} for row in own}


def _worded(
    opened: OpenRegister, fields: Iterable[Field], stored: Mapping[int, Stored], day: date
) -> dict[int, Stored]:  # fmt: skip
    """These fields, what is referred to by the name that it had."""
    made: dict[int, Stored] = {row_id: {} for row_id in stored}
    for field in fields:
        wanted = {row[field.key] for row in stored.values()} if field.target else set[int]()
        names = names_then(opened, field.target, wanted, day) if field.target else {}
        for row_id, row in stored.items():
            made[row_id][field.key] = names.get(row[field.key]) if field.target else row[field.key]
    return made


def _meets(condition: Condition, fields: Mapping[str, Field], stored: Stored, shown: Stored) -> bool:
    field = fields.get(condition.field)
    named = field is not None and field.kind is Kind.REFERENCE and isinstance(condition.value, str)
    value = (shown if named else stored)[condition.field]
    return meets(value, condition, dated=field is not None and field.kind is Kind.DATE)


def _place(value: Value) -> tuple[bool, Any]:
    """As the file sorts: nothing comes first."""
    return value is not None, value
