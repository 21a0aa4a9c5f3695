"""Who keeps contact with whom on a day: leaders with people, liaison officers for units; what came of it, what is open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from socialwork_app.domain import spells
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.spells import Spell
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.as_it_stood import as_it_stood, names_then, on_a_day, stored_then
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_terms import Holding

LEADERS, LEADER_CONTACTS, LIAISONS, LOG = "leaders", "leader_contacts", "liaisons", "contact_log"
TITLES = "talents"
SEVERAL = "、"
Rows = list[dict[str, Any]]
Title = tuple[Holding, str]


@dataclass(frozen=True, slots=True)
class Keeper:
    """A leader or a liaison officer; `in_post` says whether still so on the day asked for."""

    id: int
    name: str
    post: str
    phone: str | None = None
    in_post: bool = True


def names(keepers: Iterable[Keeper]) -> str | None:
    return SEVERAL.join(one.name for one in keepers) or None


def spell(row: Mapping[str, Any]) -> Spell:
    return row["from"], row["to"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact that took place; `values` as they are stored."""

    id: int
    person_id: int
    values: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The earliest that it may have been."""
        return PartialDate.parse(self.values["date"]).earliest()

    def is_open(self, day: date) -> bool:
        """Whether something was asked for that was not yet done on the day."""
        done = self.values["done_on"]
        return bool(self.values["request"]) and not (done and spells.begun(done, day))

    def age(self, day: date) -> int:
        """Days since then."""
        return (day - self.day).days


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    employer: int | None
    unit: str
    post: str

    @property
    def unit_and_post(self) -> str:
        return " ".join(part for part in (self.unit, self.post) if part)


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who holds a title on a day, or whom a leader keeps contact with.

    `titles`: those in term with the names of their schemes; `log`: all contacts until the day, in order.
    """

    person: Person
    titles: tuple[Title, ...]
    leaders: tuple[Keeper, ...]
    liaisons: tuple[Keeper, ...]
    log: tuple[Entry, ...]

    @property
    def in_term(self) -> bool:
        return bool(self.titles)

    @property
    def last(self) -> Entry | None:
        return self.log[-1] if self.log else None

    def of_year(self, year: int) -> list[Entry]:
        return [one for one in self.log if one.day.year == year]

    def open(self, day: date) -> list[Entry]:
        return [one for one in self.log if one.is_open(day)]


# who keeps contact


def leaders_on(opened: OpenRegister, people: Iterable[int] | None, day: date) -> dict[int, tuple[Keeper, ...]]:
    """By person; nobody without one. None asks for everybody."""
    asked = {} if people is None else {"person_id": people}
    found = as_it_stood(opened, LEADER_CONTACTS, rows(opened, LEADER_CONTACTS, asked), day)
    running = [row for row in found if spells.holds_on(spell(row), day)]
    known = keepers(opened, {row["leader"] for row in running}, day)
    return _by_owner((row["person_id"], known[row["leader"]]) for row in running)


def keepers(opened: OpenRegister, leaders: Iterable[int], day: date) -> dict[int, Keeper]:
    """Leaders by row id."""
    found = as_it_stood(opened, LEADERS, rows(opened, LEADERS, {"id": leaders}), day)
    return {
        row["id"]: Keeper(row["id"], row["name"], row["post"] or "", in_post=spells.holds_on(spell(row), day))
        for row in found
    }


def liaisons_on(opened: OpenRegister, units: Iterable[int], day: date) -> dict[int, tuple[Keeper, ...]]:
    """By unit; none where there is no liaison officer on the day."""
    found = as_it_stood(opened, LIAISONS, rows(opened, LIAISONS, {"organisation_id": units}), day)
    return _by_owner(
        (row["organisation_id"], Keeper(row["id"], row["name"], row["post"] or "", row["phone"]))
        for row in found
        if spells.holds_on(spell(row), day)
    )


def _by_owner(found: Iterable[tuple[int, Keeper]]) -> dict[int, tuple[Keeper, ...]]:
    owned: dict[int, tuple[Keeper, ...]] = {}
    for owner, keeper in found:
        owned[owner] = (*owned.get(owner, ()), keeper)
    return owned


# what came of it


def log_until(opened: OpenRegister, day: date, people: Iterable[int] | None = None) -> list[Entry]:
    """In the order of the days; None asks for everybody's."""
    found = as_it_stood(opened, LOG, rows(opened, LOG, {} if people is None else {"person_id": people}), day)
    entries = [Entry(row["id"], row["person_id"], row) for row in found if spells.begun(row["date"], day)]
    return sorted(entries, key=lambda one: (one.values["date"], one.id))


def open_requests(opened: OpenRegister, day: date) -> list[Entry]:
    """The oldest first."""
    return [one for one in log_until(opened, day) if one.is_open(day)]


# both, person by person


def standing(opened: OpenRegister, day: date, people: Iterable[int] | None = None) -> list[Standing]:
    """Unit by unit, whoever holds a title or has a leader on the day; with `people` these of them alone."""
    titles, leaders = _titles_on(opened, day, people), leaders_on(opened, people, day)
    persons = persons_of(opened, {*titles, *leaders}, day)
    liaisons = liaisons_on(opened, {one.employer for one in persons.values() if one.employer}, day)
    logs: dict[int, list[Entry]] = {}
    for entry in log_until(opened, day, persons):
        logs.setdefault(entry.person_id, []).append(entry)
    return [
        Standing(one, titles.get(one.id, ()), leaders.get(one.id, ()), liaisons.get(one.employer or 0, ()),
                 tuple(logs.get(one.id, ())))
        for one in persons.values()
    ]  # fmt: skip


def persons_of(opened: OpenRegister, ids: Iterable[int], day: date) -> dict[int, Person]:
    """Unit by unit, as they stood on the day."""
    found = stored_then(opened, "people", ids, ("name", "employer", "position"), day)
    units = names_then(opened, "organisations", {row["employer"] for row in found.values()}, day)
    made = [Person(row_id, row["name"], row["employer"], units.get(row["employer"], ""), row["position"] or "")
            for row_id, row in found.items()]  # fmt: skip
    return {one.id: one for one in sorted(made, key=lambda one: (one.unit, one.name, one.id))}


def _titles_on(opened: OpenRegister, day: date, people: Iterable[int] | None) -> dict[int, tuple[Title, ...]]:
    asked = {} if people is None else {"person_id": people}
    stored = on_a_day(opened, TITLES, sorted(rows(opened, TITLES, asked), key=itemgetter("id")), day)
    found = [Holding(row["id"], row["person_id"], row) for row in stored]
    schemes = names_then(opened, "talent_schemes", {one.values["scheme"] for one in found}, day)
    titles: dict[int, tuple[Title, ...]] = {}
    for one in found:
        if one.runs_on(day):
            titles[one.person_id] = (*titles.get(one.person_id, ()), (one, schemes[one.values["scheme"]]))
    return titles


def rows(opened: OpenRegister, kind: str, asked: Mapping[str, Iterable[Any]], wanted: Sequence[str] = ()) -> Rows:
    with opened.database.read() as connection:
        return rows_where(connection, opened.schema, kind, asked, wanted)
