"""Import: what belongs to people who stand, or are made along with it: spells of work, studies, entries of an exam."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from socialwork_app.domain import exam_entries
from socialwork_app.domain.exam_facts import PersonRow
from socialwork_app.domain.exams import SUBJECT_KEYS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import Mode, Outcome
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.services import import_scores
from socialwork_app.services.exams import Exams, Wanted
from socialwork_app.services.import_compare import Comparison, Planned, same_phone_or_unit
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import CellChange
from socialwork_app.services.import_standing import Row
from socialwork_app.services.import_tables import RowProblem


class Items(Comparison):
    """`nobody`: what is said where a row's person can't be found."""

    nobody = "person.not_found"

    def begin(self, entries: Sequence[Entry]) -> None:
        self._odd = exam_entries.EntryCheck(self.rules, self.today)
        self._refused = Exams(self.opened).refused(self._without_reason(entries)) if self._is_sign_up else {}

    @property
    def _is_sign_up(self) -> bool:
        return self.main.key == "exam_entries" and self.kind.makes_items

    def _without_reason(self, entries: Sequence[Entry]) -> Iterator[Wanted]:
        """Whoever stands and may be meant by a row that signs up without a reason."""
        for entry in entries:
            values, person = entry.values[self.main.key], entry.values["people"]
            level, year = str(values.get("level") or ""), int(values.get("year") or 0)
            if not entry.rejected and not values.get("declared_reason") and self._odd.held(level, year):
                found = self.standing.by_id_number.get(str(person.get("id_number")))
                for row in (found,) if found else self.standing.by_name.get(str(person.get("name")), ()):
                    yield row["id"], level, year

    def remarks(self) -> Iterable[RowProblem]:
        return import_scores.not_in_list(self.opened, self.plans.values()) if not self.kind.makes_items else ()

    def plan(self, entry: Entry) -> Planned:
        owner, cells = self._owner(entry)
        if owner is None:
            return Outcome.REJECTED, []
        values = entry.values[self.main.key]
        if self.kind.same:
            outcome, changed = self.plan_item(entry, owner, values)
            cells += changed
        else:
            outcome = self._plan_equal(owner, values)
        if outcome is Outcome.UNCHANGED and cells:
            outcome = Outcome.UPDATED
        return outcome, cells

    def _owner(self, entry: Entry) -> tuple[Plan | None, list[CellChange]]:
        """The row's person and what changes of it; made where the kind allows it."""
        given = entry.values["people"]
        number = given.get("id_number")
        found = self.standing.by_id_number.get(str(number)) or self._find_otherwise(entry, given)
        if entry.rejected:
            return None, []
        if found is None and not (self.kind.makes_person and (number or self.kind.unnumbered)):
            entry.problems.append(error(self.nobody, "name"))
            return None, []
        plan, first = self.plan_for(found["id"] if found else self._key_of_new(entry, given), "people", given, found)
        if given.get("name") and plan.values.get("name") != given["name"]:
            entry.problems.append(error("person.other_name", "name"))
            return None, []
        changes = self.kind.makes_person and (found or not first) and self.mode is not Mode.SKIP
        return plan, self.change(entry, plan, given) if changes else []

    def _key_of_new(self, entry: Entry, given: Mapping[str, Value]) -> object:
        """Who is no one in the register: by number, else as the one of this name whom an earlier row makes, if it fits."""
        number = given.get("id_number")
        if not self.kind.unnumbered:
            return "id", number
        made = self.made.setdefault(str(given["name"]), {})
        same = [known for known, one in made.items() if _may_be(one, given)]
        key = same[0] if len(same) == 1 else (entry.table.sheet, entry.number)
        if number:
            key = self.made_numbers.setdefault(str(number), key)
        if made and key not in made:
            entry.problems.append(warning("person.namesake_in_file", "name", row=next(iter(made))[1]))
        made[key] = {**made.get(key, {}), **given}
        return key

    def _find_otherwise(self, entry: Entry, given: Mapping[str, Value]) -> Row | None:
        """By the unit of what hangs on the person, too; in score lists that name nobody by 报名序号."""
        item = entry.values[self.main.key]
        found = self.find_person(entry, {"employer": item.get("employer"), **given})
        return found if found or given.get("name") else self.standing.by_sign_up.get(str(item.get("sign_up_number")))

    def _plan_equal(self, owner: Plan, values: Mapping[str, Value]) -> Outcome:
        for child in self.children(owner, self.main.key):
            if all(child.values.get(key) == value for key, value in values.items()):
                return Outcome.UNCHANGED
        owner.children.append(Plan(self.main.key, None, self.filled(self.main.key, values), {}))
        return Outcome.CREATED

    def plan_item(self, entry: Entry, owner: Plan, values: Mapping[str, Value]) -> Planned:
        """An entry of an exam, found by year and level, made or changed."""
        fits = self._fitting(owner, values)
        if len(fits) > 1:
            entry.problems.append(error("exam.several_entries", "level", count=len(fits)))
        elif not fits and not self.kind.makes_items:
            entry.problems.append(error("exam.no_entry", "level", year=values.get("year") or ""))
        if entry.rejected:
            return Outcome.REJECTED, []
        stands = fits[0].values if fits else self.filled(self.main.key, values)
        entry.problems += self._odd.problems({**stands, **values})
        if entry.rejected:
            return Outcome.REJECTED, []
        if fits:
            fits[0].first_row = fits[0].first_row or entry.number
            return self.settled(entry, fits[0], values, first=False)
        entry.problems += self._reason_missing(owner, values)
        owner.children.append(Plan(self.main.key, None, {**stands, **exam_entries.complete(stands)}, {}))
        return Outcome.CREATED, []

    def _reason_missing(self, owner: Plan, values: Mapping[str, Value]) -> Iterator[Problem]:
        """Judged by what stands: where the row brings other facts along, nothing is said."""
        lacking = self._refused.get((owner.id or 0, str(values["level"]), int(values["year"] or 0)))
        if lacking and not values.get("declared_reason") and owner.changed.keys().isdisjoint(PersonRow._fields):
            yield warning("exam.reason_missing", "declared_reason", lacking=lacking)

    def _fitting(self, owner: Plan, values: Mapping[str, Value]) -> list[Plan]:
        """By number, else by year and level as far as the row has them; without a year what awaits its scores."""
        told = {key: values[key] for key in self.kind.same if key in values}
        fits = [child for child in self.children(owner, self.main.key) if told.items() <= child.values.items()]
        if len(fits) < 2:
            return fits
        number = values.get("sign_up_number")
        numbered = [child for child in fits if number and child.values["sign_up_number"] == number]
        if numbered:
            return numbered[:1]
        if not values.get("year"):
            fits = [child for child in fits if all(child.values.get(key) is None for key in SUBJECT_KEYS)] or fits
        return fits


def _may_be(made: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    """Whether two rows of the same name are about one person."""
    numbers = made.get("id_number"), given.get("id_number")
    return numbers[0] == numbers[1] if all(numbers) else same_phone_or_unit(made, given)
