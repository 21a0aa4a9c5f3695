"""The rows from which hours of continuing education are counted, of everybody in one pass or of a few."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Table, and_, case, cast, exists, func, literal, or_, select

from socialwork_app.domain.learning import DEGREE
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.plain_hours import UNCOUNTABLE
from socialwork_app.persistence.by_person import Rows, Stream, groups, run
from socialwork_app.persistence.schema import Schema

PERSON = ("id", "name", "id_number", "employer", "township", "phone", "status", "technical_post")
REGISTRATION = ("registration_kind", "registered_on", "valid_until")
RECORD = ("id", "title", "kind", "hours", "from", "to", "category", "proof", "counts", "reason", "organiser")
HERE = ("id", "name", "employer", "township", "phone")


class PersonLearning(NamedTuple):
    """`person` by PERSON. `certificates`: (id, level, approved_on). `registrations`: the certificate's id, then by
    REGISTRATION. `records` by RECORD, and last whether a scan hangs on it."""

    person: tuple[Any, ...]
    certificates: Rows
    registrations: Rows
    records: Rows


def read(connection: Connection, schema: Schema, ids: Sequence[int] | None = None) -> Iterator[PersonLearning]:
    """In the order of the people's ids; `ids` are few."""
    people = schema.tables["people"]
    query = select(*(people.c[key] for key in PERSON)).order_by(people.c.id)
    certificates, registrations, records = (Stream(connection, one) for one in _queries(schema, ids))
    for person in run(connection, query if ids is None else query.where(people.c.id.in_(ids))):
        row_id = person[0]
        yield PersonLearning(person, certificates.of(row_id), registrations.of(row_id), records.of(row_id))


def _queries(schema: Schema, ids: Sequence[int] | None) -> Iterator[Any]:
    certificate, registration, record = (schema.tables[kind] for kind in ("certificates", "registrations", "learning"))
    for owner, query in (
        (certificate, select(certificate.c.person_id, certificate.c.id, certificate.c.level, certificate.c.approved_on)),
        (certificate, select(certificate.c.person_id, certificate.c.id, *(registration.c[key] for key in REGISTRATION))
                      .join(registration, registration.c.certificate_id == certificate.c.id)),
        (record, select(record.c.person_id, *(record.c[key] for key in RECORD), _scanned(schema))),
    ):  # fmt: skip
        ordered = query.order_by(owner.c.person_id, owner.c.id)
        yield ordered if ids is None else ordered.where(owner.c.person_id.in_(ids))


def stated(
    connection: Connection, schema: Schema, day: date, ids: Sequence[int] | None = None, *, needs_proof: bool
) -> Iterator[Rows]:
    """People who are here and hold certificates, each with a row a registration, or one where a certificate has none: by
    HERE, the certificate's id and level, by REGISTRATION, and the hundredths of a 小时 that domain.plain_hours wants."""
    people, certificate, registration = (schema.tables[kind] for kind in ("people", "certificates", "registrations"))
    begun, ended = registration.c.registered_on, registration.c.valid_until
    counted = case((literal(day.isoformat()).between(begun, ended), _hundredths(schema, needs_proof=needs_proof)))
    query = (
        select(*(people.c[key] for key in HERE), certificate.c.id, certificate.c.level,
               *(registration.c[key] for key in REGISTRATION), counted)
        .select_from(people.join(certificate, certificate.c.person_id == people.c.id)
                     .outerjoin(registration, registration.c.certificate_id == certificate.c.id))
        .where(func.coalesce(people.c.status, "").not_in(LEFT_STATES)).order_by(people.c.id)
    )  # fmt: skip
    return groups(run(connection, query if ids is None else query.where(people.c.id.in_(ids))))


def ending(connection: Connection, schema: Schema, first: date, last: date) -> list[int]:
    """Ids of the people of whom a registration period may end between two days: by its stated end or the begin of the next
    one, be they as vague as they are, or at an end that has to be worked out. Some of them are not."""
    certificate, registration = schema.tables["certificates"], schema.tables["registrations"]
    after = (last + timedelta(days=last < date.max)).isoformat()
    within = [
        and_(func.substr(literal(first.isoformat()), 1, func.length(day)) <= day, day <= bound)
        for day, bound in ((registration.c.valid_until, last.isoformat()), (registration.c.registered_on, after))
    ]
    query = (
        select(certificate.c.person_id).distinct().join(registration, registration.c.certificate_id == certificate.c.id)
    )
    unstated = func.coalesce(registration.c.valid_until, "") == ""
    found = connection.execute(query.where(or_(unstated, *within)).order_by(certificate.c.person_id))
    return [int(row[0]) for row in found]


def _hundredths(schema: Schema, *, needs_proof: bool) -> Any:
    """Of one person, from the first day of one registration to the last: what domain.hours says of a single record, so
    that the file can sum it. A degree makes the sum UNCOUNTABLE."""
    people, registration, record = (schema.tables[kind] for kind in ("people", "registrations", "learning"))
    counts = and_(
        _latest(record).between(registration.c.registered_on, registration.c.valid_until),
        record.c.hours > 0, record.c.counts.is_distinct_from(0),
        *([or_(record.c.proof != "", _scanned(schema))] if needs_proof else []),
    )  # fmt: skip
    hundredths = cast(record.c.hours * 100 + 0.5, Integer)
    total = func.total(case((record.c.kind == DEGREE, UNCOUNTABLE), (counts, hundredths)))
    return select(total).where(record.c.person_id == people.c.id).correlate(people, registration).scalar_subquery()


def _latest(record: Table) -> ColumnElement[str]:
    """The latest day that a record can belong to."""
    text = case((record.c.to != "", record.c.to), else_=record.c["from"])
    return case((func.length(text) == len("2026-01-01"), text),
                (func.length(text) == len("2026-01"), func.date(text + "-01", "+1 month", "-1 day")),
                else_=text + "-12-31")  # fmt: skip


def _scanned(schema: Schema) -> ColumnElement[bool]:
    record, scan = schema.tables["learning"], schema.tables["attachments"]
    return exists().where(scan.c.record_kind == "learning", scan.c.record_id == record.c.id)


def without_proof(connection: Connection, schema: Schema) -> list[tuple[int, str]]:
    """Id and person's name of each record that has neither a number nor a scan."""
    record, person = schema.tables["learning"], schema.tables["people"]
    query = select(record.c.id, person.c.name).join(person, person.c.id == record.c.person_id)
    query = query.where(record.c.proof.is_(None), ~_scanned(schema)).order_by(record.c.id)
    return [(int(row_id), str(name)) for row_id, name in connection.execute(query)]
