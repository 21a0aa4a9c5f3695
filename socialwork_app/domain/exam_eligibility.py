"""Who may sit (国人部发〔2006〕71号 第十一条、第十二条; 人社部规〔2018〕2号): facts and a dated rule table in, a verdict with
its reason out. What is not known makes the verdict unknown, never a refusal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from functools import cached_property, partial

from socialwork_app.domain.exams import Sittings
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.service_years import Length, Spell, counted
from socialwork_app.domain.spells import holds_on

SOCIAL_WORK_MAJOR = "social_work"
FARTHEST = 15  # years looked ahead for the first exam year in which somebody may sit
NOBODY_KNOWS = (0, 80)  # ranks of education: from none to a doctorate
_UNCERTAIN = {"研究生": (65, 80), "大专以下": (0, 50), "其他": NOBODY_KNOWS}
_OF_DEGREE = {"学士": 60, "硕士": 70, "博士": 80}
_ALWAYS = (Spell("0001"),)  # work at its longest where none is on record


class Answer(IntEnum):
    """Ordered, so that all conditions are their least answer and any of several the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @classmethod
    def perhaps(cls, possible: bool) -> "Answer":
        return cls.UNKNOWN if possible else cls.NO


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """One row of the table. `education` is the rank of the lowest that will do; `major` "" for any; `after` the level
    from whose certificate on the years count, "" where all count."""

    rule: str
    level: str
    education: int
    education_name: str
    major: str
    months: int
    after: str
    document: str
    article: str
    valid_from: str
    valid_to: str

    def holds(self, day: date) -> bool:
        return holds_on((self.valid_from, self.valid_to), day)


@dataclass(frozen=True, slots=True)
class Study:
    """A schooling: between which ranks of education it lies, in what, till when."""

    lowest: int
    highest: int
    major: str | None
    graduated: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All of a person that the rules ask for, in no order. `work`: social work, full time; `away`: full-time study.
    `work_known`: whether anything at all is on record of it. `certificates`: (level, approval date or None).
    `passes`: (level, day of the exam) of exams passed whose certificate is not on record."""

    studies: frozenset[Study]
    work: frozenset[Spell]
    away: frozenset[Spell]
    certificates: frozenset[tuple[str, str | None]]
    work_known: bool
    passes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Missing:
    """What is lacking or not known; `code` and `values` make the sentence."""

    code: str
    values: Mapping[str, str | int | float]

    @property
    def unknown(self) -> bool:
        return self.code.startswith("eligibility.unknown")


def _never() -> int | None:
    return None


@dataclass(frozen=True)
class Verdict:
    """`rule` is the row that holds. `years` of social work, by the shortest reading of the dates. `ahead` looks for the
    first year, which takes longer than the verdict and is seldom asked for."""

    answer: Answer
    rule: EligibilityRule | None
    years: float
    missing: tuple[Missing, ...] = ()
    ahead: Callable[[], int | None] = field(default=_never, compare=False, repr=False)

    @cached_property
    def first_year(self) -> int | None:
        """The first exam year in which a rule will hold if the person goes on as now; None unless it is NO."""
        return self.ahead() if self.answer is Answer.NO else None

    @property
    def eligible(self) -> bool | None:
        return None if self.answer is Answer.UNKNOWN else self.answer is Answer.YES


def study(education: str | None, degree: str | None, rank: int, major: str | None, graduated: str | None) -> Study:
    """By 学历 or 学位, whichever is higher; a word that says little, or has no rank, leaves the range wide."""
    low, high = _UNCERTAIN.get(education or "", (rank, rank) if rank else NOBODY_KNOWS)
    by_degree = _OF_DEGREE.get(degree or "", 0)
    return Study(max(low, by_degree), max(high, by_degree), major, graduated)


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody judged without certificates, and whether one could change what that comes to."""

    facts: Facts
    level: str
    year: int
    cases: "tuple[_Case, ...]"
    verdict: Verdict
    is_open: bool


