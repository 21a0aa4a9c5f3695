"""Marks of attendance, what was credited for them, and what of it does not fit together."""

from typing import Any

from sqlalchemy import Connection, and_, exists, func, select

from socialwork_app.domain.courses import LATE, PRESENT, SIGNED_UP, HalfDay
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


def marks(connection: Connection, schema: Schema, sign_up: int, at: HalfDay) -> list[int]:
    """Row ids of what is marked for a half-day; more than one only where an import brought them."""
    table = schema.tables["attendance"]
    query = select(table.c.id).where(table.c.training_signup_id == sign_up)
    query = query.where(table.c.date == at.day, table.c.half_day == at.half)
    return [int(row[0]) for row in connection.execute(query.order_by(table.c.id))]


def credited(connection: Connection, schema: Schema, course: int) -> list[dict[str, Any]]:
    """The learning records of a course."""
    table = schema.tables["learning"]
    return rows_of(connection, select(table).where(table.c.course == course).order_by(table.c.id))


def completion_numbers(connection: Connection, schema: Schema, prefix: str) -> list[str]:
    """Of all courses, since several may share a prefix."""
    column = schema.tables["training_signups"].c.completion_number
    query = select(column).where(func.substr(column, 1, len(prefix)) == prefix)
    return [str(row[0]) for row in connection.execute(query)]


def uncredited(connection: Connection, schema: Schema) -> dict[int, int]:
    """People who were there, by course, of the courses none of whose hours is credited."""
    sign_up, mark, record = (schema.tables[kind] for kind in ("training_signups", "attendance", "learning"))
    query = (
        select(sign_up.c.course, func.count(sign_up.c.person_id.distinct()))
        .join(mark, mark.c.training_signup_id == sign_up.c.id)
        .where(mark.c.mark.in_((PRESENT, LATE)), sign_up.c.sign_up_state == SIGNED_UP)
        .where(~exists().where(record.c.course == sign_up.c.course))
        .group_by(sign_up.c.course)
    )
    return {int(row[0]): int(row[1]) for row in connection.execute(query)}


Odd = list[tuple[int, str]]
"""Row id, and the person or course that it is about."""


def sessions_twice(connection: Connection, schema: Schema) -> Odd:
    """Half-days that a course has more than once."""
    session, course = schema.tables["course_sessions"], schema.tables["courses"]
    earlier = session.alias("earlier")
    same = and_(earlier.c.course_id == session.c.course_id, earlier.c.id < session.c.id,
                earlier.c.date == session.c.date, earlier.c.half_day == session.c.half_day)  # fmt: skip
    query = select(session.c.id, course.c.title).join(course, course.c.id == session.c.course_id)
    return _odd(connection, query.where(exists().where(same)).order_by(session.c.id))


def at_two_places(connection: Connection, schema: Schema) -> Odd:
    """Sign-ups of people who signed up before for another course with the same half-day."""
    sign_up, session, person = (schema.tables[kind] for kind in ("training_signups", "course_sessions", "people"))
    before, other = sign_up.alias("before"), session.alias("other")
    same = (
        select(session.c.id)
        .join(other, and_(other.c.date == session.c.date, other.c.half_day == session.c.half_day))
        .join(before, before.c.course == other.c.course_id)
        .where(session.c.course_id == sign_up.c.course, before.c.person_id == sign_up.c.person_id)
        .where(before.c.id < sign_up.c.id, before.c.course != sign_up.c.course, before.c.sign_up_state == SIGNED_UP)
        .correlate(sign_up)
    )
    query = select(sign_up.c.id, person.c.name).join(person, person.c.id == sign_up.c.person_id)
    query = query.where(sign_up.c.sign_up_state == SIGNED_UP, same.exists())
    return _odd(connection, query.order_by(sign_up.c.id))


def without_session(connection: Connection, schema: Schema) -> Odd:
    """Marks on half-days that their course does not have."""
    mark, sign_up, session, person = (
        schema.tables[kind] for kind in ("attendance", "training_signups", "course_sessions", "people")
    )
    held = and_(session.c.course_id == sign_up.c.course, session.c.date == mark.c.date,
                session.c.half_day == mark.c.half_day)  # fmt: skip
    query = select(mark.c.id, person.c.name).join(sign_up, sign_up.c.id == mark.c.training_signup_id)
    query = query.join(person, person.c.id == sign_up.c.person_id).where(~exists().where(held))
    return _odd(connection, query.order_by(mark.c.id))


def _odd(connection: Connection, query: Any) -> Odd:
    return [(int(row["id"]), str(next(reversed(row.values())))) for row in rows_of(connection, query)]
