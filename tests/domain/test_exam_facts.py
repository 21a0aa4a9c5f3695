"""From rows of the register to facts."""

import csv
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_app.domain.code_lists import build
from socialwork_app.domain.exam_eligibility import Facts, Study
from socialwork_app.domain.exam_facts import CertificateRow, EducationRow, EmploymentRow, PersonRow, facts_of
from socialwork_app.domain.service_years import Spell
from socialwork_app.foundation import paths

with (paths.resources() / "code_lists/education.csv").open(encoding="utf-8", newline="") as _file:
    RANKS = build("education", csv.DictReader(_file))
NOBODY = PersonRow(None, None, None, None, None, None)


def facts(
    person: PersonRow = NOBODY,
    educations: Sequence[EducationRow] = (),
    employment: Sequence[EmploymentRow] = (),
    certificates: Sequence[CertificateRow] = (),
) -> Facts:
    return facts_of(person, educations, employment, certificates, RANKS)


def person(education: str | None, degree: str | None = None, major: str | None = None) -> PersonRow:
    return NOBODY._replace(education=education, degree=degree, major=major)


def studied(
    education: str, major: str | None = None, graduated: str | None = None, *, degree: str | None = None,
    mode: str = "part_time", enrolled: str | None = None,
) -> EducationRow:  # fmt: skip
    return EducationRow(mode, education, degree, major, enrolled, graduated)


def worked(
    since: str, until: str | None = None, social_work: int | None = 1, full_time: int | None = 1
) -> EmploymentRow:
    return EmploymentRow(since, until, social_work, full_time)


def test_of_somebody_unknown_nothing_is_known():
    assert facts() == Facts(frozenset({Study(0, 80, None)}), frozenset(), frozenset(), frozenset(), work_known=False)


@pytest.mark.parametrize(
    ("education", "degree", "lowest", "highest"),
    [
        ("大学本科", None, 60, 60),
        ("大学本科", "无", 60, 60),
        ("大学本科", "学士", 60, 60),
        ("大学本科", "硕士", 70, 70),
        ("大学专科", "学士", 60, 60),
        ("中等职业教育", None, 40, 40),
        ("研究生", None, 65, 80),
        ("研究生", "硕士", 70, 80),
        ("研究生", "博士", 80, 80),
        ("大专以下", None, 0, 50),
        ("其他", None, 0, 80),
        ("其他", "学士", 60, 80),
        (None, "硕士", 70, 80),
        ("不在列表中", None, 0, 80),
        ("大学专科", "名誉博士", 50, 50),
    ],
)
def test_how_high_an_education_is(education: str | None, degree: str | None, lowest: int, highest: int):
    assert facts(person(education, degree)).studies == {Study(lowest, highest, None)}
    if education:
        assert facts(educations=[studied(education, degree=degree)]).studies == {Study(lowest, highest, None)}


@pytest.mark.parametrize(
    ("own", "rows", "studies"),
    [
        (person("大学本科", None, "法学"), [], {Study(60, 60, "法学")}),
        (NOBODY, [studied("大学专科", "法学", "2010-07")], {Study(50, 50, "法学", "2010-07")}),
        # the same study: the row dates it, and either fills the other's blanks
        (person("大学本科", None, "法学"), [studied("大学本科", "法学", "2027-07")], {Study(60, 60, "法学", "2027-07")}),
        (person("大学本科"), [studied("大学本科", "法学", "2010-07")], {Study(60, 60, "法学", "2010-07")}),
        (person("大学本科", "硕士", "法学"), [studied("大学本科", None, "2010-07")], {Study(70, 70, "法学", "2010-07")}),
        # another: both stand
        (person("大学本科", None, "社会工作"), [studied("大学本科", "法学")], {Study(60, 60, "社会工作"), Study(60, 60, "法学")}),
        (person("大学本科", None, "社会工作"), [studied("大学专科", "法学")], {Study(60, 60, "社会工作"), Study(50, 50, "法学")}),
        (person("大学本科"), [studied("大学专科", "社会工作")], {Study(60, 60, None), Study(50, 50, "社会工作")}),
    ],
)  # fmt: skip
def test_the_persons_own_education_beside_the_studies(own: PersonRow, rows: list[EducationRow], studies: set[Study]):
    assert facts(own, rows).studies == studies


@pytest.mark.parametrize(
    ("row", "away"),
    [
        (studied("大学本科", mode="full_time", enrolled="2020-09", graduated="2024-07"), {Spell("2020-09", "2024-07")}),
        (studied("大学本科", mode="part_time", enrolled="2020-09", graduated="2024-07"), set[Spell]()),
        (studied("大学本科", mode="full_time", graduated="2024-07"), set[Spell]()),
        (studied("大学本科", mode="full_time", enrolled="2020-09"), set[Spell]()),
    ],
)
def test_only_full_time_study_takes_somebody_away(row: EducationRow, away: set[Spell]):
    assert facts(educations=[row]).away == away


