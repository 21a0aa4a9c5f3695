"""Groups of people who have something in common, and the pairs that were said to be two people.

Everybody is never compared with everybody: the file groups by what two records of one person share, and only within a
group is anybody looked at closely.
"""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, func, insert, select

from socialwork_app.domain.duplicates import canonical
from socialwork_app.domain.id_number import OLD_LENGTH
from socialwork_app.domain.phones import SEPARATOR
from socialwork_app.domain.pinyin import sound
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.database import interruptible
from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema, several_phones
from socialwork_app.persistence.transaction import Transaction

MOST_IN_COMMON = 30
"""People who share something that still tells: the phone of an office, or a name in a large register, tells no more."""
_SHARED = (
    ("sound(name) || substr(birth_date, 1, 7)", "birth_date IS NOT NULL", ""),
    ("sound(name) || substr(id_number, 1, 6) || substr(id_number, 15, 3)", "length(id_number) = 18", ""),
    ("sound(name) || '/' || employer", "employer IS NOT NULL", "AND count(id_number) < count(*)"),
    ("birth_date || '/' || employer", "employer IS NOT NULL AND birth_date IS NOT NULL",
     "AND count(id_number) < count(*)"),
    ("phone", "phone IS NOT NULL", ""),
    ("substr(id_number, 1, 15)", "length(id_number) = 18", "AND sum(id_number LIKE '%000')"),
)  # fmt: skip
"""What two records of one person have in common, whichever else of them is mistyped: (what, of whom, in which groups).
An ID number without its day of birth is for a day that was mistyped. The unit tells only of somebody without a number:
two numbers that have nothing to do with each other speak against one person more than all else can speak for it."""
Group = tuple[int, ...]
Pair = tuple[int, int]
"""Row ids of two people, the smaller first."""


def groups(connection: Connection, schema: Schema, control: Control) -> Iterator[Group]:
    """Row ids of people who share something; the same people may come together more than once."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.create_function("sound", 1, sound, deterministic=True)
    for number, (what, who, which) in enumerate(_SHARED):
        control.step(number, len(_SHARED))
        with interruptible(driver, control):
            found = driver.execute(
                f"SELECT group_concat(id) FROM people WHERE {who} GROUP BY {what} "  # noqa: S608 - our own words
                f"HAVING count(*) BETWEEN 2 AND {MOST_IN_COMMON} {which}"
            ).fetchall()
        yield from (tuple(map(int, ids.split(","))) for (ids,) in found)
    yield from _by_a_number_of_15_digits(connection, schema)
    yield from _by_one_of_several_phones(connection, schema)


def _by_a_number_of_15_digits(connection: Connection, schema: Schema) -> Iterator[Group]:
    """With somebody who has the same with 18."""
    people = schema.tables["people"]
    short = select(people.c.id, people.c.id_number).where(func.length(people.c.id_number) == OLD_LENGTH)
    having = {canonical(number): person for person, number in connection.execute(short)}
    same = select(people.c.id, people.c.id_number).where(people.c.id_number.in_(among(sorted(having))))
    yield from ((having[number], person) for person, number in connection.execute(same))


def _by_one_of_several_phones(connection: Connection, schema: Schema) -> Iterator[Group]:
    """With somebody who has more than one number in the column."""
    people = schema.tables["people"]
    having: dict[str, set[int]] = defaultdict(set)
    for person, numbers in connection.execute(select(people.c.id, people.c.phone).where(several_phones(people))):
        for number in numbers.split(SEPARATOR):
            having[number].add(person)
    for person, number in connection.execute(
        select(people.c.id, people.c.phone).where(people.c.phone.in_(among(sorted(having))))
    ):
        having[number].add(person)
    yield from (tuple(ids) for ids in having.values() if 2 <= len(ids) <= MOST_IN_COMMON)


def decided(connection: Connection, schema: Schema) -> dict[Pair, int]:
    """Pairs that were said to be two people, each with the change that says so, unless that was taken back."""
    table, later = schema.not_same, schema.changes
    taken_back = select(later.c.id).where(later.c.undoes == table.c.change_id).exists()
    found = connection.execute(select(table.c.one, table.c.other, table.c.change_id).where(~taken_back))
    return {(one, other): change for one, other, change in found}


def decide(transaction: Transaction, pair: Pair) -> None:
    """Say that these are two people."""
    one, other = sorted(pair)
    table = transaction.schema.not_same
    made = insert(table).prefix_with("OR REPLACE").values(one=one, other=other, change_id=transaction.change_id)
    transaction.connection.execute(made)
