"""Entries of candidates, read for judging: each with all the years before it that may still count."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select

from socialwork_app.domain.exams import SUBJECT_KEYS
from socialwork_app.persistence.by_person import Rows, groups, run
from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of

ATTEMPT = ("level", "year", "subjects", "scope", *SUBJECT_KEYS)
SHOWN = ("name", "id_number", "gender", "township", "employer", "phone", "status")


def entries(
    connection: Connection, schema: Schema, *, year: int | None = None, people: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """Entries with what names their people, in the order of people and years.

    `year`: of those who have an entry in it, up to it. `people`: of these alone.
    """
    entry, person = schema.tables["exam_entries"], schema.tables["people"]
    query = select(entry, *(person.c[key] for key in SHOWN)).join(person, person.c.id == entry.c.person_id)
    if year is not None:
        in_year = select(entry.c.person_id).where(entry.c.year == year)
        query = query.where(entry.c.person_id.in_(in_year), entry.c.year <= year)
    if people is not None:
        query = query.where(entry.c.person_id.in_(people))
    return rows_of(connection, query.order_by(entry.c.person_id, entry.c.year, entry.c.id))


def awaiting(connection: Connection, schema: Schema, year: int) -> list[dict[str, Any]]:
    """Entries of a year without any score: id, level and the person's name."""
    entry, person = schema.tables["exam_entries"], schema.tables["people"]
    query = select(entry.c.id, entry.c.level, person.c.name).join(person, person.c.id == entry.c.person_id)
    query = query.where(entry.c.year == year, *(entry.c[key].is_(None) for key in SUBJECT_KEYS))
    return rows_of(connection, query.order_by(entry.c.id))


def without_reason(connection: Connection, schema: Schema, years: Sequence[int]) -> list[dict[str, Any]]:
    """Entries of these years that state no reason against the rules: id, person_id, level, year and the name."""
    entry, person = schema.tables["exam_entries"], schema.tables["people"]
    query = select(entry.c.id, entry.c.person_id, entry.c.level, entry.c.year, person.c.name)
    query = query.join(person, person.c.id == entry.c.person_id)
    query = query.where(entry.c.year.in_(years), func.coalesce(entry.c.declared_reason, "") == "")
    return rows_of(connection, query.order_by(entry.c.id))


def awaiting_count(connection: Connection, schema: Schema, year: int) -> int:
    entry = schema.tables["exam_entries"]
    query = select(func.count()).where(entry.c.year == year, *(entry.c[key].is_(None) for key in SUBJECT_KEYS))
    return int(connection.execute(query).scalar_one())


def uncertified(
    connection: Connection, schema: Schema, levels: Collection[str], ids: Sequence[int] | None = None
) -> dict[int, Rows]:
    """Entries with a score at these levels by person, each by ATTEMPT, where no certificate of the level is on record."""
    entry, certificate = schema.tables["exam_entries"], schema.tables["certificates"]
    held = exists().where(certificate.c.person_id == entry.c.person_id, certificate.c.level == entry.c.level)
    scored = or_(*(entry.c[key] >= 0 for key in SUBJECT_KEYS))
    query = select(entry.c.person_id, *(entry.c[key] for key in ATTEMPT)).where(
        entry.c.level.in_(levels), scored, ~held
    )
    if ids is not None:
        query = query.where(entry.c.person_id.in_(among(ids)))
    found = groups(run(connection, query.order_by(entry.c.person_id, entry.c.year, entry.c.id)))
    return {rows[0][0]: tuple(row[1:] for row in rows) for rows in found}


def reviews(connection: Connection, schema: Schema) -> list[dict[str, Any]]:
    return rows_of(connection, select(schema.tables["senior_reviews"]))


def certified(connection: Connection, schema: Schema, level: str) -> set[int]:
    """Ids of the people who hold a certificate of a level."""
    table = schema.tables["certificates"]
    return {int(row[0]) for row in connection.execute(select(table.c.person_id).where(table.c.level == level))}
