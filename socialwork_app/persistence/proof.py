"""What a file holds, told shortly: by this a copy is compared with the register as it stood when it was copied."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import seals
from socialwork_app.persistence.database import Database, connect, interruptible
from socialwork_app.persistence.migrate import counted

PAGES = 5_000
"""Of 4 KB each, copied between two looks whether to stop."""
COPYING = "复制"


@dataclass(frozen=True, slots=True)
class Held:
    """Rows by table, and the newest change with its seal."""

    counts: Mapping[str, int]
    newest: int
    seal: str

    def differs_from(self, other: "Held") -> str:
        """The tables that are not alike, "" where all are."""
        names = sorted(self.counts.keys() | other.counts.keys())
        found = [name for name in names if self.counts.get(name) != other.counts.get(name)]
        if not found and (self.newest, self.seal) != (other.newest, other.seal):
            found = ["changes"]
        return "、".join(found)


def copy(source: Path, target: Path, key: bytes, control: Control) -> Held:
    """Copies the file beside a working writer, and gives what the register held in the very state that was copied.

    It goes in steps within one read: without that a busy writer would make the copy begin again and again.
    """

    def tell(_status: int, left: int, total: int) -> None:
        control.step(total - left, total, COPYING)

    reading, writing = connect(source, key), connect(target, key, create=True)
    try:
        reading.execute("BEGIN")
        with interruptible(reading, control):
            standing = _held(reading)
        writing.execute("PRAGMA journal_mode = DELETE")  # else every page is written twice
        reading.backup(writing, pages=PAGES, progress=tell)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing left beside it
    finally:
        reading.close()
        writing.close()
    return standing


def held(path: Path, key: bytes) -> Held:
    connection = connect(path, key)
    try:
        return _held(connection)
    finally:
        connection.close()


def breaks(path: Path, key: bytes, control: Control) -> list[seals.Break]:
    """Where the log of a file does not hold."""
    database = Database(path, key)
    try:
        with database.read() as connection:
            return seals.verify(connection, control)
    finally:
        database.close()


def changed_since(connection: Connection, change_id: int, quiet: Sequence[str]) -> bool:
    """Whether anything but these actions came after a change."""
    query = text("SELECT 1 FROM changes WHERE id > :id AND action NOT IN (SELECT value FROM json_each(:quiet)) LIMIT 1")
    return connection.execute(query, {"id": change_id, "quiet": json.dumps(quiet)}).first() is not None


def _held(connection: Any) -> Held:
    sealed = connection.execute("SELECT 1 FROM pragma_table_info('changes') WHERE name = 'seal'").fetchone()
    seal = "coalesce(seal, '')" if sealed else "''"  # a backup may be older than the seals
    newest = connection.execute(f"SELECT id, {seal} FROM changes ORDER BY id DESC LIMIT 1").fetchone() or (0, "")  # noqa: S608
    return Held(counted(connection), int(newest[0]), str(newest[1]))
