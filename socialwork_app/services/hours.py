"""Hours of continuing education: how far each registration period and each year has got, and who is short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialwork_app.domain.exams import LEVELS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.hours import OUTSIDE_PERIOD, Meter, Pace, YearMeter, meters, pace, year_meter
from socialwork_app.domain.learning import LearningRecord
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.periods import Holding, Period, Registration, periods, together
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import learning
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.learning import PERSON, PersonLearning
from socialwork_app.persistence.listing import Row
from socialwork_app.services.opened import OpenRegister

NAME, NUMBER, EMPLOYER, TOWNSHIP, PHONE, STATUS, TECHNICAL = range(1, len(PERSON))
YEAR_RULE = "education.year_required"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class PersonHours:
    """One person and the period of one certificate that a day lies in; without such a period both are None.
    `year` for those on technical posts. `pace` as of the day."""

    person_id: int
    name: str
    id_number: str | None
    employer: int | None
    township: int | None
    phone: str | None
    certificate_id: int | None
    level: str
    period: Period | None
    meter: Meter | None
    pace: Pace | None
    year: YearMeter | None

    @property
    def short(self) -> float:
        return self.meter.short if self.meter else 0

    @property
    def rank(self) -> tuple[int, date]:
        """By which the one that counts is chosen: the highest level, of its periods the one that began last."""
        return (LEVELS.index(self.level), self.period.since) if self.period else (-1, date.min)


class Hours:
    """Reads the rule table once: make a new one when it may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._rules = opened.rules()

    def of(self, person_id: int, day: date) -> list[PersonHours]:
        return list(self.of_people(day, [person_id]))

    def of_people(
        self, day: date, ids: Sequence[int] | None = None, control: Control | None = None
    ) -> Iterator[PersonHours]:
        """Of these people, or of all who are here and hold a certificate or are on a technical post."""
        with self.opened.database.stream() as connection:
            yield from self.among(connection, day, ids, control)

    def among(
        self, connection: Connection, day: date, ids: Sequence[int] | None, control: Control | None = None
    ) -> Iterator[PersonHours]:
        """The same, in the state of the file that a connection sees."""
        for part in [None] if ids is None else in_parts(ids):
            for one in (control or Control()).each(learning.read(connection, self.opened.schema, part)):
                if ids is not None or _concerned(one):
                    yield from self._judged(one, day)

    def all_periods(self, ids: Sequence[int]) -> Iterator[tuple[Period, Meter]]:
        """Every period of these people, whenever it was."""
        with self.opened.database.read() as connection:
            for part in in_parts(ids):
                for one in learning.read(connection, self.opened.schema, part):
                    for _, own in self._periods(one):
                        yield from zip(own, meters(own, _records(one), self._rules), strict=True)

    def _judged(self, one: PersonLearning, day: date) -> Iterator[PersonHours]:
        records = _records(one)
        year = self._year(day.year, records) if one.person[TECHNICAL] else None
        running = [(certificate, own) for certificate, own in self._periods(one) if any(p.holds(day) for p in own)]
        if not running:
            held = [level for _, level, _ in one.certificates]
            level = max(held, key=LEVELS.index, default="")
            yield self._person(one, None, level, None, None, None, year)
        for certificate, own in running:
            for period, meter in zip(own, meters(own, records, self._rules), strict=True):
                if period.holds(day):
                    yield self._person(one, certificate, period.level, period, meter, pace(meter, period, day), year)

    def _year(self, year: int, records: list[LearningRecord]) -> YearMeter | None:
        """None for the years before anything was required of one."""
        asked = (rule for rule in self._rules.rules if rule.rule == YEAR_RULE)
        return year_meter(year, records, self._rules) if any(rule.holds(date(year, 12, 31)) for rule in asked) else None

    def _person(
        self, one: PersonLearning, certificate: int | None, level: str, period: Period | None, meter: Meter | None,
        speed: Pace | None, year: YearMeter | None,
    ) -> PersonHours:  # fmt: skip
        row = one.person
        return PersonHours(row[0], row[NAME], row[NUMBER], row[EMPLOYER], row[TOWNSHIP], row[PHONE], certificate, level,
                           period, meter, speed, year)  # fmt: skip

    def _periods(self, one: PersonLearning) -> list[tuple[int, tuple[Period, ...]]]:
        """Certificate and its periods, which know each other: a degree has its hours once in them all."""
        holdings = [Holding(level, approved) for _, level, approved in one.certificates]
        several = together([
            periods([Registration(*row[1:]) for row in one.registrations if row[0] == certificate], level, holdings,
                    self._rules)
            for certificate, level, _ in one.certificates
        ])  # fmt: skip
        found = zip((certificate for certificate, *_ in one.certificates), several, strict=True)
        return [(certificate, own) for certificate, own in found if own]


def _records(one: PersonLearning) -> list[LearningRecord]:
    return [_record(row) for row in one.records]


def _record(row: tuple[Any, ...]) -> LearningRecord:
    row_id, title, kind, hours, since, until, category, proof, counts, reason, _organiser, scanned = row
    return LearningRecord(row_id, title, kind, hours, since, until, category, bool(proof or scanned), counts != 0,
                          reason or "")  # fmt: skip


def _concerned(one: PersonLearning) -> bool:
    return one.person[STATUS] not in LEFT_STATES and bool(one.certificates or one.person[TECHNICAL])


def in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


class HoursBeside:
    """What stands beside the rows of a list: where a record counts, how far a certificate's period has got."""

    def __init__(self, opened: OpenRegister) -> None:
        self._opened = opened
        self._hours = Hours(opened)

    def derive(self, rows: Sequence[Row], keys: Sequence[str]) -> dict[int, dict[str, Value]]:
        people = sorted({row.owner_id or 0 for row in rows})
        found: dict[int, dict[str, Value]] = {row.id: {} for row in rows}
        if "counted_in" in keys:
            counted, without = self._counted_in(people), sentence("hours.no_period")
            for row_id, values in found.items():
                values["counted_in"] = counted.get(row_id, without)
        if "period_hours" in keys:
            for one in self._hours.of_people(self._opened.today(), people):
                if one.certificate_id in found and one.meter:
                    found[one.certificate_id]["period_hours"] = f"{one.meter.earned:g}/{one.meter.required}"
        return found

    def _counted_in(self, people: Sequence[int]) -> dict[int, str]:
        """By record: the period that counts it, or why none does."""
        counted: dict[int, str] = {}
        reasons: dict[int, str] = {}
        for period, meter in self._hours.all_periods(people):
            counted.update({one.record.id: f"{period.since} 至 {period.until}" for one in meter.counted})
            for record, reason in meter.not_counted:
                if reasons.get(record.id, OUTSIDE_PERIOD) == OUTSIDE_PERIOD:
                    reasons[record.id] = reason
        return {row_id: sentence(f"hours.{reason}") for row_id, reason in reasons.items()} | counted
