"""What was deleted and has not come back."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Executable, and_, exists, literal, or_, select

from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence.history import DELETING
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of

DELETED_BY = "delete"  # the action; what an undo or a merge takes out comes back by taking that back


class Gone(NamedTuple):
    kind: str
    row_id: int
    change_id: int
    at: str
    by: str


def deleted(connection: Connection, schema: Schema, kind: str = "") -> list[Gone]:
    """Records that were deleted by themselves, newest first; those that went with their owner stand under it."""
    kinds = [kind] if kind else list(schema.tables)
    found = [Gone(each, *row) for each in kinds for row in connection.execute(_deleted(schema, each))]
    return sorted(found, key=lambda gone: -gone.change_id)


def _deleted(schema: Schema, kind: str) -> Executable:
    history, changes, table = schema.histories[kind], schema.changes, schema.tables[kind]
    later = history.alias("later")
    again = exists().where(later.c.row_id == history.c.row_id, later.c.hid > history.c.hid, later.c.op == DELETING)
    return (
        select(history.c.row_id, history.c.change_id, changes.c.at, changes.c.by)
        .join(changes, changes.c.id == history.c.change_id)
        .where(changes.c.action == DELETED_BY, history.c.op == DELETING, ~again)
        .where(~exists().where(table.c.id == history.c.row_id), ~_went_with_its_owner(schema, kind))
    )


def _went_with_its_owner(schema: Schema, kind: str) -> ColumnElement[bool]:
    register, history = schema.catalogue[kind], schema.histories[kind]
    ways = [
        and_(
            conditions, exists().where(of.c.change_id == history.c.change_id, of.c.op == DELETING, of.c.row_id == owner)
        )
        for of, owner, conditions in _owners(schema, register)
    ]
    return or_(literal(False), *ways)


def _owners(schema: Schema, register: Register) -> Iterator[tuple[Any, Any, ColumnElement[bool]]]:
    """(history table of the owner, column with its row id, when it is the owner)."""
    history = schema.histories[register.key]
    if register.owner:
        yield schema.histories[register.owner], history.c[schema.owner_column(register)], literal(True)
    if register.hangs_on_any:
        for key, of in schema.histories.items():
            if key != register.key:
                yield of, history.c.record_id, history.c.record_kind == key


def tree(connection: Connection, schema: Schema, gone: Gone) -> dict[str, list[dict[str, Any]]]:
    """The record and all that went with it, by register, owners first, each row as it stood."""
    found: dict[str, list[dict[str, Any]]] = {}
    _gather(connection, schema, gone.change_id, gone.kind, "row_id", gone.row_id, found)
    return {kind: found[kind] for kind in schema.owners_first if kind in found}


def _gather(
    connection: Connection, schema: Schema, change_id: int, kind: str, column: str, value: int,
    found: dict[str, list[dict[str, Any]]], record_kind: str = "",
) -> None:  # fmt: skip
    history = schema.histories[kind]
    query = select(history).where(
        history.c.change_id == change_id, history.c.op == DELETING, history.c[column] == value
    )
    if record_kind:
        query = query.where(history.c.record_kind == record_kind)
    for row in rows_of(connection, query.order_by(history.c.hid)):
        found.setdefault(kind, []).append(row)
        for child in schema.catalogue.children(kind):
            owner = schema.owner_column(child)
            _gather(connection, schema, change_id, child.key, owner, row["row_id"], found)
        for hanging in schema.catalogue.registers:
            if hanging.hangs_on_any and hanging.key != kind:
                _gather(connection, schema, change_id, hanging.key, "record_id", row["row_id"], found, kind)


def counts(connection: Connection, schema: Schema, gone: Gone) -> dict[str, int]:
    """How many of each register went with it."""
    found = {kind: len(rows) for kind, rows in tree(connection, schema, gone).items()}
    found[gone.kind] -= 1
    return {kind: count for kind, count in found.items() if count}
