"""Values worked out when a row is shown, as of a day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from socialwork_app.domain import registrations, talents
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.rules import RuleTable

Values = Mapping[str, Value]


def full_years(since: str, day: date) -> int | None:
    """Whole years between a date and a day. None where the precision leaves two answers open."""
    start = PartialDate.parse(since)
    early, late = _years(start.earliest(), day), _years(start.latest(), day)
    return early if early == late and early >= 0 else None


def _years(start: date, day: date) -> int:
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def _age(values: Values, day: date, _rules: RuleTable) -> Value:
    birth = values.get("birth_date")
    return full_years(str(birth), day) if birth else None


def _years_of_social_work(values: Values, day: date, _rules: RuleTable) -> Value:
    since = values.get("social_work_since")
    return full_years(str(since), day) if since else None


def _school_and_major(values: Values, _day: date, _rules: RuleTable) -> Value:
    return " ".join(str(values[key]) for key in ("school", "major") if values.get(key)) or None


def _registration_state(values: Values, day: date, rules: RuleTable) -> Value:
    return str(registrations.state(values, day, rules))


def _term_note(values: Values, day: date, rules: RuleTable) -> Value:
    """Of a title that is said to be managed: that its term is over, or soon will be."""
    until = values.get("term_to")
    if values.get("talent_state") != talents.MANAGED or not until:
        return None
    left = (PartialDate.parse(str(until)).latest() - day).days
    if left < 0:
        return "已期满，状态未改"
    return f"还有 {left} 天期满" if left <= rules.number("due.talent_days", day) else None


COMPUTED: dict[str, Callable[[Values, date, RuleTable], Value]] = {
    "age": _age,
    "years_of_social_work": _years_of_social_work,
    "school_and_major": _school_and_major,
    "registration_state": _registration_state,
    "term_note": _term_note,
}


def compute(values: Values, wanted: Sequence[str], day: date, rules: RuleTable) -> dict[str, Value]:
    return {key: COMPUTED[key](values, day, rules) for key in wanted if key in COMPUTED}
