"""The yearly roster of appraisals, with the facts of its time, and the figures of a year by grade.

The same year with the same as-of day gives the same roster however much has changed since.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from socialwork_app.domain import appraisals
from socialwork_app.domain.appraisals import BASIC, COMPETENT, EXCELLENT, FAILED, MEANINGS, UNGRADED
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.spells import begun
from socialwork_app.persistence import appraisals as stored
from socialwork_app.persistence.listing import Listing
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.appraisal_facts import KEPT, facts_of
from socialwork_app.services.appraisal_scoring import cap_of
from socialwork_app.services.appraisals import KIND, Appraisals, Appraised
from socialwork_app.services.as_it_stood import as_it_stood, names_then
from socialwork_app.services.contacts import Keeper, leaders_on, liaisons_on, names
from socialwork_app.services.levels_held import highest_held
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Made = Iterator[Mapping[str, Value]]
UNKNOWN = "未填"
ANY_SCHEME = "优秀人才"
COUNTED = (EXCELLENT, COMPETENT, BASIC, FAILED)


def title(opened: OpenRegister, year: int, roster: str, asked: Filter) -> str:
    """2026年度××人才考核名册: of the scheme that is asked for."""
    scheme = next((one.value for one in asked.where if one.field == "scheme"), None)
    named = References(opened).label(opened.catalogue[KIND].field("scheme"), scheme) or ANY_SCHEME
    return f"{year}年度{named}{roster.removeprefix(ANY_SCHEME).removeprefix('年度')}"


def asked_for(opened: OpenRegister, year: int, asked: Filter) -> list[Appraised]:
    """In the order asked for, else unit by unit as the units were then."""
    asked = replace(asked, where=(*asked.where, Condition("year", year)))
    with opened.database.read() as connection:
        ids = [row.id for row in Listing(opened.schema, opened.catalogue[KIND]).rows(connection, asked, ())]
    found = {one.id: one for one in Appraisals(opened).of_ids(ids)}
    in_order = [found[row_id] for row_id in ids]
    return in_order if asked.sort else sorted(in_order, key=lambda one: (one.unit, one.id))


# the roster


def roster(opened: OpenRegister, year: int, day: date, asked: Filter) -> Made:
    people = asked_for(opened, year, asked)
    beside = _Beside(opened, people, day)
    for one in people:
        person, titled = beside.persons[one.person_id], beside.titles[one.holding.id] if one.holding else {}
        yield {
            "name": person["name"], "gender": person["gender"], "ethnicity": person["ethnicity"],
            "birth_date": person["birth_date"], "political_then": beside.then(one, "political_then"),
            "education": beside.education(one), "unit_and_post": beside.unit_and_post(one),
            "level": beside.levels.get(one.person_id), "talent_category": titled.get("talent_category"),
            "round": beside.rounds.get(titled.get("round") or 0), "term": _term(titled),
            "leader": names(beside.leaders.get(one.person_id, ())), "liaison": names(beside.liaisons(one)),
            "total_score": one.total, "grade": one.grade, "note": one.values["note"],
        }  # fmt: skip


def _term(titled: Mapping[str, Any]) -> str | None:
    since, until = titled.get("term_from"), titled.get("term_to")
    return f"{since or ''}至{until or ''}" if since or until else None


class _Beside:
    """What stands in other registers about the people of a roster, as of its day."""

    def __init__(self, opened: OpenRegister, people: Iterable[Appraised], day: date) -> None:
        self._opened, self._day = opened, day
        self._people = list(people)
        ids = {one.person_id for one in self._people}
        self._now = facts_of(opened, ids)
        self._label = opened.catalogue.code_lists["education"].label
        self.levels = highest_held(opened, ids, day)
        self.persons = self._then("people", (one.person for one in self._people))
        self.titles = self._then("talents", (one.holding.values for one in self._people if one.holding))
        self.rounds = names_then(opened, "talent_rounds", {row["round"] for row in self.titles.values()}, day)
        self.leaders = leaders_on(opened, ids, day)
        self._studies = self._rows("educations", {"person_id": ids})
        names = {str(self.then(one, "unit_then") or "") for one in self._people}
        with opened.database.read() as connection:
            self._degrees = stored.degrees_then(connection, opened.schema, [one.id for one in self._people])
            self._units = stored.units_by_name(connection, opened.schema, names)
        self._liaisons = liaisons_on(opened, self._units.values(), day)

    def _then(self, kind: str, found: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
        """As they stood on the day, by row id."""
        rows = {row["id"]: dict(row) for row in found}
        return {row["id"]: row for row in as_it_stood(self._opened, kind, list(rows.values()), self._day)}

    def then(self, one: Appraised, key: str) -> Value:
        """As it was kept, else as it is today: older appraisals kept nothing."""
        kept_any = any(one.values[kept] for kept in KEPT)
        return one.values[key] if kept_any else self._now[one.person_id][key]

    def unit_and_post(self, one: Appraised) -> str | None:
        return (
            " ".join(str(part) for part in (self.then(one, "unit_then"), self.then(one, "post_then")) if part) or None
        )

    def education(self, one: Appraised) -> str | None:
        education = self.then(one, "education_then")
        named = [self._label(str(education))] if education else []
        degree = self._studied(one.person_id, education) or self._degrees[one.id]
        return " ".join([*named, degree] if degree and degree != "无" else named) or None

    def _studied(self, person: int, education: Value) -> str | None:
        """The degree that came with this education, by the person's studies until the day."""
        found = [row["degree"] for row in self._studies if row["person_id"] == person and row["education"] == education
                 and row["degree"] and row["graduated_on"] and begun(row["graduated_on"], self._day)]  # fmt: skip
        return found[-1] if found else None

    def liaisons(self, one: Appraised) -> Sequence[Keeper]:
        unit = self._units.get(str(self.then(one, "unit_then") or ""))
        return self._liaisons.get(unit, ()) if unit else ()

    def _rows(self, kind: str, values: Mapping[str, Iterable[Any]]) -> list[dict[str, Any]]:
        with self._opened.database.read() as connection:
            return rows_where(connection, self._opened.schema, kind, values)


