"""Registration of certificates (社会工作者职业水平证书登记办法, 民发〔2009〕44号): clocks and states.

All numbers come from the rule table; a late registration is a warning, never a lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate, add_months, add_years
from socialwork_app.domain.problems import Problem, warning
from socialwork_app.domain.rules import RuleTable

SAME_DAY, DAY_BEFORE = "same_day", "day_before"
CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    """What officials call where a certificate stands; the text is shown as it is."""

    AWAITED = "待首次登记"
    LATE = "逾期未登记"
    VALID = "有效"
    RENEWABLE = "可再次登记"
    LAPSED = "已过期"
    CANCELLED = "已注销"
    UNKNOWN = "日期不详"


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due: `kind` first_registration, renewal or lapsed; `code` makes the sentence."""

    kind: str
    due: date
    code: str

    def overdue(self, day: date) -> bool:
        return self.due < day


def expiry(registered_on: str, rules: RuleTable) -> str | None:
    """Last day of validity for an exactly known registration day; the text leaves open whether it is
    the same day or the day before, so the rule table decides. None where the day is not known."""
    start = PartialDate.parse(registered_on)
    if not start.exact:
        return None
    begun = start.earliest()
    end = add_years(begun, rules.number("registration.valid_years", begun, or_first=True))
    if rules.on("registration.ends", begun, or_first=True).value == DAY_BEFORE:
        end -= timedelta(days=1)
    return end.isoformat()


def first_registration_deadline(approved_on: str, rules: RuleTable) -> date:
    """Within a year after passing; an imprecise approval date is read in the holder's favour."""
    approved = PartialDate.parse(approved_on).latest()
    return add_months(approved, rules.number("registration.first_within_months", approved, or_first=True))


def renewal_opens(valid_until: str, rules: RuleTable) -> date:
    end = PartialDate.parse(valid_until).latest()
    return add_months(end, -rules.number("registration.renewal_window_months", end, or_first=True))


def state(values: Mapping[str, Value], day: date, rules: RuleTable) -> RegistrationState:
    """`values`: approved_on, registered_on, valid_until, registration_kind of the latest registration."""
    if values.get("registration_kind") == CANCELLED:
        return RegistrationState.CANCELLED
    if not any(values.get(key) for key in ("registered_on", "valid_until", "registration_number")):
        return _unregistered(values, day, rules)
    end = values.get("valid_until")
    if not end:
        return RegistrationState.UNKNOWN
    if PartialDate.parse(str(end)).latest() < day:
        return RegistrationState.LAPSED
    return RegistrationState.RENEWABLE if renewal_opens(str(end), rules) <= day else RegistrationState.VALID


def _unregistered(values: Mapping[str, Value], day: date, rules: RuleTable) -> RegistrationState:
    approved = values.get("approved_on")
    if not approved:
        return RegistrationState.UNKNOWN
    late = first_registration_deadline(str(approved), rules) < day
    return RegistrationState.LATE if late else RegistrationState.AWAITED


def due(values: Mapping[str, Value], day: date, rules: RuleTable) -> Due | None:
    """What the holder of a certificate has to do by when; None when nothing is due on that day."""
    match state(values, day, rules):
        case RegistrationState.AWAITED | RegistrationState.LATE as stands:
            deadline = first_registration_deadline(str(values["approved_on"]), rules)
            late = stands is RegistrationState.LATE
            return Due(
                "first_registration",
                deadline,
                "due.first_registration_late" if late else "due.first_registration",
            )
        case RegistrationState.RENEWABLE:
            return Due("renewal", PartialDate.parse(str(values["valid_until"])).latest(), "due.renewal")
        case RegistrationState.LAPSED:
            return Due("lapsed", PartialDate.parse(str(values["valid_until"])).latest(), "due.lapsed")
        case _:
            return None


def check(values: Mapping[str, Value], approved_on: Value, rules: RuleTable) -> tuple[Problem, ...]:
    """What is odd about a registration; nothing here stops it."""
    problems: list[Problem] = []
    registered, until = values.get("registered_on"), values.get("valid_until")
    if registered and approved_on:
        day = PartialDate.parse(str(registered))
        if day.latest() < PartialDate.parse(str(approved_on)).earliest():
            problems.append(warning("registration.before_approval", "registered_on"))
        elif values.get("registration_kind") == "first" and day.earliest() > first_registration_deadline(
            str(approved_on), rules
        ):
            months = rules.number("registration.first_within_months", day.earliest(), or_first=True)
            problems.append(warning("registration.late", "registered_on", months=months))
    if registered and until and str(until) < str(registered):
        problems.append(warning("registration.ends_before_start", "valid_until"))
    return tuple(problems)
