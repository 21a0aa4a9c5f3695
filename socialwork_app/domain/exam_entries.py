"""What is odd about an entry (报考), by itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

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


class EntryCheck:
    """Of entries on one day; what all of a year, level and subjects have in common is worked out once."""

    def __init__(self, rules: RuleTable, today: date) -> None:
        self._rules = rules
        self._last_year = today.year + 1
        self._known: dict[tuple[Value, Value, Value], _InCommon] = {}
        self._full_marks: dict[Value, int] = {}

    def problems(self, values: Mapping[str, Value]) -> list[Problem]:
        key = values["year"], values["level"], values.get("subjects")
        common = self._known.get(key)
        if common is None:
            common = self._known[key] = self._in_common(values)
        found = list(common.problems)
        if not common.subjects:
            return found
        for subject in SUBJECT_KEYS:
            score = values.get(subject)
            if score is not None:
                full = self._full_marks.get(values["year"]) or self._full_mark(values["year"])
                if subject not in common.subjects or int(score) > full:
                    found += _odd_score(common, subject, int(score), full)
        if common.level != SENIOR and values.get("proof_on"):
            found.append(warning("exam.proof_without_pass", "proof_on"))
        return found

    def held(self, level: str, year: int) -> bool:
        """Whether anybody can have signed up for this level in this year."""
        return _first_year(level) <= year <= self._last_year

    def _in_common(self, values: Mapping[str, Value]) -> "_InCommon":
        year, level = int(values["year"] or 0), str(values["level"])
        first = _first_year(level)
        if not self.held(level, year):
            return _InCommon(level, (error("exam.year_odd", "year", year=year, first=first),), ())
        misplaced = level != SOCIAL_WORKER and "policy" in str(values.get("subjects") or "")
        problems = (error("exam.policy_only_middle", "subjects"),) if misplaced else ()
        return _InCommon(level, problems, signed_up(values))

    def _full_mark(self, year: Value) -> int:
        full = self._full_marks[year] = self._rules.number("exam.full_mark", date(int(year or 0), 1, 1))
        return full


def _first_year(level: str) -> int:
    return FIRST_SENIOR_YEAR if level == SENIOR else FIRST_YEAR


class _InCommon(NamedTuple):
    """`subjects`: those signed up for; none where the year is odd and nothing more is asked."""

    level: str
    problems: tuple[Problem, ...]
    subjects: tuple[str, ...]


def _odd_score(common: _InCommon, subject: str, score: int, full: int) -> Iterator[Problem]:
    name = _NAMES.get((common.level, subject))
    if name is None:
        yield error("exam.policy_only_middle", subject)
    elif subject not in common.subjects:
        yield warning("exam.subject_not_signed_up", subject, subject=name)
    if score > full:
        yield warning("score.above_full", subject, score=score, full=full)
