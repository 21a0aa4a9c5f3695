"""The encrypted file: how a connection is made, and the one place that knows SQLCipher."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from socialwork_app.foundation import disk
from socialwork_app.foundation.errors import EnvironmentRefused, RegisterUnavailable
from socialwork_app.foundation.jobs import Cancelled, Control

sqlcipher: Any = dbapi2  # the driver has no types
PAGE_CACHE_KIB = 256 * 1024  # makes decryption nearly free for searches
STREAM_CACHE_KIB = 4 * 1024  # what lies side by side in the file, and the small tables that every row looks into
PART_CACHE_KIB = 16 * 1024  # of some ten thousand people all that is looked into more than once
STEPS_BETWEEN = 100_000  # of SQLite's machine, a few hundredths of a second, between two looks whether to stop
PAGE = 4096  # bytes that SQLCipher writes at a time
FILE_NAME = "register.db"


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A raw connection with the key set first of all. Raises RegisterUnavailable when the key does not fit or the
    file is damaged: the two look alike to SQLCipher, so the key has been verified before (security.keys)."""
    mode = "rwc" if create else "rw"
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # or it tells a terminal in English what is raised as well
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA journal_mode = WAL")
        for name, value in (("synchronous", "FULL"), ("foreign_keys", "ON"), ("temp_store", "MEMORY"),
                            ("busy_timeout", 10_000), ("cache_size", -PAGE_CACHE_KIB)):  # fmt: skip
            connection.execute(f"PRAGMA {name} = {value}")
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def fits(path: Path, key: bytes) -> bool:
    """Whether the file is encrypted with this key."""
    try:
        connect(path, key).close()
    except sqlcipher.DatabaseError as error:
        if "not a database" in str(error):
            return False
        raise
    return True


@contextmanager
def storage_errors(path: Path) -> Generator[None, None, None]:
    """Tell the environment's refusals from our own bugs, once."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        known = _known(str(error), path)
        if known is None:
            raise
        raise known from error


def _known(text: str, path: Path) -> Exception | None:
    if "not a database" in text or "malformed" in text or "disk image" in text:
        return RegisterUnavailable("register.damaged", path=str(path))
    if "disk is full" in text:
        return EnvironmentRefused("disk.full", path=str(path))
    if "readonly" in text or "unable to open" in text:
        return EnvironmentRefused("file.refused", path=str(path))
    if "locked" in text:
        return RegisterUnavailable("register.busy", path=str(path))
    if "disk I/O" in text:
        return _failed(path)
    return None


def _failed(path: Path) -> EnvironmentRefused:
    """SQLite says of a full disk now and then only that writing failed."""
    try:
        disk.require_free(path.parent, PAGE)
    except EnvironmentRefused as full:
        return full
    return EnvironmentRefused("file.failed", path=str(path), reason="disk I/O error")


@contextmanager
def interruptible(connection: Any, control: Control) -> Generator[None, None, None]:
    """One long statement that ends with `Cancelled` when the job is asked to stop."""
    asked: list[Cancelled] = []

    def look() -> int:
        try:
            control.step(0)
        except Cancelled as stop:
            asked.append(stop)
        return len(asked)

    connection.set_progress_handler(look, STEPS_BETWEEN)
    try:
        yield
    except sqlcipher.OperationalError:
        if asked:
            raise asked[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


class Database:
    """One open register file: many readers, one writer at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._readers = _engine(path, key, pool_size=6, begin="BEGIN")
        self._writer = _engine(path, key, pool_size=1, begin="BEGIN IMMEDIATE")
        self._writing = threading.Lock()

    @contextmanager
    def read(self) -> Generator[Connection, None, None]:
        """A connection that sees one state of the file for as long as it is held."""
        with _translated(self.path), self._readers.connect() as connection:
            yield connection

    def reader(self) -> Connection:
        """A reading connection that the caller keeps and closes: for a list's window."""
        return self._readers.connect()

    @contextmanager
    def stream(self, cache_kib: int = STREAM_CACHE_KIB) -> Generator[Connection, None, None]:
        """Like `read`, for going through whole tables once: its own connection, which keeps few pages and then goes."""
        engine = _engine(self.path, self.key, pool_size=0, begin="BEGIN")
        with _translated(self.path), engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{cache_kib}")
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection, None, None]:
        """The writer's connection inside BEGIN IMMEDIATE; leaving without `commit()` rolls back."""
        with self._writing, _translated(self.path), self._writer.connect() as connection:
            connection.begin()
            yield connection

    def close(self) -> None:
        self._readers.dispose()
        self._writer.dispose()


@contextmanager
def _translated(path: Path) -> Generator[None, None, None]:
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        known = _known(str(error.orig), path)
        if known is None:
            raise
        raise known from error


def migration_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """For Alembic alone: foreign keys off, set outside a transaction, or a recreated table takes its children along."""
    engine = _engine(path, key, pool_size=0, begin="BEGIN IMMEDIATE", create=create)

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")

    return engine


def _engine(path: Path, key: bytes, *, pool_size: int, begin: str, create: bool = False) -> Engine:
    pool: dict[str, Any] = {"poolclass": QueuePool, "pool_size": pool_size, "max_overflow": 10}
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, create=create),
        **(pool if pool_size else {"poolclass": NullPool}),
    )

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