@pytest.mark.parametrize(
    ("social_work", "full_time", "counts"),
    [(1, 1, True), (0, 1, False), (1, 0, False), (0, 0, False), (None, None, True), (1, None, True), (None, 0, False)],
)
def test_work_counts_unless_said_to_be_other_or_part_time(social_work: int | None, full_time: int | None, counts: bool):
    known = facts(employment=[worked("2020-01", "2021-01", social_work, full_time)])
    assert known.work == ({Spell("2020-01", "2021-01")} if counts else set())
    assert known.work_known


def since(day: str | None, status: str | None = "here", on: str | None = None) -> PersonRow:
    return NOBODY._replace(social_work_since=day, status=status, status_on=on)


@pytest.mark.parametrize(
    ("own", "employment", "work"),
    [
        (since("2015-03"), [], {Spell("2015-03")}),
        (since("2015-03", "left", "2020-06"), [], {Spell("2015-03", "2020-06")}),
        (since(None), [worked("2018-01"), worked("2016-01", "2017-12")], {Spell("2018-01"), Spell("2016-01", "2017-12")}),
        (since(None, "retired", "2020-06-30"), [worked("2018-01")], {Spell("2018-01", "2020-06-30")}),
        (since(None, "here", "2020-06-30"), [worked("2018-01")], {Spell("2018-01")}),
        (since(None, "died", "2020-06"), [worked("2018-01", "2019-01")], {Spell("2018-01", "2019-01")}),
        # before the first spell on record: one spell with it where that counts, so that its rough start leaves no gap
        (since("2015-03"), [worked("2018-01")], {Spell("2018-01"), Spell("2015-03")}),
        (since("2015-03"), [worked("2018-01", "2019-06"), worked("2020-01")],
         {Spell("2018-01", "2019-06"), Spell("2015-03", "2019-06"), Spell("2020-01")}),
        (since("2015-03"), [worked("2018-01", None, 0)], {Spell("2015-03", "2018-01")}),
        (since("2015-03"), [worked("2018-01", "2019-01", 0), worked("2020-01")],
         {Spell("2015-03", "2018-01"), Spell("2020-01")}),
        # what the spells say is not outdone by the summary
        (since("2018-01"), [worked("2018-01")], {Spell("2018-01")}),
        (since("2019-01"), [worked("2018-01")], {Spell("2018-01")}),
        (since("2019-01"), [worked("2018-01", "2018-12", 0)], set[Spell]()),
    ],
)  # fmt: skip
def test_work_from_spells_and_from_the_persons_own_start(
    own: PersonRow, employment: list[EmploymentRow], work: set[Spell]
):
    assert facts(own, employment=employment).work == work
    assert facts(own, employment=employment).work_known


def test_certificates_stand_as_they_are():
    rows = [CertificateRow("assistant", "2015-06"), CertificateRow("social_worker", None)]
    assert facts(certificates=rows).certificates == {("assistant", "2015-06"), ("social_worker", None)}


DATES = st.sampled_from(["2010", "2010-09", "2014-07", "2015-01-01", "2018", "2018-03", "2020-02-29"])
ROWS = st.tuples(
    st.lists(st.builds(EducationRow, st.sampled_from(["full_time", "part_time"]), st.sampled_from(["大学本科", "大学专科", "研究生"]),
                       st.sampled_from([None, "学士"]), st.sampled_from([None, "法学", "社会工作"]), st.none() | DATES,
                       st.none() | DATES), max_size=4),
    st.lists(st.builds(EmploymentRow, DATES, st.none() | DATES, st.sampled_from([None, 0, 1]), st.sampled_from([None, 0, 1])),
             max_size=4),
    st.lists(st.builds(CertificateRow, st.sampled_from(["assistant", "social_worker"]), st.none() | DATES), max_size=3),
)  # fmt: skip
PEOPLE = st.builds(PersonRow, st.sampled_from([None, "大学本科", "研究生"]), st.sampled_from([None, "学士"]),
                   st.sampled_from([None, "法学"]), st.none() | DATES, st.sampled_from(["here", "left"]),
                   st.none() | DATES)  # fmt: skip


@given(PEOPLE, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    own: PersonRow, rows: tuple[list[EducationRow], list[EmploymentRow], list[CertificateRow]], random: Random
):
    mixed = [list(one) for one in rows]
    for one in mixed:
        random.shuffle(one)
    assert facts(own, *rows) == facts(own, *mixed)  # pyright: ignore[reportArgumentType]
