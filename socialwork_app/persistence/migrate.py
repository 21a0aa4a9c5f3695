"""Bring a register file to this program's revision: on a copy, verified, then swapped in.

A recreated table loses its triggers, its indexes on expressions, and with foreign keys on its children; so those go
first and come back from their one list, foreign keys are off, and the rows are counted before and after.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import RegisterUnavailable
from socialwork_app.foundation.jobs import Control
from socialwork_app.foundation.paths import PACKAGE
from socialwork_app.persistence import backup, seals, search
from socialwork_app.persistence.database import connect, interruptible, migration_engine
from socialwork_app.persistence.schema import Schema, derived_statements

HEAD = "0008"
REMADE = ("alembic_version", "search_key")  # tables whose rows an upgrade may take away
SCRIPTS = PACKAGE / "persistence" / "migrations"


def create(path: Path, key: bytes, schema: Schema) -> None:
    """A new file of the newest revision, made by the same steps that upgrade an old one."""
    _upgrade(path, key, schema, create=True)


def revision(path: Path, key: bytes) -> str:
    connection = connect(path, key)
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    return str(found[0]) if found else ""


def prepare(path: Path, key: bytes, schema: Schema) -> None:
    """Refuse a newer file, upgrade an older one, which then stands beside the new one."""
    stands = revision(path, key)
    if stands == HEAD:
        return
    if not _known_revision(stands):
        raise RegisterUnavailable("register.newer", path=str(path))
    copy = path.with_suffix(".upgrading")
    copy.unlink(missing_ok=True)
    backup.copy(path, copy, key)
    before = row_counts(copy, key)
    _upgrade(copy, key, schema)
    _verify(copy, key, before)
    atomic.keep_beside(path, path.with_suffix(f".before-{HEAD}"))
    atomic.swap(copy, path)


def row_counts(path: Path, key: bytes) -> dict[str, int]:
    """Rows by table, for comparing a copy with its original."""
    connection = connect(path, key)
    try:
        return counted(connection)
    finally:
        connection.close()


def counted(connection: Any) -> dict[str, int]:
    """The same over a raw connection."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' "
                                                  "AND name NOT LIKE 'sqlite_%'")]  # fmt: skip
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def integrity(path: Path, key: bytes, control: Control | None = None) -> str:
    """ "ok", or what SQLite found."""
    connection = connect(path, key)
    try:
        with interruptible(connection, control or Control()):
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
            found += ["foreign key" for _ in connection.execute("PRAGMA foreign_key_check").fetchmany(1)]
    finally:
        connection.close()
    return "ok" if found == ["ok"] else "; ".join(found)


def _verify(path: Path, key: bytes, before: dict[str, int]) -> None:
    after = row_counts(path, key)
    lost = [name for name, count in before.items() if name not in REMADE and after.get(name, count) < count]
    if lost or integrity(path, key) != "ok":
        raise RegisterUnavailable("register.upgrade_failed", path=str(path), tables="、".join(lost))


def _known_revision(stands: str) -> bool:
    from alembic.script import ScriptDirectory

    return any(script.revision == stands for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _upgrade(path: Path, key: bytes, schema: Schema, *, create: bool = False) -> None:
    from alembic import command

    engine: Engine = migration_engine(path, key, create=create)
    with engine.begin() as connection:
        _drop_derived(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        search.rebuild(connection, schema)
        seals.seal_what_stands(connection)
        for statement in derived_statements(schema):
            connection.exec_driver_sql(statement)
    engine.dispose()


def _drop_derived(connection: Connection) -> None:
    if not inspect(connection).has_table("alembic_version"):
        return
    query = "SELECT type, name FROM sqlite_master WHERE type = 'trigger' OR name LIKE 'ix_people_%_tail'"
    for kind, name in connection.execute(text(query)).all():
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
