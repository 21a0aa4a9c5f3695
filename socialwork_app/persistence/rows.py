"""Rows as they are stored, one or many, and the few tables that are no register: settings, remembered headers, contents."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from socialwork_app.persistence.by_person import run
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


def settings(connection: Connection, schema: Schema) -> dict[str, str]:
    return {row["key"]: row["value"] for row in rows_of(connection, select(schema.setting))}


def set_setting(connection: Connection, schema: Schema, key: str, value: str) -> None:
    connection.execute(delete(schema.setting).where(schema.setting.c.key == key))
    connection.execute(insert(schema.setting).values(key=key, value=value))


def header_mapping(connection: Connection, schema: Schema, kind: str, headers: str) -> dict[str, str]:
    """Header → field key as the officer matched them when a sheet with these headers came last."""
    table = schema.header_memory
    query = select(table.c.mapping).where(table.c.kind == kind, table.c.headers == headers)
    found = connection.execute(query).scalar()
    return json.loads(found) if found else {}


def remember_headers(
    connection: Connection, schema: Schema, kind: str, headers: str, mapping: Mapping[str, str]
) -> None:
    table = schema.header_memory
    connection.execute(delete(table).where(table.c.kind == kind, table.c.headers == headers))
    row = {"kind": kind, "headers": headers, "mapping": json.dumps(dict(mapping), ensure_ascii=False)}
    connection.execute(insert(table).values(row))


def store_content(connection: Connection, schema: Schema, digest: str, data: bytes) -> None:
    table = schema.content
    if connection.execute(select(table.c.digest).where(table.c.digest == digest)).first() is None:
        connection.execute(insert(table).values(digest=digest, data=data))


def content(connection: Connection, schema: Schema, digest: str) -> bytes | None:
    return connection.execute(select(schema.content.c.data).where(schema.content.c.digest == digest)).scalar()


def all_rows(connection: Connection, schema: Schema, kind: str) -> list[dict[str, Any]]:
    """Of a small register, such as the rules."""
    return rows_of(connection, select(schema.tables[kind]).order_by(schema.tables[kind].c.id))


def change(connection: Connection, schema: Schema, change_id: int) -> dict[str, Any] | None:
    """One row of the log."""
    found = rows_of(connection, select(schema.changes).where(schema.changes.c.id == change_id))
    return found[0] if found else None


def record(connection: Connection, schema: Schema, kind: str, row_id: int) -> dict[str, Any] | None:
    """One row as it is stored, references as row ids."""
    table = schema.tables[kind]
    found = rows_of(connection, select(table).where(table.c.id == row_id))
    return found[0] if found else None


def child_rows(connection: Connection, schema: Schema, kind: str, owner_column: str, owner_id: int) -> list[int]:
    table = schema.tables[kind]
    return [int(row[0]) for row in connection.execute(select(table.c.id).where(table.c[owner_column] == owner_id))]


def find_ids(connection: Connection, schema: Schema, kind: str, values: Mapping[str, Any]) -> list[int]:
    """Row ids with exactly these stored values."""
    table = schema.tables[kind]
    query = select(table.c.id)
    for key, value in values.items():
        query = query.where(table.c[key] == value)
    return [int(row[0]) for row in connection.execute(query.limit(50))]


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
    query = query.where(*(table.c[column].in_(among(some)) for column, some in given.items()))
    return [dict(zip(columns, row, strict=True)) for row in run(connection, query)]


def among(values: Sequence[Any]) -> Select[Any]:
    """Many values to compare a column with, as one array."""
    return select(func.json_each(json.dumps(values)).table_valued("value").c.value)


def values_of(connection: Connection, schema: Schema, kind: str, key: str, ids: Iterable[int]) -> dict[int, Any]:
    """One field of many records, by row id."""
    return {row["id"]: row[key] for row in rows_where(connection, schema, kind, {"id": ids}, ("id", key))}
