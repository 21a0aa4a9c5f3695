"""Facts without dates as the register had them at the end of a day, so that a roster made again years later is the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from socialwork_app.domain import talents
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence import history
from socialwork_app.persistence.listing import Row
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.opened import OpenRegister

Stored = dict[str, Any]
Dated = Callable[[Mapping[str, Value], Mapping[str, Value], date], dict[str, Value] | None]
DATED: dict[str, Dated] = {"talents": talents.as_of}
"""Registers some of whose fields have days of their own: a row as it is, as it stood, and the day."""


def as_it_stood(
    opened: OpenRegister, kind: str, found: Sequence[Stored], keys: Sequence[str], day: date
) -> list[Stored]:
    """Rows with their ids, with what these fields held then; of today and later as they are."""
    if day >= opened.today() or not found:
        return list(found)
    with opened.database.read() as connection:
        then = history.values_then(connection, opened.schema, kind, [row["id"] for row in found], keys, day)
    return [{**row, **then.get(row["id"], {})} for row in found]


def stored_then(
    opened: OpenRegister, kind: str, ids: Iterable[int], keys: Sequence[str], day: date
) -> dict[int, Stored]:  # fmt: skip
    """These fields of many records, by row id."""
    with opened.database.read() as connection:
        found = rows_where(connection, opened.schema, kind, {"id": ids}, ("id", *keys))
    return {row["id"]: row for row in as_it_stood(opened, kind, found, keys, day)}


def names_then(opened: OpenRegister, kind: str, ids: Iterable[int], day: date) -> dict[int, str]:
    """What records were called, by row id."""
    label = opened.catalogue[kind].label_field
    return {row_id: row[label] for row_id, row in stored_then(opened, kind, ids, (label,), day).items()}


def listed_then(opened: OpenRegister, register: Register, listed: Iterable[Row], day: date) -> Iterator[Row]:
    """Rows of a list with what their own and their owner's fields were; without those that were not yet so."""
    found = list(listed)
    shown = tuple(found[0].values) if found else ()
    owned = [key for key in register.borrowed if key in shown]
    own = [key for key in shown if key not in owned]
    rows = _worded(opened, register, _on(opened, register, [row.id for row in found], day), own, day)
    owner = opened.catalogue[register.owner]
    owners = stored_then(opened, owner.key, {row.owner_id for row in found if row.owner_id}, _stored(owner, owned), day)
    owners = _worded(opened, owner, owners, owned, day)
    for row in found:
        if row.id in rows:
            yield Row(row.id, row.owner_id, {**row.values, **owners.get(row.owner_id or 0, {}), **rows[row.id]})


def _on(opened: OpenRegister, register: Register, ids: Sequence[int], day: date) -> dict[int, Stored]:
    with opened.database.read() as connection:
        now = rows_where(connection, opened.schema, register.key, {"id": ids})
    then = as_it_stood(opened, register.key, now, register.field_keys(), day)
    dated = DATED.get(register.key, lambda _now, then, _day: dict(then))
    made = {is_now["id"]: dated(is_now, was, day) for is_now, was in zip(now, then, strict=True)}
    return {row_id: values for row_id, values in made.items() if values is not None}


def _worded(
    opened: OpenRegister, register: Register, found: Mapping[int, Stored], keys: Iterable[str], day: date
) -> dict[int, Stored]:  # fmt: skip
    """The fields among these keys, what is referred to by the name that it had."""
    made: dict[int, Stored] = {row_id: {} for row_id in found}
    for key in _stored(register, keys):
        field = register.field(key)
        names = names_then(opened, field.target, {row[key] for row in found.values()}, day) if field.target else None
        for row_id, row in found.items():
            made[row_id][key] = row[key] if names is None else names.get(row[key])
    return made


def _stored(register: Register, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in register.field_keys())
