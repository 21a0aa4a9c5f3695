"""The facts of the time that an appraisal keeps, so that an old roster stays what it was."""

from collections.abc import Iterable, Mapping

from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence import rows
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.rows import rows_where
from socialwork_app.persistence.schema import Schema
from socialwork_app.services.opened import OpenRegister

KEPT = {
    "unit_then": "employer",
    "post_then": "position",
    "political_then": "political_status",
    "education_then": "education",
}
"""Field of the appraisal and field of the person that it is taken from."""


def facts_of(opened: OpenRegister, people: Iterable[int]) -> dict[int, dict[str, Value]]:
    """As they stand now, by person; the unit by its name."""
    with opened.database.read() as connection:
        return facts_in(connection, opened.schema, people)


def facts_in(connection: Connection, schema: Schema, people: Iterable[int]) -> dict[int, dict[str, Value]]:
    """The same within a change."""
    found = rows_where(connection, schema, "people", {"id": people}, ("id", *KEPT.values()))
    employers = sorted({row["employer"] for row in found if row["employer"]})
    units = rows.values_of(connection, schema, "organisations", "name", employers)
    return {row["id"]: _facts(row, units) for row in found}


def _facts(person: Mapping[str, Value], units: Mapping[int, Value]) -> dict[str, Value]:
    employer = person["employer"]
    found = {kept: person[key] for kept, key in KEPT.items()}
    return found | {"unit_then": units.get(employer) if isinstance(employer, int) else None}
