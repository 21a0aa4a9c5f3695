"""The appraisals of a scheme and year: who is appraised, by which scores, with which grade, and what that suggests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from socialwork_app.domain import appraisals, talents
from socialwork_app.domain.appraisals import Score
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.sentences import sentence
from socialwork_app.domain.talents import Suggestion
from socialwork_app.persistence import rows as stored
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.listing import Row
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.appraisal_criteria import Version, Versions
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_terms import Holding, holding_of, holdings

KIND, SCORES = "appraisals", "appraisal_scores"
DERIVED = ("total_score", "appraised_by", "grade_by_score", "suggestion", "suggestion_reason")
NOT_GRADED, NOT_APPRAISED = "appraisal.not_graded", "appraisal.missing"


@dataclass(frozen=True, slots=True)
class Appraised:
    """Somebody's appraisal of a year. `person`: the person's row, with the name of the `unit`; `values`: the appraisal's.

    `total`: from the scores by the version, else the score that was entered as a whole. `holding`: the title whose term the
    year lies in.
    """

    id: int
    person_id: int
    person: Mapping[str, Any]
    values: Mapping[str, Any]
    version: Version | None
    scores: tuple[Score, ...]
    total: float | None
    holding: Holding | None
    suggestion: Suggestion | None

    @property
    def name(self) -> str:
        return str(self.person["name"])

    @property
    def unit(self) -> str:
        """Of the time; where none was kept that of today."""
        return str(self.values["unit_then"] or self.person["unit"])

    @property
    def grade(self) -> str | None:
        return self.values["grade"]

    @property
    def grade_by_score(self) -> str | None:
        return appraisals.grade_by_score(self.version.criteria, self.total) if self.version else None

    @property
    def appraised_by(self) -> int:
        return len({score.appraiser for score in self.scores})

    @property
    def reason(self) -> str:
        """Why this is suggested, or why nothing is, in words."""
        return told(self.suggestion, NOT_GRADED)


def told(suggestion: Suggestion | None, otherwise: str) -> str:
    return sentence(suggestion.code, **suggestion.values) if suggestion else sentence(otherwise)


class Appraisals:
    """Reads rules and versions once: make a new one when they may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self.versions = Versions(opened)
        self._rules: RuleTable = opened.rules()

    def of_year(self, scheme: int, year: int) -> list[Appraised]:
        """Unit by unit."""
        with self.opened.database.read() as connection:
            found = self._rows(connection, KIND, {"scheme": [scheme], "year": [year]})
            made = self._appraised(connection, found)
        return sorted(made, key=lambda one: (one.unit, one.id))

    def of_ids(self, ids: Iterable[int]) -> list[Appraised]:
        with self.opened.database.read() as connection:
            return self._appraised(connection, self._rows(connection, KIND, {"id": ids}))

    def suggest(
        self, holding: Holding | None, person: Mapping[str, Any], grades: Mapping[int, str | None], year: int
    ) -> Suggestion | None:
        """`grades`: by year; those of the title's term count, without a title only the year's own."""
        counted = {at: grade for at, grade in grades.items() if (holding.covers(at) if holding else at == year)}
        return talents.suggest(counted, year, person["status"], self._rules)

    def grades(self, connection: Connection, people: Iterable[int]) -> dict[tuple[int, int], dict[int, str | None]]:
        """By person and scheme: the grade of each year."""
        found: dict[tuple[int, int], dict[int, str | None]] = {}
        wanted = ("person_id", "scheme", "year", "grade")
        for row in self._rows(connection, KIND, {"person_id": people}, wanted):
            found.setdefault((row["person_id"], row["scheme"]), {})[row["year"]] = row["grade"]
        return found

    def _rows(
        self, connection: Connection, kind: str, values: Mapping[str, Iterable[Any]], wanted: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        return rows_where(connection, self.opened.schema, kind, values, wanted)

    def _appraised(self, connection: Connection, found: Sequence[Mapping[str, Any]]) -> list[Appraised]:
        people = {row["person_id"] for row in found}
        persons = self._persons(connection, people)
        titles = holdings(connection, self.opened.schema, people=people)
        grades = self.grades(connection, people)
        scores: dict[int, list[Score]] = {}
        for row in self._rows(connection, SCORES, {"appraisal_id": [row["id"] for row in found]}):
            scores.setdefault(row["appraisal_id"], []).append(Score(row["appraiser"] or "", row["item"], row["score"]))
        return [self._one(row, persons[row["person_id"]], titles, grades, scores.get(row["id"], ())) for row in found]

    def _persons(self, connection: Connection, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        found = self._rows(connection, "people", {"id": ids})
        employers = sorted({row["employer"] for row in found if row["employer"]})
        units = stored.values_of(connection, self.opened.schema, "organisations", "name", employers)
        return {row["id"]: {**row, "unit": units.get(row["employer"], "")} for row in found}

    def _one(
        self, row: Mapping[str, Any], person: Mapping[str, Any], titles: Sequence[Holding],
        grades: Mapping[tuple[int, int], Mapping[int, str | None]], scores: Sequence[Score],
    ) -> Appraised:  # fmt: skip
        version = self.versions.of(row)
        total = appraisals.total(version.criteria, scores) if version else None
        holding = holding_of(titles, row["person_id"], row["scheme"], row["year"])
        suggestion = self.suggest(holding, person, grades[row["person_id"], row["scheme"]], row["year"])
        return Appraised(row["id"], row["person_id"], person, row, version, tuple(scores),
                         row["score"] if total is None else total, holding, suggestion)  # fmt: skip


class AppraisalsBeside:
    """What stands beside the rows of a list of appraisals."""

    def __init__(self, opened: OpenRegister) -> None:
        self._opened = opened
        self._appraisals = Appraisals(opened)
        self._label = opened.catalogue.code_lists["talent_decision"].label

    def derive(self, rows: Sequence[Row], keys: Sequence[str]) -> dict[int, dict[str, Value]]:
        found: dict[int, dict[str, Value]] = {row.id: {} for row in rows}
        for one in self._appraisals.of_ids(found):
            values: dict[str, Value] = {
                "total_score": one.total, "appraised_by": one.appraised_by or None, "grade_by_score": one.grade_by_score,
                "suggestion": self._label(one.suggestion.decision) if one.suggestion else None,
                "suggestion_reason": one.reason,
            }  # fmt: skip
            found[one.id] = {key: values[key] for key in keys}
        return found
