"""Signing people up one after the other: who it is, whether the person may sit, what is still to be passed."""

from collections.abc import Mapping
from dataclasses import dataclass

from socialwork_app.domain.exam_eligibility import Answer, Verdict
from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.problems import Problem
from socialwork_app.domain.sentences import VERDICTS, sentence, sentences_of_missing
from socialwork_app.domain.values import split_cell
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.changes import Changes
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

MOST_FOUND = 8
SHOWN = ("name", "id_number", "gender", "birth_date", "education", "employer", "phone")
NEW_PERSON_KEYS = ("name", "id_number", "phone", "employer")


@dataclass(frozen=True, slots=True)
class Found:
    """A person to choose; `told` says in a line who it is, numbers masked."""

    id: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What signing this person up would mean. `entry_id`: an entry of the year and level that stands already."""

    person_id: int
    name: str
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


@dataclass(frozen=True, slots=True)
class Entered:
    """`entry_id` is None where errors kept it from being written."""

    entry_id: int | None
    problems: tuple[Problem, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of a block from a workbook: the one person that it means, or why there is none."""

    text: str
    person_id: int | None
    name: str
    problem: str


class SignUp:
    """For one exam year and level at a time."""

    def __init__(self, opened: OpenRegister, level: str, year: int) -> None:
        self.opened = opened
        self.level = level
        self.year = year
        self._people = Records(opened, "people")
        self._entries = Records(opened, "exam_entries")
        self._results = ExamResults(opened)
        self._levels = opened.catalogue.code_lists["level"]

    def find(self, typed: str) -> list[Found]:
        """A few people whom a name, pinyin, initials or number finds."""
        if not typed.strip():
            return []
        rows = self._people.first_rows(Filter(typed.strip()), SHOWN, MOST_FOUND)
        return [Found(row.id, str(row.values["name"]), self._told(row.values)) for row in rows]

    def _told(self, values: Mapping[str, Value]) -> str:
        shown = (
            self._people.display(key, values[key]) for key in SHOWN if key not in ("name", "phone") and values[key]
        )
        return "  ".join(shown)

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
            person_id, candidate.name, verdict, VERDICTS[verdict.answer], "".join(reasons),
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
        raw: dict[str, object] = {
            "year": self.year, "level": self.level, "first_time": "是" if proposal.first_time else "否",
            "subjects": SUBJECT_SEPARATOR.join(subjects or proposal.subjects), "declared_reason": reason.strip(), **(more or {}),
        }  # fmt: skip
        saved = self._entries.save(Draft(raw, owner_id=proposal.person_id))
        return Entered(saved.id, saved.problems, saved.changes)

    def make_person(self, raw: Mapping[str, object]) -> Entered:
        """A person who is not in the register yet, from what the line gives."""
        saved = self._people.save(Draft(raw))
        return Entered(saved.id, saved.problems, saved.changes)

    def read_typed(self, text: str) -> dict[str, object]:
        """Name, ID number, phone and unit of a line as it was typed or pasted, told apart by what they look like."""
        parser, found = self.opened.parser, dict[str, object]()
        fields = {key: self._people.register.field(key) for key in NEW_PERSON_KEYS}
        for part in text.replace("\t", "、").split("、") if "\t" in text else _words(text):
            word = part.strip()
            if not word:
                continue
            if _digits(word) >= 15 and parser.parse(fields["id_number"], word).value:
                found.setdefault("id_number", word)
            elif _digits(word) >= 7:
                found.setdefault("phone", word)
            elif "name" not in found and not _digits(word):
                found["name"] = word
            elif not _digits(word) and len(word) > 3:
                found.setdefault("employer", word)
        return found

    def read_block(self, text: str) -> list[PastedLine]:
        """Lines pasted from Excel or WPS, each with its person where exactly one fits."""
        return [self._pasted(line) for line in text.splitlines() if line.strip()]

    def _pasted(self, line: str) -> PastedLine:
        given = self.read_typed(line)
        name, number = str(given.get("name") or ""), str(given.get("id_number") or "")
        if not name and not number:
            return PastedLine(line, None, "", sentence("exam.name_unreadable", text=line.strip()[:12]))
        rows = self._people.first_rows(Filter(number or name), ("name", "phone"), MOST_FOUND)
        same = [row for row in rows if not name or row.values["name"] == name]
        if not number and given.get("phone"):
            same = [row for row in same if row.values["phone"] == given["phone"]] or same
        if len(same) == 1:
            return PastedLine(line, same[0].id, name or str(same[0].values["name"]), "")
        code = "exam.person_twice" if same else "exam.person_unknown"
        return PastedLine(line, None, name, sentence(code, count=len(same)))


def _words(text: str) -> list[str]:
    return text.split() if " " in text.strip() else split_cell(text)


def _digits(word: str) -> int:
    return sum(character.isdecimal() for character in word)


def subject_choices(level: str) -> tuple[tuple[str, str], ...]:
    """Key and short name of each subject of a level."""
    return tuple((subject.key, subject.short) for subject in SUBJECTS[level])
