"""How people stand with their certificates, selected and counted in the file: to judge each row takes a minute in a
large register. What depends on rules is left to the domain, which is asked once for all rows that are alike.

Everything goes by parts of some thousand people, so that it can be cancelled between two of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.registrations import CANCELLED
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.schema import Schema

PART = 20_000
"""Row ids: less than a tenth of a second."""
MOST_PARTS = 1_000
HELD, UNDATED, NONE_YET = 2, 1, 0


class Here(NamedTuple):
    status: str | None
    status_on: str | None


class Papers(NamedTuple):
    """All that a registration state depends on; `approved_on` only where there is no registration."""

    registered: int
    approved_on: str | None
    registration_kind: str | None
    valid_until: str | None

    def values(self) -> dict[str, Value]:
        return {**self._asdict(), "registration_number": self.registered or None}


class ByLevel(NamedTuple):
    """People alike in the highest certificate that they held; `held`: HELD, or UNDATED, or NONE_YET."""

    here: Here
    held: int
    level: str | None
    township: int | None
    people: int


class ByPapers(NamedTuple):
    """People alike in the registration of the highest certificate that they held."""

    here: Here
    papers: Papers
    people: int


class DueRow(NamedTuple):
    certificate_id: int
    person_id: int
    name: str
    level: str
    papers: Papers


@dataclass(frozen=True, slots=True)
class Bounds:
    """Last days, beyond which nothing can be due: of an approval without a registration, of a validity."""

    approved_on: date
    valid_until: date | None


def highest(
    connection: Connection, schema: Schema, day: date, ranks: Mapping[str, int], control: Control
) -> Iterator[ByLevel | ByPapers]:
    """Everybody once, by level and township; and once more, by papers, those who held a certificate on the day."""
    for row in _run(connection, schema, _highest(schema, day, ranks), control):
        by_papers, status, status_on, held, level, township, *papers, people = row
        here = Here(status, status_on)
        yield ByPapers(here, Papers(*papers), people) if by_papers else ByLevel(here, held, level, township, people)


def due(connection: Connection, schema: Schema, day: date, bounds: Bounds, control: Control) -> Iterator[DueRow]:
    """Certificates of people who have not left that may be due; some of them are not."""
    for certificate, person, name, level, *papers in _run(connection, schema, _due(schema, day, bounds), control):
        yield DueRow(certificate, person, name, level, Papers(*papers))


def townships(connection: Connection, schema: Schema) -> dict[int, str]:
    target = schema.catalogue[schema.catalogue["people"].field("township").target]
    table = schema.tables[target.key]
    label = table.c[target.label_field].label("label")
    return {row.id: row.label for row in connection.execute(select(table.c.id, label))}


# statements


def _highest(schema: Schema, day: date, ranks: Mapping[str, int]) -> Any:
    persons, certificates = schema.tables["people"], schema.tables["certificates"]
    source, papers = _with_papers(
        schema, persons.outerjoin(certificates, certificates.c.id == _best(schema, day, ranks))
    )
    best = select(persons.c.status, persons.c.status_on, _held(certificates, day).label("held"), certificates.c.level,
                  persons.c.township, *papers)  # fmt: skip
    alike = best.select_from(source).where(_of_part(persons)).cte("best").prefix_with("MATERIALIZED")
    person = (alike.c.status, alike.c.status_on, alike.c.held)
    level = (alike.c.level, alike.c.township)
    papers = (alike.c.registered, alike.c.never_registered, alike.c.registration_kind, alike.c.valid_until)
    no_level, no_papers = ([null().label(column.name) for column in columns] for columns in (level, papers))
    by_papers = select(literal(1), *person, *no_level, *papers, func.count()).where(alike.c.held == HELD)
    return union_all(
        select(literal(0), *person, *level, *no_papers, func.count()).group_by(*person, *level),
        by_papers.group_by(*person, *papers),
    )


def _best(schema: Schema, day: date, ranks: Mapping[str, int]) -> ColumnElement[int]:
    """A person's certificate that counts: held on the day, of the highest level; of two such the first of the list."""
    best = schema.tables["certificates"].alias("any")
    rank = case(*((best.c.level == value, rank) for value, rank in ranks.items()), else_=0)
    order = best.c[schema.catalogue["certificates"].order]
    own = select(best.c.id).where(best.c.person_id == schema.tables["people"].c.id)
    return own.order_by(_held(best, day).desc(), rank.desc(), order, best.c.id).limit(1).scalar_subquery()


