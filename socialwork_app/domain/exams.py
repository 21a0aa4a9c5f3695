"""The exam (社会工作者职业水平考试, from 2025 职业资格考试): levels, subjects, scores, and the years in which it is held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import cache

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation.errors import DomainError

ASSISTANT, SOCIAL_WORKER, SENIOR = "assistant", "social_worker", "senior"
LEVELS = (ASSISTANT, SOCIAL_WORKER, SENIOR)
ABSENT, BREACH, VOID = -1, -2, -4
"""What stands in place of a score: 缺考, 违纪, 成绩无效."""
NATIONAL, LOCAL = "national", "local"
SUBJECT_SEPARATOR = "、"


@dataclass(frozen=True, slots=True)
class Subject:
    """`key` is the field of an entry that holds the score; `name` is the subject's at this level."""

    key: str
    name: str
    short: str


SUBJECTS: dict[str, tuple[Subject, ...]] = {
    ASSISTANT: (
        Subject("comprehensive", "社会工作综合能力(初级)", "综合能力"),
        Subject("practice", "社会工作实务(初级)", "实务"),
    ),
    SOCIAL_WORKER: (
        Subject("comprehensive", "社会工作综合能力(中级)", "综合能力"),
        Subject("policy", "社会工作法规与政策", "法规与政策"),
        Subject("practice", "社会工作实务(中级)", "实务"),
    ),
    SENIOR: (Subject("practice", "社会工作实务(高级)", "实务"),),
}
_LEVEL_WORDS = {"初级": ASSISTANT, "中级": SOCIAL_WORKER, "高级": SENIOR}
SUBJECT_KEYS = ("comprehensive", "policy", "practice")


def subject_names(level: str, keys: Iterable[str]) -> tuple[str, ...]:
    wanted = set(keys)
    return tuple(subject.name for subject in SUBJECTS[level] if subject.key in wanted)


def signed_up(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Keys of the subjects of an entry; where none is named, all of its level."""
    return _named(str(values["level"]), str(values.get("subjects") or ""))


@cache
def _named(level: str, subjects: str) -> tuple[str, ...]:
    own = tuple(subject.key for subject in SUBJECTS[level])
    return tuple(key for key in own if key in subjects.split(SUBJECT_SEPARATOR)) or own


def levels_named(text: str) -> set[str]:
    """Of which levels a subject is that is written like 社会工作实务(初级); none where it does not say."""
    return {level for word, level in _LEVEL_WORDS.items() if word in text}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One exam year (考试年度). Dates are ISO text as precise as they are known, "" where they are not."""

    year: int
    name: str
    sign_up_from: str
    sign_up_to: str
    fee_until: str
    exam_from: str
    exam_to: str
    scores_on: str
    cut_off: date
    pass_mark: int | None
    local_marks: Mapping[str, int | None]

    def mark(self, level: str, scope: str) -> int | None:
        """The pass mark for candidates of the nation or of a place with a line of its own; None where not known."""
        if scope != LOCAL:
            return self.pass_mark
        local = self.local_marks.get(level)
        return self.pass_mark if local is None else local

    @property
    def held_on(self) -> str:
        """The day of the exam, its last if there are several; the year alone where nothing more is known."""
        return self.exam_to or self.exam_from or f"{self.year:04d}"

    @property
    def ended_on(self) -> date | None:
        """The last day of the exam, as late as it can be."""
        known = self.exam_to or self.exam_from
        return PartialDate.parse(known).latest() if known else None


class Sittings:
    """All exam years on record; a year without a row has the general cut-off day and nothing else."""

    def __init__(self, rows: Iterable[Mapping[str, Value]], rules: RuleTable) -> None:
        self._rules = rules
        self._by_year = {sitting.year: sitting for sitting in (self._sitting(row) for row in rows)}

    def __getitem__(self, year: int) -> Sitting:
        return self._by_year.get(year) or self._sitting({"year": year})

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(self._by_year))

    def _sitting(self, row: Mapping[str, Value]) -> Sitting:
        year = int(row["year"] or 0)
        if not MINYEAR <= year <= MAXYEAR:
            raise DomainError("exam.no_such_year", year=year)
        marks = {level: _number(row.get(f"local_mark_{level}")) for level in LEVELS}

        def text(key: str) -> str:
            return str(row.get(key) or "")

        return Sitting(
            year, text("title"), text("sign_up_from"), text("sign_up_to"), text("fee_until"), text("exam_from"),
            text("exam_to"), text("scores_on"), self._cut_off(year, row.get("cut_off")), _number(row.get("pass_mark")), marks,
        )  # fmt: skip

    def _cut_off(self, year: int, stated: Value) -> date:
        if stated:
            return PartialDate.parse(str(stated)).latest()
        rule = self._rules.on("exam.cut_off", date(year, 1, 1))
        try:
            return date.fromisoformat(f"{year:04d}-{rule.value}")
        except ValueError as error:
            raise DomainError("rule.not_a_day", rule=rule.title, value=rule.value) from error


def _number(value: Value) -> int | None:
    return None if value in (None, "") else int(value)
