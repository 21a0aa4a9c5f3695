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


def meets(value: Value, condition: Condition, *, dated: bool) -> bool:
    """Of a value that is at hand what a list asks of the rows in the file. `dated`: of a date field."""
    wanted = condition.value
    if condition.operator == "empty" or wanted in (None, ""):
        return value in (None, "")
    if value is None:
        return False
    if isinstance(value, str) or isinstance(wanted, str):
        text, other = str(value), str(wanted)
        same, less = text == other or (dated and text.startswith(other)), text < other
    else:
        same, less = value == wanted, value < wanted
    return same or (condition.operator != "=" and less == (condition.operator == "<="))


@dataclass(frozen=True, slots=True)
class Filter:
    """`search` is what was typed; `sort` a field key; an empty sort is the register's own order."""

    search: str = ""
    where: tuple[Condition, ...] = ()
    sort: str = ""
    descending: bool = False


EVERYTHING = Filter()
