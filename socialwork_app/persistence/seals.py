"""The chain of changes. Each commit seals its change: a hash over the seal before, the change and all history written
since. What is edited, taken out or put in later no longer fits the seals that stand.

The hash is fed from the file, not from the declarations: a table's columns in the order in which they stand there, without
the empty ones at the end. So a column that a migration adds leaves old seals valid; one that is renamed, moved or
filled does not.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from socialwork_app.foundation.jobs import Control

HEAD = "log_head"
"""The setting with the newest change and its seal. The next seal goes on from there, so an end that was cut off shows."""
NOT_SEALED = ("seal",)
ALWAYS_FILLED = 4  # columns of a history row before the values: its number, the change, what was done, the record
ROWS_AT_ONCE = 1_000
Row = tuple[int, str]
"""The number of a change, and what stands in the row."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: in this change, or in those up to it from `first` on. `at` is "" where it is gone."""

    first: int
    change_id: int
    at: str = ""
    by: str = ""
    action: str = ""


def seal(connection: Connection, change_id: int) -> None:
    """Seal the newest change, and what was never sealed before it."""
    last, before = _head(connection)
    which = f"BETWEEN {last + 1} AND {change_id}"
    hashed = _begun(before)
    for name in _written(connection, which):
        _feed(hashed, name, _read(connection, name, which))
    made = hashed.hexdigest()
    connection.exec_driver_sql("UPDATE changes SET seal = ? WHERE id = ?", (made, change_id))
    head = json.dumps([change_id, made])
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (HEAD, head))


def seal_what_stands(connection: Connection) -> None:
    """After an upgrade: what changed before there were seals."""
    newest = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM changes").scalar_one()
    if newest > _head(connection)[0]:
        seal(connection, newest)


def verify(connection: Connection, control: Control) -> list[Break]:
    """Go through the whole log. The connection must see one state of the file."""
    streams = {name: _Stream(control.each(_read(connection, name))) for name in _tables(connection)}
    found: list[Break] = []
    before, first, standing = "", 1, 0
    changes = connection.exec_driver_sql("SELECT id, at, by, action, seal FROM changes ORDER BY id")
    for standing, at, by, action, sealed in changes:
        if sealed is None:
            continue
        hashed = _begun(before)
        for name, stream in streams.items():
            _feed(hashed, name, stream.up_to(standing))
        if hashed.hexdigest() != sealed:
            found.append(Break(first, standing, at, by, action))
        before, first = sealed, standing + 1
    return [*found, *_end(connection, streams.values(), first, standing, before)]


def _end(
    connection: Connection, streams: "Iterable[_Stream]", first: int, standing: int, last_seal: str
) -> Iterator[Break]:
    """What follows the last seal, where nothing may, or a last change that is no longer there."""
    known, sealed = _head(connection)
    left = max((stream.last for stream in streams), default=0)
    if first <= max(standing, left):
        yield Break(first, max(standing, left))
    elif known != standing:
        yield Break(min(known, standing) + 1, max(known, standing))
    elif sealed != last_seal:
        yield Break(standing, standing)


def _head(connection: Connection) -> tuple[int, str]:
    found = connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (HEAD,)).scalar()
    change_id, sealed = json.loads(found) if found else (0, "")
    return int(change_id), str(sealed)


def _begun(before: str) -> Any:
    return hashlib.sha256(before.encode())


def _feed(hashed: Any, name: str, rows: Iterator[Row]) -> None:
    """A table without rows leaves no trace, so that seals outlast a table that a migration adds."""
    texts = map(itemgetter(1), rows)
    part = "".join(islice(texts, ROWS_AT_ONCE))
    if part:
        hashed.update(name.encode())
    while part:
        hashed.update(part.encode())
        part = "".join(islice(texts, ROWS_AT_ONCE))


def _tables(connection: Connection) -> list[str]:
    """What is sealed."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_history' ESCAPE '\\' ORDER BY name"
    return ["changes", *connection.exec_driver_sql(query).scalars()]


def _written(connection: Connection, which: str) -> list[str]:
    """The tables among them that have rows of these changes: mostly three of forty."""
    asked = (
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\" WHERE {_change_in(name)} {which})"  # noqa: S608 - own names
        for name in _tables(connection)
    )
    return list(connection.exec_driver_sql(" UNION ALL ".join(asked)).scalars())


def _change_in(name: str) -> str:
    return "id" if name == "changes" else "change_id"


def _read(connection: Connection, name: str, which: str = "> 0") -> Iterator[Row]:
    """The rows of some changes or of all, in one order. Straight from the driver: there may be a million."""
    change = _change_in(name)
    order = change if name == "changes" else f"{change}, hid"
    told = _told(connection, name)
    query = f'SELECT {change}, {told} FROM "{name}" WHERE {change} {which} ORDER BY {order}'  # noqa: S608 - own names
    cursor: Any = connection.exec_driver_sql(query).cursor
    return iter(cursor)


def _told(connection: Connection, name: str) -> str:
    """An expression for all that stands in a row. The second way to the same text is for rows that have nothing but
    their first columns, as those of new records."""
    found = connection.exec_driver_sql("SELECT name FROM pragma_table_info(?) ORDER BY cid", (name,)).scalars()
    columns = [f'"{column}"' for column in found if column not in NOT_SEALED]
    first, others = ", ".join(columns[:ALWAYS_FILLED]), ", ".join(columns[ALWAYS_FILLED:])
    whole = f"rtrim(json_array({first}, {others}), ',nul]')"
    return f"iif(coalesce({others}) IS NULL, rtrim(json_array({first}), ',nul]'), {whole})"


class _Stream:
    """The rows of one table, handed out change by change."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._ahead = next(rows, None)

    def up_to(self, change_id: int) -> Iterator[Row]:
        """Those of the changes up to this one that were not handed out yet."""
        while self._ahead is not None and self._ahead[0] <= change_id:
            yield self._ahead
            self._ahead = next(self._rows, None)

    @property
    def last(self) -> int:
        """The highest change among those left; goes through them."""
        highest = 0
        while self._ahead is not None:
            highest, self._ahead = self._ahead[0], next(self._rows, None)
        return highest
