"""The two meters of continuing education: 小时 a registration period (民发〔2009〕123号), 学时 a year (人社部令第25号).

All numbers come from the rule table, as it stands on the last day of the period or year: that is when they are asked for.
A record counts whole, in the one period that holds the latest day it can belong to. A degree counts its hours once in a
lifetime, in the period in which it was obtained; from that period on, the class hours of the same study (by its title) do
not count beside it, and in the periods before they stay as they were. Sums are exact and whatever the order of the records.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socialwork_app.domain.learning import COURSES, DEGREE, PROFESSIONAL, LearningRecord, study_name
from socialwork_app.domain.periods import Period
from socialwork_app.domain.rule_values import fraction
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation.errors import DomainError

NO_DATE, OUTSIDE_PERIOD, OUTSIDE_YEAR, EXCLUDED, NO_PROOF, NO_HOURS, DEGREE_ALREADY_COUNTED = (
    "no_date", "outside_period", "outside_year", "excluded", "no_proof", "no_hours", "degree_already_counted",
)  # fmt: skip
"""Why a record does not count; where several hold, the first of them."""
YES, NO = "yes", "no"
"""What departs from the default of a switch; whatever else stands there is the default."""


class Counted(NamedTuple):
    """A record and the 小时 it counts; `imprecise`: it may as well belong to another period."""

    record: LearningRecord
    hours: float
    imprecise: bool


NotCounted = tuple[LearningRecord, str]


@dataclass(frozen=True, slots=True)
class Total:
    """小时 of a registration period. `earned` within it, `once` of it by a degree; `carried` from the one before, where the
    rules let it. `surplus`: what of `earned` is beyond the requirement, for the next period."""

    required: int
    earned: float
    once: float
    carried: float
    short: float
    surplus: float


@dataclass(frozen=True, slots=True)
class Meter(Total):
    """A total, and what it is made of."""

    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]


@dataclass(frozen=True, slots=True)
class YearMeter:
    """学时 of a calendar year. `professional_required` is a share of `required`; `uncategorised` is the part of `earned` of
    which nobody said whether it is 专业科目 or 公需科目. The hours of `counted` are 小时."""

    year: int
    required: int
    earned: float
    short: float
    professional: float
    professional_required: float
    professional_short: float
    uncategorised: float
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """`months_left`: begun months count whole, 0 once the period is over. `per_month`: 小时 still missing in each of them,
    rounded up to hundredths; where none is left, all that is missing. `expected`: 小时 at the end if it goes on like this."""

    months_left: int
    per_month: float
    expected: float


def period_meter(period: Period, records: Sequence[LearningRecord], rules: RuleTable, surplus: float = 0) -> Meter:
    """`records`: all of one person, of whatever day. `surplus`: 小时 that the period before had too many."""
    carried = round(surplus * 100) if carries(period.until, rules) else 0
    sums, counted, not_counted = _judged(period, records, rules)
    once = sum(round(one.hours * 100) for one in counted if one.record.kind == DEGREE)
    figures = _figures(hours_required(period, rules), sum(sums.values()), once, carried)
    return Meter(*figures, counted, not_counted)


def total_of(required: int, hundredths: int) -> Total:
    """Of somebody who has no degree, and to whom nothing is carried: `hundredths` is what counts in the period."""
    return Total(*_figures(required, hundredths, 0, 0))


def _figures(required: int, earned: int, once: int, carried: int) -> tuple[int, float, float, float, float, float]:
    """As `Total` has them; all but `required` are hundredths."""
    beyond = earned + carried - required * 100
    short, surplus = max(0, -beyond), max(0, min(earned, beyond))
    return required, earned / 100, once / 100, carried / 100, short / 100, surplus / 100


def hours_required(period: Period, rules: RuleTable) -> int:
    return rules.number(f"education.required.{period.level}", period.until, or_first=True)


def carries(until: date, rules: RuleTable) -> bool:
    """Whether a period that ends on the day has the surplus of the one before."""
    return rules.on("education.carry_surplus", until, or_first=True).value == YES


def needs_proof(until: date, rules: RuleTable) -> bool:
    return rules.on("education.proof_needed", until, or_first=True).value != NO


def meters(several: Iterable[Period], records: Sequence[LearningRecord], rules: RuleTable) -> tuple[Meter, ...]:
    """The meters of one certificate's periods, oldest first, each with the surplus of the one before."""
    found: list[Meter] = []
    for period in several:
        found.append(period_meter(period, records, rules, found[-1].surplus if found else 0))
    return tuple(found)


