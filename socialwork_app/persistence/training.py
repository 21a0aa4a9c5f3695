"""Courses with their half-days, and who signed up for them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of

SHOWN = ("name", "id_number", "gender", "employer", "position", "phone", "township", "status")


def courses(connection: Connection, schema: Schema, ids: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """All, or these few; the latest first."""
    table = schema.tables["courses"]
    query = select(table).order_by(table.c["from"].desc(), table.c.id.desc())
    return rows_of(connection, query if ids is None else query.where(table.c.id.in_(ids)))


def sessions(connection: Connection, schema: Schema, courses: Sequence[int] | None = None) -> list[dict[str, Any]]:
    table = schema.tables["course_sessions"]
    query = select(table).order_by(table.c.date, table.c.id)
    return rows_of(connection, query if courses is None else query.where(table.c.course_id.in_(courses)))


def sign_ups(
    connection: Connection, schema: Schema, *, courses: Sequence[int] | None = None, people: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """Sign-ups with what names their people, in the order of arrival. `people`: few."""
    sign_up, person = schema.tables["training_signups"], schema.tables["people"]
    query = select(sign_up, *(person.c[key] for key in SHOWN)).join(person, person.c.id == sign_up.c.person_id)
    if courses is not None:
        query = query.where(sign_up.c.course.in_(courses))
    if people is not None:
        query = query.where(sign_up.c.person_id.in_(people))
    return rows_of(connection, query.order_by(sign_up.c.id))


def attendance(connection: Connection, schema: Schema, courses: Sequence[int]) -> list[dict[str, Any]]:
    sign_up, mark = schema.tables["training_signups"], schema.tables["attendance"]
    query = select(mark).join(sign_up, sign_up.c.id == mark.c.training_signup_id).where(sign_up.c.course.in_(courses))
    return rows_of(connection, query.order_by(mark.c.id))


def courses_of(connection: Connection, schema: Schema, sign_ups: Sequence[int]) -> list[int]:
    """Row ids of the courses of these sign-ups."""
    table = schema.tables["training_signups"]
    query = select(table.c.course).where(table.c.id.in_(sign_ups)).distinct()
    return sorted(int(row[0]) for row in connection.execute(query))


def units(connection: Connection, schema: Schema) -> list[dict[str, Any]]:
    """Every organisation, with `here`: how many of its people have not left."""
    unit, person = schema.tables["organisations"], schema.tables["people"]
    here = or_(person.c.status.is_(None), person.c.status.not_in(LEFT_STATES))
    counted = select(person.c.employer, func.count().label("here")).where(here).group_by(person.c.employer).subquery()
    wanted = (unit.c[key] for key in ("id", "name", "township", "contact", "phone"))
    query = select(*wanted, func.coalesce(counted.c.here, 0).label("here"))
    return rows_of(connection, query.outerjoin(counted, counted.c.employer == unit.c.id))
