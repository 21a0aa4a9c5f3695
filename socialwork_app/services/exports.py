"""Rosters out: masked unless a purpose is given, as of a day, filtered and sorted as on screen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from socialwork_app.domain import certificates, public_lists
from socialwork_app.domain.computed import compute
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.domain.rosters import RosterDeclaration, rosters, with_keys
from socialwork_app.domain.sheets import NUMBER, Sheet, SheetColumn
from socialwork_app.excel import writing
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.foundation.memory import collector_paused
from socialwork_app.persistence.listing import Listing, Row
from socialwork_app.services.as_it_stood import list_then
from socialwork_app.services.derived import with_derived
from socialwork_app.services.made_rosters import MadeRoster
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

READABLE_WIDTH = 150  # half-width characters that A4 landscape shows at a size that can be read
NARROWEST = 0.55
SHORTEST = 5
LEAST = {Kind.DATE: 11, Kind.ID_NUMBER: 19}  # what is not to be broken into two lines
CHOOSING = ("level", "approved_on", "status", "status_on")  # what says whose highest certificate it is
SheetRow = list[Value]
Part = tuple[Sheet, list[SheetRow]]


@dataclass(frozen=True, slots=True)
class Roster:
    """What can be exported: `columns` are headings; `yearly` ones are of a year; `of`: of one course or round."""

    key: str
    title: str
    register: str
    columns: tuple[str, ...]
    yearly: bool = False
    of: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    file: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Request:
    """How a roster is wanted; without a day as of the usual one. Full numbers need a purpose, which is logged. A course is named among the conditions."""

    asked: Filter = EVERYTHING
    keys: tuple[str, ...] = ()
    as_of: date | None = None
    full_numbers: bool = False
    purpose: str = ""
    year: int | None = None


def usual_day(today: date, year: int | None) -> date:
    """As of which a roster is where nobody says: of a year that is over its last day, so that it comes out the same
    whenever it is asked for."""
    return date(year, 12, 31) if year and year < today.year else today


def fields_of(catalogue: Catalogue, roster: RosterDeclaration) -> tuple[Field, ...]:
    if roster.fields:
        return roster.fields
    register = catalogue[roster.register]
    return tuple(catalogue.listed_field(register, key) for key in roster.keys)


def _columns(fields: Sequence[Field]) -> list[SheetColumn]:
    """Wide rosters are made narrower, so that they wrap rather than shrink to what nobody can read on A4."""
    share = min(1.0, max(NARROWEST, READABLE_WIDTH / sum(field.width for field in fields)))
    return [
        SheetColumn(field.label, max(LEAST.get(field.kind, SHORTEST), round(field.width * share)),
                    "right" if field.kind is Kind.HOURS else "left")
        for field in fields
    ]  # fmt: skip


def rosters_of(catalogue: Catalogue) -> tuple[Roster, ...]:
    """Every roster that can be exported, with its headings."""
    return tuple(
        Roster(
            roster.key,
            roster.title,
            roster.register,
            tuple(field.label for field in fields_of(catalogue, roster)),
            roster.yearly,
            roster.of,
            roster.public,
        )
        for roster in rosters(catalogue)
    )


class Exports:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._rosters = {roster.key: roster for roster in rosters(opened.catalogue)}

    def rosters(self) -> tuple[Roster, ...]:
        return rosters_of(self.opened.catalogue)

    def export(
        self, key: str, target: Path, *, asked: Filter = EVERYTHING, keys: tuple[str, ...] = (),
        as_of: date | None = None, full_numbers: bool = False, purpose: str = "", year: int | None = None,
        control: Control | None = None,
    ) -> Exported:  # fmt: skip
        request = Request(asked, keys, as_of, full_numbers, purpose, year)
        roster = self._wanted(key, request)
        self.opened.require_for("export", roster.register)
        with collector_paused():  # a row's cells come and go without a cycle
            written = self._write(roster, request, target, control or Control())
        self._log(roster, request, target.name, written)
        return Exported(target, written)

    def _write(self, roster: RosterDeclaration, request: Request, target: Path, control: Control) -> int:
        if roster.sheets:
            return writing.write_sheets(self._parts(roster, request), target, control)
        return writing.write_roster(self._sheet(roster, request), self._rows(roster, request), target, control)

    def sheets(
        self, key: str, *, asked: Filter = EVERYTHING, keys: tuple[str, ...] = (), as_of: date | None = None,
        full_numbers: bool = False, purpose: str = "", year: int | None = None, control: Control | None = None,
    ) -> list[Part]:  # fmt: skip
        """The same roster for the printer, one sheet or several; printing full numbers is logged like exporting them."""
        request = Request(asked, keys, as_of, full_numbers, purpose, year)
        roster = self._wanted(key, request)
        self.opened.require_for("export", roster.register)
        parts = self._parts(roster, request) if roster.sheets else [
            (self._sheet(roster, request), list((control or Control()).each(self._rows(roster, request))))
        ]  # fmt: skip
        self._log(roster, request, "打印", sum(len(rows) for _, rows in parts))
        return parts

    def part(self, key: str, request: Request) -> tuple[Sheet, Iterator[SheetRow]]:
        """A roster of one sheet, for a larger piece of work that is itself in the log."""
        roster = self._wanted(key, request)
        return self._sheet(roster, request), self._rows(roster, request)

    def _parts(self, roster: RosterDeclaration, request: Request) -> list[Part]:
        return self._made(roster, request).sheets(full_numbers=request.full_numbers)

    def _made(self, roster: RosterDeclaration, request: Request) -> MadeRoster:
        return MadeRoster(self.opened, roster, request.asked, self._year(request), self._day(request))

    def declared(self, key: str) -> RosterDeclaration:
        if key not in self._rosters:
            raise DomainError("export.unknown", roster=key, known="、".join(self._rosters))
        return self._rosters[key]

    def _wanted(self, key: str, request: Request) -> RosterDeclaration:
        roster = self.declared(key)
        if request.full_numbers and not request.purpose.strip():
            raise DomainError("export.purpose_missing")
        self._made(roster, request).require()
        if roster.public:
            public_lists.refuse(self._fields(roster), request.keys, full_numbers=request.full_numbers)
        return with_keys(roster, request.keys)

    def _fields(self, roster: RosterDeclaration) -> tuple[Field, ...]:
        return fields_of(self.opened.catalogue, roster)

    def _sheet(self, roster: RosterDeclaration, request: Request) -> Sheet:
        columns = (NUMBER, *_columns(self._fields(roster)))
        lines = 1 if sum(column.width for column in columns) <= READABLE_WIDTH else 2
        places = f"填报单位：{self.opened.owner}", f"截至日期：{self._day(request).isoformat()}"
        about = self._made(roster, request)
        made = Sheet(about.title(), columns, *places, note=about.note(), lines=lines, signature=roster.signature)
        return public_lists.without_numbers_of(made) if roster.public else made

    def _day(self, request: Request) -> date:
        return request.as_of or usual_day(self.opened.today(), request.year)

    def _year(self, request: Request) -> int:
        return request.year or self._day(request).year

    def _rows(self, roster: RosterDeclaration, request: Request) -> Iterator[SheetRow]:
        displays = [self._display(field, request) for field in self._fields(roster)]
        keys = tuple(field.key for field in self._fields(roster))
        shown = [(place, display) for place, display in enumerate(displays, start=1) if display]
        for number, values in enumerate(self._values(roster, request), start=1):
            row: SheetRow = [number, *map(values.__getitem__, keys)]
            for place, display in shown:
                value = row[place]
                if value is not None:
                    row[place] = display(value)
            yield public_lists.cleaned(row) if roster.public else row

    def _display(self, field: Field, request: Request) -> Callable[[Value], str] | None:
        """How the values of a column are shown, chosen once; None where they are as they are stored."""
        display = self.opened.parser.display
        if field.sensitive and not request.full_numbers:
            return partial(display, field, masked=True)
        spelt = field.code_list or field.kind in (Kind.YES_NO, Kind.SCORE, Kind.HOURS)
        return lru_cache(partial(display, field)) if spelt else None

    def _values(self, roster: RosterDeclaration, request: Request) -> Iterator[Mapping[str, Value]]:
        """Stored and computed values of each row, streamed."""
        if roster.fields:
            return self._made(roster, request).rows()
        where = (*request.asked.where, *roster.where)
        where += (Condition("year", self._year(request)),) if roster.yearly else ()
        request = replace(request, asked=replace(request.asked, where=where))
        rows = self._stored_values(roster, request)
        return rows if roster.only is None else self._only(roster.only, rows)

    def _only(self, wanted: tuple[str, str], rows: Iterator[Mapping[str, Value]]) -> Iterator[Mapping[str, Value]]:
        key, value = wanted
        return (row for row in rows if row[key] == value)

    def _stored_values(self, roster: RosterDeclaration, request: Request) -> Iterator[Mapping[str, Value]]:
        day, rules = self._day(request), self.opened.rules()
        computed = [field.key for field in self._fields(roster) if field.computed]
        computed += [roster.only[0]] if roster.only else []
        register = self.opened.catalogue[roster.register]
        found = self._read(roster, request.asked, day)
        for row in with_derived(self.opened, register, found, computed):
            yield {**row.values, **compute(row.values, computed, day, rules)} if computed else row.values

    def _read(self, roster: RosterDeclaration, asked: Filter, day: date) -> Iterator[Row]:
        records = Records(self.opened, roster.register)
        if roster.as_it_stood:
            yield from list_then(self.opened, records.register, asked, records.stored_keys(roster.keys), day)
            return
        listing = Listing(self.opened.schema, records.register)
        with self.opened.database.stream() as connection:
            rows = listing.rows(connection, asked, records.stored_keys(roster.keys))
            if roster.once_a_person:
                chosen = _marks(self._highest(listing.rows(connection, asked, CHOOSING, by_owner=True), day))
                rows = (row for row in rows if row.id < len(chosen) and chosen[row.id])
            yield from rows

    def _highest(self, rows: Iterable[Row], day: date) -> Iterator[int]:
        """Ids of the highest certificate of each person who was here and certified on the day.

        `rows` has each person's certificates together.
        """
        rank = self.opened.catalogue.code_lists["level"].rank
        for _, owned in groupby(rows, attrgetter("owner_id")):
            held = [
                (rank(str(row.values["level"])), row.id)
                for row in owned
                if certificates.held_on(row.values, day) and certificates.here_on(row.values, day)
            ]
            if held:
                yield max(held)[1]

    def _log(self, roster: RosterDeclaration, request: Request, target: str, count: int) -> None:
        numbers = f"完整号码，用途：{request.purpose.strip()}" if request.full_numbers else "号码已遮盖"
        with self.opened.change(
            "export", roster.register, f"{roster.title}，{count} 行，{numbers}，{target}"
        ) as change:
            change.commit()


def _marks(ids: Iterable[int]) -> bytearray:
    """1 at each of these row ids. A set of them would be felt in memory, a byte is not."""
    marks = bytearray()
    for row_id in ids:
        marks.extend(bytes(max(0, row_id + 1 - len(marks))))
        marks[row_id] = 1
    return marks
