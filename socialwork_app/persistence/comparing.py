"""Two files of one register side by side: what stands in one of them only, and what is not alike."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.database import Database, connect, interruptible
from socialwork_app.persistence.schema import Schema

Figures = tuple[int, int, int, int, int]
"""Records there and here, only there, only here, changed."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The last thing that somebody did."""

    at: str
    by: str
    action: str


@dataclass(frozen=True, slots=True)
class Compared:
    """`same`: False where both name their register and it is not the same one."""

    same: bool
    figures: Mapping[str, Figures]
    newest_there: Newest | None
    newest_here: Newest | None


def compare(
    here: Database, there: tuple[Path, bytes], schema: Schema, quiet: tuple[str, ...], name: str, control: Control
) -> Compared:
    """`there`: a file of the same revision with its key. `quiet`: actions that change nothing. `name`: the setting that
    tells registers apart."""
    with closing(connect(here.path, here.key)) as connection:
        path, key = there
        connection.execute("ATTACH DATABASE ? AS there KEY \"x'" + key.hex() + "'\"", (str(path),))
        connection.execute("BEGIN")
        with interruptible(connection, control):
            figures = {kind: _figures(connection, kind, _columns(schema, kind)) for kind in schema.tables}
        names = [_setting(connection, place, name) for place in ("there", "main")]
        newest = [_newest(connection, place, quiet) for place in ("there", "main")]
        connection.execute("ROLLBACK")
    return Compared(not all(names) or names[0] == names[1], figures, *newest)


def _columns(schema: Schema, kind: str) -> list[str]:
    return [column.name for column in schema.tables[kind].c if column.name != "id"]


def _figures(connection: Any, kind: str, columns: list[str]) -> Figures:
    def number(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    unlike = " OR ".join(f'a."{name}" IS NOT b."{name}"' for name in columns)
    return (
        number(f'SELECT count(*) FROM there."{kind}"'),  # noqa: S608 - table names are our own
        number(f'SELECT count(*) FROM main."{kind}"'),  # noqa: S608
        number(f'SELECT count(*) FROM there."{kind}" WHERE id NOT IN (SELECT id FROM main."{kind}")'),  # noqa: S608
        number(f'SELECT count(*) FROM main."{kind}" WHERE id NOT IN (SELECT id FROM there."{kind}")'),  # noqa: S608
        number(f'SELECT count(*) FROM main."{kind}" a JOIN there."{kind}" b USING (id) WHERE {unlike}'),  # noqa: S608
    )


def _setting(connection: Any, place: str, name: str) -> str:
    found = connection.execute(f"SELECT value FROM {place}.setting WHERE key = ?", (name,)).fetchone()  # noqa: S608
    return str(found[0]) if found else ""


def _newest(connection: Any, place: str, quiet: tuple[str, ...]) -> Newest | None:
    marks = ", ".join("?" * len(quiet))
    query = f'SELECT at, "by", action FROM {place}.changes WHERE action NOT IN ({marks}) ORDER BY id DESC LIMIT 1'  # noqa: S608
    found = connection.execute(query, quiet).fetchone()
    return Newest(*map(str, found)) if found else None
