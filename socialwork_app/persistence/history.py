"""What the triggers wrote: who changed what when, and the way back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, or_, select, text
from sqlalchemy.exc import IntegrityError

from socialwork_app.domain.fields.field import Value
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import Transaction, rows_of

MAKING, DELETING = "I", "D"
_TAKEN = re.compile(r"UNIQUE constraint failed: (?P<kind>\w+)\.(?P<key>\w+)")
AT_ONCE = 5_000  # rows that are compared at a time


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of one record changed once. `field` is "" where the record was made or deleted."""

    change_id: int
    at: str
    by: str
    action: str
    kind: str
    row_id: int
    op: str
    field: str
    old: Value
    new: Value
    detail: str = ""
    """Of the change; of an import its file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an undo left alone because it was edited since."""

    kind: str
    row_id: int
    fields: tuple[str, ...]


def newest_change(connection: Connection, schema: Schema) -> int:
    return int(connection.execute(select(func.coalesce(func.max(schema.changes.c.id), 0))).scalar_one())


def record_history(connection: Connection, schema: Schema, kind: str, row_id: int) -> list[Entry]:
    """All changes of one record, newest first."""
    history, changes = schema.histories[kind], schema.changes
    query = (
        select(history, changes.c.at, changes.c.by, changes.c.action, changes.c.detail)
        .join(changes, changes.c.id == history.c.change_id)
        .where(history.c.row_id == row_id)
        .order_by(history.c.hid.desc())
    )
    after: dict[str, Any] = _current(connection, schema.tables[kind], row_id) or {}
    entries: list[Entry] = []
    for row in rows_of(connection, query):
        entries.extend(_entries(schema, kind, row, after))
        if row["op"] != MAKING:
            after = row
    return entries


def _entries(schema: Schema, kind: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Entry]:
    common = (
        before["change_id"],
        before["at"],
        before["by"],
        before["action"],
        kind,
        before["row_id"],
        before["op"],
    )
    if before["op"] in (MAKING, DELETING):
        yield Entry(*common, "", None, None, before["detail"])
        return
    for column in schema.tables[kind].c:
        if column.name != "id" and before[column.name] != after.get(column.name):
            yield Entry(*common, column.name, before[column.name], after.get(column.name), before["detail"])


def _current(connection: Connection, table: Table, row_id: int) -> dict[str, Any] | None:
    found = rows_of(connection, select(table).where(table.c.id == row_id))
    return found[0] if found else None


def child_ids(connection: Connection, schema: Schema, kind: str, owner_column: str, owner_id: int) -> list[int]:
    """Rows that hang on a record or once did, so that a deleted child's history is found too."""
    table, history = schema.tables[kind], schema.histories[kind]
    standing = select(table.c.id).where(table.c[owner_column] == owner_id)
    once = select(history.c.row_id).where(history.c[owner_column] == owner_id)
    return sorted({int(row[0]) for query in (standing, once) for row in connection.execute(query)})


def stood_on(connection: Connection, schema: Schema, kind: str, row_id: int, day: date) -> dict[str, Any] | None:
    """A record at the end of a day, by column; None where it was not there yet, or no longer."""
    history, changes = schema.histories[kind], schema.changes
    since = (
        select(history).join(changes, changes.c.id == history.c.change_id)
        .where(history.c.row_id == row_id, func.substr(changes.c.at, 1, 10) > day.isoformat())
        .order_by(history.c.hid).limit(1)
    )  # fmt: skip
    first_since = next(iter(rows_of(connection, since)), None)
    if first_since is None:
        return _current(connection, schema.tables[kind], row_id)
    return None if first_since["op"] == MAKING else first_since


def values_then(
    connection: Connection, schema: Schema, kind: str, ids: Iterable[int], keys: Sequence[str], day: date
) -> dict[int, dict[str, Any]]:
    """What these fields held at the end of a day, of the records changed since; made later, as they were first made."""
    history, changes = schema.histories[kind], schema.changes
    made = history.alias("made")
    making = select(made.c.hid).where(made.c.row_id == history.c.row_id, made.c.change_id == history.c.change_id,
                                      made.c.op == MAKING).correlate(history).exists()  # fmt: skip
    first_since = (
        select(func.min(history.c.hid)).join(changes, changes.c.id == history.c.change_id)
        .where(history.c.row_id.in_(among(sorted(ids))), history.c.op != MAKING, ~making)
        .where(func.substr(changes.c.at, 1, 10) > day.isoformat()).group_by(history.c.row_id)
    )  # fmt: skip
    query = select(history.c.row_id, *(history.c[key] for key in keys)).where(history.c.hid.in_(first_since))
    return {row_id: dict(zip(keys, values, strict=True)) for row_id, *values in connection.execute(query)}