# figures


def figures(opened: OpenRegister, year: int, _day: date, asked: Filter) -> Made:
    """By grade: in all, by scheme, field and township; the cap where it is one scheme's."""
    people = asked_for(opened, year, asked)
    references, register = References(opened), opened.catalogue["people"]
    scheme, township = opened.catalogue[KIND].field("scheme"), register.field("township")
    groups: tuple[tuple[str, Callable[[Appraised], str]], ...] = (
        ("合计", lambda _one: "全部"),
        (scheme.label, lambda one: references.label(scheme, one.values["scheme"])),
        (register.field("service_field").label, lambda one: one.person["service_field"] or UNKNOWN),
        (township.label, lambda one: references.label(township, one.person["township"]) or UNKNOWN),
    )
    for group, name_of in groups:
        parts: dict[str, list[Appraised]] = {}
        for one in people:
            parts.setdefault(name_of(one), []).append(one)
        for name, part in sorted(parts.items(), key=lambda item: (-len(item[1]), item[0])):
            capped = group == scheme.label
            yield {"group": group, "what": name, **_counted(part), "places": _places(part) if capped else None}


def _counted(people: list[Appraised]) -> dict[str, Value]:
    meanings = [MEANINGS.get(one.grade) if one.grade else None for one in people]
    graded = sum(appraisals.is_graded(one.grade) for one in people)
    found: dict[str, Value] = {"people": len(people), "graded": graded, "ungraded": meanings.count(UNGRADED),
                               "pending": meanings.count(None)}  # fmt: skip
    for meaning in COUNTED:
        count = meanings.count(meaning)
        found |= {meaning: count, f"{meaning}_share": f"{count / graded:.1%}" if graded else None}
    return found


def _places(people: list[Appraised]) -> int | None:
    return cap_of(people, people[0].version).places


YEARLY: dict[str, Callable[[OpenRegister, int, date, Filter], Made]] = {
    "appraisals": roster,
    "appraisal-summary": figures,
}
