"""A copy of the encrypted file beside a working writer, encrypted with the same key or with another one."""

from pathlib import Path

from socialwork_app.persistence.database import connect


def copy(source: Path, target: Path, key: bytes) -> None:
    """All pages at once: in small steps a busy writer makes the copy begin again and again."""
    reading, writing = connect(source, key), connect(target, key, create=True)
    try:
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing left beside it
    finally:
        reading.close()
        writing.close()


def copy_under(new_key: bytes, source: Path, target: Path, key: bytes) -> None:
    """The same encrypted anew. Nobody else may have the source open, which is left as one file: what the journal of the
    old key holds must never meet the new file."""
    reading, writing = connect(source, key), connect(target, new_key, create=True)
    try:
        reading.execute("PRAGMA journal_mode = DELETE")
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        reading.close()
        writing.close()
