"""A person's whole talent on a page: certificates, exams, hours, courses, titles, appraisals, contacts, as of a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.sentences import OUTCOMES
from socialwork_app.persistence import rows as stored
from socialwork_app.services import contacts
from socialwork_app.services.appraisals import KIND as APPRAISALS
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.hours import Hours, PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

MOST = 6
"""Lines of a section: the newest; all of them stand on the tab of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """`day` may be vague or empty; `attention`: something is to be done about it; `hours`: whose records it opens."""

    day: str
    text: str
    attention: bool = False
    hours: PersonHours | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`more`: lines that are left out."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year's appraisal: `score` out of `full_mark`, both None where only a grade is known."""

    year: int
    grade: str | None
    score: float | None
    full_mark: float | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`sections` without empty ones; `years` in order."""

    sections: tuple[Section, ...]
    years: tuple[YearOf, ...]


class PersonOverview:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._levels = opened.catalogue.code_lists["level"]

    def of(self, person_id: int, day: date) -> Overview:
        parts: tuple[tuple[str, Callable[[int, date], Iterator[Line]]], ...] = (
            ("证书与登记", self._certificates), ("考试", self._exams), ("继续教育", self._hours), ("培训", self._courses),
            ("人才称号", self._titles), ("联系", self._contacts),
        )  # fmt: skip
        made = (_section(title, list(lines(person_id, day))) for title, lines in parts)
        return Overview(tuple(one for one in made if one.lines), tuple(self._years(person_id)))

    def _rows(self, kind: str, person_id: int, keys: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """Each row's values as words; the first key is the day, and the newest stands first."""
        records = Records(self.opened, kind)
        asked = Filter(where=(Condition("person_id", person_id),), sort=keys[0], descending=True)
        for row in records.all_rows(asked, keys):
            yield {key: records.display(key, row.values[key]) for key in keys}

    def _certificates(self, person_id: int, _day: date) -> Iterator[Line]:
        keys = ("approved_on", "level", "certificate_number", "valid_until", "registration_state")
        for has in self._rows("certificates", person_id, keys):
            until = f"，登记有效期至 {has['valid_until']}" if has["valid_until"] else ""
            text = f"{has['level']}　{has['certificate_number']}　{has['registration_state']}{until}"
            yield Line(has["approved_on"], text)

    def _exams(self, person_id: int, _day: date) -> Iterator[Line]:
        judged = sorted(ExamResults(self.opened).of_people([person_id]), key=lambda one: -one.result.year)
        for one in judged:
            lapses = f"，成绩有效至 {one.result.lapses} 年度" if one.result.lapses else ""
            text = f"{self._levels.label(one.result.level)}　{OUTCOMES[one.result.outcome]}{lapses}"
            yield Line(str(one.result.year), text)

    def _hours(self, person_id: int, day: date) -> Iterator[Line]:
        found = Hours(self.opened).of(person_id, day)
        for one in found:
            if one.period and one.meter:
                text = (
                    f"{one.period.since} 至 {one.period.until}：已学 {one.meter.earned:g} / {one.meter.required} 小时"
                )
                yield Line("", text + _missing(one.meter.short), one.meter.short > 0, one)
        for one in found[:1]:
            if one.year:
                text = f"{one.year.year} 年度：已学 {one.year.earned:g} / {one.year.required} 学时"
                yield Line(
                    "", text + _missing(one.year.short), one.year.short > 0, replace(one, period=None, meter=None)
                )

    def _courses(self, person_id: int, _day: date) -> Iterator[Line]:
        keys = ("signed_up_on", "course", "place_taken", "attended", "completion_number")
        for has in self._rows("training_signups", person_id, keys):
            text = f"{has['course']}　{has['place_taken']}　到课 {has['attended']}　{has['completion_number']}"
            yield Line(has["signed_up_on"], text.rstrip())

    def _titles(self, person_id: int, _day: date) -> Iterator[Line]:
        keys = ("granted_on", "scheme", "round", "term_from", "term_to", "talent_state")
        for has in self._rows("talents", person_id, keys):
            term = f"（{has['term_from']} 至 {has['term_to']}）" if has["term_from"] or has["term_to"] else ""
            text = f"{has['round'] or has['scheme']}　{has['talent_state']}{term}"
            yield Line(has["granted_on"], text)

    def _contacts(self, person_id: int, day: date) -> Iterator[Line]:
        leaders = contacts.leaders_on(self.opened, [person_id], day).get(person_id, ())
        form = self.opened.catalogue.code_lists["contact_form"].label
        told = f"联系领导：{contacts.names(leaders)}。" if leaders else ""
        for entry in reversed(contacts.log_until(self.opened, day, [person_id])):
            has = entry.values
            waits = f"　待办：{has['request']}" if entry.is_open(day) else ""
            text = f"{form(has['contact_form'])}　{has['matter'] or ''}{waits}"
            yield Line(has["date"], told + text, attention=bool(waits))
            told = ""
        if told:
            yield Line("", told)

    def _years(self, person_id: int) -> Iterator[YearOf]:
        with self.opened.database.read() as connection:
            ids = stored.find_ids(connection, self.opened.schema, APPRAISALS, {"person_id": person_id})
        found = sorted(Appraisals(self.opened).of_ids(ids), key=lambda one: (one.values["year"], one.id))
        for one in found:
            full = one.version.criteria.full_mark if one.version and one.total is not None else None
            yield YearOf(one.values["year"], one.grade, one.total, full)


def _missing(short: float) -> str:
    return f"，还差 {short:g}" if short else "，已学够"


def _section(title: str, lines: list[Line]) -> Section:
    return Section(title, tuple(lines[:MOST]), max(0, len(lines) - MOST))
