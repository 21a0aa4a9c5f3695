"""The log as a list: changes, newest or oldest first, and which records each of them touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


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
    connection: Connection, schema: Schema, change_id: int, kind: str, first: int, size: int
) -> list[tuple[int, str]]:
    """Of one register, the records that a change touched: row id, and I, D or U."""
    history = schema.histories[kind]
    ops = func.group_concat(history.c.op.distinct())
    query = (
        select(history.c.row_id, ops).where(history.c.change_id == change_id).group_by(history.c.row_id)
        .order_by(history.c.row_id).offset(first).limit(size)
    )  # fmt: skip
    return [(row_id, next(op for op in "IDU" if op in found)) for row_id, found in connection.execute(query)]


def touched(connection: Connection, schema: Schema, change_ids: Iterable[int]) -> dict[int, list[Touched]]:
    """By change."""
    wanted = among(sorted(change_ids))
    found: dict[int, list[Touched]] = {}
    for kind, history in schema.histories.items():
        others = func.sum(history.c.op != "I")
        query = (
            select(history.c.change_id, func.count(history.c.row_id.distinct()), func.min(history.c.row_id), others)
            .where(history.c.change_id.in_(wanted)).group_by(history.c.change_id)
        )  # fmt: skip
        for change_id, records, row_id, changed in connection.execute(query):
            found.setdefault(change_id, []).append(Touched(kind, records, row_id, not changed))
    return found
