"""The rows from which eligibility is judged, of everybody in one pass or of a few: four streams in the order of people."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from socialwork_app.persistence.by_person import NO_ROWS, Rows, Stream, run
from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema

PERSON = ("id", "name", "id_number", "township", "employer", "education", "degree", "major", "social_work_since", "status",
          "status_on")  # fmt: skip
CHILDREN = {
    "educations": ("study_mode", "education", "degree", "major", "enrolled_on", "graduated_on"),
    "employment": ("from", "to", "social_work", "full_time"),
    "certificates": ("level", "approved_on"),
}
FACTS_FROM = PERSON.index("education")


class PersonFacts(NamedTuple):
    """`person` by PERSON; the others by CHILDREN. A tuple, as there is one a person and they are many."""

    person: tuple[Any, ...]
    educations: Rows
    employment: Rows
    certificates: Rows


def read(connection: Connection, schema: Schema, ids: Sequence[int] | None = None) -> Iterator[PersonFacts]:
    """In the order of the people's ids; of everybody, or of these."""
    people = schema.tables["people"]
    query = select(*(people.c[key] for key in PERSON)).order_by(people.c.id)
    educations, employment, certificates = (Stream(connection, _child_rows(schema, kind, ids)) for kind in CHILDREN)
    for person in run(connection, query if ids is None else query.where(people.c.id.in_(among(ids)))):
        row_id = person[0]
        yield PersonFacts(
            person,
            educations.take() if educations.owner == row_id else NO_ROWS,
            employment.take() if employment.owner == row_id else NO_ROWS,
            certificates.take() if certificates.owner == row_id else NO_ROWS,
        )


def _child_rows(schema: Schema, kind: str, ids: Sequence[int] | None) -> Select[Any]:
    table = schema.tables[kind]
    query = select(table.c.person_id, *(table.c[key] for key in CHILDREN[kind])).order_by(table.c.person_id, table.c.id)
    return query if ids is None else query.where(table.c.person_id.in_(among(ids)))