def year_meter(year: int, records: Sequence[LearningRecord], rules: RuleTable) -> YearMeter:
    """For those on 专业技术 posts; a degree counts as it does in a period, once in a lifetime.

    DomainError `rule.missing` for a year in which nothing was required yet.
    """
    whole = Period(date(year, 1, 1), date(year, 12, 31), "", ((date.min, date.max),))
    required = rules.number("education.year_required", whole.until)
    part = required * _fraction("education.year_professional_share", whole.until, rules)
    a_hundredth = _fraction("education.hour_factor", whole.until, rules) / 100
    sums, counted, not_counted = _judged(whole, records, rules)
    outside = tuple((one, OUTSIDE_YEAR if why == OUTSIDE_PERIOD else why) for one, why in not_counted)
    earned, professional = sum(sums.values()) * a_hundredth, sums.get(PROFESSIONAL, 0) * a_hundredth
    return YearMeter(
        year, required, float(earned), float(max(0, required - earned)),
        float(professional), float(part), float(max(0, part - professional)), float(sums.get(None, 0) * a_hundredth),
        counted, outside,
    )  # fmt: skip


def pace(total: Total, period: Period, day: date) -> Pace:
    """A degree counts once, so it is expected to stay and not to be repeated."""
    left = _months(max(day, period.since), period.until)
    missing = round(total.short * 100)
    whole = (period.until - period.since).days + 1
    gone = min(max((day - period.since).days + 1, 0), whole)
    going = (total.earned - total.once) * (whole / gone if gone else 1)
    return Pace(left, -(-missing // max(left, 1)) / 100, round(total.carried + total.once + going, 2))


def _months(day: date, last: date) -> int:
    """From one day to the other, both counted: 15 January to 14 February is one, to 15 February two."""
    months = (last.year - day.year) * 12 + last.month - day.month
    return max(months + (last.day >= day.day), 1) if day <= last else 0


_Judged = tuple[Mapping[str | None, int], tuple[Counted, ...], tuple[NotCounted, ...]]


def _judged(period: Period, records: Sequence[LearningRecord], rules: RuleTable) -> _Judged:
    """Hundredths of a 小时 by category; what counts, by day; what does not, each with its first reason."""
    proof_needed = needs_proof(period.until, rules)
    degree_hours = rules.number("education.degree_hours", period.until, or_first=True)
    degree = _degree(period, records, proof_needed)
    study = study_name(degree.title) if degree else ""
    sums: dict[str | None, int] = {}
    counted: list[Counted] = []
    not_counted: list[NotCounted] = []
    for record in sorted(records, key=_by_day):
        worth, reason = 0, _outside(period, record) or _unfit(record, proof_needed)
        if not reason:
            worth = degree_hours * 100 if record.kind == DEGREE else record.hundredths
            reason = _unneeded(record, worth, degree, study)
        if reason:
            not_counted.append((record, reason))
            continue
        category = record.category or None
        sums[category] = sums.get(category, 0) + worth
        counted.append(Counted(record, worth / 100, (record.days or (date.min,))[0] < period.since))
    return sums, tuple(counted), tuple(not_counted)


def _by_day(record: LearningRecord) -> tuple[date, int]:
    days = record.days
    return (days[1] if days else date.max), record.id


def _outside(period: Period, record: LearningRecord) -> str | None:
    days = record.days
    if days is None:
        return NO_DATE
    return None if period.since <= days[1] <= period.until else OUTSIDE_PERIOD


def _unfit(record: LearningRecord, proof_needed: bool) -> str | None:
    """Whatever the period; without proof nothing counts (Art. 3)."""
    if not record.counts:
        return EXCLUDED
    return NO_PROOF if proof_needed and not record.proof else None


def _unneeded(record: LearningRecord, worth: int, degree: LearningRecord | None, study: str) -> str | None:
    """`degree`: the one that counts; neither another one nor the class hours of the same study count beside it."""
    if not worth:
        return NO_HOURS
    other = record.kind == DEGREE and record is not degree
    replaced = record.kind == COURSES and study and study_name(record.title) == study
    return DEGREE_ALREADY_COUNTED if other or replaced else None


def _degree(period: Period, records: Iterable[LearningRecord], proof_needed: bool) -> LearningRecord | None:
    """The one whose hours count, if it was obtained by the end of the period: the first within any of the periods."""
    degrees = [(days[1], one.id, one) for one in records
               if one.kind == DEGREE and (days := one.days) and not _unfit(one, proof_needed)]  # fmt: skip
    spans = (*period.others, (period.since, period.until))
    within = [one for one in degrees if one[0] <= period.until and any(a <= one[0] <= b for a, b in spans)]
    return min(within, key=lambda one: one[:2])[2] if within else None


def _fraction(name: str, day: date, rules: RuleTable) -> Fraction:
    """DomainError where it is no number above nought."""
    rule = rules.on(name, day)
    value = fraction(rule.value)
    if value <= 0:
        raise DomainError("rule.not_a_fraction", rule=rule.title, value=rule.value)
    return value
