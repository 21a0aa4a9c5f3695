"""Who may sit: the shipped table tried row by row, what is not known, and what never harms."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from socialwork_app.domain.code_lists import build
from socialwork_app.domain.exam_eligibility import Answer, Eligibility, Facts, Study, Verdict, rule_of, study
from socialwork_app.domain.exams import ASSISTANT, SENIOR, SOCIAL_WORKER, Sittings
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.service_years import Spell, counted
from socialwork_app.foundation import paths


def shipped(name: str) -> list[dict[str, str]]:
    with (paths.resources() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RANKS = build("education", shipped("code_lists/education.csv"))
RULES = RuleTable(shipped("rules.csv"))
TABLE = shipped("eligibility_rules.csv")
SITTINGS = shipped("exam_sittings.csv")
YEAR, LAST = 2025, date(2025, 12, 31)
DAY = timedelta(days=1)
SOCIAL, OTHER = "社会工作", "法学"
LONG, SHORT = Spell("2001-01-01"), Spell("2025-06-01")


def eligibility(
    table: Iterable[dict[str, str]] = TABLE, sittings: Iterable[dict[str, str]] = SITTINGS, words: str = SOCIAL
) -> Eligibility:
    conditions = [rule_of(row, RANKS.rank(row["education"])) for row in table]
    return Eligibility(conditions, Sittings(sittings, RULES), words.split("、"))


RULED = eligibility()


def of(
    education: str | None, major: str | None = OTHER, *, degree: str | None = None, graduated: str | None = None
) -> Study:
    return study(education, degree, RANKS.rank(education or ""), major, graduated)


def facts(
    *studies: Study,
    work: Iterable[Spell] | None = (),
    away: Iterable[Spell] = (),
    certificates: Iterable[tuple[str, str | None]] = (),
    passes: Iterable[tuple[str, str]] = (),
) -> Facts:
    """Without a record of work: `work` None."""
    return Facts(frozenset(studies), frozenset(work or ()), frozenset(away), frozenset(certificates), work is not None,
                 frozenset(passes))  # fmt: skip


def judged(known: Facts, level: str = ASSISTANT, year: int = YEAR, ruled: Eligibility = RULED) -> Verdict:
    return ruled.judge(known, level, year)


def told(verdict: Verdict) -> tuple[Answer, str | None]:
    return verdict.answer, verdict.rule.rule if verdict.rule else None


def codes(verdict: Verdict) -> list[str]:
    return [one.code.removeprefix("eligibility.") for one in verdict.missing]


# the table, row by row

ROWS = [
    ("A1", ASSISTANT, "普通高中", OTHER, 4),
    ("A1", ASSISTANT, "中等专科", SOCIAL, 4),
    ("A1", ASSISTANT, "职业高中", None, 4),
    ("A2", ASSISTANT, "大学专科", SOCIAL, 2),
    ("A3", ASSISTANT, "大学本科", SOCIAL, 0),
    ("A3", ASSISTANT, "博士研究生", "社会工作与管理", 0),
    ("A4", ASSISTANT, "大学专科", OTHER, 4),
    ("A5", ASSISTANT, "大学本科", OTHER, 2),
    ("A5", ASSISTANT, "硕士研究生", OTHER, 2),
    ("B2", SOCIAL_WORKER, "大学专科", SOCIAL, 4),
    ("B3", SOCIAL_WORKER, "大学本科", SOCIAL, 3),
    ("B4", SOCIAL_WORKER, "硕士研究生", SOCIAL, 1),
    ("B5", SOCIAL_WORKER, "博士研究生", SOCIAL, 0),
    ("B6", SOCIAL_WORKER, "大学专科", OTHER, 6),
    ("B6", SOCIAL_WORKER, "大学本科", OTHER, 5),
    ("B6", SOCIAL_WORKER, "硕士研究生", OTHER, 3),
    ("B6", SOCIAL_WORKER, "博士研究生", OTHER, 2),
]
TIMED = [row for row in ROWS if row[4]]
AFTER = [
    ("B1", SOCIAL_WORKER, "普通高中", ASSISTANT, 6),
    ("B1", SOCIAL_WORKER, "技工学校", ASSISTANT, 6),
    ("C1", SENIOR, "大学本科", SOCIAL_WORKER, 5),
    ("C1", SENIOR, "硕士研究生", SOCIAL_WORKER, 5),
]


def begun(years: int, year: int = YEAR) -> date:
    """The last day on which work can begin so that the years are over on the cut-off day."""
    return date(year - years + 1, 1, 1)


def test_every_row_of_the_table_is_tried():
    tried = {(rule, level, RANKS.rank(education), years) for rule, level, education, _, years in (*ROWS, *AFTER)}
    assert {
        (row["rule"], row["level"], RANKS.rank(row["education"]), int(row["years"])) for row in TABLE
    } <= tried  # fmt: skip


@pytest.mark.parametrize(("rule", "level", "education", "major", "years"), ROWS)
@pytest.mark.parametrize("more", [0, 1, 400])
def test_it_holds_on_the_day_and_after(rule: str, level: str, education: str, major: str | None, years: int, more: int):
    known = facts(of(education, major), work=[Spell((begun(years) - more * DAY).isoformat())])
    verdict = judged(known, level)
    assert (*told(verdict), verdict.missing, verdict.first_year) == (Answer.YES, rule, (), None)
    assert verdict.eligible is True
    assert verdict.years >= years


@pytest.mark.parametrize(("rule", "level", "education", "major", "years"), TIMED)
@pytest.mark.parametrize(("late", "months"), [(1, 1), (32, 2)])
def test_it_does_not_hold_a_day_short(
    rule: str, level: str, education: str, major: str | None, years: int, late: int, months: int
):
    known = facts(of(education, major), work=[Spell((begun(years) + late * DAY).isoformat())])
    verdict = judged(known, level)
    assert (*told(verdict), verdict.first_year) == (Answer.NO, None, YEAR + 1)
    assert verdict.eligible is False
    (lack,) = verdict.missing
    assert lack.code == "eligibility.years"
    assert not lack.unknown
    assert (lack.values["rule"], lack.values["needed"], lack.values["months"]) == (rule, f"{years:g}", months)
    assert verdict.years == lack.values["have"]
    assert years - 0.2 < verdict.years < years
    assert told(judged(known, level, YEAR + 1)) == (Answer.YES, rule)


@pytest.mark.parametrize(("rule", "level", "education", "major", "years"), TIMED)
@pytest.mark.parametrize("first", [date(2012, 2, 29), date(2012, 3, 1), date(2013, 7, 15)])
def test_work_that_has_ended_counts_to_its_last_day(
    rule: str, level: str, education: str, major: str | None, years: int, first: date
):
    """A year from 29 February is over with the February after it, or with the day before the next leap day."""
    leap = first.month == 2
    over = date(first.year + years, 2, 28) if leap else first.replace(year=first.year + years) - DAY
    own = of(education, major or OTHER)

    def until(day: date) -> Verdict:
        return judged(facts(own, work=[Spell(first.isoformat(), day.isoformat())]), level)

    assert told(until(over)) == told(until(over + DAY)) == (Answer.YES, rule)
    assert (until(over - DAY).answer, until(over - DAY).first_year) == (Answer.NO, None)


@pytest.mark.parametrize(
    ("level", "education", "years", "rule"),
    [(ASSISTANT, "普通高中", 4, "A1"), (ASSISTANT, "大学本科", 2, "A5"), (SOCIAL_WORKER, "大学本科", 5, "B6")],
)
def test_work_begun_on_a_leap_day(level: str, education: str, years: int, rule: str):
    known = facts(of(education), work=[Spell("2020-02-29")])
    assert judged(known, level, 2020).first_year == 2020 + years
    assert judged(known, level, 2020 + years - 1).answer is Answer.NO
    assert told(judged(known, level, 2020 + years)) == (Answer.YES, rule)


@pytest.mark.parametrize(("rule", "level", "education", "after", "years"), AFTER)
@pytest.mark.parametrize("worked_since", ["2001-01-01", "2004-02-29"])
def test_years_counted_after_a_certificate(
    rule: str, level: str, education: str, after: str, years: int, worked_since: str
):
    def with_certificate(approved: str | None, *, work: str = worked_since, year: int = YEAR) -> Verdict:
        held = [(after, approved)] if approved else []
        return judged(facts(of(education), work=[Spell(work)], certificates=held), level, year)

    first = begun(years)
    assert told(with_certificate(first.isoformat())) == (Answer.YES, rule)
    assert told(with_certificate((first - DAY).isoformat())) == (Answer.YES, rule)
    late = with_certificate((first + DAY).isoformat())
    if education in ("普通高中", "技工学校") or level == SENIOR:
        assert (late.answer, codes(late), late.first_year) == (Answer.NO, ["years"], YEAR + 1)
        assert late.missing[0].values["rule"] == rule
        assert late.missing[0].values["months"] == 1
    # work begun after it counts from its own first day
    assert told(with_certificate("2010-06-01", work=first.isoformat())) == (Answer.YES, rule)
    assert with_certificate("2010-06-01", work=(first + DAY).isoformat()).answer is Answer.NO
    # approved on a leap day: the years are over in February
    assert with_certificate("2016-02-29", year=2016 + years - 1).answer is Answer.NO
    assert told(with_certificate("2016-02-29", year=2016 + years)) == (Answer.YES, rule)


@pytest.mark.parametrize(("rule", "level", "education", "after", "years"), AFTER)
def test_without_the_lower_certificate(rule: str, level: str, education: str, after: str, years: int):
    others = [(ASSISTANT, "2001-01-01"), (SOCIAL_WORKER, "2001-01-01"), (SENIOR, "2001-01-01")]
    verdict = judged(
        facts(of(education), work=[Spell("2025-06-01")], certificates=[one for one in others if one[0] != after]), level
    )
    assert verdict.answer is Answer.NO
    assert verdict.missing[0].code == "eligibility.certificate"
    assert verdict.missing[0].values["level"] == after
    fresh = judged(facts(of(education), work=[Spell("2000-01-01")], certificates=[(after, "2026-01-01")]), level)
    if level == SENIOR or education != "大学本科":
        assert (fresh.answer, codes(fresh), fresh.first_year) == (Answer.NO, ["certificate"], 2025 + years)


def test_a_certificate_of_the_cut_off_day_is_held():
    """Only the years after it are lacking then."""
    held = judged(facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, LAST.isoformat())]), SENIOR)
    assert (held.answer, codes(held), held.missing[0].values["months"]) == (Answer.NO, ["years"], 60)
    late = judged(facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, "2026-01-01")]), SENIOR)
    assert (late.answer, codes(late), late.first_year) == (Answer.NO, ["certificate"], 2030)


def test_the_first_of_several_certificates_counts():
    known = facts(
        of("大学本科"), work=[Spell("2001-01-01")], certificates=[(SOCIAL_WORKER, "2024-06-01"), (SOCIAL_WORKER, "2021-01-01")]
    )  # fmt: skip
    assert told(judged(known, SENIOR)) == (Answer.YES, "C1")


@pytest.mark.parametrize(
    ("education", "degree", "level", "answer"),
    [
        ("大学专科", "学士", SENIOR, Answer.YES),
        ("大学专科", None, SENIOR, Answer.NO),
        ("大学专科", "无", SENIOR, Answer.NO),
        ("大学专科", "名誉博士", SENIOR, Answer.NO),
        (None, "硕士", SENIOR, Answer.YES),
        ("研究生", None, SENIOR, Answer.YES),
    ],
)
def test_a_degree_does_as_well_as_a_schooling(education: str | None, degree: str | None, level: str, answer: Answer):
    known = facts(
        of(education, degree=degree), work=[Spell("2001-01-01")], certificates=[(SOCIAL_WORKER, "2010-01-01")]
    )
    assert judged(known, level).answer is answer


@pytest.mark.parametrize(
    ("studies", "level", "since", "rule"),
    [
        ([of("大学本科", SOCIAL)], SOCIAL_WORKER, "2001-01-01", "B3"),
        ([of("硕士研究生", OTHER), of("大学本科", SOCIAL)], SOCIAL_WORKER, "2001-01-01", "B6"),
        ([of("硕士研究生", OTHER), of("大学本科", SOCIAL)], SOCIAL_WORKER, "2023-06-01", None),
        ([of("硕士研究生", OTHER), of("大学专科", SOCIAL)], SOCIAL_WORKER, "2022-06-01", "B6"),
        ([of("大学专科", SOCIAL)], ASSISTANT, "2001-01-01", "A2"),
        ([of("大学本科", OTHER)], ASSISTANT, "2001-01-01", "A5"),
        ([of("大学专科", SOCIAL), of("大学本科", OTHER)], ASSISTANT, "2024-06-01", None),
    ],
)
def test_of_several_rules_the_one_for_the_highest_education(
    studies: list[Study], level: str, since: str, rule: str | None
):
    verdict = judged(facts(*studies, work=[Spell(since)], certificates=[(ASSISTANT, "2001-01-01")]), level)
    assert told(verdict) == (Answer.YES if rule else Answer.NO, rule)


@pytest.mark.parametrize(
    ("known", "level", "lacking"),
    [
        (facts(of("初中"), work=[Spell("2025-01-01")]), ASSISTANT, ["education", "years"]),
        (facts(of("初中"), work=[Spell("2001-01-01")]), ASSISTANT, ["education"]),
        (facts(of("初中"), work=[Spell("2001-01-01")]), SOCIAL_WORKER, ["education", "certificate"]),
        (facts(of("大学专科"), work=[Spell("2001-01-01")]), SENIOR, ["education", "certificate"]),
        (facts(of("普通高中", SOCIAL), work=[]), ASSISTANT, ["years"]),
        (facts(of("大学本科", SOCIAL), work=[]), SENIOR, ["certificate"]),
    ],
)
def test_what_is_lacking_is_what_is_nearest(known: Facts, level: str, lacking: list[str]):
    verdict = judged(known, level)
    assert (verdict.answer, codes(verdict)) == (Answer.NO, lacking)
    assert not any(one.unknown for one in verdict.missing)


def test_what_must_be_studied_is_the_least_that_would_do():
    (lack, _) = judged(facts(of("小学"), work=[Spell("2025-01-01")])).missing
    assert lack.values == {"education": "普通高中"}


# the calendar


@pytest.mark.parametrize(
    ("graduated", "answer"),
    [("2025-06", Answer.YES), ("2025-12-31", Answer.YES), ("2025", Answer.YES), ("2026-01-01", Answer.NO),
     ("2026", Answer.NO)],
)  # fmt: skip
def test_a_study_counts_when_it_is_done_by_the_cut_off_day(graduated: str, answer: Answer):
    verdict = judged(facts(of("大学本科", SOCIAL, graduated=graduated), work=[]))
    assert verdict.answer is answer
    assert verdict.first_year == (2026 if answer is Answer.NO else None)


def test_an_exam_year_may_have_a_cut_off_day_of_its_own():
    def of_day(cut_off: str) -> Eligibility:
        return eligibility(sittings=[{**row, "cut_off": cut_off} if row["year"] == "2025" else row for row in SITTINGS])

    known = facts(of("大学本科"), work=[Spell("2023-01-01")])
    assert judged(known, ruled=of_day("2024-12-31")).answer is Answer.YES
    assert judged(known, ruled=of_day("2024-12-30")).answer is Answer.NO
    assert judged(known, ruled=of_day("")).answer is Answer.YES
    roughly = of_day("2025-05-15")
    unsure = judged(facts(of("大学本科", SOCIAL, graduated="2025-05"), work=[]), ruled=roughly)
    assert (unsure.answer, codes(unsure)) == (Answer.UNKNOWN, ["unknown_education"])
    held = facts(of("大学本科"), work=[Spell("2001-01-01")], certificates=[(SOCIAL_WORKER, "2025-05")])
    assert judged(held, SENIOR, ruled=roughly).answer is Answer.NO


def test_old_years_are_judged_by_old_rules():
    table = [{**row, "valid_to": "2026-12-31"} if row["rule"] == "A5" else row for row in TABLE]
    table.append(
        {**next(row for row in TABLE if row["rule"] == "A5"), "rule": "A5x", "years": "1", "valid_from": "2027"}
    )
    changed = eligibility(table)
    known = facts(of("大学本科"), work=[Spell("2025-06-01", "2026-05-31")])
    assert told(judged(known, year=2026, ruled=changed)) == (Answer.NO, None)
    assert judged(known, year=2026, ruled=changed).first_year == 2027
    assert told(judged(known, year=2027, ruled=changed)) == (Answer.YES, "A5x")
    assert codes(judged(known, SENIOR, 2017)) == ["no_rule"]
    assert judged(known, SENIOR, 2017).answer is Answer.NO


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (facts(of("大学本科"), work=[Spell("2025-03-01")]), 2027),
        (facts(of("普通高中"), work=[Spell("2025-03-01")]), 2029),
        (facts(of("普通高中"), work=[Spell("2025-03")]), 2029),
        (facts(of("大学本科"), work=[Spell("2025-03-01", "2025-10-01")]), None),
        (facts(of("大学本科"), work=[Spell("2025-03-01", "2027-02-28")]), 2027),
        (facts(of("大学本科"), work=[Spell("2025-03-01", "2027-02-27")]), None),
        (facts(of("大学本科"), work=[Spell("2025-03-01")], away=[Spell("2026-01-01", "2026-12-31")]), 2028),
        (facts(of("普通高中"), of("大学本科", SOCIAL, graduated="2027-07"), work=[Spell("2025-03-01")]), 2027),
        (facts(of("初中"), work=[Spell("2025-03-01")]), None),
        (facts(of("大学本科"), work=[]), None),
    ],
)
def test_the_first_year_in_which_it_will_hold(known: Facts, first: int | None):
    verdict = judged(known)
    assert (verdict.answer, verdict.first_year) == (Answer.NO, first)
    if first is not None:
        assert judged(known, year=first).answer is Answer.YES
        assert judged(known, year=first - 1).answer is Answer.NO


def test_an_earlier_year_is_judged_by_what_was_then():
    known = facts(of("大学本科"), work=[Spell("2018-01-01", "2022-12-31")])
    assert judged(known, year=2018).first_year == 2019
    assert told(judged(known, year=2019)) == (Answer.YES, "A5")


# study


def test_full_time_study_is_out_and_part_time_study_in():
    work = [Spell("2020-01-01")]
    assert told(judged(facts(of("大学本科"), work=work), SOCIAL_WORKER)) == (Answer.YES, "B6")
    away = facts(of("大学本科"), work=work, away=[Spell("2022-09-01", "2023-08-31")])
    verdict = judged(away, SOCIAL_WORKER)
    assert (verdict.answer, verdict.years, verdict.first_year) == (Answer.YES, 5.0, None)
    longer = judged(facts(of("大学本科"), work=work, away=[Spell("2022-08-31", "2023-08-31")]), SOCIAL_WORKER)
    assert (longer.answer, longer.years) == (Answer.NO, 4.99)


def test_overlaps_count_once():
    several = [Spell("2023-06-01"), Spell("2024-01-01", "2025-06-30"), Spell("2023-06-01", "2024-01-01")]
    verdict = judged(facts(of("大学专科"), work=several))
    assert (verdict.answer, verdict.years) == (Answer.NO, 2.58)


# what is not known


@pytest.mark.parametrize(
    ("known", "level", "unknown"),
    [
        (facts(work=[LONG]), ASSISTANT, ["unknown_education"]),
        (facts(of(None), work=[LONG]), ASSISTANT, ["unknown_education"]),
        (facts(of(None, None), work=[LONG]), ASSISTANT, ["unknown_education", "unknown_major"]),
        (facts(of("其他"), work=[LONG]), ASSISTANT, ["unknown_education"]),
        (facts(of("大专以下"), work=[LONG]), ASSISTANT, ["unknown_education"]),
        (facts(of("函授"), work=[LONG]), ASSISTANT, ["unknown_education"]),
        (facts(of("研究生", SOCIAL), work=[Spell("2024-06-01")]), SOCIAL_WORKER, ["unknown_education"]),
        (facts(of("研究生", SOCIAL, degree="学士"), work=[Spell("2024-06-01")]), SOCIAL_WORKER, ["unknown_education"]),
        (facts(of("大学本科", None), work=[SHORT]), ASSISTANT, ["unknown_major"]),
        (facts(of("大学本科", ""), work=[SHORT]), ASSISTANT, ["unknown_major"]),
        (facts(of("大学专科", None), work=[Spell("2023-06-01")]), ASSISTANT, ["unknown_major"]),
        (facts(of("大学本科"), work=None), ASSISTANT, ["unknown_work"]),
        (facts(of("大学本科", None), work=None), ASSISTANT, ["unknown_major", "unknown_work"]),
        (facts(of("大学本科"), work=None, certificates=[(SOCIAL_WORKER, "2020-01-01")]), SENIOR, ["unknown_work"]),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, None)]), SENIOR, ["unknown_certificate_date"]),
        (facts(of("普通高中"), work=[LONG], certificates=[(ASSISTANT, None)]), SOCIAL_WORKER, ["unknown_certificate_date"]),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, "2021")]), SENIOR, ["unknown_certificate_date"]),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, "2021-01")]), SENIOR, ["unknown_certificate_date"]),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, None), (SOCIAL_WORKER, "2024-06-15")]), SENIOR,
         ["unknown_certificate_date"]),
        (facts(of("大学本科"), work=None, certificates=[(SOCIAL_WORKER, None)]), SENIOR,
         ["unknown_certificate_date", "unknown_work"]),
        (facts(of("大学本科"), work=[Spell("2024-01")]), ASSISTANT, ["unknown_months"]),
        (facts(of("大学本科"), work=[Spell("2024")]), ASSISTANT, ["unknown_months"]),
        (facts(of("大学本科"), work=[Spell("2020-01-01", "2021-12")]), ASSISTANT, ["unknown_months"]),
        (facts(of("大学本科"), work=[Spell("2023-01-01")], away=[Spell("2024", "2025-06-30")]), ASSISTANT, ["unknown_months"]),
    ],
)  # fmt: skip
def test_what_is_not_known_makes_it_unknown(known: Facts, level: str, unknown: list[str]):
    verdict = judged(known, level)
    assert (verdict.answer, verdict.eligible, verdict.rule, verdict.first_year) == (Answer.UNKNOWN, None, None, None)
    assert sorted(codes(verdict)) == unknown
    assert all(one.unknown for one in verdict.missing)


@pytest.mark.parametrize(
    ("known", "level", "answer", "rule"),
    [
        (facts(of("大学本科", None), work=[LONG]), ASSISTANT, Answer.YES, "A5"),
        (facts(of("大学专科", None), work=[SHORT]), ASSISTANT, Answer.NO, None),
        (facts(of("普通高中", None), work=[LONG]), ASSISTANT, Answer.YES, "A1"),
        (facts(of("大学本科", SOCIAL), work=None), ASSISTANT, Answer.YES, "A3"),
        (facts(of("博士研究生", SOCIAL), work=None), SOCIAL_WORKER, Answer.YES, "B5"),
        (facts(of("初中", None), work=None), ASSISTANT, Answer.NO, None),
        (facts(of("普通高中"), work=None), SOCIAL_WORKER, Answer.NO, None),
        (facts(of("研究生"), work=[LONG]), ASSISTANT, Answer.YES, "A5"),
        (facts(of("研究生", SOCIAL), work=[]), ASSISTANT, Answer.YES, "A3"),
        (facts(of("研究生", SOCIAL), work=[Spell("2022-06-01")]), SOCIAL_WORKER, Answer.YES, "B3"),
        (facts(of("研究生", OTHER), work=[Spell("2024-06-01")]), SOCIAL_WORKER, Answer.NO, None),
        (facts(of("大专以下", SOCIAL), work=[SHORT]), ASSISTANT, Answer.NO, None),
        (facts(of("大专以下"), work=[LONG], certificates=[(SOCIAL_WORKER, "2001-01-01")]), SENIOR, Answer.NO, None),
        (facts(of("其他"), of("大学本科"), work=[LONG]), ASSISTANT, Answer.YES, "A5"),
        (facts(work=[LONG]), SENIOR, Answer.NO, None),
        (facts(work=None), SENIOR, Answer.NO, None),
        (facts(of("大学本科"), work=None, certificates=[(SOCIAL_WORKER, "2021-01-02")]), SENIOR, Answer.NO, None),
        (facts(of("大学本科"), work=[SHORT], certificates=[(SOCIAL_WORKER, None)]), SENIOR, Answer.NO, None),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, None), (SOCIAL_WORKER, "2015-06")]), SENIOR,
         Answer.YES, "C1"),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, "2020")]), SENIOR, Answer.YES, "C1"),
        (facts(of("大学本科"), work=[LONG], certificates=[(SOCIAL_WORKER, "2021-02")]), SENIOR, Answer.NO, None),
        (facts(of("大学本科"), work=[Spell("2023-12")]), ASSISTANT, Answer.YES, "A5"),
        (facts(of("大学本科"), work=[Spell("2024-02")]), ASSISTANT, Answer.NO, None),
        (facts(of("大学本科"), work=[Spell("2023")]), ASSISTANT, Answer.YES, "A5"),
        (facts(of("大学本科"), work=[Spell("2025")]), ASSISTANT, Answer.NO, None),
    ],
)  # fmt: skip
def test_where_it_does_not_matter_it_is_answered(known: Facts, level: str, answer: Answer, rule: str | None):
    verdict = judged(known, level)
    assert told(verdict) == (answer, rule)
    assert not any(one.unknown for one in verdict.missing)


@pytest.mark.parametrize(
    ("level", "education", "passes", "answer", "said"),
    [
        (SENIOR, "大学本科", [(SOCIAL_WORKER, "2019-06-16")], Answer.UNKNOWN, ["unknown_certificate"]),
        (SENIOR, "大学本科", [(SOCIAL_WORKER, "2021-01-01")], Answer.UNKNOWN, ["unknown_certificate"]),
        (SENIOR, "大学本科", [(SOCIAL_WORKER, "2021-01-02")], Answer.NO, ["years"]),
        (SENIOR, "大学本科", [(SOCIAL_WORKER, "2021")], Answer.UNKNOWN, ["unknown_certificate"]),
        (SENIOR, "大学本科", [(SOCIAL_WORKER, "2026-01-01")], Answer.NO, ["certificate"]),
        (SENIOR, "大学本科", [(ASSISTANT, "2010-06-16")], Answer.NO, ["certificate"]),
        (SENIOR, "大学专科", [(SOCIAL_WORKER, "2010-06-16")], Answer.NO, ["education"]),
        (SENIOR, None, [(SOCIAL_WORKER, "2010-06-16")], Answer.UNKNOWN, ["unknown_education", "unknown_certificate"]),
        (SOCIAL_WORKER, "普通高中", [(ASSISTANT, "2015-06-16")], Answer.UNKNOWN, ["unknown_certificate"]),
    ],
)  # fmt: skip
def test_who_passed_may_hold_the_certificate_since_the_exam(
    level: str, education: str | None, passes: list[tuple[str, str]], answer: Answer, said: list[str]
):
    studies = [of(education)] if education else []
    verdict = judged(facts(*studies, work=[LONG], passes=passes), level)
    assert (verdict.answer, codes(verdict)) == (answer, said)


def test_what_is_lacking_at_least_is_told_of_who_passed_lately():
    verdict = judged(facts(of("大学本科"), work=[LONG], passes=[(SOCIAL_WORKER, "2024-01-01")]), SENIOR)
    (lack,) = verdict.missing
    assert (lack.values["have"], lack.values["months"]) == (2, 36)


def test_words_of_the_major_are_a_setting():
    known = facts(of("大学本科", "社会管理与服务"), work=[])
    assert judged(known).answer is Answer.NO
    assert told(judged(known, ruled=eligibility(words="社会工作、 社会管理"))) == (Answer.YES, "A3")
    assert judged(known, ruled=eligibility(words="社会工作、")).answer is Answer.NO


# what always holds

LEVEL = st.sampled_from([ASSISTANT, SOCIAL_WORKER, SENIOR])
EDUCATIONS = [entry.value for entry in RANKS.entries]
RANKED = sorted((value for value in EDUCATIONS if RANKS.rank(value) and value != "研究生"), key=RANKS.rank)
DEGREES = [None, "学士", "硕士", "博士"]
MAJOR = st.sampled_from([None, SOCIAL, OTHER])
days = st.dates(date(2015, 1, 1), date(2026, 12, 31)) | st.builds(
    date,
    st.integers(2017, 2026), st.sampled_from([1, 2, 12]), st.sampled_from([1, 2, 28]),
)  # fmt: skip
texts = st.builds(lambda day, precision: day.isoformat()[:precision], days, st.sampled_from([4, 7, 10]))
STUDY = st.builds(
    lambda education, major, degree, graduated: of(education, major, degree=degree, graduated=graduated),
    st.none() | st.sampled_from(EDUCATIONS), MAJOR, st.sampled_from([None, None, *DEGREES]), st.none() | texts,
)  # fmt: skip
SPELL = st.builds(Spell, texts, st.none() | texts)
CERTIFICATE = st.tuples(st.sampled_from([ASSISTANT, SOCIAL_WORKER]), st.none() | texts)
PASS = st.tuples(st.sampled_from([ASSISTANT, SOCIAL_WORKER]), texts)
FACTS = st.builds(
    lambda studies, work, away, certificates, passes:
        facts(*studies, work=work, away=away, certificates=certificates, passes=passes),
    st.lists(STUDY, max_size=2), st.none() | st.lists(SPELL, max_size=3), st.lists(SPELL, max_size=1),
    st.lists(CERTIFICATE, max_size=2), st.lists(PASS, max_size=1),
)  # fmt: skip


def never_less(several: Iterable[Verdict]) -> bool:
    return all(one.answer <= other.answer for one, other in pairwise(several))


@given(FACTS, LEVEL, texts, st.integers(0, 1500), st.integers(0, 1500))
def test_more_work_never_harms(known: Facts, level: str, since: str, earlier: int, later: int):
    assume(known.work_known)
    first = PartialDate.parse(since).latest() if len(since) == 10 else date(2021, 1, 1)

    def adding(spell: Spell) -> Verdict:
        return judged(replace(known, work=known.work | {spell}), level)

    start, end = first - timedelta(days=earlier), first + timedelta(days=later)
    assert never_less(
        [
            judged(known, level),
            adding(Spell(first.isoformat(), first.isoformat())),
            adding(Spell(first.isoformat(), end.isoformat())),
            adding(Spell(start.isoformat(), end.isoformat())),
            adding(Spell(start.isoformat())),
        ]
    )


@given(FACTS, LEVEL, MAJOR)
def test_a_higher_education_or_degree_never_harms(known: Facts, level: str, major: str | None):
    def adding(one: Study) -> Verdict:
        return judged(replace(known, studies=known.studies | {one}), level)

    by_education = [adding(of(education, major)) for education in RANKED]
    assert never_less(by_education)
    assert all(never_less([adding(of(one, major, degree=degree)) for degree in DEGREES]) for one in EDUCATIONS)
    if known.studies:
        assert judged(known, level).answer <= by_education[0].answer


@given(FACTS, LEVEL, st.none() | texts, st.integers(0, 800))
def test_a_certificate_or_an_earlier_one_never_harms(known: Facts, level: str, approved: str | None, earlier: int):
    def adding(day: str | None) -> Verdict:
        return judged(replace(known, certificates=known.certificates | {(SOCIAL_WORKER, day), (ASSISTANT, day)}), level)

    assert judged(known, level).answer <= adding(approved).answer
    exact = PartialDate.parse(approved).latest() if approved else date(2020, 2, 29)
    assert never_less([adding(exact.isoformat()), adding((exact - timedelta(days=earlier)).isoformat())])


@given(FACTS, LEVEL, SPELL)
def test_full_time_study_never_helps(known: Facts, level: str, away: Spell):
    assert judged(replace(known, away=known.away | {away}), level).answer <= judged(known, level).answer


@given(FACTS, LEVEL, st.integers(2019, 2030))
def test_what_goes_on_holds_in_the_next_year_too(known: Facts, level: str, year: int):
    assert judged(known, level, year).answer is not Answer.YES or judged(known, level, year + 1).answer is Answer.YES


@given(FACTS, LEVEL)
def test_the_first_year_is_the_first(known: Facts, level: str):
    verdict = judged(known, level)
    years = [
        year for year in range(YEAR + 1, YEAR + 12) if by_the_words_of_the_table(known, level, year)[0] is Answer.YES
    ]
    if verdict.answer is Answer.NO and (verdict.first_year or 0) < YEAR + 12:
        assert verdict.first_year == (years[0] if years else None)
    assert verdict.answer is Answer.NO or verdict.first_year is None


def by_the_words_of_the_table(known: Facts, level: str, year: int) -> tuple[Answer, list[str]]:
    """Row by row and each possible reading by itself, without any of the ways to spare work: the answer and what holds."""
    last = date(year, 12, 31)
    answers: dict[str, Answer] = {}
    for row in (row for row in TABLE if row["level"] == level):
        rank, needed, after = RANKS.rank(row["education"]), 12 * int(row["years"]), row["counted_after"]
        readings: list[bool] = []
        for kind in (False, True):  # at its worst, at its best
            studied = not known.studies and kind
            for one in known.studies:
                done = PartialDate.parse(one.graduated).earliest() if kind and one.graduated else date.min
                done = PartialDate.parse(one.graduated).latest() if not kind and one.graduated else done
                major = SOCIAL in one.major if one.major else kind
                high = (one.highest if kind else one.lowest) >= rank
                studied |= high and done <= last and (row["major"] == "any" or major)
            since = [
                (PartialDate.parse(day).earliest() if kind else PartialDate.parse(day).latest())
                if day else (date.min if kind else date.max)
                for one, day in known.certificates if one == after
            ]  # fmt: skip
            since += [PartialDate.parse(day).earliest() for one, day in known.passes if one == after and kind]
            start = min(since, default=date.max) if after else date.min
            work = known.work if known.work_known else [Spell("0001")] * kind
            months = counted(tuple(work), tuple(known.away), start, last, generous=kind).months
            readings.append(studied and start <= last and months >= needed)
        answers[row["rule"] + row["education"]] = Answer(sum(readings))
    return max(answers.values()), [key for key, answer in answers.items() if answer is Answer.YES]


@given(FACTS, LEVEL)
def test_it_is_what_the_table_says(known: Facts, level: str):
    answer, holding = by_the_words_of_the_table(known, level, YEAR)
    verdict = judged(known, level)
    assert verdict.answer is answer
    if verdict.rule:
        assert verdict.rule.rule + verdict.rule.education_name in holding
    for one in verdict.missing:
        held = [day for kind, day in known.certificates if kind == one.values.get("level")]
        passed = [day for kind, day in known.passes if kind == one.values.get("level")]
        if one.code == "eligibility.certificate":
            assert all(day and PartialDate.parse(day).earliest() > LAST for day in (*held, *passed))
        if one.code == "eligibility.unknown_certificate":
            assert passed
        if one.code == "eligibility.unknown_certificate_date":
            assert any(day is None or len(day) < 10 for day in held)


@given(FACTS, LEVEL, st.permutations(range(len(TABLE))))
def test_the_order_of_the_table_does_not_matter(known: Facts, level: str, order: list[int]):
    one, other = judged(known, level), judged(known, level, ruled=eligibility(TABLE[place] for place in order))
    assert (told(one), one.first_year, {*codes(one)}) == (told(other), other.first_year, {*codes(other)})


@given(FACTS, LEVEL)
def test_a_verdict_gives_its_reason(known: Facts, level: str):
    verdict = judged(known, level)
    assert (verdict.rule is not None) == (verdict.answer is Answer.YES) == (not verdict.missing)
    assert all(one.unknown == (verdict.answer is Answer.UNKNOWN) for one in verdict.missing)
    if verdict.rule:
        assert verdict.rule.level == level
        assert verdict.years * 12 >= verdict.rule.months


def finer(text: str, month: int, day: int) -> str:
    return f"{text}-{month:02d}" if len(text) == 4 else f"{text}-{day:02d}"


@given(FACTS, LEVEL, st.integers(1, 12), st.integers(1, 28), st.data())
def test_knowing_more_never_turns_an_answer_round(known: Facts, level: str, month: int, day: int, data: st.DataObject):
    """Refining one date, giving a certificate its day, saying which major or which postgraduate education it is."""
    before = judged(known, level).answer
    assume(before is not Answer.UNKNOWN)
    refined = [
        replace(known, work=known.work - {spell} | {changed})
        for spell in known.work
        for changed in (
            *([Spell(finer(spell.since, month, day), spell.until)] if len(spell.since) < 10 else []),
            *([Spell(spell.since, finer(spell.until, month, day))] if spell.until and len(spell.until) < 10 else []),
        )
    ]
    for one, approved in known.certificates:
        if not approved or len(approved) < 10:
            more = finer(approved, month, day) if approved else data.draw(texts)
            refined.append(replace(known, certificates=known.certificates - {(one, approved)} | {(one, more)}))
    for one, passed in known.passes:
        approved = max(PartialDate.parse(passed).earliest(), data.draw(days)).isoformat()
        certificates = known.certificates | {(one, approved)}
        refined.append(replace(known, passes=known.passes - {(one, passed)}, certificates=certificates))
    for one in known.studies:
        rest = known.studies - {one}
        if one.lowest < one.highest:
            rank = data.draw(
                st.sampled_from([rank for rank in (10, 40, 50, 60, 65, 70, 80) if one.lowest <= rank <= one.highest])
            )
            refined.append(replace(known, studies=rest | {replace(one, lowest=rank, highest=rank)}))
        if one.major is None:
            refined += [replace(known, studies=rest | {replace(one, major=major)}) for major in (SOCIAL, OTHER)]
    if not known.studies:
        refined.append(replace(known, studies=frozenset({data.draw(STUDY)})))
    if not known.work_known:
        refined.append(replace(known, work=frozenset(data.draw(st.lists(SPELL, max_size=3))), work_known=True))
    for one in refined:
        assert judged(one, level).answer is before, one
