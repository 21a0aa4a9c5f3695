"""One use case, one transaction: it names its change, and silence means rollback."""

import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable, delete, insert, select, text, update

from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence import seals, search
from socialwork_app.persistence.database import Database
from socialwork_app.persistence.schema import Schema, guard, triggers

SET_BACK = "clock"  # the action by which the log says that the machine's clock was set back
SLIGHT = timedelta(minutes=1)  # what a clock is corrected by in passing
DAY = len("2026-01-01")


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
        self._names: set[str] = set()  # that people were given

    def _begin(self, info: ChangeInfo) -> int:
        return self._add(info, self._not_before_the_last(info))

    def _add(self, info: ChangeInfo, at: str) -> int:
        row = {"at": at, "by": info.by, "action": info.action, "kind": info.kind,
               "detail": info.detail, "undoes": info.undoes}  # fmt: skip
        result = self.connection.execute(insert(self.schema.changes).values(row))
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    def _not_before_the_last(self, info: ChangeInfo) -> str:
        """When the change is, as the log has it. Where the machine's clock was set back, time stands still in the log
        until it is caught up with, and the log says so, once a day of that clock."""
        changes = self.schema.changes
        last = self.connection.execute(select(changes.c.at).order_by(changes.c.id.desc()).limit(1)).scalar()
        now = info.at.isoformat(timespec="seconds")
        if last is None or datetime.fromisoformat(now) >= datetime.fromisoformat(last):
            return now
        told = select(changes.c.id).where(changes.c.at == last, changes.c.action == SET_BACK)
        told = told.where(changes.c.detail.startswith(now[:DAY]))
        gap = datetime.fromisoformat(last) - datetime.fromisoformat(now)
        if gap > SLIGHT and self.connection.execute(told).first() is None:
            self._add(ChangeInfo(info.at, info.by, SET_BACK, detail=now), last)
        return last

    def insert(self, kind: str, values: Mapping[str, Value]) -> int:
        """With a row id that no row had before, unless one is given."""
        row_id = values.get("id") or self.next_id(kind)
        self.connection.execute(insert(self.schema.tables[kind]).values({**values, "id": row_id}))
        self._named(kind, values)
        return int(row_id)

    def insert_many(self, kind: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Rows with one and the same set of keys, "id" among them.

        Straight to the driver: building a dictionary a row costs as much as the insert.
        """
        if not rows:
            return
        columns = [key for key in rows[0] if any(row[key] is not None for row in rows)]  # the driver is slow with None
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        run = self.connection.exec_driver_sql
        with self._trigger_aside(kind, "I"):
            run(f'INSERT INTO "{kind}" ({names}) VALUES ({marks})', list(map(itemgetter(*columns), rows)))  # noqa: S608
            run(f"INSERT INTO \"{kind}_history\" (change_id, op, row_id) SELECT ?, 'I', value FROM json_each(?)",  # noqa: S608
                (self.change_id, json.dumps([row["id"] for row in rows])))  # fmt: skip
        if kind == "people":
            self._names.update(str(row["name"]) for row in rows)

    @contextmanager
    def _trigger_aside(self, kind: str, op: str) -> Generator[None, None, None]:
        """For many rows, whose history is written in one statement: the trigger would take half as long again as they."""
        names = f"{kind}_history_{op}", guard(kind)
        for name in names:
            self.connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for name in names:
            self.connection.exec_driver_sql(triggers(self.schema, kind)[name])

    @contextmanager
    def indexes_aside(self, kind: str) -> Generator[None, None, None]:
        """The table without its indexes but the unique ones, which are made anew at the end: that costs a third of
        entering each of many rows. Where it is broken off, the rollback brings them back."""
        run = self.connection.exec_driver_sql
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX%'"
        laid_aside = run(query, (kind,)).all()
        for name, _ in laid_aside:
            run(f'DROP INDEX "{name}"')
        yield
        for _, statement in laid_aside:
            run(statement)

    def update(self, kind: str, row_id: int, values: Mapping[str, Value]) -> None:
        self._named(kind, values)
        table = self.schema.tables[kind]
        self.connection.execute(update(table).where(table.c.id == row_id).values(dict(values)))

    def update_many(self, kind: str, changes: Iterable[tuple[int, Mapping[str, Value]]]) -> None:
        """(row id, values) of many rows, straight to the driver, one statement for all with the same keys.

        Rows with a value that may stand only once keep their order: one may take what another gives up.
        """
        unique = {field.key for field in self.schema.catalogue[kind].fields if field.unique}
        alike: dict[tuple[str, ...], list[tuple[Value, ...]]] = {}
        in_order: list[tuple[tuple[str, ...], list[tuple[Value, ...]]]] = []
        ids: list[int] = []
        for row_id, values in changes:
            self._named(kind, values)
            ids.append(row_id)
            names, row = tuple(values), (*values.values(), row_id)
            if unique.isdisjoint(names):
                alike.setdefault(names, []).append(row)
            elif in_order and in_order[-1][0] == names:
                in_order[-1][1].append(row)
            else:
                in_order.append((names, [row]))
        if not ids:
            return
        with self._trigger_aside(kind, "U"):
            self._keep(kind, ids)
            for names, rows in (*in_order, *alike.items()):
                marks = ", ".join(f'"{name}" = ?' for name in names)
                self.connection.exec_driver_sql(f'UPDATE "{kind}" SET {marks} WHERE id = ?', rows)  # noqa: S608 - own names

    def _keep(self, kind: str, ids: Sequence[int]) -> None:
        """In the history, what stands in these rows."""
        names = ", ".join(f'"{column.name}"' for column in self.schema.tables[kind].c if column.name != "id")
        self.connection.exec_driver_sql(
            f'INSERT INTO "{kind}_history" (change_id, op, row_id, {names}) '  # noqa: S608 - own names
            f"SELECT ?, 'U', id, {names} FROM \"{kind}\" WHERE id IN (SELECT value FROM json_each(?))",
            (self.change_id, json.dumps(ids)),
        )

    def delete(self, kind: str, row_id: int) -> None:
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

    def commit(self) -> None:
        search.write(self.connection, self._names)
        seals.seal(self.connection, self.change_id)
        self.connection.commit()

    def _named(self, kind: str, values: Mapping[str, Value]) -> None:
        if kind == "people" and values.get("name"):
            self._names.add(str(values["name"]))


@contextmanager
def transaction(database: Database, schema: Schema, info: ChangeInfo) -> Generator[Transaction, None, None]:
    with database.write() as connection:
        yield Transaction(connection, schema, info)


def rows_of(connection: Connection, statement: Executable) -> list[dict[str, Any]]:
    result = connection.execute(statement)
    keys = tuple(result.keys())
    return [dict(zip(keys, row, strict=True)) for row in result.all()]
