"""Which level people hold."""

from collections.abc import Iterable
from datetime import date

from socialwork_app.domain import certificates
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.opened import OpenRegister


def highest_held(opened: OpenRegister, people: Iterable[int], day: date | None = None) -> dict[int, str]:
    """The highest level that each of these people held on the day, without one of all their certificates, dated or not;
    those who have none are missing."""
    with opened.database.read() as connection:
        return highest_among(connection, opened, people, day)


def highest_among(
    connection: Connection, opened: OpenRegister, people: Iterable[int], day: date | None = None
) -> dict[int, str]:
    """The same, in the state of the file that a connection sees."""
    rank = opened.catalogue.code_lists["level"].rank
    wanted = ("person_id", "level", "approved_on")
    rows = rows_where(connection, opened.schema, "certificates", {"person_id": people}, wanted)
    found: dict[int, str] = {}
    for row in rows:
        if day is None or certificates.held_on(row, day):
            found[row["person_id"]] = max(found.get(row["person_id"], row["level"]), row["level"], key=rank)
    return found
