"""Titles of talents: how long a term is, and what the yearly grades suggest about a title.

What a local scheme fixes stands in the scheme or in the rule table; here nothing is decided, only suggested.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from socialwork_app.domain.appraisals import BASIC, EXCELLENT, FAILED, MEANINGS, UNGRADED
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate, add_years
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.spells import before, begun, holds_on

MANAGED, EXPIRED, REVOKED, LEFT = "managed", "expired", "revoked", "left"
RECOMMENDED, REVIEWED, PUBLISHED, GRANTED = "recommended", "reviewed", "published", "granted"
STATE = ("talent_state", "state_on", "state_reason", "state_document")

MOST: Mapping[str, int] = {"cycle_years": 100, "cap": 10_000, "term_years": 100, "allowance": 1_000_000,
                           "publication_days": 366}  # fmt: skip
"""Of a scheme's numbers. What is more was meant for something else, and no last day can be worked out with it."""


class Decision(StrEnum):
    KEEP = "keep"
    TALK = "talk"
    SUSPEND = "suspend"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`code` and `values` make the sentence of the reason (domain.sentences, suggestion.*)."""

    decision: Decision
    code: str
    values: Mapping[str, Value]


def term_end(since: str, years: int) -> str | None:
    """The last day of a term that begins on an ISO day; None where the day is not known exactly."""
    begin = PartialDate.parse(since)
    return (add_years(begin.earliest(), years) - timedelta(days=1)).isoformat() if begin.exact else None


def in_term(since: str | None, until: str | None, year: int) -> bool:
    """Whether any day of the year lies in a term; ends that are not known are open."""
    first = PartialDate.parse(since).earliest().year if since else year
    last = PartialDate.parse(until).latest().year if until else year
    return first <= year <= last


def held_on(values: Mapping[str, Value], day: date) -> bool:
    """Whether a title is managed on a day; ends that are not known are open."""
    since, until = values["term_from"] or values["granted_on"], values["term_to"]
    return values["talent_state"] == MANAGED and holds_on((since, until), day)


def as_of(stored: Mapping[str, Value], day: date) -> dict[str, Value] | None:
    """A title on a day, its state by its own day; None before it was granted."""
    if not begun(stored["granted_on"] or stored["term_from"], day):
        return None
    state = {} if begun(stored["state_on"], day) else {**dict.fromkeys(STATE), "talent_state": MANAGED}
    return {**stored, **state}


def suggest(
    grades: Mapping[int, str | None], year: int, status: str | None, rules: RuleTable
) -> Suggestion | None:  # fmt: skip
    """What the grades of a term, by year, up to `year` suggest; None while the year has no grade.

    `status`: the person's, who may have left, retired or died.
    """
    if status in LEFT_STATES:
        return Suggestion(Decision.WITHDRAW, "suggestion.not_here", {"status": status})
    grade = grades.get(year)
    if not grade:
        return None
    day = date(year, 12, 31)
    for meaning, name in ((FAILED, "failed"), (BASIC, "basic")):
        times = sum(MEANINGS.get(one or "") == meaning for at, one in grades.items() if at <= year)
        limit = rules.number(f"appraisal.withdraw_after_{name}", day, or_first=True)
        if MEANINGS.get(grade) == meaning and 0 < limit <= times:
            return Suggestion(Decision.WITHDRAW, "suggestion.times", {"grade": grade, "times": times, "limit": limit})
    return _of_the_year(grade, day, rules)


def _of_the_year(grade: str, day: date, rules: RuleTable) -> Suggestion:
    meaning = MEANINGS.get(grade, UNGRADED)
    if meaning not in (FAILED, BASIC, UNGRADED):
        code = "suggestion.excellent" if meaning == EXCELLENT else "suggestion.competent"
        return Suggestion(Decision.KEEP, code, {"grade": grade})
    word = rules.on(f"appraisal.on_{meaning}", day, or_first=True).value
    decision = Decision(word) if word in set(Decision) else Decision.TALK
    return Suggestion(decision, "suggestion.by_rule", {"grade": grade})


def check_scheme(values: Mapping[str, Value]) -> list[Problem]:
    """What is wrong about a scheme by itself."""
    numbers = {key: values.get(key) for key in MOST}
    return [error("scheme.number", key, most=MOST[key])
            for key, number in numbers.items() if isinstance(number, int) and not 0 <= number <= MOST[key]]  # fmt: skip


def check(values: Mapping[str, Value]) -> list[Problem]:
    """What is wrong or odd about a title by itself."""
    problems: list[Problem] = []
    if before(values.get("term_to"), values.get("term_from")):
        problems.append(error("talent.ends_before", "term_to"))
    if values.get("talent_state") in (REVOKED, LEFT) and not values.get("state_reason"):
        problems.append(warning("talent.no_reason", "state_reason"))
    return problems
