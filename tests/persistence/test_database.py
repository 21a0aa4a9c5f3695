"""Connections to the encrypted file."""

from sqlalchemy import Connection

from socialwork_app.persistence.database import PAGE_CACHE_KIB, STREAM_CACHE_KIB
from socialwork_app.services.opened import OpenRegister


def test_going_through_whole_tables_keeps_few_pages_and_leaves_other_readers_theirs(opened: OpenRegister):
    def cache(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

    with opened.database.stream() as streaming:
        assert cache(streaming) == -STREAM_CACHE_KIB
    with opened.database.read() as reading:
        assert cache(reading) == -PAGE_CACHE_KIB
