"""Appraisals of the year that is over, and of the one that is ending: not begun, not graded, or without evidence."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from socialwork_app.domain.appraisals import is_graded
from socialwork_app.domain.people import LEFT_STATES
from socialwork_app.domain.sentences import sentence
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.appraisal_begin import holders
from socialwork_app.services.appraisals import KIND as APPRAISALS
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talents import KIND as TALENTS

MISSING, UNGRADED, NO_EVIDENCE = "appraisal_missing", "appraisal_ungraded", "appraisal_evidence"
TITLE = "年度考核"
CODES = {MISSING: "appraisal.due_missing", UNGRADED: "appraisal.due_grade", NO_EVIDENCE: "appraisal.due_evidence"}
YES = "yes"


def appraisals_due(opened: OpenRegister, day: date) -> list[Matter]:
    """Of people who are here; the year that is over first."""
    return [_matter(kind, year, person, row_id, name, day) for year in years(opened, day)
            for kind, person, row_id, name in _of_year(opened, year, day)]  # fmt: skip


def years(opened: OpenRegister, day: date) -> tuple[int, ...]:
    """Those of which appraisals are asked for on a day."""
    begins = opened.rules().number("due.appraisal_month", day)
    return (day.year - 1, day.year) if day.month >= begins else (day.year - 1,)


def _matter(kind: str, year: int, person: int, row_id: int, name: str, day: date) -> Matter:
    due = date(year, 12, 31)
    return Matter(kind, TITLE, person, row_id, name, "", due, day > due, sentence(CODES[kind], year=year))


def _of_year(opened: OpenRegister, year: int, day: date) -> Iterator[tuple[str, int, int, str]]:
    """What is missing: its kind, the person, the row that it hangs on, the name."""
    with opened.database.read() as connection:
        schemes = {row["scheme"] for row in rows_where(connection, opened.schema, TALENTS, {}, ("scheme",))}
        found = rows_where(connection, opened.schema, APPRAISALS, {"year": [year]})
    missing = [
        one for scheme in sorted(schemes) for one in holders(opened, scheme, year).due.values() if not one.withdrawn
    ]
    people = _here(opened, {one.person_id for one in missing} | {row["person_id"] for row in found})
    for one in missing:
        if one.person_id in people:
            yield MISSING, one.person_id, one.id, people[one.person_id]
    proven = _with_evidence(opened, [row["id"] for row in found], day)
    for row in found:
        person = row["person_id"]
        if person in people and not row["grade"]:
            yield UNGRADED, person, row["id"], people[person]
        elif person in people and is_graded(row["grade"]) and row["id"] not in proven:
            yield NO_EVIDENCE, person, row["id"], people[person]


def _here(opened: OpenRegister, ids: set[int]) -> Mapping[int, str]:
    """The names of those who have not left."""
    with opened.database.read() as connection:
        rows = rows_where(connection, opened.schema, "people", {"id": ids}, ("id", "name", "status"))
    return {row["id"]: row["name"] for row in rows if row["status"] not in LEFT_STATES}


def _with_evidence(opened: OpenRegister, ids: list[int], day: date) -> set[int]:
    """The appraisals that something is attached to; all where evidence is not asked for."""
    if opened.rules().on("due.appraisal_evidence", day).value != YES:
        return set(ids)
    asked = {"record_kind": [APPRAISALS], "record_id": ids}
    with opened.database.read() as connection:
        rows = rows_where(connection, opened.schema, "attachments", asked, ("record_id",))
    return {row["record_id"] for row in rows}


def told(opened: OpenRegister, day: date) -> tuple[str, ...]:
    """The same in a sentence a year for the desk."""
    found = appraisals_due(opened, day)
    counted = Counter((one.due.year, one.kind) for one in found)
    return tuple(
        sentence(f"{CODES[kind]}_of", year=year, count=count) for (year, kind), count in counted.items()
    )  # fmt: skip
