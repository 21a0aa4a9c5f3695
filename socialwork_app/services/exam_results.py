"""What became of those who sat: results by person, and the same beside the rows of a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from socialwork_app.domain.exam_results import Outcome, Result, attempt_of, open_subjects
from socialwork_app.domain.exams import LEVELS, SUBJECTS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sentences import OUTCOMES, VERDICTS, sentences_of_missing
from socialwork_app.persistence import exam_entries
from socialwork_app.persistence.listing import Row
from socialwork_app.services.exams import Exams
from socialwork_app.services.opened import OpenRegister

RESULT_KEYS = ("outcome", "passed_subjects", "carried_subjects", "passed_before", "lapses")
VERDICT_KEYS = ("verdict", "verdict_reason")
DERIVED = (*RESULT_KEYS, *VERDICT_KEYS)


@dataclass(frozen=True, slots=True)
class PersonResult:
    """`entry` is the row as it is stored, with what names the person."""

    person_id: int
    name: str
    entry: Mapping[str, Any]
    result: Result


class ExamResults:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self.exams = Exams(opened)
        self._levels = opened.catalogue.code_lists["level"]

    def of_year(self, year: int) -> list[PersonResult]:
        with self.opened.database.read() as connection:
            rows = exam_entries.entries(connection, self.opened.schema, year=year)
        return [found for found in self._judged(rows) if found.result.year == year]

    def of_people(self, ids: Sequence[int]) -> list[PersonResult]:
        """Every entry of these people, by person, level and year."""
        with self.opened.database.read() as connection:
            rows = exam_entries.entries(connection, self.opened.schema, people=ids)
        return list(self._judged(rows))

    def all(self) -> list[PersonResult]:
        with self.opened.database.read() as connection:
            rows = exam_entries.entries(connection, self.opened.schema)
        return list(self._judged(rows))

    def open_subjects(self, person_id: int, level: str, year: int) -> tuple[str, ...]:
        """What the person has to sign up for: all that does not carry over into the year."""
        earlier = [
            one.result for one in self.of_people([person_id]) if one.result.level == level and one.result.year < year
        ]
        return open_subjects(earlier, level, year, self.exams.results.rolls(level, year))

    def _judged(self, rows: Iterable[dict[str, Any]]) -> Iterator[PersonResult]:
        for _, group in groupby(rows, key=lambda row: row["person_id"]):
            own = list(group)
            attempts = [attempt_of(row) for row in own]
            for level in LEVELS:
                entered = [row for row in own if row["level"] == level]
                if entered:  # in the order of years, as the rows come
                    for row, result in zip(entered, self.exams.results.of_level(attempts, level), strict=True):
                        yield PersonResult(row["person_id"], row["name"], row, result)

    # beside the rows of a list

    def derive(self, rows: Sequence[Row], keys: Sequence[str]) -> dict[int, dict[str, Value]]:
        """Derived values of entries by entry id, as far as they are asked for."""
        owners = list(dict.fromkeys(row.owner_id or 0 for row in rows))
        found: dict[int, dict[str, Value]] = {row.id: {} for row in rows}
        judged = self.of_people(owners)
        if set(keys) & set(RESULT_KEYS):
            for one in judged:
                if one.entry["id"] in found:
                    found[one.entry["id"]].update(self._result_values(one.result))
        if set(keys) & set(VERDICT_KEYS):
            wanted = [one for one in judged if one.entry["id"] in found]
            for one, values in self._verdicts(wanted):
                found[one.entry["id"]].update(values)
        return found

    def _result_values(self, result: Result) -> dict[str, Value]:
        return {
            "outcome": OUTCOMES[result.outcome],
            "passed_subjects": _names(result.level, result.passed),
            "carried_subjects": _names(result.level, (*result.passed, *result.carried))
            if result.outcome is Outcome.CARRYING else None,
            "passed_before": _names(result.level, result.carried),
            "lapses": result.lapses,
        }  # fmt: skip

    def _verdicts(self, judged: Sequence[PersonResult]) -> Iterator[tuple[PersonResult, dict[str, Value]]]:
        sets: dict[tuple[str, int], list[PersonResult]] = {}
        for one in judged:
            sets.setdefault((one.result.level, one.result.year), []).append(one)
        for (level, year), group in sets.items():
            ids = sorted({one.person_id for one in group})
            candidates = {one.person_id: one for one in self.exams.candidates(level, year, ids)}
            for one in group:
                verdict = candidates[one.person_id].verdict
                reason = "；".join(sentences_of_missing(verdict, self._levels)) or (
                    verdict.rule.rule if verdict.rule else ""
                )
                yield one, {"verdict": VERDICTS[verdict.answer], "verdict_reason": reason}


def _names(level: str, keys: Iterable[str]) -> str | None:
    wanted = set(keys)
    return "、".join(subject.short for subject in SUBJECTS[level] if subject.key in wanted) or None
