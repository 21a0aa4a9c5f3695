"""From hours attended to the ledger of learning: what is to be made, changed and taken out so that the two agree."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.learning import TRAINING

Values = Mapping[str, Value]
ON_RECORD = "见签到记录"
"""The proof of hours in a course of our own where no certificate of completion was numbered: its sign-in is on record."""
_OF_THE_COURSE = ("title", "organiser", "form", "category")


class Difference(NamedTuple):
    """`new`: by person. `changed`: by record, the values that differ. `gone`: records. `people`: all whom it concerns."""

    new: Mapping[int, Values]
    changed: Mapping[int, Values]
    gone: tuple[int, ...]
    people: frozenset[int]


def record(course: Values, since: str | None, until: str | None, hours: float, number: str | None) -> Values:
    """What the ledger says of one person's hours in a course; the rest of a record is the officer's."""
    told = {key: course[key] for key in _OF_THE_COURSE}
    return {**told, "from": since, "to": until, "hours": hours, "kind": TRAINING, "proof": number or ON_RECORD}


def difference(wanted: Mapping[int, Values], stands: Iterable[Values]) -> Difference:
    """`wanted` by person; `stands`: the course's records in the ledger, in the order of their ids. Of several of one person
    the first stays."""
    left, changed, gone, people = dict(wanted), dict[int, Values](), list[int](), set[int]()
    for row in stands:
        row_id, person = _number(row["id"]), _number(row["person_id"])
        values = left.pop(person, None)
        differing = {key: value for key, value in (values or {}).items() if row[key] != value}
        if values is None:
            gone.append(row_id)
        elif differing:
            changed[row_id] = differing
        if values is None or differing:
            people.add(person)
    return Difference(left, changed, tuple(gone), frozenset({*people, *left}))


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value
