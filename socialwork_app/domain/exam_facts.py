"""What the register's rows say about a person's way to the exam."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.exam_eligibility import Facts, Study, study
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.service_years import Spell

Text = str | None


class PersonRow(NamedTuple):
    education: Text
    degree: Text
    major: Text
    social_work_since: Text
    status: Text
    status_on: Text


class EducationRow(NamedTuple):
    study_mode: Text
    education: Text
    degree: Text
    major: Text
    enrolled_on: Text
    graduated_on: Text


class EmploymentRow(NamedTuple):
    since: str
    until: Text
    social_work: int | None
    full_time: int | None


class CertificateRow(NamedTuple):
    level: str
    approved_on: Text


def facts_of(
    person: PersonRow,
    educations: Sequence[EducationRow],
    employment: Sequence[EmploymentRow],
    certificates: Iterable[CertificateRow],
    ranks: CodeList,
) -> Facts:
    away = {Spell(one.enrolled_on, one.graduated_on) for one in educations
            if one.study_mode == "full_time" and one.enrolled_on and one.graduated_on}  # fmt: skip
    return Facts(frozenset(_studies(person, educations, ranks)), frozenset(_work(person, employment)), frozenset(away),
                 frozenset(certificates), bool(employment or person.social_work_since))  # fmt: skip


def _studies(person: PersonRow, educations: Sequence[EducationRow], ranks: CodeList) -> set[Study]:
    """The person's own 学历 beside the studies; a study that is plainly the same fills its blanks from it and dates it."""
    same = [one for one in educations if _same(person, one)]
    filled = [one._replace(major=one.major or person.major, degree=one.degree or person.degree) for one in same]
    studies = {study(one.education, one.degree, ranks.rank(one.education or ""), one.major, one.graduated_on)
               for one in (*filled, *(one for one in educations if one not in same))}  # fmt: skip
    if not same and (person.education or person.degree or not educations):
        studies.add(study(person.education, person.degree, ranks.rank(person.education or ""), person.major, None))
    return studies


def _same(person: PersonRow, one: EducationRow) -> bool:
    majors = person.major, one.major
    return bool(person.education) and person.education == one.education and (not all(majors) or majors[0] == majors[1])


def _work(person: PersonRow, employment: Sequence[EmploymentRow]) -> list[Spell]:
    """Spells of full-time social work; what the person's own 起始年月 says of the time before the first of them.

    Where the first counts too, one spell covers both: a start known by its month alone leaves no gap between them.
    """
    left = person.status_on if person.status in LEFT_STATES else None
    spells = [Spell(one.since, one.until or left) for one in employment if _counts(one)]
    since = person.social_work_since
    first = min((one.since for one in employment), default=None)
    if since and first is None:
        spells.append(Spell(since, left))
    elif since and first and since < first:
        spells += [Spell(since, spell.until) for spell in spells if spell.since == first] or [Spell(since, first)]
    return spells


def _counts(spell: EmploymentRow) -> bool:
    """Only what is said not to be social work, or not full time, is left out."""
    return spell.social_work != 0 and spell.full_time != 0
