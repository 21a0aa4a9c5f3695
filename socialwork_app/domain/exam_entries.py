"""What is odd about an entry (报考), by itself."""

from collections.abc import Iterator, Mapping
from datetime import date

from socialwork_app.domain.exams import SENIOR, SOCIAL_WORKER, SUBJECT_KEYS, SUBJECT_SEPARATOR, SUBJECTS, signed_up
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.domain.rules import RuleTable

FIRST_YEAR, FIRST_SENIOR_YEAR = 2008, 2019
"""Of the exam; one year ahead of today is as far as anybody signs up."""
_NAMES = {(level, subject.key): subject.name for level, subjects in SUBJECTS.items() for subject in subjects}


def complete(values: Mapping[str, Value]) -> dict[str, Value]:
    """What an entry leaves open: without subjects it is for all of its level."""
    return {"subjects": SUBJECT_SEPARATOR.join(signed_up(values))}


def check(values: Mapping[str, Value], rules: RuleTable, today: date) -> Iterator[Problem]:
    year, level = int(values["year"] or 0), str(values["level"])
    first = FIRST_SENIOR_YEAR if level == SENIOR else FIRST_YEAR
    if not first <= year <= today.year + 1:
        yield error("exam.year_odd", "year", year=year, first=first)
        return
    if level != SOCIAL_WORKER and "policy" in str(values.get("subjects") or ""):
        yield error("exam.policy_only_middle", "subjects")
    scored = [key for key in SUBJECT_KEYS if values.get(key) is not None]
    full = rules.number("exam.full_mark", date(year, 1, 1)) if scored else 0
    wanted = signed_up(values) if scored else ()
    for key in scored:
        name = _NAMES.get((level, key))
        if name is None:
            yield error("exam.policy_only_middle", key)
        elif key not in wanted:
            yield warning("exam.subject_not_signed_up", key, subject=name)
        if int(values[key] or 0) > full:
            yield warning("score.above_full", key, score=values[key], full=full)
    if level != SENIOR and values.get("proof_on"):
        yield warning("exam.proof_without_pass", "proof_on")
