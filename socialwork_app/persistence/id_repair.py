"""People whose ID number may have lost its end in a workbook, or has the 15 digits of before 1999."""

from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from socialwork_app.domain.id_number import OLD_LENGTH, is_damaged
from socialwork_app.persistence.schema import Schema


class Damaged(NamedTuple):
    person_id: int
    name: str
    number: str


def damaged(connection: Connection, schema: Schema) -> list[Damaged]:
    people = schema.tables["people"]
    number = people.c.id_number
    query = select(people.c.id, people.c.name, number).where(
        or_(number.like("%000"), func.length(number) == OLD_LENGTH)
    )
    found = (Damaged(*row) for row in connection.execute(query.order_by(people.c.id)))
    return [one for one in found if is_damaged(one.number)]
