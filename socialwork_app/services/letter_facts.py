"""What there is to say in the letters of a day about one person: of a course, or of all hours in a registration period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain import courses
from socialwork_app.domain.courses import Place
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.hours import Counted
from socialwork_app.domain.letters import COMPLETION, LEARNT, LetterKind, words_of_day, words_of_span
from socialwork_app.services.courses import Course, Participant
from socialwork_app.services.hours import PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

Texts = dict[str, str]
"""By field key."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who gets no letter; `reason` is the code of a sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """Whom a letter is about: the rows whose fields its template may name, by register, and what is worked out."""

    rows: Mapping[str, int]
    own: Texts
    items: Sequence[Texts]


class LetterFacts:
    """Reads the rule table once: make a new one for each run."""

    def __init__(self, opened: OpenRegister, day: date) -> None:
        self.opened = opened
        self._day = day
        self._issuer = opened.owner
        self._rules = opened.rules()
        self._learning = Records(opened, LEARNT)

    def of_participant(self, kind: LetterKind, course: Course, one: Participant) -> About | LeftOut:
        if reason := self._refused(kind, course, one):
            return LeftOut(one.name, reason)
        days = sorted(course.days) or [""]
        span = words_of_span(str(course.values["from"] or days[0]), str(course.values["to"] or days[-1]))
        item = self._item({**course.values, "proof": one.completion_number}, 1, span, one.hours)
        rows = {"people": one.person_id, "training_signups": one.id, "courses": course.id}
        return About(rows, self._own(span, one.hours), [item])

    def of_person(self, one: PersonHours) -> About | LeftOut:
        """What counts in the registration period, as far as it was learnt by the day."""
        if not one.period or not one.meter:
            return LeftOut(one.name, "letter.no_period")
        counted = [row for row in one.meter.counted if row.record.days and row.record.days[1] <= self._day]
        if not counted:
            return LeftOut(one.name, "letter.nothing_learnt")
        span = words_of_span(one.period.since.isoformat(), min(self._day, one.period.until).isoformat())
        total = sum(round(row.hours * 100) for row in counted) / 100
        return About({"people": one.person_id}, self._own(span, total), list(self._items(counted)))

    def text(self, field: Field, value: Value) -> str:
        """As a letter words it."""
        if field.kind is Kind.DATE and value:
            return words_of_day(str(value))
        return self.opened.parser.display(field, value)

    def _refused(self, kind: LetterKind, course: Course, one: Participant) -> str:
        """Why there is no letter, "" where there is one. Who was there without a place was there all the same. A certificate
        of completion is not for who failed, even where the rules let the hours count."""
        if one.standing.place not in (Place.TAKEN, Place.WAITING):
            return "letter.no_place"
        if not one.hours:
            return "letter.not_there"
        counts = courses.credited(one.assessment, self._rules, course.last_day(self.opened.today()))
        fit = one.assessment != courses.FAILED if kind.key == COMPLETION else counts
        return "" if fit else "letter.failed"

    def _own(self, span: str, hours: float) -> Texts:
        return {"span": span, "total": f"{hours:g}", "issuer": self._issuer,
                "issued_on": words_of_day(self._day.isoformat())}  # fmt: skip

    def _items(self, counted: Sequence[Counted]) -> Iterator[Texts]:
        ids = [one.record.id for one in counted]
        known = {row.id: row.values for row in self._learning.rows_by_id(ids, self._learning.register.field_keys())}
        for number, one in enumerate(counted, start=1):
            span = words_of_span(one.record.starts, one.record.ends)
            yield self._item(known[one.record.id], number, span, one.hours)

    def _item(self, values: Mapping[str, Value], number: int, span: str, hours: float) -> Texts:
        texts = {field.key: self.text(field, values.get(field.key)) for field in self._learning.register.fields}
        return {**texts, "number": str(number), "learnt": span, "hours": f"{hours:g}"}
