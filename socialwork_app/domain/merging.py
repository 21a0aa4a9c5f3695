"""When two records are made one: which value stays, and which records that hang on them are the same thing twice."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.phones import SEPARATOR

Values = Mapping[str, Value]
Row = TypeVar("Row", bound=Mapping[str, Any])


class Side(StrEnum):
    """Whose value stays. The value is the word of the command."""

    KEEP = "keep"
    DROP = "drop"
    BOTH = "both"


class Same(NamedTuple):
    """What makes two records of a register one: `equal` in these, and nothing `agreed` on is told otherwise by both."""

    equal: tuple[str, ...]
    agreed: tuple[str, ...] = ()


SAME: Mapping[str, Same] = {
    "educations": Same(("education", "school"), ("major", "graduated_on")),
    "employment": Same(("employer", "from")),
    "certificates": Same(("level",), ("certificate_number", "approved_on")),
    "registrations": Same(("registered_on",), ("registration_number", "registration_kind")),
    "exam_entries": Same(("year", "level")),
    "senior_reviews": Same(("year",)),
    "training_signups": Same(("course",)),
    "attendance": Same(("date", "half_day")),
    "learning": Same(("title", "from", "hours"), ("to", "course", "kind")),
    "talent_candidates": Same(("round",)),
    "talents": Same(("scheme",), ("round", "granted_on")),
    "appraisals": Same(("scheme", "year")),
    "appraisal_scores": Same(("item", "appraiser")),
    "leader_contacts": Same(("leader", "from")),
    "contact_log": Same(("date", "contact_form", "matter"), ("leader",)),
    "attachments": Same(("digest",)),
}
"""Of what hangs on people. What is of none of these is never the same: it stands beside the other."""
FOLLOWS: Mapping[str, str] = {"id_type": "id_number", "township": "community", "status_on": "status"}
"""Fields that mean something beside another one only, and come from where that comes from."""
_JOINED = {Kind.LONG_TEXT: "\n", Kind.PHONE: SEPARATOR}
_FULLER = (Kind.DATE, Kind.TEXT, Kind.LONG_TEXT, Kind.PHONE, Kind.IDENTIFIER)


def sides(field: Field) -> tuple[Side, ...]:
    """What can be chosen where two values differ."""
    return tuple(Side) if field.kind in _JOINED else (Side.KEEP, Side.DROP)


def proposed(field: Field, kept: Value, dropped: Value, newer: Side) -> Side | None:
    """The value that is there, else the fuller one, both notes, or that of the record changed last. None where numbers
    of people contradict each other: that is for somebody to look up."""
    if kept == dropped or dropped is None:
        return Side.KEEP
    if kept is None or fuller(field, kept, dropped):
        return Side.DROP
    if fuller(field, dropped, kept):
        return Side.KEEP
    if field.sensitive:
        return None
    return Side.BOTH if field.kind is Kind.LONG_TEXT else newer


def fuller(field: Field, value: Value, other: Value) -> bool:
    """Whether the other says all that this one says and more: 2017-06-10 and 2017-06."""
    if field.kind not in _FULLER or value is None or other is None or value == other:
        return False
    return str(other).startswith(str(value)) if field.kind is Kind.DATE else str(value) in str(other)


def chosen(field: Field, kept: Value, dropped: Value, side: Side) -> Value:
    if side is not Side.BOTH:
        return kept if side is Side.KEEP else dropped
    separator = _JOINED[field.kind]
    parts = [part for value in (kept, dropped) if value for part in str(value).split(separator)]
    return separator.join(dict.fromkeys(parts))


def twin(fields: Mapping[str, Field], kind: str, row: Values, among: Sequence[Row]) -> Row | None:
    """The record of the other person that is the same thing."""
    same = SAME.get(kind)
    if same is None or all(row[key] is None for key in same.equal):
        return None
    return next((other for other in among if _is_same(fields, same, row, other)), None)


def _is_same(fields: Mapping[str, Field], same: Same, row: Values, other: Values) -> bool:
    if any(row[key] != other[key] for key in same.equal):
        return False
    return not any(_contradict(fields[key], row[key], other[key]) for key in same.agreed)


def _contradict(field: Field, one: Value, other: Value) -> bool:
    if one is None or other is None or one == other:
        return False
    return field.kind is not Kind.DATE or not (fuller(field, one, other) or fuller(field, other, one))


_INTO = "并入"


def told(keep: int, drop: int) -> str:
    """In the log."""
    return f"{drop} {_INTO} {keep}"


def ending(keep: int) -> str:
    """How that ends for whoever came to this record."""
    return f" {_INTO} {keep}"
