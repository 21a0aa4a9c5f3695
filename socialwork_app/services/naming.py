"""What records are called in sentences about them, masked where their name is a number."""

from collections.abc import Iterable, Mapping

from socialwork_app.persistence import naming
from socialwork_app.persistence.database import Connection
from socialwork_app.services.opened import OpenRegister

Names = dict[tuple[str, int], str]
"""By register and row id."""


def names(opened: OpenRegister, connection: Connection, wanted: Mapping[str, Iterable[int]]) -> Names:
    """Of records that stand or once stood, by register."""
    return {
        (kind, row_id): _words(opened, parts)
        for kind, ids in wanted.items()
        for row_id, parts in naming.names(connection, opened.schema, kind, ids).items()
    }


def name(opened: OpenRegister, connection: Connection, kind: str, row_id: int) -> str:
    return names(opened, connection, {kind: [row_id]}).get((kind, row_id), "")


def _words(opened: OpenRegister, parts: Iterable[naming.Part]) -> str:
    shown = (
        opened.parser.display(opened.catalogue[part.kind].field(part.field), part.value, masked=True) for part in parts
    )
    return " ".join(filter(None, shown))
