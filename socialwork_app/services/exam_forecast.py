"""Who could sit in a year: by level, what is lacking and until when, whose passes and proofs run out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from socialwork_app.domain.exam_eligibility import Answer, Verdict
from socialwork_app.domain.exam_results import Outcome, Proof, Result, open_subjects, proof
from socialwork_app.domain.exams import LEVELS, SENIOR, SOCIAL_WORKER, SUBJECTS
from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import exam_entries
from socialwork_app.services.exam_results import ExamResults, PersonResult
from socialwork_app.services.exams import Candidate
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.references import References

STEP = "forecast"
ENTRY_KEYS = ("id", "year", "proof_on")


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
class Lapse:
    """A candidate's latest entry up to a year, and the `subjects` whose pass counts in that year for the last time.
    `entry` has ENTRY_KEYS."""

    person_id: int
    name: str
    entry: Mapping[str, Any]
    result: Result
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenProof:
    """A pass of the senior exam whose review is not passed yet."""

    person_id: int
    name: str
    entry_id: int
    proof: Proof
    reviews: int


class Forecast:
    """Reads rules and entries once: make a new one when they may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self.results = ExamResults(opened)

    @cached_property
    def _all(self) -> list[PersonResult]:
        """Every entry's result; of the rows, which are wide, only what is asked for here."""
        return [replace(one, entry={key: one.entry[key] for key in ENTRY_KEYS}) for one in self.results.all()]

    def of_year(self, year: int, control: Control | None = None) -> Iterator[Prospect]:
        """Everybody here, at each level above the one held; the senior level for social workers alone. Who has passed
        a level and only waits for the certificate, or for the senior review, is not called up again."""
        latest = self._latest(year)
        waiting = self._waiting(year)
        references = References(self.opened)
        towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
        units = {row_id: name for name, row_id in references.organisations.items()}
        people = Records(self.opened, "people").count(EVERYTHING)
        for number, level in enumerate(LEVELS):
            part = _Part(control or Control(), number * people, len(LEVELS) * people)
            for one in self.results.exams.candidates(level, year, control=part):
                if level == SENIOR and (one.person_id in waiting or _without_middle(one)):
                    continue
                if level != SENIOR and _has_passed(latest, one, year):
                    continue
                yield self._prospect(one, latest.get((one.person_id, level), []),
                                     towns.get(one.township or 0, ""), units.get(one.employer or 0, ""))  # fmt: skip

    def _prospect(self, one: Candidate, results: list[Result], township: str, employer: str) -> Prospect:
        earlier = [result for result in results if result.year < one.year]
        rolls = self.results.exams.results.rolls(one.level, one.year)
        subjects = open_subjects(earlier, one.level, one.year, rolls)
        entered = any(result.year == one.year for result in results)
        return Prospect(one.person_id, one.name, one.id_number, township, employer, one.level, one.verdict, subjects,
                        self._running_out(earlier, one.year), entered)  # fmt: skip

    def _latest(self, year: int) -> dict[tuple[int, str], list[Result]]:
        found: dict[tuple[int, str], list[Result]] = {}
        for one in self._all:
            if one.result.year <= year:
                found.setdefault((one.person_id, one.result.level), []).append(one.result)
        return found

    def _running_out(self, results: Sequence[Result], year: int) -> tuple[str, ...]:
        """Of one person at one level, oldest first: the subjects whose pass counts in the year for the last time."""
        standing: dict[str, int] = {}
        for result in results:
            standing = {} if result.outcome is Outcome.PASSED else standing | dict.fromkeys(result.passed, result.year)
        if not standing:
            return ()
        level = results[-1].level
        return tuple(subject.key for subject in SUBJECTS[level]
                     if subject.key in standing and self._last_year(level, standing[subject.key]) == year)  # fmt: skip

    def _last_year(self, level: str, passed: int) -> int | None:
        """Until when a pass of a year can be used in others; None where passes do not carry over."""
        rolls = self.results.exams.results.rolls(level, passed)
        return passed + rolls - 1 if rolls > 1 else None

    def _waiting(self, year: int) -> set[int]:
        """Who passed the senior exam and waits for the review as long as the proof holds, or for the certificate. A proof
        without a day was issued after its exam."""
        sittings, rules = self.results.exams.sittings, self.opened.rules()
        proofs = [(one.person_id, one.proof) for one in self.open_proofs()]
        proofs += [(one.person_id, proof(sittings[one.result.year].held_on, rules)) for one in self.undated_proofs()]
        day, accepted = sittings[year].cut_off, self._accepted
        return {person_id for person_id, held in proofs if held.until >= day} | {
            one.person_id for one in self._all if one.entry["id"] in accepted
        }

    def signed_up(self, year: int) -> set[int]:
        """Who has signed up for the year, at whatever level."""
        return {one.person_id for one in self._all if one.result.year == year}

    def lapsing(self, year: int) -> list[Lapse]:
        """Candidates whose earlier passes count in this year for the last time and who have not passed."""
        entries: dict[tuple[int, str], list[PersonResult]] = {}
        for one in self._all:
            if one.result.year <= year:
                entries.setdefault((one.person_id, one.result.level), []).append(one)
        found = ((own[-1], self._running_out([one.result for one in own], year)) for own in entries.values())
        return [Lapse(one.person_id, one.name, one.entry, one.result, subjects) for one, subjects in found if subjects]

    def open_proofs(self) -> list[OpenProof]:
        """Proofs of the senior exam, also those that have run out, of people without the certificate."""
        rules, passes, reviews = self.opened.rules(), *self._open_passes()
        return [
            OpenProof(one.person_id, one.name, int(one.entry["id"]), proof(issued, rules), reviews[one.entry["id"]])
            for one in passes
            if (issued := self._issued(one))
        ]

    def undated_proofs(self) -> list[PersonResult]:
        """Of the same passes those whose proof has no day, so that nobody can say when it runs out."""
        return [one for one in self._open_passes()[0] if not self._issued(one)]

    def _open_passes(self) -> tuple[list[PersonResult], Counter[int]]:
        """Passes of the senior exam without certificate or review passed; how often each entry was reviewed."""
        with self.opened.database.read() as connection:
            done = exam_entries.certified(connection, self.opened.schema, SENIOR)
        accepted = self._accepted
        passes = [
            one for one in self._all
            if one.result.level == SENIOR and one.result.outcome is Outcome.PASSED
            and one.person_id not in done and one.entry["id"] not in accepted
        ]  # fmt: skip
        return passes, Counter(int(row["exam_entry_id"]) for row in self._reviews)

    @cached_property
    def _reviews(self) -> list[dict[str, Any]]:
        with self.opened.database.read() as connection:
            return exam_entries.reviews(connection, self.opened.schema)

    @property
    def _accepted(self) -> set[int]:
        """Entries whose review is passed."""
        return {int(row["exam_entry_id"]) for row in self._reviews if row["state"] == "passed"}

    def _issued(self, one: PersonResult) -> str:
        return self.results.exams.proof_issued(one.entry)


class _Part(Control):
    """Tells the steps of one of several passes over the same people as steps of the whole."""

    def __init__(self, control: Control, before: int, total: int) -> None:
        self._control, self._before, self._total = control, before, total

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self._control.step(self._before + done, total or self._total, what or STEP)


def _without_middle(one: Candidate) -> bool:
    """Neither held nor, as far as is known, to be had."""
    return SOCIAL_WORKER not in one.held and one.verdict.answer is Answer.NO


def _has_passed(latest: Mapping[tuple[int, str], Sequence[Result]], one: Candidate, year: int) -> bool:
    return any(
        result.outcome is Outcome.PASSED and result.year < year
        for level in LEVELS[LEVELS.index(one.level) :]
        for result in latest.get((one.person_id, level), ())
    )
