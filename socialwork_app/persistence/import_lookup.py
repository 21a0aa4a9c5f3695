"""What stands already of the people and certificates that a file names, fetched in a few queries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from socialwork_app.persistence.by_person import run
from socialwork_app.persistence.schema import Schema


def rows_where(
    connection: Connection, schema: Schema, kind: str, values: Mapping[str, Iterable[Any]], wanted: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Rows of a register that have, in each of these columns, one of its values; nothing among them is passed over.

    The values go as one array: a mark for each would be hundreds of queries for a large file.
    `wanted`: the columns that are read; without them all.
    """
    table = schema.tables[kind]
    if connection.execute(select(table.c.id).limit(1)).first() is None:
        return []
    given = {column: sorted({value for value in some if value}) for column, some in values.items()}
    if not all(given.values()):
        return []
    columns = wanted or table.c.keys()
    query = select(*(table.c[name] for name in columns))
    query = query.where(*(table.c[column].in_(_each(some)) for column, some in given.items()))
    return [dict(zip(columns, row, strict=True)) for row in run(connection, query)]


def _each(values: Sequence[Any]) -> Select[Any]:
    return select(func.json_each(json.dumps(values)).table_valued("value").c.value)


def newest_change(connection: Connection, schema: Schema) -> int:
    return int(connection.execute(select(func.coalesce(func.max(schema.changes.c.id), 0))).scalar_one())
