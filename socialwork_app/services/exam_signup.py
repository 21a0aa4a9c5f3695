"""Signing people up one after the other: who it is, whether the person may sit, what is still to be passed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from socialwork_app.domain.exam_eligibility import Answer, Verdict
from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.fields.people import PEOPLE_FIELDS
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.problems import Problem
from socialwork_app.domain.sentences import VERDICTS, sentence, sentence_of_problem, sentences_of_missing
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.listing import Row
from socialwork_app.services.changes import Changes
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

MOST_FOUND = 8
SHOWN = ("name", "id_number", "gender", "birth_date", "education", "employer", "phone")
NEW_PERSON_KEYS = ("name", "id_number", "phone", "employer")
KIND = "exam_entries"
_SEPARATORS = re.compile(r"[\s、，,;；]+")
_NUMBER_OF_A_PERSON = re.compile(r"\d{15}|\d{17}[\dXx]")
_HEADINGS = {heading for field in PEOPLE_FIELDS if field.key in NEW_PERSON_KEYS[:2]
             for heading in (field.label, *field.synonyms)}  # fmt: skip
_NO_NAMES = ("男", "女")
"""Begins sentences of what is not known; beside the word of the verdict it says nothing."""
LONGEST_SHORT_WORD = 3
"""Characters of what is no name of a unit, such as 汉族."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person to choose; `told` says in a line who it is, numbers masked."""

    id: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom a typed line may mean. `new` is what it says of somebody who is not in the register yet, None where it says
    too little or the person is there."""

    people: tuple[Found, ...]
    new: Mapping[str, object] | None = None
    new_told: str = ""


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


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A pasted line with what signing its person up would mean; `problem` says why it can't be done in passing."""

    pasted: PastedLine
    proposal: Proposal | None
    problem: str


@dataclass(frozen=True, slots=True)
class EnteredAll:
    """`refused`: who was not signed up after all, with the reason."""

    entered: tuple[Proposal, ...]
    refused: tuple[tuple[Proposal, str], ...]
    changes: Changes


