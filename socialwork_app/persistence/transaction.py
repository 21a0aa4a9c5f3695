"""One use case, one transaction: it names its change, and silence means rollback."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable, delete, insert, select, text, update

from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence import search
from socialwork_app.persistence.database import Database
from socialwork_app.persistence.schema import Schema


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """What the change is called in the history: `action` is save, delete, import, undo, export, …"""

    at: datetime
    by: str
    action: str
    kind: str = ""
    detail: str = ""
    undoes: int | None = None


class Transaction:
    """Writes rows inside one change. History is written by the tables' triggers, search keys by `commit`."""

    def __init__(self, connection: Connection, schema: Schema, info: ChangeInfo) -> None:
        self.connection = connection
        self.schema = schema
        self.change_id = self._begin(info)
        self._touched_people: set[int] = set()

    def _begin(self, info: ChangeInfo) -> int:
        row = {"at": info.at.isoformat(timespec="seconds"), "by": info.by, "action": info.action, "kind": info.kind,
               "detail": info.detail, "undoes": info.undoes}  # fmt: skip
        result = self.connection.execute(insert(self.schema.changes).values(row))
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    def insert(self, kind: str, values: Mapping[str, Value]) -> int:
        table = self.schema.tables[kind]
        if kind == "certificates":
            self.touch_people([int(values["person_id"] or 0)])
        result = self.connection.execute(insert(table).values(dict(values)))
        key = result.inserted_primary_key
        assert key is not None
        if kind == "people":
            self._touched_people.add(int(key[0]))
        return int(key[0])

    def insert_many(self, kind: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Rows with one and the same set of keys, "id" among them. People concerned are touched by the caller.

        Straight to the driver: building a dictionary a row costs as much as the insert.
        """
        if rows:
            columns = list(rows[0])
            names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{self.schema.tables[kind].name}" ({names}) VALUES ({marks})'  # noqa: S608
            self.connection.exec_driver_sql(statement, list(map(itemgetter(*columns), rows)))

    def update(self, kind: str, row_id: int, values: Mapping[str, Value]) -> None:
        self._touch(kind, row_id)
        table = self.schema.tables[kind]
        self.connection.execute(update(table).where(table.c.id == row_id).values(dict(values)))

    def delete(self, kind: str, row_id: int) -> None:
        self._touch(kind, row_id)
        table = self.schema.tables[kind]
        self.connection.execute(delete(table).where(table.c.id == row_id))

    def next_id(self, kind: str) -> int:
        """The next free row id. Ids of deleted rows are not given again: history names them."""
        name, history = self.schema.tables[kind].name, self.schema.histories[kind].name
        query = text(f'SELECT max(coalesce((SELECT max(id) FROM "{name}"), 0), '  # noqa: S608 - own table names
                     f'coalesce((SELECT max(row_id) FROM "{history}"), 0)) + 1')  # fmt: skip
        return int(self.connection.execute(query).scalar_one())

    def count(self, created: int, updated: int) -> None:
        changes = self.schema.changes
        self.connection.execute(
            update(changes).where(changes.c.id == self.change_id).values(created=created, updated=updated)
        )

    def touch_people(self, ids: Iterable[int]) -> None:
        """Say before writing that what these people are found by may change."""
        fresh = sorted(set(ids) - self._touched_people)
        search.forget(self.connection, self.schema, fresh)
        self._touched_people.update(fresh)

    def touch_new_people(self, ids: Iterable[int]) -> None:
        """The same for people who have no keys yet."""
        self._touched_people.update(ids)

    def commit(self) -> None:
        search.write(self.connection, self.schema, sorted(self._touched_people))
        self.connection.commit()

    def _touch(self, kind: str, row_id: int) -> None:
        if kind == "people":
            self.touch_people([row_id])
        elif kind == "certificates":
            table = self.schema.tables[kind]
            owner = self.connection.execute(select(table.c.person_id).where(table.c.id == row_id)).scalar_one()
            self.touch_people([int(owner)])


@contextmanager
def transaction(database: Database, schema: Schema, info: ChangeInfo) -> Generator[Transaction, None, None]:
    with database.write() as connection:
        yield Transaction(connection, schema, info)


def rows_of(connection: Connection, statement: Executable) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement).mappings()]
