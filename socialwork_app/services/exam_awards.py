"""After the exam: a checked pass list becomes certificates, and is held against the official one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.exams import LEVELS, SENIOR
from socialwork_app.domain.fields.field import Value
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import exam_entries
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
    """One who passed and has no certificate of the level yet."""

    person_id: int
    name: str
    level: str
    scope: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind`: missing (on the official list, not passed here), extra (the other way round), different (`what`)."""

    kind: str
    name: str
    level: str
    what: str


class Awards:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def waiting(self, year: int) -> list[Award]:
        """Who passed in the year and has no certificate. The senior level waits for its review."""
        with self.opened.database.read() as connection:
            held = {level: exam_entries.certified(connection, self.opened.schema, level) for level in LEVELS}
            reviews = exam_entries.reviews(connection, self.opened.schema)
        reviewed = {row["exam_entry_id"] for row in reviews if row["state"] == "passed"}
        return [
            Award(one.person_id, one.name, one.result.level, one.result.scope)
            for one in self._passed(year)
            if one.person_id not in held[one.result.level]
            and (one.result.level != SENIOR or one.entry["id"] in reviewed)
        ]

    def award(self, awards: Sequence[Award], approved_on: str, control: Control | None = None) -> Changes:
        """Certificates without a number, which comes later; from the approval day the first registration is due."""
        if not awards:
            raise DomainError("exam.nobody_to_award")
        defaults: dict[str, Value] = {
            field.key: field.default for field in self.opened.catalogue["certificates"].fields
        }
        with self.opened.change("award", "certificates", f"考试合格，{len(awards)} 人") as change:
            first = change.next_id("certificates")
            change.insert_many("certificates", [
                {"id": first + number, "person_id": one.person_id, **defaults, "level": one.level, "scope": one.scope,
                 "approved_on": approved_on}
                for number, one in enumerate((control or Control()).each(awards, len(awards)))
            ])  # fmt: skip
            change.commit()
        return Changes(frozenset({"certificates"}), frozenset(), change.change_id)

    def reconcile(self, path: Path, year: int, level: str = "", control: Control | None = None) -> list[Difference]:
        """The official pass list against ours, by ID number, else by name; its columns are those of a 持证名册."""
        ours = [one for one in self._passed(year) if not level or one.result.level == level]
        seen: set[int] = set()
        found: list[Difference] = []
        for given in self._official(path, control or Control()):
            here = _same(ours, given)
            if here is None:
                found.append(Difference("missing", given["name"], given["level"] or level, ""))
            else:
                seen.add(int(here.entry["id"]))
                found += _differences(here, given)
        extra = [one for one in ours if one.entry["id"] not in seen]
        return found + [Difference("extra", one.name, one.result.level, "") for one in extra]

    def _official(self, path: Path, control: Control) -> list[dict[str, str]]:
        """Name, ID number and level of each row, "" where the list does not say."""
        reading = read(self.opened, path, kind_of("certificates"), "", None, control)
        entries = Entries(self.opened, reading, References(self.opened), self.opened.rules()).all(control)
        return [{key: str({**entry.values["certificates"], **entry.values["people"]}.get(key) or "") for key in LISTED}
                for entry in entries]  # fmt: skip

    def _passed(self, year: int) -> list[PersonResult]:
        return [one for one in ExamResults(self.opened).of_year(year) if one.result.outcome is Outcome.PASSED]


def _same(ours: Sequence[PersonResult], given: dict[str, str]) -> PersonResult | None:
    """By ID number where the list has one, else by the one of this name."""
    number = given["id_number"]
    fits = [one for one in ours if (one.entry["id_number"] == number if number else one.name == given["name"])]
    at_level = [one for one in fits if one.result.level == given["level"]]
    return (at_level or fits or [None])[0] if len(fits) == 1 or at_level or number else None


def _differences(here: PersonResult, given: dict[str, str]) -> list[Difference]:
    named = {"name": here.name, "level": here.result.level}
    return [Difference("different", here.name, here.result.level, key) for key, value in named.items()
            if given[key] and given[key] != value]  # fmt: skip
