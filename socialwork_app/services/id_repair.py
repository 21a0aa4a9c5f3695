"""ID numbers that lost their end in a workbook: another list proposes, somebody accepts. Nothing goes by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from socialwork_app.domain import id_number, people
from socialwork_app.domain.people import RESIDENT_ID
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import id_repair, rows
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.id_repair import Damaged
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.imports import Imports
from socialwork_app.services.opened import OpenRegister

PEOPLE, NAME, NUMBER = "people", "name", "id_number"
UPGRADED = "15 位升为 18 位"
SAME = "与清单一致"
OWN = "本登记册"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`number`: what it may have been, "" where nothing is known; `source` says where that stands, or what else is to be
    told. `holder`: who has that number already, which nobody else can get then."""

    person_id: int
    name: str
    stands: str
    number: str
    source: str
    holder: int | None = None

    @property
    def acceptable(self) -> bool:
        return bool(self.number) and self.number != self.stands and self.holder is None


@dataclass(frozen=True, slots=True)
class Listed:
    number: str
    source: str


class IdRepair:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._register = opened.catalogue[PEOPLE]

    def proposals(
        self, path: Path | None = None, password: str | None = None, control: Control | None = None
    ) -> tuple[Proposal, ...]:
        """For everybody whose number may be damaged; more than one where a list contradicts itself."""
        listed = self._listed(path, password, control or Control()) if path else {}
        with self.opened.database.read() as connection:
            damaged = id_repair.damaged(connection, self.opened.schema)
            self._add_own(connection, damaged, listed)
            found = [one for each in damaged for one in _proposals(each, listed.get(each.name, ()))]
            numbers = {one.number for one in found}
            holders = rows.rows_where(connection, self.opened.schema, PEOPLE, {NUMBER: numbers}, ("id", NUMBER))
        having = {row[NUMBER]: row["id"] for row in holders}
        return tuple(_with_holder(one, having) for one in found)

    def _add_own(self, connection: Connection, damaged: Sequence[Damaged], listed: dict[str, list[Listed]]) -> None:
        """What stands in the register itself: who has the whole number may be the same person, entered twice."""
        names = {NAME: {one.name for one in damaged}}
        for row in rows.rows_where(connection, self.opened.schema, PEOPLE, names, (NAME, NUMBER)):
            if row[NUMBER] and not id_number.is_damaged(row[NUMBER]):
                listed.setdefault(row[NAME], []).append(Listed(row[NUMBER], OWN))

    def known(self, name: str, text: str) -> tuple[str, ...]:
        """Numbers of people of this name in the register that begin as the text of a cell does. Of 18 digits the last
        three are nothing to go by: they are zeros, or what a computer makes of them."""
        with self.opened.database.read() as connection:
            found = rows.rows_where(connection, self.opened.schema, PEOPLE, {NAME: [name]}, (NAME, NUMBER))
        return tuple(sorted(str(row[NUMBER]) for row in found if id_number.begin_alike(str(row[NUMBER]), text)))

    def _listed(self, path: Path, password: str | None, control: Control) -> dict[str, list[Listed]]:
        """Whole numbers by name."""
        found: dict[str, list[Listed]] = {}
        reading = Imports(self.opened).read(path, PEOPLE, password=password, control=control)
        parse = {key: self.opened.parser.parser_for(self._register.field(key)) for key in (NAME, NUMBER)}
        for table in reading.tables:
            at = {column.field: column.index for column in table.columns if column.field in parse}
            for row in control.each(table.rows if len(at) == len(parse) else ()):
                name, number = (parse[key](row.cells[at[key]]).value for key in (NAME, NUMBER))
                if name and number:
                    source = f"{path.name} {table.sheet} 第 {row.number} 行"
                    found.setdefault(str(name), []).append(Listed(str(number), source))
        return found

    def accept(self, accepted: Sequence[Proposal]) -> Changes:
        """All of these, or none where one does not fit any more."""
        with self.opened.change("repair_id", PEOPLE) as change:
            for one in accepted:
                self._repair(change, one)
            change.commit()
        return Changes(frozenset({PEOPLE}), frozenset(one.person_id for one in accepted), change.change_id)

    def _repair(self, change: Transaction, one: Proposal) -> None:
        row = rows.record(change.connection, self.opened.schema, PEOPLE, one.person_id)
        if row is None or row[NUMBER] != one.stands:
            raise DomainError("repair.changed", name=one.name)
        number, problems = id_number.check(one.number)
        if number is None:
            raise DomainError(problems[0].code, **problems[0].values)
        if not id_number.was(number, one.stands):
            raise DomainError("repair.not_proposed", person=one.person_id)
        for holder in rows.find_ids(change.connection, self.opened.schema, PEOPLE, {NUMBER: number}):
            raise DomainError("repair.taken", person=holder, name=one.name)
        values = {NUMBER: number, "id_type": RESIDENT_ID}
        change.update(PEOPLE, one.person_id, {**values, **people.derive(values)})


def _proposals(damaged: Damaged, listed: Sequence[Listed]) -> Iterator[Proposal]:
    """Each number that fits once, with where it was met first."""
    fitting = {one.number: one.source for one in reversed(listed) if id_number.was(one.number, damaged.number)}
    upgraded = id_number.check(damaged.number)[0] if len(damaged.number) == id_number.OLD_LENGTH else None
    if upgraded:
        fitting.setdefault(upgraded, UPGRADED)
    for number, source in fitting.items():
        yield Proposal(*damaged, number, SAME if number == damaged.number else source)
    if not fitting:
        yield Proposal(*damaged, "", "")


def _with_holder(one: Proposal, having: Mapping[str, int]) -> Proposal:
    holder = having.get(one.number)
    if holder in (None, one.person_id):
        return one
    return Proposal(
        one.person_id,
        one.name,
        one.stands,
        one.number,
        f"{one.source}；已登记在编号 {holder} 名下，若是同一人请合并",
        holder,
    )
