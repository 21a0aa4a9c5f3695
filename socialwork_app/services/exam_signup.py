"""Signing people up for an exam: whether the person may sit, what is still to be passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialwork_app.domain.exam_eligibility import Answer, Verdict
from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS
from socialwork_app.domain.sentences import VERDICTS, sentence, sentence_of_problem, sentences_of_missing
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.fast_entry import BlockLine, Entered, EnteredAll, enter_all, judge_block
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.services.records import Draft, Records

KIND = "exam_entries"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What signing this person up would mean. `entry_id`: an entry of the year and level that stands already."""

    person_id: int
    name: str
    level: str
    year: int
    verdict: Verdict
    answer: str
    reason: str
    subjects: tuple[str, ...]
    first_time: bool
    entry_id: int | None

    @property
    def against(self) -> bool:
        """Whether a stated reason is asked for."""
        return self.verdict.answer is Answer.NO

    @property
    def stands(self) -> str:
        return sentence("exam.entered_twice", year=self.year) if self.entry_id is not None else ""

    @property
    def in_the_way(self) -> str:
        return self.stands or (sentence("exam.against_verdict", reason=self.reason) if self.against else "")


class SignUp:
    """For one exam year and level at a time. Reads the rule tables once: make a new one when they may have changed."""

    def __init__(self, opened: OpenRegister, level: str, year: int) -> None:
        self.opened = opened
        self.level = level
        self.year = year
        self._finding = PeopleFinding(opened)
        self._entries = Records(opened, KIND)
        self._results = ExamResults(opened)
        self._levels = opened.catalogue.code_lists["level"]

    def propose(self, person_id: int) -> Proposal:
        candidate = self._results.exams.candidate(person_id, self.level, self.year)
        judged = [one for one in self._results.of_people([person_id]) if one.result.level == self.level]
        stands = next((int(one.entry["id"]) for one in judged if one.result.year == self.year), None)
        verdict = candidate.verdict
        held = self.level in candidate.held
        reasons = [sentence("exam.holds_level", level=self._levels.label(self.level))] if held else []
        if verdict.rule:
            reasons.append(sentence("eligibility.by_rule", rule=verdict.rule.rule, article=verdict.rule.article or "",
                                    years=verdict.years))  # fmt: skip
        reasons += sentences_of_missing(verdict, self._levels)
        return Proposal(
            person_id, candidate.name, self.level, self.year, verdict, VERDICTS[verdict.answer], "".join(reasons),
            self._results.open_subjects(person_id, self.level, self.year),
            not any(one.result.year < self.year for one in judged), stands,
        )  # fmt: skip

    def enter(
        self,
        proposal: Proposal,
        subjects: tuple[str, ...] = (),
        reason: str = "",
        more: Mapping[str, object] | None = None,
    ) -> Entered:
        """Sign the person up; against the verdict only with a reason, which stays with the entry."""
        if proposal.against and not reason.strip():
            raise DomainError("exam.against_verdict", reason=proposal.reason)
        saved = self._entries.save(self._draft(proposal, subjects, reason, more or {}))
        return Entered(saved.id, saved.problems, saved.changes)

    def _draft(
        self, proposal: Proposal, subjects: tuple[str, ...], reason: str, more: Mapping[str, object]
    ) -> Draft:  # fmt: skip
        raw: dict[str, object] = {
            "year": self.year, "level": self.level, "first_time": "是" if proposal.first_time else "否",
            "subjects": SUBJECT_SEPARATOR.join(subjects or proposal.subjects), "declared_reason": reason.strip(), **more,
        }  # fmt: skip
        return Draft(raw, owner_id=proposal.person_id)

    def judge_block(self, text: str, control: Control | None = None) -> list[BlockLine[Proposal]]:
        """Each line of a block with its verdict."""
        twice = sentence("exam.entered_twice", year=self.year)
        return judge_block(text, self._finding, lambda person_id, _ahead: self.propose(person_id), twice, control)

    def enter_all(self, proposals: Sequence[Proposal], control: Control | None = None) -> EnteredAll[Proposal]:
        return enter_all(self.opened, KIND, proposals, self._write, control)

    def _write(self, change: Transaction, proposal: Proposal) -> int | str:
        checked = self._entries.check(self._draft(proposal, (), "", {}))
        if proposal.against or checked.errors:
            return "".join(sentence_of_problem(problem) for problem in checked.errors) or proposal.reason
        owner = self.opened.schema.owner_column(self._entries.register)
        return change.insert(KIND, {**checked.values, owner: proposal.person_id})


def subject_choices(level: str) -> tuple[tuple[str, str], ...]:
    """Key and short name of each subject of a level."""
    return tuple((subject.key, subject.short) for subject in SUBJECTS[level])