def undo(transaction: Transaction, change_id: int, control: Control) -> tuple[int, list[Kept]]:
    """Take a change back: the number of rows reversed, and what was edited since and so was kept. DomainError
    ("undo.taken") where a value that may stand only once, such as an ID number, has gone to another record since."""
    try:
        return _undo(transaction, change_id, control)
    except IntegrityError as error:
        taken = _TAKEN.search(str(error.orig))
        if taken is None:
            raise
        register = transaction.schema.catalogue[taken["kind"]]
        label = register.field(taken["key"]).label
    raise DomainError("undo.taken", register=register.title, label=label)


def doubled(connection: Connection, schema: Schema, kind: str, keys: Sequence[str], change_id: int) -> int | None:
    """The first record that the change touched and that has another of its owner beside it, alike in these keys."""
    table, history = schema.tables[kind], schema.histories[kind]
    other = table.alias()
    alike = (schema.owner_column(schema.catalogue[kind]), *keys)
    touched = select(history.c.row_id).where(history.c.change_id == change_id)
    twin = select(other.c.id).where(other.c.id != table.c.id, *(other.c[key] == table.c[key] for key in alike))
    return connection.execute(select(table.c.id).where(table.c.id.in_(touched), twin.exists()).limit(1)).scalar_one_or_none()


def _undo(transaction: Transaction, change_id: int, control: Control) -> tuple[int, list[Kept]]:
    kept: list[Kept] = []
    reversed_rows = 0
    schema = transaction.schema
    steps = [(kind, op) for op, kinds in (("D", schema.owners_first), ("U", schema.owners_first),
                                          ("I", tuple(reversed(schema.owners_first)))) for kind in kinds]  # fmt: skip
    for number, (kind, op) in enumerate(steps):
        control.step(number, len(steps))
        count, left = _REVERSE[op](transaction, kind, change_id, control)
        reversed_rows += count
        kept += left
    return reversed_rows, kept


def _bring_back(transaction: Transaction, kind: str, change_id: int, control: Control) -> tuple[int, list[Kept]]:
    """Last gone, first back: within a register one row may belong to another."""
    control.step(0, None)
    rows = _history_rows(transaction, kind, change_id, DELETING)
    columns = [column.name for column in transaction.schema.tables[kind].c if column.name != "id"]
    transaction.insert_many(
        kind, [{"id": row["row_id"], **{name: row[name] for name in columns}} for row in reversed(rows)]
    )
    return len(rows), []


def _put_back(transaction: Transaction, kind: str, change_id: int, control: Control) -> tuple[int, list[Kept]]:
    """The values from before the change, where those that it left still stand. Rows changed last are put back first, so
    that a number that went from one to another finds its way back."""
    history = transaction.schema.histories[kind]
    touched = (
        select(history.c.row_id, func.min(history.c.hid), func.max(history.c.hid))
        .where(history.c.change_id == change_id, history.c.op == "U").group_by(history.c.row_id)
        .order_by(func.max(history.c.hid).desc())
    )  # fmt: skip
    rows = [tuple(row) for row in transaction.connection.execute(touched)]
    kept: list[Kept] = []
    for start in range(0, len(rows), AT_ONCE):
        control.step(start, len(rows))
        kept += _put_back_part(transaction, kind, rows[start : start + AT_ONCE])
    return len(rows), kept


def _put_back_part(transaction: Transaction, kind: str, rows: Sequence[tuple[Any, ...]]) -> list[Kept]:
    """(row id, first and last history row of the change) of some rows."""
    connection, history = transaction.connection, transaction.schema.histories[kind]
    table = transaction.schema.tables[kind]
    current = _by(connection, "id", select(table).where(table.c.id.in_(among([row[0] for row in rows]))))
    before = _by(connection, "hid", select(history).where(history.c.hid.in_(among([row[1] for row in rows]))))
    after = _states_after(transaction, kind, [row[2] for row in rows])
    names = [column.name for column in table.c if column.name != "id"]
    kept: list[Kept] = []
    back: list[tuple[int, dict[str, Any]]] = []
    for row_id, first, last in rows:
        stands, left = current.get(row_id), after.get(last) or current.get(row_id)
        if stands is None or left is None:
            kept.append(Kept(kind, row_id, ()))
            continue
        changed = [name for name in names if before[first][name] != left[name]]
        values = {name: before[first][name] for name in changed if stands[name] == left[name]}
        if values:
            back.append((row_id, values))
        if edited := tuple(name for name in changed if name not in values):
            kept.append(Kept(kind, row_id, edited))
    transaction.update_many(kind, back)
    return kept


