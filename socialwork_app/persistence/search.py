"""Search keys: every suffix of a name and of its spellings, so that any part of it is found by its beginning.

A key range scan answers in fractions of a millisecond at a million people, where LIKE reads the whole table. Keys belong
to names, not to people: namesakes share them, and a name that nobody has any more finds nobody. Numbers are found by the
indexes of their columns and of their last four characters.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, literal, select, union_all

from socialwork_app.domain.pinyin import normalise_query, search_keys
from socialwork_app.persistence.schema import TAIL, Schema, several_phones, tail

LAST = "\U0010ffff"
CHUNK = 20_000
Way = tuple[ColumnElement[Any], ColumnElement[int], ColumnElement[bool]]
"""One way to find people: what it goes by, the person's id, and which rows."""


def matching(schema: Schema, typed: str) -> CompoundSelect[int]:
    """Ids of the people whom the typed text finds, those found by name first; one who is found twice comes twice."""
    return union_all(*(select(person).where(condition) for _, person, condition in _ways(schema, typed)))


def in_order(schema: Schema, typed: str) -> Select[int]:
    """The same people once each, in the order in which `matching` comes upon them."""
    found = union_all(*(
        select(literal(str(rank)).label("rank"), key.label("key"), person.label("person_id")).where(condition)
        for rank, (key, person, condition) in enumerate(_ways(schema, typed))
    )).subquery()  # fmt: skip
    first = func.min(found.c.rank.concat(found.c.key))
    return select(found.c.person_id).group_by(found.c.person_id).order_by(first, found.c.person_id)


def _ways(schema: Schema, typed: str) -> list[Way]:
    text = normalise_query(typed)
    names, people, certificates = schema.search_key, schema.tables["people"], schema.tables["certificates"]
    ways: list[Way] = [(names.c.key, people.c.id, _begins(names.c.key, text) & (names.c.name == people.c.name))]
    if not any(character.isdecimal() for character in text):
        return ways
    upper = text.upper()  # the x at the end of an ID number, the letters of a 管理号
    phone, number = people.c.phone, certificates.c.certificate_number
    for column in (people.c.id_number, phone):
        ways.append((column, people.c.id, _begins(column, upper)))
        if len(text) <= TAIL:
            ways.append((tail(column), people.c.id, _begins(tail(column), upper)))
    ways.append((phone, people.c.id, several_phones(people) & phone.contains(text)))
    ways.append((number, certificates.c.person_id, _begins(number, upper)))
    return ways


def _begins(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return (column >= text) & (column < text + LAST)


def write(connection: Connection, names: Iterable[str]) -> None:
    """Make the keys of these names. Sorted, as the table's tree is: random order costs three times."""
    fresh = sorted(set(names))
    for start in range(0, len(fresh), CHUNK):
        pairs = [(key, name) for name in fresh[start : start + CHUNK] for key in search_keys(name)]
        if pairs:
            pairs.sort(key=itemgetter(0))
            connection.exec_driver_sql("INSERT OR IGNORE INTO search_key (key, name) VALUES (?, ?)", pairs)


def rebuild(connection: Connection, schema: Schema) -> None:
    """Make all keys anew, for a file that another version of the program wrote."""
    connection.exec_driver_sql("DELETE FROM search_key")
    write(connection, connection.execute(select(schema.tables["people"].c.name).distinct()).scalars())