def _held(certificates: FromClause, day: date) -> ColumnElement[int]:
    """As `certificates.held_on` has it: the text of a date that is known in part stands before that of its days."""
    approved = certificates.c.approved_on
    dated = case((approved <= day.isoformat(), HELD), else_=NONE_YET)
    return case((certificates.c.id.is_(None), NONE_YET), (_empty(approved), UNDATED), else_=dated)


def _due(schema: Schema, day: date, bounds: Bounds) -> Select[Any]:
    persons, certificates = schema.tables["people"], schema.tables["certificates"]
    source, papers = _with_papers(schema, persons.join(certificates, certificates.c.person_id == persons.c.id))
    registered, _, kind, until = papers
    approved = certificates.c.approved_on
    ends_early = [until <= bounds.valid_until.isoformat()] if bounds.valid_until else []
    query = select(certificates.c.id, persons.c.id, persons.c.name, certificates.c.level, *papers).select_from(source)
    return query.where(
        _of_part(persons),
        or_(persons.c.status.is_(None), persons.c.status.not_in(LEFT_STATES)),
        or_(_empty(approved), approved <= day.isoformat()),
        or_(kind.is_(None), kind != CANCELLED),
        or_(
            and_(registered == 0, ~_empty(approved), approved <= bounds.approved_on.isoformat()),
            and_(registered == 1, ~_empty(until), *ends_early),
        ),
    )


def _with_papers(schema: Schema, source: FromClause) -> tuple[FromClause, tuple[ColumnElement[Any], ...]]:
    """The certificates' latest registrations joined on, and the columns of `Papers`."""
    catalogue, certificates = schema.catalogue["certificates"], schema.tables["certificates"]
    child = schema.tables[catalogue.latest]
    newest, latest = child.alias("newest"), child.alias("latest")
    pick = (
        select(newest.c.id).where(newest.c.certificate_id == certificates.c.id)
        .order_by(newest.c[catalogue.latest_by].desc(), newest.c.id.desc()).limit(1).scalar_subquery()
    )  # fmt: skip
    never = and_(*map(_empty, (latest.c.registered_on, latest.c.valid_until, latest.c.registration_number)))
    return source.outerjoin(latest, latest.c.id == pick), (
        case((never, 0), else_=1).label("registered"),
        case((never, certificates.c.approved_on)).label("never_registered"),
        latest.c.registration_kind.label("registration_kind"),
        latest.c.valid_until.label("valid_until"),
    )


def _empty(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(column.is_(None), column == "")


# parts


def _of_part(persons: Table) -> ColumnElement[bool]:
    return and_(persons.c.id > bindparam("after", 0), persons.c.id <= bindparam("last", 0))


def _run(connection: Connection, schema: Schema, query: Any, control: Control) -> Iterator[tuple[Any, ...]]:
    """Plain tuples from the driver: what SQLAlchemy makes of a row costs more than reading it."""
    compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or ()
    ends = _ends(connection, schema)
    for number, (after, last) in enumerate(pairwise(ends)):
        control.step(number, len(ends) - 1)
        values = compiled.params | {"after": after, "last": last}
        cursor: Any = connection.exec_driver_sql(str(compiled), tuple(values[name] for name in names)).cursor
        yield from cursor.fetchall()


def _ends(connection: Connection, schema: Schema) -> list[int]:
    """Person ids between which a part lies; ids with wide gaps between them make no more parts."""
    person_id = schema.tables["people"].c.id
    first, last = connection.execute(select(func.min(person_id), func.max(person_id))).one()
    if last is None:
        return []
    return [*range(first - 1, last, max(PART, (last - first) // MOST_PARTS)), last]
