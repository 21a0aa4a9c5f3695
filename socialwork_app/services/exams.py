"""Exams: who may sit, and what became of those who did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from socialwork_app.domain.exam_eligibility import Answer, Eligibility, Facts, Judged, Verdict, rule_of
from socialwork_app.domain.exam_facts import EducationRow, EmploymentRow, PersonRow, facts_of
from socialwork_app.domain.exam_results import Results
from socialwork_app.domain.exams import LEVELS, Sittings
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.sentences import sentences_of_missing
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import exam_facts, rows
from socialwork_app.persistence.by_person import Rows
from socialwork_app.persistence.exam_facts import FACTS_FROM, PERSON
from socialwork_app.services.exam_passes import Passed, Passes
from socialwork_app.services.opened import OpenRegister

STATUS = PERSON.index("status")
OTHER_MAJOR = "-"
NOTHING_HELD: frozenset[str] = frozenset()
Row = tuple[Any, ...]
Key = tuple[Row, Rows, Rows]
Papers = tuple[frozenset[Row], Passed]
Wanted = tuple[int, str, int]
"""A person, a level and an exam year."""


class Candidate(NamedTuple):
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


class Exams:
    """Reads the rule tables once: make a new one when they may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        rules = opened.rules()
        with opened.database.read() as connection:
            self.sittings = Sittings(rows.all_rows(connection, opened.schema, "exam_sittings"), rules)
            conditions = rows.all_rows(connection, opened.schema, "eligibility_rules")
        self._ranks = opened.catalogue.code_lists["education"]
        self._majors = [word for word in rules.on("exam.social_work_majors", opened.today()).value.split("、") if word]
        self._kinds: dict[str | None, str | None] = {}
        self._conditions = [rule_of(row, self._ranks.rank(str(row["education"]))) for row in conditions]
        self.eligibility = Eligibility(self._conditions, self.sittings, self._majors)
        self.results = Results(self.sittings, rules)

    def proof_issued(self, entry: Mapping[str, Any]) -> str:
        """When the senior exam's proof was issued: the entry's own day, else the year's day of scores; "" if unknown."""
        return str(entry["proof_on"] or self.sittings[int(entry["year"])].scores_on)

    # who may sit

    def candidate(self, person_id: int, level: str, year: int) -> Candidate:
        return next(iter(self.candidates(level, year, [person_id])))

    def candidates(
        self, level: str, year: int, ids: Sequence[int] | None = None, control: Control | None = None
    ) -> Iterator[Candidate]:
        """Of these people, or of all who are here and do not hold the level or a higher one."""
        known: dict[Key, Judged] = {}  # most people share their facts with others
        verdicts: dict[tuple[Key, Papers], Verdict] = {}
        held_already = frozenset(LEVELS[LEVELS.index(level) :])
        asked = {rule.after for rule in self._conditions if rule.level == level} - {""}
        passes = Passes(self.opened, self.results, self.sittings, asked, ids)
        with self.opened.database.stream() as connection:
            for facts in (control or Control()).each(exam_facts.read(connection, self.opened.schema, ids)):
                person, educations, employment, certificates = facts
                held = frozenset([row[0] for row in certificates]) if certificates else NOTHING_HELD
                if ids is None and (person[STATUS] in LEFT_STATES or not held.isdisjoint(held_already)):
                    continue
                education, degree, major, *rest = person[FACTS_FROM:]
                key = ((education, degree, self._kind_of(major), *rest), educations, employment)
                judged = known.get(key)
                if judged is None:
                    judged = known[key] = self.eligibility.without_certificates(self._facts(*key), level, year)
                row_id, name, id_number, township, employer = person[:FACTS_FROM]
                verdict = judged.verdict
                if judged.is_open:
                    papers = frozenset([row for row in certificates if row[0] in asked]), passes.of(row_id)
                    if any(papers):
                        verdict = verdicts.get((key, papers)) or self.eligibility.holding(judged, *papers)
                        verdicts[key, papers] = verdict
                yield Candidate(row_id, name, id_number, township, employer, level, year, verdict, held)

    def refused(self, wanted: Iterable[Wanted], control: Control | None = None) -> dict[Wanted, str]:
        """Of these the ones whom the rules refuse, with what is lacking: one pass for each level and year."""
        asked: dict[tuple[str, int], set[int]] = {}
        for person_id, level, year in wanted:
            asked.setdefault((level, year), set()).add(person_id)
        levels = self.opened.catalogue.code_lists["level"]
        return {
            (one.person_id, level, year): "".join(sentences_of_missing(one.verdict, levels))
            for (level, year), ids in asked.items()
            for one in self.candidates(level, year, sorted(ids), control)
            if one.verdict.answer is Answer.NO
        }

    def _kind_of(self, major: str | None) -> str | None:
        """One major for all that are alike to the rules, so that more people share their facts."""
        if major not in self._kinds:
            alike = major and any(word in major for word in self._majors)
            self._kinds[major] = self._majors[0] if alike else OTHER_MAJOR if major else None
        return self._kinds[major]

    def _facts(self, person: Row, educations: Rows, employment: Rows) -> Facts:
        """All but the certificates."""
        return facts_of(
            PersonRow(*person),
            [EducationRow(*row) for row in educations],
            [EmploymentRow(*row) for row in employment],
            (),
            self._ranks,
        )
