"""What was deleted and has not come back."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Executable, and_, exists, literal, or_, select

from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence.history import DELETING
from socialwork_app.persistence.rows import among
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
    later, by_hand = history.alias("later"), changes.alias("by_hand")
    again = exists().where(later.c.row_id == history.c.row_id, later.c.hid > history.c.hid, later.c.op == DELETING)
    return (
        select(history.c.row_id, history.c.change_id, changes.c.at, changes.c.by)
        .join(changes, changes.c.id == history.c.change_id)
        .where(history.c.change_id.in_(select(by_hand.c.id).where(by_hand.c.action == DELETED_BY)))  # by its index
        .where(history.c.op == DELETING, ~again)
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
    history = schema.histories[gone.kind]
    own = select(history).where(history.c.change_id == gone.change_id, history.c.op == DELETING)
    found = {gone.kind: rows_of(connection, own.where(history.c.row_id == gone.row_id))}
    for _, kind, row in _under(connection, schema, [gone]):
        found.setdefault(kind, []).append(row)
    return {kind: sorted(found[kind], key=_written) for kind in schema.owners_first if kind in found}


def counts(connection: Connection, schema: Schema, gone: Sequence[Gone]) -> dict[Gone, dict[str, int]]:
    """How many of each register went with each of these records."""
    found: dict[Gone, dict[str, int]] = {one: dict.fromkeys(schema.owners_first, 0) for one in gone}
    for one, kind, _ in _under(connection, schema, gone):
        found[one][kind] += 1
    return {one: {kind: count for kind, count in kinds.items() if count} for one, kinds in found.items()}


def _under(connection: Connection, schema: Schema, gone: Sequence[Gone]) -> Iterator[tuple[Gone, str, dict[str, Any]]]:
    """What hung on records and went in the same change, level by level, for all of them together."""
    levels: dict[str, _Owners] = {}
    for one in gone:
        levels.setdefault(one.kind, {})[one.change_id, one.row_id] = one
    waiting = list(levels.items())
    while waiting:
        kind, owners = waiting.pop()
        for child, column in _children(schema, kind):
            below: _Owners = {}
            for row in _rows_under(connection, schema, kind, owners, child, column):
                top = owners.get((row["change_id"], row[column]))
                if top is not None:
                    below[row["change_id"], row["row_id"]] = top
                    yield top, child, row
            if below:
                waiting.append((child, below))


_Owners = dict[tuple[int, int], Gone]
"""By change and row id, the record in the bin to which a row belongs."""


def _children(schema: Schema, kind: str) -> Iterator[tuple[str, str]]:
    """Registers whose rows can hang on this one's, with the column that says on which."""
    for register in schema.catalogue.registers:
        if register.owner == kind:
            yield register.key, schema.owner_column(register)
        elif register.hangs_on_any and register.key != kind:
            yield register.key, "record_id"


def _rows_under(
    connection: Connection, schema: Schema, kind: str, owners: _Owners, child: str, column: str
) -> list[dict[str, Any]]:
    history = schema.histories[child]
    changes, ids = ({key[place] for key in owners} for place in (0, 1))
    query = select(history).where(history.c.change_id.in_(among(sorted(changes))), history.c.op == DELETING)
    query = query.where(history.c[column].in_(among(sorted(ids))))
    if schema.catalogue[child].hangs_on_any:
        query = query.where(history.c.record_kind == kind)
    return rows_of(connection, query)


def _written(row: dict[str, Any]) -> int:
    return row["hid"]
