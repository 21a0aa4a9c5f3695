"""Rosters of contact: who keeps it with whom on a day, a leader's sheet of a year, the liaison officers of the units."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from socialwork_app.domain import spells
from socialwork_app.domain.fields.contacts import LEADER_SHEET_FIELDS
from socialwork_app.domain.fields.field import Field, Value
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.phones import SEPARATOR
from socialwork_app.domain.rosters import RosterDeclaration
from socialwork_app.domain.sheets import NUMBER, Sheet, SheetColumn
from socialwork_app.services.as_it_stood import as_it_stood, list_then, names_then
from socialwork_app.services.contacts import (
    LEADER_CONTACTS,
    LIAISONS,
    SEVERAL,
    TITLES,
    Entry,
    Keeper,
    Person,
    Rows,
    Standing,
    Title,
    keepers,
    log_until,
    names,
    persons_of,
    rows,
    spell,
    standing,
)
from socialwork_app.services.opened import OpenRegister

Made = Iterator[Mapping[str, Value]]
Part = tuple[Sheet, list[list[Value]]]
NO_LEADER = "未填联系领导"
NARROW = 9
"""Half-width characters and less: what is set in the middle of its column."""


# who keeps contact with whom


def contact_list(opened: OpenRegister, day: date, asked: Filter) -> Made:
    """Whoever holds a title on the day, of the titles that are asked for."""
    for one, titles in _talents(opened, day, asked):
        yield {
            "name": one.person.name, "unit_and_post": one.person.unit_and_post or None,
            "titles": SEVERAL.join(name for _, name in titles),
            "term": SEVERAL.join(f"{held.since or ''}至{held.values['term_to'] or ''}" for held, _ in titles),
            "leader": names(one.leaders), "leader_post": SEVERAL.join(each.post for each in one.leaders if each.post) or None,
            "liaison": names(one.liaisons),
            "liaison_phone": SEPARATOR.join(each.phone for each in one.liaisons if each.phone) or None,
            "contacts": len(one.of_year(day.year)),
        }  # fmt: skip


def _talents(opened: OpenRegister, day: date, asked: Filter) -> Iterator[tuple[Standing, list[Title]]]:
    """Unit by unit, or in the order that is asked for; each with the titles that are meant."""
    found = list_then(opened, opened.catalogue[TITLES], asked, (), day)
    meant = {row.id for row in found}
    order = dict.fromkeys(row.owner_id for row in found if row.owner_id)
    known = {one.person.id: one for one in standing(opened, day, order)}
    for person in order if asked.sort else known:
        one = known.get(person)
        titles = [title for title in one.titles if title[0].id in meant] if one else []
        if one and titles:
            yield one, titles


# the officers of the units


def liaison_list(opened: OpenRegister, day: date, asked: Filter) -> Made:
    """Unit by unit, who is one on the day."""
    wanted = {row.id for row in list_then(opened, opened.catalogue[LIAISONS], asked, (), day)}
    found = as_it_stood(opened, LIAISONS, rows(opened, LIAISONS, {"id": wanted}), day)
    found = [row for row in found if spells.holds_on(spell(row), day)]
    units = names_then(opened, "organisations", {row["organisation_id"] for row in found}, day)
    for row in sorted(found, key=lambda row: (units[row["organisation_id"]], row["id"])):
        yield {"unit": units[row["organisation_id"]], **row}


AS_OF: dict[str, Callable[[OpenRegister, date, Filter], Made]] = {"contacts": contact_list, "liaisons": liaison_list}


# a leader's year


@dataclass(slots=True)
class LeaderYear:
    """`people`: with whom contact was to be kept, each with the contacts that there were."""

    leader: Keeper | None
    people: dict[int, list[Entry]] = field(default_factory=dict[int, list[Entry]])

    @property
    def name(self) -> str:
        return self.leader.name if self.leader else NO_LEADER

    @property
    def told(self) -> str:
        if self.leader is None:
            return NO_LEADER
        return f"联系领导：{self.leader.name}" + (f"（{self.leader.post}）" if self.leader.post else "")


def years_of_leaders(opened: OpenRegister, year: int, day: date) -> list[LeaderYear]:
    """By name; contacts that no leader can be told of come last. Nothing after the day."""
    first, last = date(year, 1, 1), min(day, date(year, 12, 31))
    kept = as_it_stood(opened, LEADER_CONTACTS, rows(opened, LEADER_CONTACTS, {}), day)
    kept = [row for row in kept if spells.holds_between(spell(row), first, last)]
    found: dict[int | None, dict[int, list[Entry]]] = {}
    for row in kept:
        found.setdefault(row["leader"], {}).setdefault(row["person_id"], [])
    for entry in log_until(opened, day):
        if first <= entry.day <= last:
            found.setdefault(_leader_of(entry, kept), {}).setdefault(entry.person_id, []).append(entry)
    known = keepers(opened, [leader for leader in found if leader], day)
    made = [LeaderYear(known[leader] if leader else None, people) for leader, people in found.items()]
    return sorted(made, key=lambda one: (one.leader is None, one.name, one.leader.id if one.leader else 0))


def _leader_of(entry: Entry, kept: Rows) -> int | None:
    """Whom the entry names, else who kept contact that day."""
    if entry.values["leader"]:
        return entry.values["leader"]
    own = (row for row in kept if row["person_id"] == entry.person_id)
    return next((row["leader"] for row in own if spells.holds_on(spell(row), entry.day)), None)


def leader_sheets(opened: OpenRegister, roster: RosterDeclaration, year: int, day: date) -> list[Part]:
    """One a leader; an empty one where there is none, for a workbook has to have a sheet."""
    found = years_of_leaders(opened, year, day) or [LeaderYear(None)]
    known = persons_of(opened, {person for one in found for person in one.people}, day)
    columns = (NUMBER, *(_column(each) for each in LEADER_SHEET_FIELDS))
    where = f"填报单位：{opened.owner}　截至日期：{day.isoformat()}"
    form = opened.catalogue.code_lists["contact_form"].label
    parts: list[Part] = []
    for number, one in enumerate(found, 1):  # the number keeps two leaders of one name apart
        sheet = Sheet(f"{year}年度{roster.title}", columns, one.told, where, roster.signature, lines=2,
                      tab=f"{number} {one.name}")  # fmt: skip
        listed = [(person, one.people[person.id]) for person in known.values() if person.id in one.people]
        parts.append((sheet, [line for at, each in enumerate(listed, 1) for line in _lines(at, *each, day, form)]))
    return parts


def _column(shown: Field) -> SheetColumn:
    return SheetColumn(shown.label, shown.width, "center" if shown.width <= NARROW else "left")


def _lines(
    number: int, person: Person, entries: list[Entry], day: date, form: Callable[[str], str]
) -> Iterator[list[Value]]:  # fmt: skip
    """One a contact; whoever had none has a line to write in."""
    who: list[Value] = [number, person.name, person.unit_and_post or None]
    for entry in entries:
        values, answered = entry.values, not (entry.values["done_on"] and entry.is_open(day))
        told = [values["date"], form(values["contact_form"]), values["matter"], values["request"]]
        yield [*who, *told, *((values["reply"], values["done_on"]) if answered else (None, None))]
    if not entries:
        yield [*who, *[None] * (len(LEADER_SHEET_FIELDS) - 2)]
