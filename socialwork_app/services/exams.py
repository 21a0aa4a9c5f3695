"""Exams: who may sit, and what became of those who did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from socialwork_app.domain.exam_eligibility import Eligibility, Verdict, rule_of
from socialwork_app.domain.exam_facts import CertificateRow, EducationRow, EmploymentRow, PersonRow, facts_of
from socialwork_app.domain.exam_results import Result, Results
from socialwork_app.domain.exams import LEVELS, Sittings
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import exam_facts, rows
from socialwork_app.persistence.exam_facts import PersonFacts
from socialwork_app.services.opened import OpenRegister


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person held against one level's rules. `held`: levels whose certificate the person has."""

    person_id: int
    name: str
    id_number: str | None
    township: int | None
    employer: int | None
    level: str
    year: int
    verdict: Verdict
    held: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonResult:
    person_id: int
    name: str
    id_number: str | None
    entry_id: int
    result: Result


class Exams:
    """Reads the rule tables once: make a new one when they may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        rules = opened.rules()
        with opened.database.read() as connection:
            self.sittings = Sittings(rows.all_rows(connection, opened.schema, "exam_sittings"), rules)
            conditions = rows.all_rows(connection, opened.schema, "eligibility_rules")
        self._ranks = opened.catalogue.code_lists["education"]
        self._majors = rules.on("exam.social_work_majors", opened.today()).value.split("、")
        self._conditions = [rule_of(row, self._ranks.rank(str(row["education"]))) for row in conditions]
        self.eligibility = Eligibility(self._conditions, self.sittings, self._majors)
        self.results = Results(self.sittings, rules)

    # who may sit

    def candidate(self, person_id: int, level: str, year: int) -> Candidate:
        return next(iter(self.candidates(level, year, [person_id])))

    def candidates(
        self, level: str, year: int, ids: Sequence[int] | None = None, control: Control | None = None
    ) -> Iterator[Candidate]:
        """Of these people, or of all who are here and do not hold the level or a higher one."""
        known: dict[tuple[Any, ...], Verdict] = {}  # most people share their facts with others
        held_already = set(LEVELS[LEVELS.index(level) :])
        with self.opened.database.stream() as connection:
            for facts in (control or Control()).each(exam_facts.read(connection, self.opened.schema, ids)):
                held = frozenset(certificate[0] for certificate in facts.certificates)
                if ids is None and (held & held_already or _left(facts)):
                    continue
                verdict = known.get(facts.key)
                if verdict is None:
                    verdict = known[facts.key] = self._judge(facts, level, year)
                row_id, name, id_number, township, employer = facts.person[: exam_facts.FACTS_FROM]
                yield Candidate(row_id, name, id_number, township, employer, level, year, verdict, held)

    def _judge(self, facts: PersonFacts, level: str, year: int) -> Verdict:
        return self.eligibility.judge(
            facts_of(
                PersonRow(*facts.person[exam_facts.FACTS_FROM :]),
                [EducationRow(*row) for row in facts.educations],
                [EmploymentRow(*row) for row in facts.employment],
                [CertificateRow(*row) for row in facts.certificates],
                self._ranks,
            ),
            level,
            year,
        )


def _left(facts: PersonFacts) -> bool:
    return facts.person[exam_facts.PERSON.index("status")] in LEFT_STATES
