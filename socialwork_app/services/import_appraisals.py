"""Import: appraisals of a year, as a result or as the sheet of one appraiser with a column an item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from socialwork_app.domain import headers
from socialwork_app.domain.appraisals import MEANINGS, UNGRADED
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import APPRAISER, ITEM_POINTS, Mode, Outcome
from socialwork_app.domain.problems import Severity, error, warning
from socialwork_app.domain.sentences import sentence
from socialwork_app.services import appraisal_scoring
from socialwork_app.services.appraisal_criteria import Version, Versions
from socialwork_app.services.appraisal_facts import facts_of
from socialwork_app.services.appraisal_rules import beyond_full_mark, score_problem
from socialwork_app.services.import_compare import Planned
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_items import Items
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import CellChange
from socialwork_app.services.import_standing import Row
from socialwork_app.services.import_tables import RowProblem
from socialwork_app.services.talent_terms import holding_of, holdings

SCORES = "appraisal_scores"
Points = dict[str, tuple[str, float]]
"""By item: the column's header and what stands there."""


class AppraisalSheets(Items):
    """Points of an appraiser are that appraiser's last word: a later sheet replaces them. Those without a name obey the
    mode of the import, like everything else."""

    def begin(self, entries: Sequence[Entry]) -> None:
        self._versions = Versions(self.opened)
        self._open = appraisal_scoring.open_year(self.opened)
        self._score = self.opened.catalogue[SCORES].field("score")
        self._grades = self.opened.catalogue.code_lists["appraisal_grade"]
        self._titles = {
            variant: item.title for version in self._versions.by_id.values() for item in version.criteria.items
            for variant in headers.variants(item.title)
        }  # fmt: skip
        with self.opened.database.read() as connection:
            self._holdings = holdings(connection, self.opened.schema)
        self._rows: dict[tuple[int, Value], int] = {}
        self._nameless = False
        for entry in entries:
            self._tell_year(entry.values[self.main.key])

    def _tell_year(self, values: dict[str, Value]) -> None:
        """What neither the row nor the officer says: the one year that has been begun and is not finished."""
        if self._open:
            values.setdefault("scheme", self._open.scheme)
            values.setdefault("year", self._open.year)

    def namesakes(self, entry: Entry, values: Mapping[str, Value]) -> Sequence[Row]:
        """Those who hold a title of the scheme, where any of the name does."""
        named, scheme = super().namesakes(entry, values), entry.values[self.main.key].get("scheme")
        holders = {one.person_id for one in self._holdings if one.values["scheme"] == scheme}
        return [row for row in named if row["id"] in holders] or named

    def alike(self, named: Sequence[Row], values: Mapping[str, Value]) -> Sequence[Row]:
        """The only holder of this name is meant where the sheet says nothing of unit and phone."""
        told = any(values.get(key) for key in ("employer", "phone"))
        return super().alike(named, values) if told or len(named) != 1 else named

    def plan_item(self, entry: Entry, owner: Plan, values: Mapping[str, Value]) -> Planned:
        if not self._is_told(entry, values):
            return Outcome.REJECTED, []
        given = {key: value for key, value in values.items() if key != APPRAISER.key}
        fits = [one for one in self.children(owner, self.main.key)
                if (one.values["scheme"], one.values["year"]) == (given["scheme"], given["year"])]  # fmt: skip
        stands = fits[0].values if fits else {}
        version = self._versions.of({"criteria": stands.get("criteria"), **given, "scheme": given["scheme"]})
        points = self._points(entry, version, given)
        self._look_over(entry, owner, given, points, version)
        if entry.rejected:
            return Outcome.REJECTED, []
        if not points and not {"score", "grade"} & given.keys():
            entry.problems.append(warning("appraisal.nothing_given", "name"))
            return Outcome.SKIPPED, []
        appraisal = fits[0] if fits else self._made(entry, owner, given, version)
        return self._planned(entry, appraisal, given, points, made=not fits)

    def _planned(
        self, entry: Entry, appraisal: Plan, given: Mapping[str, Value], points: Points, *, made: bool
    ) -> Planned:
        appraiser = entry.values[self.main.key].get(APPRAISER.key)
        if points:
            self._nameless = self._nameless or not appraiser
            first = self._rows.setdefault((id(appraisal), appraiser), entry.number)
            if first != entry.number:
                entry.problems.append(error("appraisal.row_twice", "name", row=first))
                return Outcome.REJECTED, []
        if self.mode is Mode.SKIP and not made:
            return Outcome.SKIPPED, []
        cells = [] if made else self.change(entry, appraisal, given)
        cells += [cell for item, (header, value) in points.items()
                  for cell in self._set(entry, appraisal, appraiser, item, header, value)]  # fmt: skip
        return (Outcome.CREATED if made else Outcome.UPDATED if cells else Outcome.UNCHANGED), cells

    # what a row says

    def _is_told(self, entry: Entry, values: Mapping[str, Value]) -> bool:
        for key in self.kind.same:
            if values.get(key) is None and not any(problem.field == key for problem in entry.problems):
                entry.problems.append(error("field.required", key, label=self.main.field(key).label))
        return not entry.rejected

    def _points(self, entry: Entry, version: Version | None, given: dict[str, Value]) -> Points:
        """A word such as 缺考 in place of points is a grade."""
        found: Points = {}
        for header, text in entry.values[SCORES].items():
            grade = self._grades.match(str(text))
            if grade and MEANINGS.get(grade) == UNGRADED:
                given.setdefault("grade", grade)
                continue
            value = self.opened.parser.parse(self._score, str(text).removesuffix("分")).value
            if isinstance(value, int | float):
                title = next((self._titles[form] for form in headers.variants(header) if form in self._titles), header)
                found[title] = (header, value)
            else:
                entry.problems.append(error("appraisal.no_points", header, item=header))
        if found and version is None:
            entry.problems.append(error("appraisal.criteria_unknown", "year", year=given["year"]))
        return found

    def _look_over(
        self, entry: Entry, owner: Plan, given: dict[str, Value], points: Points, version: Version | None
    ) -> None:
        for item, (header, value) in points.items():
            problem = score_problem(version, item, value) if version else None
            if problem:
                entry.problems.append(error(problem.code, header, **problem.values))
        total = given.get("score")
        if points and isinstance(total, int | float):
            given.pop("score")
            of_items = sum(value for _, value in points.values())
            if round(of_items - total, 2):
                entry.problems.append(warning("appraisal.sum_differs", "score", given=total, sum=of_items))
        entry.problems += beyond_full_mark(version, given.get("score"))
        scheme, year = given["scheme"], given["year"]
        if owner.id and isinstance(scheme, int) and isinstance(year, int) and not holding_of(
            self._holdings, owner.id, scheme, year
        ):  # fmt: skip
            entry.problems.append(warning("appraisal.no_holding", "name", year=year))

    # what is written

    def _made(self, entry: Entry, owner: Plan, given: Mapping[str, Value], version: Version | None) -> Plan:
        """With the facts of the day, and the unit that the sheet names."""
        facts = facts_of(self.opened, [owner.id])[owner.id] if owner.id else {}
        unit = entry.values["people"].get("employer")
        if isinstance(unit, str):
            facts["unit_then"] = unit
        kept = {key: value for key, value in facts.items() if value is not None}
        values = {"criteria": version.id if version else None, **kept, **given}
        made = Plan(self.main.key, None, self.filled(self.main.key, values), {})
        owner.children.append(made)
        return made

    def _set(
        self, entry: Entry, appraisal: Plan, appraiser: Value, item: str, header: str, value: float
    ) -> Iterator[CellChange]:  # fmt: skip
        shown = replace(ITEM_POINTS, label=header)
        known = next((one for one in self.children(appraisal, SCORES)
                      if (one.values["appraiser"], one.values["item"]) == (appraiser, item)), None)  # fmt: skip
        if known is None:
            values = self.filled(SCORES, {"appraiser": appraiser, "item": item, "score": value})
            appraisal.children.append(Plan(SCORES, None, values, {}))
            yield self.cell_change(shown, None, value)
        elif known.values["score"] != value:
            cell = self.cell_change(shown, known.values["score"], value)
            if appraiser or self.mode is Mode.UPDATE:
                known.values["score"] = known.changed["score"] = value
                yield cell
            else:
                told = {"label": header, "given": cell.new, "stands": cell.old}
                entry.problems.append(warning("import.kept", header, **told))

    def remarks(self) -> Iterable[RowProblem]:
        if self._nameless:
            yield RowProblem("", 0, "", APPRAISER.key, "appraisal.nameless", sentence("appraisal.nameless"),
                             Severity.WARNING)  # fmt: skip
