"""Rosters of an exam year whose rows are no rows of a register: figures, and who is to be called up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS
from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence import rows
from socialwork_app.services.exam_forecast import Forecast, Prospect
from socialwork_app.services.exam_results import ExamResults, PersonResult
from socialwork_app.services.exams import Exams
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Made = Iterator[Mapping[str, Value]]
UNKNOWN = "未填"


def title(opened: OpenRegister, year: int, roster: str) -> str:
    """With the exam's name of that year, which has changed."""
    return f"{year}年度{Exams(opened).sittings[year].name or '社会工作者考试'}{roster}"


@dataclass(slots=True)
class Tally:
    """人数 by how it came out. Absent are those who sat for nothing, so they are not among `sat`."""

    signed_up: int = 0
    sat: int = 0
    absent: int = 0
    passed: int = 0
    carrying: int = 0

    def add(self, outcome: Outcome) -> None:
        self.signed_up += 1
        self.absent += outcome is Outcome.ABSENT
        self.sat += outcome not in (Outcome.ABSENT, Outcome.PENDING)
        self.passed += outcome is Outcome.PASSED
        self.carrying += outcome is Outcome.CARRYING

    @property
    def rate(self) -> str:
        return f"{self.passed / self.sat:.1%}" if self.sat else ""


def figures(opened: OpenRegister, year: int) -> Made:
    """Signed up, sat and passed: in all, by level, unit and township."""
    references = References(opened)
    units = {row_id: name for name, row_id in references.organisations.items()}
    towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
    label = opened.catalogue.code_lists["level"].label
    people = opened.catalogue["people"]
    groups: tuple[tuple[str, Callable[[PersonResult], str]], ...] = (
        ("合计", lambda _one: "全部"),
        ("级别", lambda one: label(one.result.level)),
        (people.field("employer").label, lambda one: units.get(one.entry["employer"], UNKNOWN)),
        (people.field("township").label, lambda one: towns.get(one.entry["township"], UNKNOWN)),
    )
    judged = ExamResults(opened).of_year(year)
    for group, name_of in groups:
        tallies: dict[str, Tally] = {}
        for one in judged:
            tallies.setdefault(name_of(one), Tally()).add(one.result.outcome)
        for name, tally in sorted(tallies.items(), key=lambda item: (-item[1].signed_up, item[0])):
            yield {"group": group, "what": name, "signed_up": tally.signed_up, "sat": tally.sat, "absent": tally.absent,
                   "passed": tally.passed, "carrying": tally.carrying, "rate": tally.rate}  # fmt: skip


def call_up(opened: OpenRegister, year: int) -> Made:
    """Who may sit and has not signed up for any level, unit by unit; at the highest level that is open to each."""
    forecast = Forecast(opened)
    signed_up = forecast.signed_up(year)
    best: dict[int, Prospect] = {}
    for one in forecast.of_year(year):
        if one.verdict.answer is Answer.YES and one.person_id not in signed_up:
            best[one.person_id] = one  # levels come in rising order
    with opened.database.read() as connection:
        phones = rows.values_of(connection, opened.schema, "people", "phone", list(best))
    label = opened.catalogue.code_lists["level"].label
    for one in sorted(best.values(), key=lambda one: (one.employer, one.name)):
        rule = one.verdict.rule
        yield {"employer": one.employer, "name": one.name, "township": one.township, "phone": phones.get(one.person_id),
               "level": label(one.level), "basis": rule.rule if rule else "", "subjects": _names(one.level, one.subjects),
               "lapsing": _names(one.level, one.lapsing)}  # fmt: skip


def _names(level: str, keys: tuple[str, ...]) -> str:
    return SUBJECT_SEPARATOR.join(subject.short for subject in SUBJECTS[level] if subject.key in keys)


MAKERS: dict[str, Callable[[OpenRegister, int], Made]] = {"exam-figures": figures, "call-up": call_up}
