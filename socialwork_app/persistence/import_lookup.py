"""What stands already of the people and certificates that a file names, fetched in a few queries."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of

CHUNK = 500


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def rows_where(
    connection: Connection, schema: Schema, kind: str, column: str, values: Iterable[Any]
) -> list[dict[str, Any]]:
    """Rows of a register whose column has one of these values; nothing among them is passed over."""
    table = schema.tables[kind]
    query: Select[Any] = select(table)
    if connection.execute(select(table.c.id).limit(1)).first() is None:
        return []
    return [
        row
        for part in chunks(sorted(set(filter(None, values))))
        for row in rows_of(connection, query.where(table.c[column].in_(part)))
    ]


def newest_change(connection: Connection, schema: Schema) -> int:
    return int(connection.execute(select(func.coalesce(func.max(schema.changes.c.id), 0))).scalar_one())
