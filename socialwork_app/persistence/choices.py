"""What a reference can point to."""

from typing import Any

from sqlalchemy import Connection, select

from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


def place_rows(connection: Connection, schema: Schema) -> list[dict[str, Any]]:
    table = schema.tables["places"]
    return rows_of(connection, select(table).order_by(table.c.code))


def organisation_ids(connection: Connection, schema: Schema) -> dict[str, int]:
    table = schema.tables["organisations"]
    return {name: int(row_id) for name, row_id in connection.execute(select(table.c.name, table.c.id))}


def labels(connection: Connection, schema: Schema, kind: str) -> list[tuple[int, str]]:
    """Row id and label of every row of a register that others refer to."""
    table = schema.tables[kind]
    label = table.c[schema.catalogue[kind].label_field]
    return [(int(row_id), str(name)) for row_id, name in connection.execute(select(table.c.id, label).order_by(label))]
