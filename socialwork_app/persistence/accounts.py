"""Who may work in the register, as it stands inside the encrypted file, and their sign-ins in the log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, literal_column, select, update

from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


def new_row(name: str, role: str, at: datetime) -> dict[str, Any]:
    return {"name": name, "role": str(role), "disabled": 0, "made_at": at.isoformat(timespec="seconds")}


def all_accounts(connection: Connection, schema: Schema) -> list[dict[str, Any]]:
    """In the order in which they were made."""
    return rows_of(connection, select(schema.account).order_by(literal_column("rowid")))


def add(connection: Connection, schema: Schema, values: Mapping[str, Any]) -> None:
    connection.execute(insert(schema.account).values(dict(values)))


def set_values(connection: Connection, schema: Schema, name: str, values: Mapping[str, Any]) -> None:
    connection.execute(update(schema.account).where(schema.account.c.name == name).values(dict(values)))


def last_sign_ins(connection: Connection, schema: Schema) -> dict[str, tuple[int, str]]:
    """The change and its time, by account."""
    changes = schema.changes
    query = select(changes.c.by, func.max(changes.c.id), changes.c.at).where(changes.c.action == "sign_in")
    return {row[0]: (int(row[1]), str(row[2])) for row in connection.execute(query.group_by(changes.c.by))}


def failed_since(connection: Connection, schema: Schema, change_id: int) -> list[dict[str, Any]]:
    """Failed tries that came into the log after this change."""
    changes = schema.changes
    query = select(changes.c.by, changes.c.detail).where(changes.c.action == "sign_in_failed", changes.c.id > change_id)
    return rows_of(connection, query.order_by(changes.c.id))
