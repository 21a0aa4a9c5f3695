"""A copy of the encrypted file beside a working writer, encrypted with the same key."""

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
