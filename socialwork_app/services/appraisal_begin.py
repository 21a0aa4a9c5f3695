"""The beginning of a year's appraisal: who holds a title of the scheme in that year gets one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.appraisal_criteria import Versions
from socialwork_app.services.appraisal_facts import facts_of
from socialwork_app.services.appraisals import KIND
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_terms import Holding, holdings


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A holder who is not appraised, and why, in words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Holders:
    """Of a year: `due`, by person, have no appraisal yet; `left_out` are not to have one, or have it."""

    due: dict[int, Holding]
    names: dict[int, str]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    made: int
    left_out: tuple[LeftOut, ...]
    changes: Changes


def holders(opened: OpenRegister, scheme: int, year: int) -> Holders:
    with opened.database.read() as connection:
        titles = holdings(connection, opened.schema, scheme=scheme)
        stand = rows_where(connection, opened.schema, KIND, {"scheme": [scheme], "year": [year]}, ("person_id",))
        names = rows.values_of(connection, opened.schema, "people", "name", sorted({one.person_id for one in titles}))
    appraised = {row["person_id"] for row in stand}
    due = {one.person_id: one for one in titles if _why_not(one, year, appraised) is None}
    left_out = {one.person_id: LeftOut(names[one.person_id], why) for one, why in _refused(titles, year, appraised)
                if one.person_id not in due}  # fmt: skip
    return Holders(due, names, tuple(left_out.values()))


def _refused(titles: Sequence[Holding], year: int, appraised: set[int]) -> Iterator[tuple[Holding, str]]:
    for one in titles:
        why = _why_not(one, year, appraised)
        if why is not None:
            yield one, why


def _why_not(one: Holding, year: int, appraised: set[int]) -> str | None:
    """Why a title does not bring an appraisal of the year; None where it does."""
    if one.person_id in appraised:
        return sentence("appraisal.stands", year=year)
    if not one.covers(year):
        return sentence("appraisal.not_in_term", year=year)
    if one.ended_before(year):
        return sentence("appraisal.title_ended" if one.values["state_on"] else "appraisal.title_ended_undated",
                        day=one.values["state_on"])  # fmt: skip
    return None


def begin(opened: OpenRegister, scheme: int, year: int) -> Begun:
    """As one change; nothing is written where everybody has an appraisal already."""
    found = holders(opened, scheme, year)
    version = Versions(opened).in_force(scheme, year)
    if version is None:
        raise DomainError("criteria.none_in_force", year=year)
    if not found.due:
        return Begun(0, found.left_out, Changes())
    facts = facts_of(opened, found.due)
    defaults: dict[str, Value] = {field.key: field.default for field in opened.catalogue[KIND].fields}
    with opened.change("save", KIND, f"建立 {year} 年度考核，{len(found.due)} 人") as change:
        common = {"scheme": scheme, "year": year, "criteria": version.id}
        ids = [
            change.insert(KIND, {**defaults, **facts[person], **common, "person_id": person}) for person in found.due
        ]
        change.commit()
    return Begun(len(ids), found.left_out, Changes(frozenset({KIND}), frozenset(ids), change.change_id))