class SignUp:
    """For one exam year and level at a time."""

    def __init__(self, opened: OpenRegister, level: str, year: int) -> None:
        self.opened = opened
        self.level = level
        self.year = year
        self._people = Records(opened, "people")
        self._entries = Records(opened, KIND)
        self._results = ExamResults(opened)
        self._levels = opened.catalogue.code_lists["level"]

    def find(self, typed: str) -> list[Found]:
        """A few people whom a name, pinyin, initials or number finds."""
        return list(self.look_up(typed).people)

    def look_up(self, typed: str) -> Sought:
        """The same for a line that may hold a name, a number and more, and what is new in it."""
        rows = self._rows(typed)
        if rows:
            return self._sought(rows)
        given = self.read_typed(typed)
        name, number = self._name(given), self._number(given)
        if not name or len(given) == 1:
            return self._sought(self._rows(number))
        rows = self._rows(number)
        if rows or not number:
            return self._sought(rows or self._namesakes(name, given))
        return self._sought([row for row in self._namesakes(name, given) if not row.values["id_number"]], given)

    def _rows(self, typed: str) -> list[Row]:
        return self._people.first_rows(Filter(typed.strip()), SHOWN, MOST_FOUND) if typed.strip() else []

    def _namesakes(self, name: str, given: Mapping[str, object]) -> list[Row]:
        """Those of just this name; where a phone is given, only those who have it, if there are any."""
        rows = [row for row in self._rows(name) if row.values["name"] == name]
        phone = self._read("phone", given.get("phone"))
        return [row for row in rows if phone and row.values["phone"] == phone] or rows

    def _name(self, given: Mapping[str, object]) -> str:
        return str(self._read("name", given.get("name")) or "")

    def _number(self, given: Mapping[str, object]) -> str:
        """As it would stand; as it was typed where it is not understood."""
        typed = given.get("id_number")
        return str(self._read("id_number", typed) or typed or "")

    def _read(self, key: str, typed: object) -> Value:
        return self.opened.parser.parse(self._people.register.field(key), typed).value

    def _sought(self, rows: Iterable[Row], new: Mapping[str, object] | None = None) -> Sought:
        people = tuple(Found(row.id, str(row.values["name"]), self._told(row.values)) for row in rows)
        if new is None:
            return Sought(people)
        read = ((key, self._read(key, new[key]) or str(new[key])) for key in NEW_PERSON_KEYS if key in new)
        return Sought(people, new, "  ".join(self._people.display(key, value) if key in ("id_number", "phone")
                                             else str(value) for key, value in read))  # fmt: skip

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

    def make_person(self, raw: Mapping[str, object]) -> Entered:
        """A person who is not in the register yet, from what the line gives."""
        saved = self._people.save(Draft(raw))
        return Entered(saved.id, saved.problems, saved.changes)

    def read_typed(self, text: str) -> dict[str, object]:
        """Name, ID number, phone and unit of a line as it was typed or pasted, told apart by what they look like."""
        found: dict[str, object] = {}
        for part in text.split("\t") if "\t" in text else _SEPARATORS.split(text):
            word = part.strip()
            if word:
                self._sort(word, found)
        return found

    def _sort(self, word: str, found: dict[str, object]) -> None:
        digits = _digits(word)
        if _NUMBER_OF_A_PERSON.fullmatch(word) or (digits >= 15 and self._read("id_number", word)):
            found.setdefault("id_number", word)
        elif digits >= 7:
            found.setdefault("phone", word)
        elif not digits and "name" not in found and word not in _NO_NAMES:
            found["name"] = word
        elif not digits and len(word) > LONGEST_SHORT_WORD:
            found.setdefault("employer", word)

    def read_block(self, text: str) -> list[PastedLine]:
        """Lines pasted from Excel or WPS, each with its person where exactly one fits."""
        return [self._pasted(line) for line in _lines(text)]

    def _pasted(self, line: str) -> PastedLine:
        given = self.read_typed(line)
        name, number = self._name(given), self._number(given)
        if not name and not number:
            return PastedLine(line, None, "", sentence("exam.name_unreadable", text=line.strip()[:12]))
        rows = self._rows(number)
        same = [row for row in rows if not name or row.values["name"] == name]
        if rows and not same:
            return PastedLine(line, None, name, sentence("person.other_name"))
        if not rows:
            same = [row for row in self._namesakes(name, given) if not (number and row.values["id_number"])]
        if len(same) == 1:
            return PastedLine(line, same[0].id, name or str(same[0].values["name"]), "")
        code = "exam.person_twice" if same else "exam.person_unknown"
        return PastedLine(line, None, name, sentence(code, count=len(same)))

    def judge_block(self, text: str, control: Control | None = None) -> list[BlockLine]:
        """Each line of a block with its verdict; a person is taken once."""
        pasted = _lines(text)
        judged: list[BlockLine] = []
        taken: set[int] = set()
        for line in (control or Control()).each(pasted, len(pasted), every=10):
            one = self._judged(self._pasted(line), taken)
            judged.append(one)
            if one.proposal:
                taken.add(one.proposal.person_id)
        return judged

    def _judged(self, line: PastedLine, taken: set[int]) -> BlockLine:
        if line.person_id is None:
            return BlockLine(line, None, line.problem)
        proposal = self.propose(line.person_id)
        if proposal.entry_id is not None or line.person_id in taken:
            return BlockLine(line, proposal, sentence("exam.entered_twice", year=self.year))
        against = sentence("exam.against_verdict", reason=proposal.reason) if proposal.against else ""
        return BlockLine(line, proposal, against)

    def enter_all(self, proposals: Sequence[Proposal], control: Control | None = None) -> EnteredAll:
        """Sign them up as one change, so that one undo takes all of them back."""
        entered: list[Proposal] = []
        refused: list[tuple[Proposal, str]] = []
        ids: set[int] = set()
        owner = self.opened.schema.owner_column(self._entries.register)
        with self.opened.change("save", KIND) as change:
            for proposal in (control or Control()).each(proposals, len(proposals), every=10):
                checked = self._entries.check(self._draft(proposal, (), "", {}))
                if proposal.against or checked.errors:
                    said = [sentence_of_problem(problem) for problem in checked.errors]
                    refused.append((proposal, "".join(said) or proposal.reason))
                    continue
                ids.add(change.insert(KIND, {**checked.values, owner: proposal.person_id}))
                entered.append(proposal)
            if not ids:
                return EnteredAll((), tuple(refused), Changes())
            change.commit()
        return EnteredAll(tuple(entered), tuple(refused), Changes(frozenset({KIND}), frozenset(ids), change.change_id))


def _lines(text: str) -> list[str]:
    """Of a block, without blank ones and headings."""
    return [line for line in text.splitlines() if line.strip() and not set(_SEPARATORS.split(line)) & _HEADINGS]


def _digits(word: str) -> int:
    return sum(character.isdecimal() for character in word)


def subject_choices(level: str) -> tuple[tuple[str, str], ...]:
    """Key and short name of each subject of a level."""
    return tuple((subject.key, subject.short) for subject in SUBJECTS[level])
