"""What a person's record must be, and what its ID number tells of it."""

from collections.abc import Mapping
from dataclasses import replace

from socialwork_app.domain import id_number
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import Problem, warning

RESIDENT_ID, OTHER_ID = "居民身份证", "其他"
LEFT_STATES = ("left", "retired", "died")


def has_resident_id(values: Mapping[str, Value]) -> bool:
    return bool(values.get("id_number")) and values.get("id_type") in (RESIDENT_ID, None, "")


def number_field(field: Field, id_type: object) -> Field:
    """The ID number field for a kind of document: only a resident ID has a length and a check digit."""
    foreign = field.key == "id_number" and id_type not in (None, "", RESIDENT_ID)
    return replace(field, kind=Kind.IDENTIFIER) if foreign else field


def number_faults(values: Mapping[str, Value]) -> tuple[Problem, ...]:
    """Why the number is none of a resident ID, as where it was another document's until the type was changed."""
    checked, problems = id_number.check(values["id_number"]) if has_resident_id(values) else (None, ())
    return tuple(replace(problem, field="id_number") for problem in problems) if checked is None else ()


def derive(values: Mapping[str, Value]) -> dict[str, Value]:
    """Sex and birth date from a resident ID number; nothing where it is none."""
    return told(str(values["id_number"])) if has_resident_id(values) and not number_faults(values) else {}


def told(number: str) -> dict[str, Value]:
    """Sex and birth date from a checked number (GB 11643: digits 7–14 and 17)."""
    return {"birth_date": id_number.birth_date(number), "gender": id_number.gender(number)}


def check(values: Mapping[str, Value]) -> tuple[Problem, ...]:
    """What contradicts itself. The ID number is taken to be right, since its check digit has been verified."""
    return contradictions(values, derive(values))


def contradictions(values: Mapping[str, Value], told: Mapping[str, Value]) -> tuple[Problem, ...]:
    """The same, with what the ID number tells worked out already."""
    problems: list[Problem] = []
    birth = values.get("birth_date")
    if told and birth and not PartialDate.parse(str(birth)).covers(PartialDate.parse(str(told["birth_date"]))):
        problems.append(warning("birth_date.not_as_id", "birth_date", stated=birth, told=told["birth_date"]))
    if told and values.get("gender") not in (None, told["gender"]):
        problems.append(warning("gender.not_as_id", "gender", stated=values["gender"], told=told["gender"]))
    if values.get("status") in LEFT_STATES and not values.get("status_on"):
        problems.append(warning("status.no_date", "status_on"))
    return tuple(problems)
