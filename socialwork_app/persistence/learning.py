"""The rows from which hours of continuing education are counted, of everybody in one pass or of a few."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, exists, select

from socialwork_app.persistence.by_person import Rows, Stream, run
from socialwork_app.persistence.schema import Schema

PERSON = ("id", "name", "id_number", "employer", "township", "phone", "status", "technical_post")
REGISTRATION = ("registration_kind", "registered_on", "valid_until")
RECORD = ("id", "title", "kind", "hours", "from", "to", "category", "proof", "counts", "reason", "organiser")


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
    certificate, registration, record, scan = (
        schema.tables[kind] for kind in ("certificates", "registrations", "learning", "attachments")
    )
    scanned = exists().where(scan.c.record_kind == "learning", scan.c.record_id == record.c.id)
    for owner, query in (
        (certificate, select(certificate.c.person_id, certificate.c.id, certificate.c.level, certificate.c.approved_on)),
        (certificate, select(certificate.c.person_id, certificate.c.id, *(registration.c[key] for key in REGISTRATION))
                      .join(registration, registration.c.certificate_id == certificate.c.id)),
        (record, select(record.c.person_id, *(record.c[key] for key in RECORD), scanned)),
    ):  # fmt: skip
        ordered = query.order_by(owner.c.person_id, owner.c.id)
        yield ordered if ids is None else ordered.where(owner.c.person_id.in_(ids))


def without_proof(connection: Connection, schema: Schema) -> list[tuple[int, str]]:
    """Id and person's name of each record that has neither a number nor a scan."""
    record, person, scan = schema.tables["learning"], schema.tables["people"], schema.tables["attachments"]
    scanned = exists().where(scan.c.record_kind == "learning", scan.c.record_id == record.c.id)
    query = select(record.c.id, person.c.name).join(person, person.c.id == record.c.person_id)
    query = query.where(record.c.proof.is_(None), ~scanned).order_by(record.c.id)
    return [(int(row_id), str(name)) for row_id, name in connection.execute(query)]
