"""What names a record in a sentence: its owner's label and its own, as they stand or last stood."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from socialwork_app.domain.fields.field import Kind, Value
from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


class Part(NamedTuple):
    """A field of a register with its stored value."""

    kind: str
    field: str
    value: Value


def names(connection: Connection, schema: Schema, kind: str, ids: Iterable[Any]) -> dict[int, tuple[Part, ...]]:
    """From the outermost owner in; a reference is named by what it refers to. Records that never stood are left out."""
    register, found = schema.catalogue[kind], _rows(connection, schema, kind, ids)
    own = {row_id: (Part(kind, register.label_field, row[register.label_field]),) for row_id, row in found.items()}
    label = register.field(register.label_field)
    if label.kind is Kind.REFERENCE:
        targets = names(connection, schema, label.target, {part.value for (part,) in own.values()})
        own = {row_id: targets.get(_id(part.value), ()) for row_id, (part,) in own.items()}
    outer = _owners(connection, schema, kind, found)
    return {row_id: (*outer.get(row_id, ()), *parts) for row_id, parts in own.items()}


def _rows(connection: Connection, schema: Schema, kind: str, ids: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """As they stand; of those gone, as they were deleted."""
    wanted = sorted({row_id for row_id in ids if row_id is not None})
    table, history = schema.tables[kind], schema.histories[kind]
    standing = {row["id"]: row for row in rows_of(connection, select(table).where(table.c.id.in_(among(wanted))))}
    gone = [row_id for row_id in wanted if row_id not in standing]
    if not gone:
        return standing
    last = select(func.max(history.c.hid)).where(history.c.row_id.in_(among(gone)), history.c.op == "D")
    query = select(history).where(history.c.hid.in_(last.group_by(history.c.row_id)))
    return {**standing, **{row["row_id"]: row for row in rows_of(connection, query)}}


def _owners(
    connection: Connection, schema: Schema, kind: str, found: dict[int, dict[str, Any]]
) -> dict[int, tuple[Part, ...]]:
    register = schema.catalogue[kind]
    if register.owner:
        column = schema.owner_column(register)
        owners = names(connection, schema, register.owner, {row[column] for row in found.values()})
        return {row_id: owners.get(row[column], ()) for row_id, row in found.items()}
    named: dict[int, tuple[Part, ...]] = {}
    if register.hangs_on_any:
        for other in {row["record_kind"] for row in found.values()}:
            hanging = {row_id: row["record_id"] for row_id, row in found.items() if row["record_kind"] == other}
            owners = names(connection, schema, other, set(hanging.values()))
            named |= {row_id: owners.get(owner, ()) for row_id, owner in hanging.items()}
    return named


def _id(value: Value) -> int:
    return value if isinstance(value, int) else 0
