"""What the log knows of records that were made one with another."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from socialwork_app.domain import merging
from socialwork_app.persistence.history import DELETING, Entry
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of

MERGE = "merge"


def last_changed(connection: Connection, schema: Schema, kind: str, row_id: int) -> int:
    """The change by which the record came to be as it is."""
    history = schema.histories[kind]
    newest = select(func.coalesce(func.max(history.c.change_id), 0)).where(history.c.row_id == row_id)
    return int(connection.execute(newest).scalar_one())


def merged_into(connection: Connection, schema: Schema, keep: int) -> dict[int, int]:
    """By change, the people who came to this record, but for those who were parted from it again."""
    changes, later = schema.changes, schema.changes.alias("later")
    undone = select(later.c.id).where(later.c.undoes == changes.c.id).exists()
    query = select(changes.c.id, changes.c.detail).where(changes.c.action == MERGE, ~undone)
    found = connection.execute(query.where(changes.c.detail.endswith(merging.ending(keep))))
    return {change: int(detail.split()[0]) for change, detail in found}


def gone(connection: Connection, schema: Schema, change_id: int) -> Iterator[Entry]:
    """What stood in the records that a change took out, a field an entry."""
    changes = schema.changes
    for kind, history in schema.histories.items():
        query = select(history, changes.c.at, changes.c.by, changes.c.action).join(
            changes, changes.c.id == history.c.change_id
        )
        for row in rows_of(connection, query.where(history.c.change_id == change_id, history.c.op == DELETING)):
            for key in schema.catalogue[kind].field_keys():
                if row[key] is not None:
                    yield Entry(change_id, row["at"], row["by"], row["action"], kind, row["row_id"], "U", key,
                                row[key], None)  # fmt: skip
