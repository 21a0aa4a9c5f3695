"""What there is to say about a person in a form of a year: by group and field, and the rows of its lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from socialwork_app.domain import certificates, forms
from socialwork_app.domain.appraisals import item_points
from socialwork_app.domain.computed import compute
from socialwork_app.domain.exams import LEVELS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.letters import words_of_day
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services import contacts
from socialwork_app.services.appraisal_criteria import Version
from socialwork_app.services.appraisals import Appraisals, Appraised
from socialwork_app.services.hours import Hours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.talent_terms import Holding, holding_of, holdings

Values = Mapping[str, Value]
"""By field key; references in words."""
WHOLE = ("educations", "employment", "exam_entries", "talents")
NOTHING: Values = {}
OF_THE_YEAR = {"learning": "to", "contact_log": "date"}
"""Registers of which the year's records are told, and the field that says when."""
MONTH = len("2026-11")
REASONED = ("age", "years_of_social_work")


@dataclass(frozen=True, slots=True)
class Facts:
    """By the keys of the groups: what is said once, and what a list has."""

    name: str
    single: Mapping[str, Values]
    lists: Mapping[str, Sequence[Values]]


class FormFacts:
    """Of a year; up to today or the year's last day. `scheme` None: the one that a person is appraised in or holds a title of.

    Reads rules and criteria once: make a new one for each run.
    """

    def __init__(self, opened: OpenRegister, scheme: int | None, year: int) -> None:
        self.opened = opened
        self.day = min(opened.today(), date(year, 12, 31))
        self._scheme, self._year = scheme, year
        self._appraisals = Appraisals(opened)
        self._hours = Hours(opened)

    def items(self) -> tuple[str, ...]:
        """The titles of all items that a form of the year can name."""
        versions = self._appraisals.versions.by_id.values()
        fit = [one for one in versions if self._scheme is None or one.scheme in (None, self._scheme)]
        return tuple(dict.fromkeys(item.title for one in fit for item in one.criteria.items))

    def name(self, person: int) -> str:
        return str(self._row("people", person)["name"])

    def of(self, person: int) -> Facts:
        titles = self._titles(person)
        appraised = self._appraised(person)
        scheme = self._scheme_of(titles, appraised)
        held = holding_of(titles, person, scheme, self._year) if scheme else None
        this = next(
            (one for one in appraised if (one.values["scheme"], one.values["year"]) == (scheme, self._year)), None
        )
        lists = self._lists(person, scheme, this, appraised)
        values = self._row("people", person)
        single: dict[str, Values] = {
            "people": {**values, **self._of_person(values, this)},
            forms.PAPER: {"year": self._year, "filled_by": self.opened.owner, "filled_on": self.day.isoformat()},
            "appraisals": self._results(this) if this else {},
            forms.ITEMS: {str(row["item"]): row["points"] for row in lists[forms.SCORES]},
            forms.CONTACT: self._contact(person),
            forms.HOURS: self._learnt(person, lists["learning"]),
            **self._of_title(scheme, held),
            **self._of_certificate(person),
        }
        return Facts(str(values["name"]), single, lists)

    # the person and the papers

    def _of_person(self, values: Values, this: Appraised | None) -> dict[str, Value]:
        """Unit and post as they were when the appraisal was made."""
        unit = (this.values["unit_then"] if this else None) or values["employer"]
        post = (this.values["post_then"] if this else None) or values["position"]
        label = self.opened.catalogue.code_lists["education"].label
        education = label(str(values["education"])) if values["education"] else None
        degree = self.opened.catalogue.code_lists["degree"].label(str(values["degree"])) if values["degree"] else None
        return {
            "unit_and_post": _joined(unit, post),
            "education_and_degree": _joined(education, degree),
            **compute(values, REASONED, self.day, self.opened.rules()),
        }

    def _of_certificate(self, person: int) -> dict[str, Values]:
        """The highest level held, and its last registration."""
        held = [(row_id, row) for row_id, row in self._rows("certificates", {"person_id": [person]})
                if certificates.held_on(row, self.day)]  # fmt: skip
        if not held:
            return {}
        best = max(held, key=lambda one: (LEVELS.index(str(one[1]["level"])), one[0]))
        registered = [row for _, row in self._rows("registrations", {"certificate_id": [best[0]]})]
        last = max(registered, key=lambda row: str(row["registered_on"] or ""), default=NOTHING)
        return {"certificates": best[1], "registrations": last}

    def _learnt(self, person: int, records: Sequence[Values]) -> Values:
        best = max(self._hours.of(person, self.day), key=attrgetter("rank"), default=None)
        hours = [row["hours"] for row in records if row["counts"] != 0]
        total = sum(one for one in hours if isinstance(one, int | float))
        meter = best.meter if best else None
        return {"earned": meter.earned if meter else None, "required": meter.required if meter else None,
                "learnt": total if records else None}  # fmt: skip

    # title and appraisal

    def _titles(self, person: int) -> list[Holding]:
        with self.opened.database.read() as connection:
            return holdings(connection, self.opened.schema, people=[person], scheme=self._scheme)

    def _appraised(self, person: int) -> list[Appraised]:
        """Up to the year, in the order of the years."""
        ids = [row_id for row_id, _ in self._rows("appraisals", {"person_id": [person]})]
        fit = [one for one in self._appraisals.of_ids(ids)
               if one.values["year"] <= self._year and self._scheme in (None, one.values["scheme"])]  # fmt: skip
        return sorted(fit, key=lambda one: (one.values["year"], one.id))

    def _scheme_of(self, titles: Sequence[Holding], appraised: Sequence[Appraised]) -> int | None:
        if self._scheme is not None:
            return self._scheme
        now = [one.values["scheme"] for one in appraised if one.values["year"] == self._year]
        running = [one.values["scheme"] for one in titles if one.covers(self._year)]
        return next(iter((*now, *reversed(running))), None)

    def _of_title(self, scheme: int | None, held: Holding | None) -> dict[str, Values]:
        found: dict[str, Values] = {"talent_schemes": self._row("talent_schemes", scheme)}
        if held:
            found["talents"] = {**self._row("talents", held.id), "term": _term(held)}
            found["talent_rounds"] = self._row("talent_rounds", held.values["round"])
        return found

    def _results(self, one: Appraised) -> Values:
        full = one.version.criteria.full_mark if one.version else None
        return {**self._row("appraisals", one.id), "total_score": one.total, "full_mark": full}

    def _points(self, scheme: int | None, this: Appraised | None) -> list[Values]:
        version: Version | None = this.version if this else None
        if version is None and scheme:
            version = self._appraisals.versions.in_force(scheme, self._year)
        scores = this.scores if this else ()
        return [
            {"number": number, "item": item.title, "maximum": item.maximum,
             "points": item_points(version.criteria, item.title, scores)}
            for number, item in enumerate(version.criteria.items, start=1)
        ] if version else []  # fmt: skip

    # lists

    def _lists(
        self, person: int, scheme: int | None, this: Appraised | None, appraised: Sequence[Appraised]
    ) -> dict[str, Sequence[Values]]:
        of_person = {"person_id": [person]}
        found: dict[str, Sequence[Values]] = {key: [row for _, row in self._rows(key, of_person)] for key in WHOLE}
        for key, dated in OF_THE_YEAR.items():
            found[key] = [row for _, row in self._rows(key, of_person) if str(row[dated] or "")[:4] == str(self._year)]
        found[forms.HISTORY] = [self._results(one) for one in appraised if one.values["scheme"] == scheme]
        found[forms.SCORES] = self._points(scheme, this)
        return found

    def _contact(self, person: int) -> Values:
        found = contacts.standing(self.opened, self.day, [person])
        if not found:
            return {}
        one = found[0]
        phones = [keeper.phone for keeper in one.liaisons if keeper.phone]
        return {
            "leader": contacts.names(one.leaders),
            "leader_post": contacts.SEVERAL.join(keeper.post for keeper in one.leaders if keeper.post),
            "liaison": contacts.names(one.liaisons),
            "liaison_phone": phones[0] if phones else None,
            "contacts": len(one.of_year(self._year)),
        }

    # reading

    def _row(self, kind: str, row_id: int | None) -> Values:
        return next((row for _, row in self._rows(kind, {"id": [row_id]})), NOTHING) if row_id else NOTHING

    def _rows(self, kind: str, asked: Mapping[str, Iterable[Any]]) -> list[tuple[int, Values]]:
        """In the order of the register."""
        with self.opened.database.read() as connection:
            found = rows_where(connection, self.opened.schema, kind, asked, ("id",))
        records = Records(self.opened, kind)
        order = records.register.order
        rows = records.rows_by_id([row["id"] for row in found], records.register.field_keys())
        return [
            (row.id, row.values) for row in sorted(rows, key=lambda row: (str(row.values.get(order) or ""), row.id))
        ]


def _joined(*parts: Value) -> str | None:
    return " ".join(str(part) for part in parts if part) or None


def _term(held: Holding) -> str | None:
    """2024年6月至2027年5月."""
    since, until = (words_of_day((held.values[key] or "")[:MONTH]) for key in ("term_from", "term_to"))
    return f"{since}至{until}" if since or until else None
