"""The log as a list: changes, newest or oldest first, and which records each of them touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of

FEW = 1_000  # rows of a change that are looked at one by one, while a list waits


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes; days of both ends belong to it. `until`: no change after this number, so that pages stay in step."""

    since: date | None = None
    to: date | None = None
    by: str = ""
    action: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """Records of one register that a change touched: how many, one of them, and whether all of them were new."""

    kind: str
    count: int
    row_id: int
    all_new: bool


def count(connection: Connection, schema: Schema, asked: Asked) -> int:
    query = select(func.count()).select_from(schema.changes).where(*_conditions(schema, asked))
    return int(connection.execute(query).scalar_one())


def page(
    connection: Connection, schema: Schema, asked: Asked, first: int, size: int, *, oldest_first: bool = False
) -> list[dict[str, Any]]:
    number = schema.changes.c.id
    query = select(schema.changes).where(*_conditions(schema, asked))
    query = query.order_by(number if oldest_first else number.desc())
    return rows_of(connection, query.offset(first).limit(size))


def _conditions(schema: Schema, asked: Asked) -> list[ColumnElement[bool]]:
    changes = schema.changes.c
    day = func.substr(changes.at, 1, 10)
    given: Sequence[tuple[object, ColumnElement[bool]]] = (
        (asked.since, day >= str(asked.since)),
        (asked.to, day <= str(asked.to)),
        (asked.by, changes.by == asked.by),
        (asked.action, changes.action == asked.action),
        (asked.until, changes.id <= (asked.until or 0)),
    )
    return [condition for value, condition in given if value]


def values(connection: Connection, schema: Schema, key: str) -> list[str]:
    """What ever stood in a column of the changes, such as who made them."""
    column = schema.changes.c[key]
    return sorted(connection.execute(select(column).distinct()).scalars())


def records_of(
    connection: Connection, schema: Schema, change_id: int, touched: Touched, first: int, size: int
) -> list[tuple[int, str]]:
    """Of one register, the records that a change touched: row id, and I, D or U."""
    history = schema.histories[touched.kind]
    query = select(history.c.row_id, history.c.op).where(history.c.change_id == change_id).order_by(history.c.hid)
    if touched.count <= FEW:
        ops = func.group_concat(history.c.op.distinct())
        query = select(history.c.row_id, ops).where(history.c.change_id == change_id)
        query = query.group_by(history.c.row_id).order_by(history.c.row_id)
    found = connection.execute(query.offset(first).limit(size))
    return [(row_id, next(op for op in "IDU" if op in ops)) for row_id, ops in found]


def touched(connection: Connection, schema: Schema, change_ids: Iterable[int]) -> dict[int, list[Touched]]:
    """By change."""
    wanted = among(sorted(change_ids))
    found: dict[int, list[Touched]] = {}
    for kind, history in schema.histories.items():
        rows = (
            select(history.c.change_id, func.count(), func.min(history.c.hid))
            .where(history.c.change_id.in_(wanted)).group_by(history.c.change_id)
        )  # fmt: skip
        for change_id, count_of_rows, first in connection.execute(rows):
            one = _of_few if count_of_rows <= FEW else _of_many
            found.setdefault(change_id, []).append(one(connection, history, kind, change_id, count_of_rows, first))
    return found


def _of_few(connection: Connection, history: Table, kind: str, change_id: int, _rows: int, _first: int) -> Touched:
    changed = func.sum(history.c.op != "I")
    query = select(func.count(history.c.row_id.distinct()), func.min(history.c.row_id), changed)
    records, row_id, old = connection.execute(query.where(history.c.change_id == change_id)).one()
    return Touched(kind, records, row_id, not old)


def _of_many(connection: Connection, history: Table, kind: str, _change_id: int, rows: int, first: int) -> Touched:
    """Without looking at each: a record that the change touched twice counts twice."""
    row_id, op = connection.execute(select(history.c.row_id, history.c.op).where(history.c.hid == first)).one()
    return Touched(kind, rows, row_id, op == "I")