def _states_after(transaction: Transaction, kind: str, hids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By history row: the record as that change left it, which is what the next change found. Without one it still
    stands so."""
    history = transaction.schema.histories[kind]
    this, later = history.alias("this"), history.alias("later")
    following = (
        select(func.min(later.c.hid)).where(later.c.row_id == this.c.row_id, later.c.hid > this.c.hid)
        .where(later.c.op != MAKING, later.c.change_id != transaction.change_id).correlate(this).scalar_subquery()
    )  # fmt: skip
    query = (
        select(this.c.hid.label("after"), history).select_from(this).join(history, history.c.hid == following)
        .where(this.c.hid.in_(among(hids)))
    )  # fmt: skip
    return _by(transaction.connection, "after", query)


def _by(connection: Connection, key: str, query: Select[Any]) -> dict[int, dict[str, Any]]:
    return {row[key]: row for row in rows_of(connection, query)}


def _take_out(transaction: Transaction, kind: str, change_id: int, control: Control) -> tuple[int, list[Kept]]:
    """Delete the rows that the change made, but for those edited since or with later rows hanging on them."""
    schema, connection = transaction.schema, transaction.connection
    table, history = schema.tables[kind], schema.histories[kind]
    made = select(history.c.row_id).where(history.c.change_id == change_id, history.c.op == MAKING)
    blocked = _edited_since(table, history, change_id, transaction.change_id)
    for child in (*schema.catalogue.children(kind), *_referring(schema, kind)):
        child_table, column = child if isinstance(child, tuple) else (schema.tables[child.key], None)
        column = column or f"{schema.catalogue[kind].singular}_id"
        blocked = blocked | select(child_table.c.id).where(child_table.c[column] == table.c.id).exists()
    standing = table.c.id.in_(made)
    kept = [Kept(kind, int(row[0]), ()) for row in connection.execute(select(table.c.id).where(standing, blocked))]
    control.step(0, None)
    ids = [int(row[0]) for row in connection.execute(select(table.c.id).where(standing, ~blocked).order_by(table.c.id))]
    connection.execute(delete(table).where(standing, ~blocked))
    return len(ids), [] if kind == "organisations" else kept


def _edited_since(table: Table, history: Table, change_id: int, but: int) -> ColumnElement[bool]:
    """Whether a row is no longer as the change made it: what was edited and put back since has nothing to lose."""
    later, as_made = history.alias("later"), history.alias("as_made")
    first = select(func.min(later.c.hid)).where(later.c.row_id == table.c.id, later.c.op != MAKING,
                                                later.c.change_id > change_id, later.c.change_id != but)  # fmt: skip
    other = or_(*(table.c[column.name].is_distinct_from(as_made.c[column.name])
                  for column in table.c if column.name != "id"))  # fmt: skip
    return select(as_made.c.hid).where(as_made.c.hid == first.correlate(table).scalar_subquery(), other).exists()


def _referring(schema: Schema, kind: str) -> list[tuple[Table, str]]:
    return [
        (schema.tables[register.key], field.key)
        for register in schema.catalogue.registers
        for field in register.fields
        if field.target == kind
    ]


def _history_rows(transaction: Transaction, kind: str, change_id: int, op: str) -> list[dict[str, Any]]:
    history = transaction.schema.histories[kind]
    query = select(history).where(history.c.change_id == change_id, history.c.op == op).order_by(history.c.hid)
    return rows_of(transaction.connection, query)


_REVERSE = {"D": _bring_back, "U": _put_back, "I": _take_out}


def batches(connection: Connection, schema: Schema) -> list[dict[str, Any]]:
    """Imports so far, newest first, with the change that took each back."""
    changes = schema.changes
    later = changes.alias("later")
    undone = select(func.max(later.c.id)).where(later.c.undoes == changes.c.id).scalar_subquery()
    query = select(changes, undone.label("undone_by")).where(changes.c.action == "import").order_by(changes.c.id.desc())
    return rows_of(connection, query)


def exists(connection: Connection, change_id: int) -> bool:
    return connection.execute(text("SELECT 1 FROM changes WHERE id = :id"), {"id": change_id}).first() is not None


def is_undone(connection: Connection, change_id: int, but: int) -> bool:
    """Whether a change other than `but` has taken this one back."""
    query = text("SELECT 1 FROM changes WHERE undoes = :id AND id != :but")
    return connection.execute(query, {"id": change_id, "but": but}).first() is not None
