"""The rows from which eligibility is judged, of everybody in one pass or of a few: four streams in the order of people."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from socialwork_app.persistence.schema import Schema

Rows = tuple[tuple[Any, ...], ...]
NO_ROWS: Rows = ()
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
    """In the order of the people's ids; `ids` are few."""
    people = schema.tables["people"]
    query = select(*(people.c[key] for key in PERSON)).order_by(people.c.id)
    educations, employment, certificates = (_Children(connection, schema, kind, ids) for kind in CHILDREN)
    for person in _run(connection, query if ids is None else query.where(people.c.id.in_(ids))):
        row_id = person[0]
        yield PersonFacts(
            person,
            educations.take() if educations.owner == row_id else NO_ROWS,
            employment.take() if employment.owner == row_id else NO_ROWS,
            certificates.take() if certificates.owner == row_id else NO_ROWS,
        )


class _Children:
    """The rows of one child register, handed out person by person."""

    def __init__(self, connection: Connection, schema: Schema, kind: str, ids: Sequence[int] | None) -> None:
        table = schema.tables[kind]
        query = select(table.c.person_id, *(table.c[key] for key in CHILDREN[kind])).order_by(
            table.c.person_id, table.c.id
        )
        rows = _run(connection, query if ids is None else query.where(table.c.person_id.in_(ids)))
        self._groups = groupby(rows, key=itemgetter(0))
        self._next()

    def _next(self) -> None:
        self.owner, self._rows = next(self._groups, (None, iter(())))

    def take(self) -> Rows:
        """The rows of `owner`, who is the next that has any."""
        rows = tuple([row[1:] for row in self._rows])
        self._next()
        return rows


def _run(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Plain tuples from the driver: what SQLAlchemy makes of a row costs more than reading it."""
    compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
    parameters = tuple(compiled.params[name] for name in compiled.positiontup or ())
    cursor: Any = connection.exec_driver_sql(str(compiled), parameters).cursor
    return iter(cursor)
