"""What a list is asked for, as a value: it can be compared, saved and sent between threads."""

from dataclasses import dataclass
from typing import Literal

from socialwork_app.domain.fields.field import Value

Operator = Literal["=", "<=", ">=", "empty"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`field` may be any listed field's key or an owner's row id column (`person_id`).

    "=" on a date field means "falls within": 2017 finds 2017-06-10.
    """

    field: str
    value: Value
    operator: Operator = "="


@dataclass(frozen=True, slots=True)
class Filter:
    """`search` is what was typed; `sort` a field key; an empty sort is the register's own order."""

    search: str = ""
    where: tuple[Condition, ...] = ()
    sort: str = ""
    descending: bool = False


EVERYTHING = Filter()
