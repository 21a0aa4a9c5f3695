"""After the exam: a checked pass list becomes certificates, and is held against the official one."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.exams import LEVELS, SENIOR
from socialwork_app.domain.fields.field import Value
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import exam_entries, rows
from socialwork_app.services.changes import Changes
from socialwork_app.services.exam_results import ExamResults, PersonResult
from socialwork_app.services.import_entries import Entries
from socialwork_app.services.import_tables import read
from socialwork_app.services.imports import kind_of
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

LISTED = ("name", "id_number", "level")


@dataclass(frozen=True, slots=True)
class Award:
    """One who passed and has no certificate of the level yet. `decided_on`: when the senior review was passed."""

    person_id: int
    name: str
    level: str
    scope: str
    decided_on: str = ""
    id_number: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind`: missing (on the official list, not passed here), extra (the other way round), different (`what`: the
    field, `given`: what the list says of it)."""

    kind: str
    name: str
    level: str
    what: str
    given: str = ""


class Awards:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def waiting(self, year: int) -> list[Award]:
        """Who passed in the year and has no certificate. The senior level waits for its review."""
        with self.opened.database.read() as connection:
            held = {level: exam_entries.certified(connection, self.opened.schema, level) for level in LEVELS}
            reviews = exam_entries.reviews(connection, self.opened.schema)
        reviewed = {row["exam_entry_id"]: str(row["decided_on"] or "") for row in reviews if row["state"] == "passed"}
        found = [
            Award(one.person_id, one.name, one.result.level, one.result.scope, reviewed.get(one.entry["id"], ""),
                  one.entry["id_number"])
            for one in self._passed(year)
            if one.person_id not in held[one.result.level]
            and (one.result.level != SENIOR or one.entry["id"] in reviewed)
        ]  # fmt: skip
        return list({(one.person_id, one.level): one for one in found}.values())

    def award(self, awards: Sequence[Award], approved_on: str, control: Control | None = None) -> Changes:
        """Certificates without a number, which comes later; from the approval day the first registration is due. The
        senior level is approved by its review. Who has got the certificate meanwhile gets no second one."""
        defaults: dict[str, Value] = {
            field.key: field.default for field in self.opened.catalogue["certificates"].fields
        }
        with self.opened.change("award", "certificates", f"考试合格，{len(awards)} 人") as change:
            held = {level: exam_entries.certified(change.connection, self.opened.schema, level) for level in LEVELS}
            people = rows.values_of(
                change.connection, self.opened.schema, "people", "id", [one.person_id for one in awards]
            )
            left = [one for one in awards if one.person_id in people and one.person_id not in held[one.level]]
            if not left:
                raise DomainError("exam.nobody_to_award")
            first = change.next_id("certificates")
            change.insert_many("certificates", [
                {"id": first + number, "person_id": one.person_id, **defaults, "level": one.level, "scope": one.scope,
                 "approved_on": one.decided_on or approved_on}
                for number, one in enumerate((control or Control()).each(left, len(left)))
            ])  # fmt: skip
            change.commit()
        return Changes(frozenset({"certificates"}), frozenset(range(first, first + len(left))), change.change_id)

    def reconcile(self, path: Path, year: int, level: str = "", control: Control | None = None) -> list[Difference]:
        """The official pass list against ours, by ID number, else by name; its columns are those of a 持证名册.

        With a level the list's rows of other levels are left alone.
        """
        ours = [one for one in self._passed(year) if not level or one.result.level == level]
        seen: set[int] = set()
        found: list[Difference] = []
        for given in self._official(path, control or Control()):
            here = _same(ours, seen, given)
            if here is not None:
                seen.add(int(here.entry["id"]))
                found += _differences(here, given)
            elif not (level and given["level"] and given["level"] != level):
                found.append(Difference("missing", given["name"], given["level"] or level, ""))
        extra = [one for one in ours if one.entry["id"] not in seen]
        return found + [Difference("extra", one.name, one.result.level, "") for one in extra]

    def _official(self, path: Path, control: Control) -> list[dict[str, str]]:
        """Name, ID number and level of each row, "" where the list does not say; rows with a number come first, so that
        a name alone means one of those who are left."""
        reading = read(self.opened, path, kind_of("certificates"), "", None, control)
        entries = Entries(self.opened, reading, References(self.opened), self.opened.rules()).all(control)
        given = [{key: str({**entry.values["certificates"], **entry.values["people"]}.get(key) or "") for key in LISTED}
                 for entry in entries]  # fmt: skip
        return sorted((one for one in given if one["name"] or one["id_number"]), key=lambda one: not one["id_number"])

    def _passed(self, year: int) -> list[PersonResult]:
        return [one for one in ExamResults(self.opened).of_year(year) if one.result.outcome is Outcome.PASSED]


def _same(ours: Sequence[PersonResult], seen: Set[int], given: Mapping[str, str]) -> PersonResult | None:
    """By ID number; by name among those not met yet where the list, or our record, has no number."""
    number = given["id_number"]
    fits = [one for one in ours if number and one.entry["id_number"] == number]
    if not fits:
        fits = [
            one for one in ours
            if one.name == given["name"] and one.entry["id"] not in seen and not (number and one.entry["id_number"])
        ]  # fmt: skip
    at_level = [one for one in fits if one.result.level == given["level"]]
    return next(iter(at_level or fits), None)


def _differences(here: PersonResult, given: Mapping[str, str]) -> list[Difference]:
    """An ID number differs only where our record has none; it is not repeated."""
    stands = {"name": here.name, "id_number": here.entry["id_number"] or "", "level": here.result.level}
    return [Difference("different", here.name, here.result.level, key, "" if key == "id_number" else given[key])
            for key in LISTED if given[key] and given[key] != stands[key]]  # fmt: skip
