"""What stands already of the people and certificates that a file names, fetched in a few queries."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


def rows_where(
    connection: Connection, schema: Schema, kind: str, column: str, values: Iterable[Any], wanted: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Rows of a register whose column has one of these values; nothing among them is passed over.

    The values go as one array: a mark for each would be hundreds of queries for a large file.
    `wanted`: the columns that are read; without them all.
    """
    table = schema.tables[kind]
    if connection.execute(select(table.c.id).limit(1)).first() is None:
        return []
    given: list[Any] = sorted({value for value in values if value})
    if not given:
        return []
    one_of = select(func.json_each(json.dumps(given)).table_valued("value").c.value)
    query = select(*(table.c[name] for name in wanted or table.c.keys()))
    return rows_of(connection, query.where(table.c[column].in_(one_of)))


def newest_change(connection: Connection, schema: Schema) -> int:
    return int(connection.execute(select(func.coalesce(func.max(schema.changes.c.id), 0))).scalar_one())