class Eligibility:
    """The rule table, ready to judge."""

    def __init__(
        self, rules: Iterable[EligibilityRule], sittings: Sittings, major_words: Iterable[str]
    ) -> None:  # fmt: skip
        self._rules = tuple(rules)
        self._sittings = sittings
        self._words = tuple(word for word in map(str.strip, major_words) if word)
        self._in_force: dict[tuple[str, date], tuple[EligibilityRule, ...]] = {}

    def judge(self, facts: Facts, level: str, year: int) -> Verdict:
        bare = replace(facts, certificates=frozenset(), passes=frozenset())
        return self.holding(self.without_certificates(bare, level, year), facts.certificates, facts.passes)

    def without_certificates(self, facts: Facts, level: str, year: int) -> Judged:
        """Most people share all facts but their certificates, and few verdicts hang on these: judge the rest once."""
        cases = tuple(self._cases(facts, level, year))
        verdict = _verdict(cases, year, partial(self._first_year, facts, level, year))
        return Judged(facts, level, year, _telling(cases), verdict, _open_to_certificates(cases, verdict))

    def holding(
        self, judged: Judged, certificates: frozenset[tuple[str, str | None]], passes: frozenset[tuple[str, str]] = frozenset()
    ) -> Verdict:  # fmt: skip
        """The verdict on the same facts with these certificates and passes."""
        if not (certificates or passes) or not judged.is_open:
            return judged.verdict
        facts = replace(judged.facts, certificates=certificates, passes=passes)
        ahead = partial(self._first_year, facts, judged.level, judged.year)
        return _verdict([case.holding(facts) for case in judged.cases], judged.year, ahead)

    def _first_year(self, facts: Facts, level: str, year: int) -> int | None:
        """Work that goes on is taken to go on; certificates that are still to be won are not foreseen."""
        if not self._changes(facts, level, self._sittings[year].cut_off):
            return None
        waits = [case.wait for case in self._cases(facts, level, year)]
        for later in range(year + max(1, min(waits, default=0) // 12), year + FARTHEST + 1):
            if any(case.answer is Answer.YES for case in self._cases(facts, level, later)):
                return later
        return None

    def _changes(self, facts: Facts, level: str, day: date) -> bool:
        """Whether anything on record lies after a day: only then can a later year be judged otherwise."""
        if any(not spell.until for spell in facts.work):
            return True
        ahead = [spell.until for spell in facts.work]
        ahead += [one.graduated for one in facts.studies]
        ahead += [approved for _, approved in facts.certificates]
        ahead += [rule.valid_from for rule in self._rules if rule.level == level]
        return any(PartialDate.parse(text).latest() > day for text in ahead if text)

    def _cases(self, facts: Facts, level: str, year: int) -> list["_Case"]:
        last = self._sittings[year].cut_off
        service = _Service(facts, last)
        return [_Case(rule, facts, service, last, self._words) for rule in self._holding(level, last)]

    def _holding(self, level: str, day: date) -> tuple[EligibilityRule, ...]:
        if (level, day) not in self._in_force:
            self._in_force[level, day] = tuple(rule for rule in self._rules if rule.level == level and rule.holds(day))
        return self._in_force[level, day]


def _telling(cases: Sequence["_Case"]) -> "tuple[_Case, ...]":
    """The cases on which a verdict with certificates can hang: of those that fail whatever is held, the nearest alone."""
    hopeless = [case for case in cases if not case.rule.after and case.answer is Answer.NO]
    nearest = max(hopeless, key=_Case.nearness, default=None)
    return tuple(case for case in cases if case is nearest or case not in hopeless)


def _verdict(cases: Sequence["_Case"], year: int, ahead: Callable[[], int | None]) -> Verdict:
    if not cases:
        return Verdict(Answer.NO, None, 0.0, (Missing("eligibility.no_rule", {"year": year}),))
    best = max(cases, key=_Case.fitness)
    if best.answer is Answer.YES:
        return Verdict(Answer.YES, best.rule, best.length.years)
    if best.answer is Answer.UNKNOWN:
        unknown = [missing for case in cases if case.answer is Answer.UNKNOWN for missing in case.unknowns()]
        return Verdict(Answer.UNKNOWN, None, best.length.years, tuple({one.code: one for one in unknown}.values()))
    nearest = max(cases, key=_Case.nearness)
    return Verdict(Answer.NO, None, nearest.length.years, nearest.lacks(), ahead)


def _open_to_certificates(cases: Sequence["_Case"], verdict: Verdict) -> bool:
    """Whether a certificate could change what these cases, judged without any, come to, or when they come to more."""
    bound = [case for case in cases if case.rule.after]
    if verdict.rule:
        return any(case.rule.education > verdict.rule.education for case in bound)
    if not bound:
        return False
    if max(cases, key=_Case.nearness).rule.after or any(case.enough_in_all for case in bound):
        return True
    soonest = min(
        (case.rule.months for case in cases if not case.rule.after and case.education is Answer.YES), default=None
    )
    return soonest is None or any(case.rule.months < soonest for case in bound)


class _Service:
    """The time a person has worked, counted once for all rules that count it alike."""

    def __init__(self, facts: Facts, last: date) -> None:
        self._work = (tuple(facts.work),) * 2 if facts.work_known else ((), _ALWAYS)
        self._away = tuple(facts.away)
        self._last = last
        self._counted: dict[tuple[date | None, bool], Length] = {}

    def length(self, after: date | None, *, generous: bool) -> Length:
        """Where no work is on record it may be all the time or none."""
        key = (after, generous)
        if key not in self._counted:
            self._counted[key] = counted(self._work[generous], self._away, after, self._last, generous=generous)
        return self._counted[key]


class _Case:
    """One rule held against one person's facts."""

    def __init__(
        self, rule: EligibilityRule, facts: Facts, time: _Service, last: date, words: tuple[str, ...]
    ) -> None:  # fmt: skip
        self.rule = rule
        self._facts = facts
        self._time = time
        self._last = last
        self._words = words

    def holding(self, facts: Facts) -> "_Case":
        """The same rule for the same person with certificates."""
        return _Case(self.rule, facts, self._time, self._last, self._words) if self.rule.after else self

    @cached_property
    def answer(self) -> Answer:
        if self.education is Answer.NO or self.certificate is Answer.NO:
            return Answer.NO  # without counting years
        return min(self.education, self.certificate, self.service)

    @cached_property
    def education(self) -> Answer:
        return max((self._studied(study) for study in self._facts.studies), default=Answer.UNKNOWN)

    def _studied(self, study: Study) -> Answer:
        return min(self._ranked(study), self._in_major(study.major), self._graduated(study.graduated))

    def _ranked(self, study: Study) -> Answer:
        if study.lowest >= self.rule.education:
            return Answer.YES
        return Answer.perhaps(study.highest >= self.rule.education)

    def _in_major(self, major: str | None) -> Answer:
        if self.rule.major != SOCIAL_WORK_MAJOR:
            return Answer.YES
        if not major:
            return Answer.UNKNOWN
        return Answer.YES if any(word in major for word in self._words) else Answer.NO

    def _graduated(self, graduated: str | None) -> Answer:
        """A study without a date has ended: offices enter those that are done."""
        if not graduated:
            return Answer.YES
        known = PartialDate.parse(graduated)
        return Answer.YES if known.latest() <= self._last else Answer.perhaps(known.earliest() <= self._last)

    @cached_property
    def certificate(self) -> Answer:
        """The lower certificate, where years count from it: held by the cut-off day."""
        if not self.rule.after:
            return Answer.YES
        earliest, latest = self._approved
        return Answer.YES if latest <= self._last else Answer.perhaps(earliest <= self._last)

    @cached_property
    def _approved(self) -> tuple[date, date]:
        """The earliest and the latest day from which the lower certificate can be held: any without a date, never
        without a certificate. Who passed holds it from the exam on, or not yet."""
        days = [
            (known.earliest(), known.latest())
            if (known := approved and PartialDate.parse(approved))
            else (date.min, date.max)
            for level, approved in self._facts.certificates
            if level == self.rule.after
        ]
        days += [(PartialDate.parse(day).earliest(), date.max) for day in self._passed]
        return min((first for first, _ in days), default=date.max), min((last for _, last in days), default=date.max)

    @property
    def _passed(self) -> list[str]:
        return [day for level, day in self._facts.passes if level == self.rule.after]

    @cached_property
    def service(self) -> Answer:
        if self.length.months >= self.rule.months:
            return Answer.YES
        return Answer.perhaps(self._counted(generous=True).months >= self.rule.months)

    @cached_property
    def length(self) -> Length:
        return self._counted(generous=False)

    def _counted(self, *, generous: bool) -> Length:
        after = self._approved[0 if generous else 1] if self.rule.after else None
        return self._time.length(after, generous=generous)

    @property
    def wait(self) -> int:
        """Months that are lacking at least."""
        return max(0, self.rule.months - self._time.length(None, generous=True).months)

    @property
    def enough_in_all(self) -> bool:
        """Whether the time would do if all of it counted."""
        return not self.wait

    def fitness(self) -> tuple[Answer, int, bool]:
        """Of several rules that hold, the one written for the highest education and the narrowest major is told."""
        return self.answer, self.rule.education, bool(self.rule.major)

    def nearness(self) -> tuple[Answer, int, bool, bool, int, int, bool]:
        """Which of the rules that fail is worth telling: what can only be waited for comes before what must be earned,
        and of what must be studied the least."""
        lowest = 0 if self.education is Answer.YES else -self.rule.education
        any_major = self.education is Answer.YES or not self.rule.major
        held = self.certificate is Answer.YES
        ahead = self.length.months - self.rule.months
        return self.education, lowest, any_major, held, ahead, self.rule.education, bool(self.rule.major)

    def unknowns(self) -> list[Missing]:
        found: list[Missing] = []
        if self.education is Answer.UNKNOWN:
            open_ = [study for study in self._facts.studies if self._studied(study) is Answer.UNKNOWN]
            major = any(self._in_major(study.major) is Answer.UNKNOWN for study in open_)
            if not open_ or any(self._ranked(one) is Answer.UNKNOWN or self._graduated(one.graduated) is Answer.UNKNOWN
                                for one in open_):  # fmt: skip
                found.append(Missing("eligibility.unknown_education", {}))
            if major:
                found.append(Missing("eligibility.unknown_major", {}))
        if self.certificate is Answer.UNKNOWN or (self.service is Answer.UNKNOWN and self._dated_roughly):
            code = "eligibility.unknown_certificate" if self._passed else "eligibility.unknown_certificate_date"
            found.append(Missing(code, {"level": self.rule.after}))
        if self.service is Answer.UNKNOWN and not self._facts.work_known:
            found.append(Missing("eligibility.unknown_work", {}))
        elif self.service is Answer.UNKNOWN and self._worked_roughly:
            found.append(Missing("eligibility.unknown_months", {}))
        return found

    @property
    def _dated_roughly(self) -> bool:
        return bool(self.rule.after) and self._approved[0] != self._approved[1]

    @property
    def _worked_roughly(self) -> bool:
        texts = (text for spell in (*self._facts.work, *self._facts.away) for text in (spell.since, spell.until))
        return any(text and not PartialDate.parse(text).exact for text in texts)

    def lacks(self) -> tuple[Missing, ...]:
        found: list[Missing] = []
        if self.education is Answer.NO:
            ranked = any(self._ranked(study) is Answer.YES for study in self._facts.studies)
            code = "eligibility.major" if self.rule.major and ranked else "eligibility.education"
            found.append(Missing(code, {"education": self.rule.education_name}))
        if self.certificate is Answer.NO:
            found.append(Missing("eligibility.certificate", {"level": self.rule.after}))
        elif self.service is Answer.NO:
            have = self._counted(generous=self.certificate is Answer.UNKNOWN)
            found.append(Missing("eligibility.years", {"needed": _years(self.rule.months), "have": have.years,
                                                       "months": self.rule.months - have.months, "rule": self.rule.rule}))  # fmt: skip
        return tuple(found)


def _years(months: int) -> str:
    return f"{months / 12:g}"


def rule_of(row: Mapping[str, Value], rank: int) -> EligibilityRule:
    """From a row of the register; `rank` is that of its education."""
    text = {key: str(row.get(key) or "") for key in ("rule", "level", "education", "major", "counted_after", "document",
                                                    "article", "valid_from", "valid_to")}  # fmt: skip
    major = text["major"] if text["major"] == SOCIAL_WORK_MAJOR else ""
    return EligibilityRule(text["rule"], text["level"], rank, text["education"], major, 12 * int(row.get("years") or 0),
                           text["counted_after"], text["document"], text["article"], text["valid_from"],
                           text["valid_to"])  # fmt: skip
