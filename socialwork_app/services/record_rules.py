"""What each subject has to say about a record that is to be saved: values that follow, and what is wrong or odd."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from socialwork_app.domain import (
    courses,
    exam_calendar,
    exam_entries,
    exam_results,
    people,
    registrations,
    rule_values,
    talents,
)
from socialwork_app.domain.courses import SIGNED_UP
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem, Severity, error, warning
from socialwork_app.persistence import rows
from socialwork_app.services import appraisal_rules, contact_rules, talent_rules
from socialwork_app.services.appraisal_criteria import APPRAISERS, BANDS, ITEMS, refuse_if_frozen
from socialwork_app.services.courses import Courses
from socialwork_app.services.exams import Exams
from socialwork_app.services.levels_held import highest_held
from socialwork_app.services.opened import OpenRegister


class About(NamedTuple):
    """Which record: `id` is None for a new one; `given` are the keys that were typed."""

    id: int | None
    owner: int | None
    given: Collection[str]


Values = dict[str, Value]
Rules = Callable[[OpenRegister, Values, About], Sequence[Problem]]


def check(opened: OpenRegister, kind: str, values: Values, about: About) -> Sequence[Problem]:
    """The problems; values that follow from others are put among `values`."""
    return _RULES.get(kind, _none)(opened, values, about)


def refuse(opened: OpenRegister, kind: str, ids: Sequence[int], key: str = "") -> None:
    """DomainError where one of these records has to stay as it is; with `key`, where this field of it has to."""
    refuse_if_frozen(opened, kind, ids, key)


def _none(*_: object) -> Sequence[Problem]:
    return ()


ONCE: Mapping[str, tuple[str, ...]] = {
    "exam_entries": ("year", "level"),
    "course_sessions": ("date", "half_day"),
    "attendance": ("date", "half_day"),
    "training_signups": ("course",),
    "talent_candidates": ("round",),
    "appraisals": ("scheme", "year"),
}
"""What no two records of one owner have alike."""


def _others(opened: OpenRegister, kind: str, about: About, values: Values) -> bool:
    """Whether the owner has another such record."""
    owner = opened.schema.owner_column(opened.catalogue[kind])
    same = {owner: about.owner, **{key: values[key] for key in ONCE[kind]}}
    with opened.database.read() as connection:
        found = rows.find_ids(connection, opened.schema, kind, same)
    return any(row_id != about.id for row_id in found)


def _people(_opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    faults = people.number_faults(values) if "id_type" in about.given else ()
    problems = people.check(values)
    values.update(people.derive(values))
    return *faults, *problems


def _exam_sittings(opened: OpenRegister, values: Values, _about: About) -> Sequence[Problem]:
    return exam_calendar.check(values, opened.today())


def _exam_entries(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    problems = exam_entries.EntryCheck(opened.rules(), opened.today()).problems(values)
    values.update(exam_entries.complete(values))
    if _others(opened, "exam_entries", about, values):
        problems.append(error("exam.entered_twice", "level", year=values["year"]))
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _reason_missing(opened, values, about)
    return problems


def _reason_missing(opened: OpenRegister, values: Values, about: About) -> Iterator[Problem]:
    """Sign-up goes by declaration: against the rules it asks for a reason, and is never refused."""
    if about.owner is None or values.get("declared_reason") or not _entered_anew(opened, values, about):
        return
    wanted = about.owner, str(values["level"]), int(values["year"] or 0)
    for lacking in Exams(opened).refused([wanted]).values():
        yield warning("exam.reason_missing", "declared_reason", lacking=lacking)


def _entered_anew(opened: OpenRegister, values: Values, about: About) -> bool:
    """Whether the entry is new, or of another year or level than it was."""
    if about.id is None:
        return True
    with opened.database.read() as connection:
        stands = rows.record(connection, opened.schema, "exam_entries", about.id)
    return stands is not None and any(stands[key] != values[key] for key in ("year", "level"))


def _senior_reviews(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    issued = _proof_issued(opened, about.owner)
    return exam_results.late_review(values, exam_results.proof(issued, opened.rules())) if issued else ()


def _proof_issued(opened: OpenRegister, entry: int | None) -> str:
    if entry is None:
        return ""
    with opened.database.read() as connection:
        stands = rows.record(connection, opened.schema, "exam_entries", entry)
    return Exams(opened).proof_issued(stands) if stands else ""


def _registrations(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    rules = opened.rules()
    registered = values.get("registered_on")
    moved = "registered_on" in about.given and "valid_until" not in about.given
    if registered and (moved or not values.get("valid_until")):
        values["valid_until"] = registrations.expiry(str(registered), rules)
    return registrations.check(values, _approved_on(opened, about.owner), rules)


def _approved_on(opened: OpenRegister, certificate: int | None) -> Value:
    if certificate is None:
        return None
    with opened.database.read() as connection:
        found = rows.record(connection, opened.schema, "certificates", certificate)
    return found["approved_on"] if found else None


def _rules(_opened: OpenRegister, values: Values, _about: About) -> Sequence[Problem]:
    return rule_values.check(values)


def _courses(_opened: OpenRegister, values: Values, _about: About) -> Sequence[Problem]:
    return courses.check(values)


def _course_sessions(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    if _others(opened, "course_sessions", about, values):
        return [_twice(opened, "course.session_twice", values)]
    return _long_day(opened, values, about)


def _long_day(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    """With the other half-days of the same day."""
    if about.owner is None:
        return ()
    same_day = {"course_id": [about.owner], "date": [values["date"]]}
    with opened.database.read() as connection:
        course = rows.record(connection, opened.schema, "courses", about.owner)
        others = rows.rows_where(connection, opened.schema, "course_sessions", same_day, ("id", "hours"))
    usual = course["session_hours"] if course else None
    told = [values.get("hours"), *(one["hours"] for one in others if one["id"] != about.id)]
    return courses.long_day("hours", [usual if hours is None else hours for hours in told])


def _attendance(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    if _others(opened, "attendance", about, values):
        return [_twice(opened, "attendance.twice", values)]
    return courses.mark_problems(str(values["date"]), opened.today())


def _twice(opened: OpenRegister, code: str, values: Values) -> Problem:
    half = opened.catalogue.code_lists["half_day"].label(str(values["half_day"]))
    return error(code, "half_day", date=values["date"], half=half)


def _training_signups(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    course, person = values["course"], about.owner
    if not isinstance(course, int) or person is None:
        return ()
    if _others(opened, "training_signups", about, values):
        return [error("course.signed_up_twice", "course")]
    _fill_sign_up(opened, values, about, person)
    if values["sign_up_state"] != SIGNED_UP:
        return ()
    known = Courses(opened)
    clashing = known.clashes(known.course(course), person)
    return [warning("course.same_day", "course", titles="、".join(one.title for one in clashing))] if clashing else ()


def _fill_sign_up(opened: OpenRegister, values: Values, about: About, person: int) -> None:
    """Of a new one what is not said: the level held, and today for who takes part."""
    if about.id is None and "level" not in about.given:
        values["level"] = highest_held(opened, [person]).get(person)
    if about.id is None and "signed_up_on" not in about.given and values["sign_up_state"] == SIGNED_UP:
        values["signed_up_on"] = opened.today().isoformat()


def _talent_schemes(_opened: OpenRegister, values: Values, _about: About) -> Sequence[Problem]:
    return talents.check_scheme(values)


def _talent_rounds(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return talent_rules.check_round(opened, values, about.id, about.owner)


def _talent_candidates(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    if _others(opened, "talent_candidates", about, values):
        return [error("selection.in_round_twice", "round")]
    return talent_rules.check_candidate(opened, values, about.owner)


def _talents(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return talent_rules.check_title(opened, values, about.id, about.owner)


def _appraisal_criteria(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return appraisal_rules.check_criteria(opened, values, about.id)


def _part_of_criteria(kind: str) -> Rules:
    return lambda opened, values, about: appraisal_rules.check_part(opened, kind, values, about.id, about.owner)


def _appraisals(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return appraisal_rules.check_appraisal(opened, values, about.id, about.owner)


def _appraisal_scores(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return appraisal_rules.check_score(opened, values, about.id, about.owner)


def _leaders(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return list(contact_rules.check_leader(opened, values, about.id))


def _leader_contacts(opened: OpenRegister, values: Values, about: About) -> Sequence[Problem]:
    return list(contact_rules.check_contact(opened, values, about.id, about.owner))


def _liaisons(_opened: OpenRegister, values: Values, _about: About) -> Sequence[Problem]:
    return list(contact_rules.check_time(values))


_RULES: dict[str, Rules] = {
    "people": _people,
    "registrations": _registrations,
    "exam_sittings": _exam_sittings,
    "exam_entries": _exam_entries,
    "senior_reviews": _senior_reviews,
    "rules": _rules,
    "courses": _courses,
    "course_sessions": _course_sessions,
    "training_signups": _training_signups,
    "attendance": _attendance,
    "talent_schemes": _talent_schemes,
    "talent_rounds": _talent_rounds,
    "talent_candidates": _talent_candidates,
    "talents": _talents,
    "appraisal_criteria": _appraisal_criteria,
    **{kind: _part_of_criteria(kind) for kind in (ITEMS, BANDS, APPRAISERS)},
    "appraisals": _appraisals,
    "appraisal_scores": _appraisal_scores,
    "leaders": _leaders,
    "leader_contacts": _leader_contacts,
    "liaisons": _liaisons,
}
