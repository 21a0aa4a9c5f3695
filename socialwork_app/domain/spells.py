"""Whether a day lies in a term, a contact, the time of a rule. Unknown ends are open; a vague day counts wherever it may be."""

from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate

Spell = tuple[Value, Value]
"""The first and the last day, ISO, each as precise as it is known."""


def begun(since: Value, day: date) -> bool:
    return not since or PartialDate.parse(str(since)).earliest() <= day


def over(until: Value, day: date) -> bool:
    return bool(until) and PartialDate.parse(str(until)).latest() < day


def holds_on(spell: Spell, day: date) -> bool:
    since, until = spell
    return begun(since, day) and not over(until, day)


def holds_between(spell: Spell, first: date, last: date) -> bool:
    """Whether any day from first to last lies in it."""
    since, until = spell
    return begun(since, last) and not over(until, first)


def before(one: Value, other: Value) -> bool:
    """Whether one day is before another for certain; never where either is not known."""
    return bool(one and other) and PartialDate.parse(str(one)).latest() < PartialDate.parse(str(other)).earliest()


def overlap(one: Spell, other: Spell) -> bool:
    """Whether both hold on one day for certain: to 2026-06 and from 2026-06 they need not."""
    return _reaches(one, other) and _reaches(other, one)


def _reaches(one: Spell, other: Spell) -> bool:
    """Whether one has begun, at the latest, before the other can be over."""
    since, until = one[0], other[1]
    if not since or not until:
        return True
    return PartialDate.parse(str(since)).latest() <= PartialDate.parse(str(until)).earliest()
