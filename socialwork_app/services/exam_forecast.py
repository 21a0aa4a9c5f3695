"""Who could sit in a year: by level, what is lacking and until when, whose passes and proofs run out."""

from collections.abc import Iterator
from dataclasses import dataclass

from socialwork_app.domain.exam_eligibility import Verdict
from socialwork_app.domain.exam_results import Outcome, Proof, Result, open_subjects, proof
from socialwork_app.domain.exams import LEVELS, SENIOR, SOCIAL_WORKER
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import exam_entries
from socialwork_app.services.exam_results import ExamResults, PersonResult
from socialwork_app.services.exams import Candidate
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References


@dataclass(frozen=True, slots=True)
class Prospect:
    """A person and a level. `subjects` are to be signed up for; `lapsing` are passes that can be used in this year for
    the last time; `entered` tells that the person has signed up for the year."""

    person_id: int
    name: str
    id_number: str | None
    township: str
    employer: str
    level: str
    verdict: Verdict
    subjects: tuple[str, ...]
    lapsing: tuple[str, ...]
    entered: bool


@dataclass(frozen=True, slots=True)
class OpenProof:
    """A pass of the senior exam whose review is not passed yet."""

    person_id: int
    name: str
    entry_id: int
    proof: Proof
    reviews: int


class Forecast:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self.results = ExamResults(opened)

    def of_year(self, year: int, control: Control | None = None) -> Iterator[Prospect]:
        """Everybody here, at each level above the one held; the senior level for social workers alone."""
        latest = self._latest(year)
        references = References(self.opened)
        towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
        units = {row_id: name for name, row_id in references.organisations.items()}
        for level in LEVELS:
            for one in self.results.exams.candidates(level, year, control=control):
                if level == SENIOR and SOCIAL_WORKER not in one.held:
                    continue
                yield self._prospect(one, latest.get((one.person_id, level), []),
                                     towns.get(one.township or 0, ""), units.get(one.employer or 0, ""))  # fmt: skip

    def _prospect(self, one: Candidate, results: list[Result], township: str, employer: str) -> Prospect:
        earlier = [result for result in results if result.year < one.year]
        rolls = self.results.exams.results.rolls(one.level, one.year)
        subjects = open_subjects(earlier, one.level, one.year, rolls)
        last = earlier[-1] if earlier else None
        running_out = last is not None and last.lapses == one.year and last.outcome is not Outcome.PASSED
        lapsing = (*last.passed, *last.carried) if last and running_out else ()
        entered = any(result.year == one.year for result in results)
        return Prospect(one.person_id, one.name, one.id_number, township, employer, one.level, one.verdict, subjects,
                        lapsing, entered)  # fmt: skip

    def _latest(self, year: int) -> dict[tuple[int, str], list[Result]]:
        found: dict[tuple[int, str], list[Result]] = {}
        for one in self.results.all():
            if one.result.year <= year:
                found.setdefault((one.person_id, one.result.level), []).append(one.result)
        return found

    def lapsing(self, year: int) -> list[PersonResult]:
        """Candidates whose earlier passes count in this year for the last time and who have not passed."""
        latest: dict[tuple[int, str], PersonResult] = {}
        for one in self.results.all():
            if one.result.year <= year:
                latest[one.person_id, one.result.level] = one
        return [one for one in latest.values()
                if one.result.lapses == year and one.result.outcome is not Outcome.PASSED]  # fmt: skip

    def open_proofs(self) -> list[OpenProof]:
        """Proofs of the senior exam, also those that have run out, of people without the certificate."""
        with self.opened.database.read() as connection:
            done = exam_entries.certified(connection, self.opened.schema, SENIOR)
            reviews = exam_entries.reviews(connection, self.opened.schema)
        passed = {row["exam_entry_id"] for row in reviews if row["state"] == "passed"}
        rules, found = self.opened.rules(), list[OpenProof]()
        for one in self.results.all():
            result, entry = one.result, one.entry
            if result.level != SENIOR or result.outcome is not Outcome.PASSED:
                continue
            issued = entry["proof_on"] or self.results.exams.sittings[result.year].scores_on
            if not issued or one.person_id in done or entry["id"] in passed:
                continue
            count = sum(row["exam_entry_id"] == entry["id"] for row in reviews)
            found.append(OpenProof(one.person_id, one.name, int(entry["id"]), proof(issued, rules), count))
        return found
