"""The workbooks of a hand-over pack: every register in full, the rosters, the rules in force, open matters, the log."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice

from socialwork_app.domain.fields.field import Field, Value
from socialwork_app.domain.filters import EVERYTHING
from socialwork_app.domain.registers.catalogue import PEOPLE, RULES
from socialwork_app.domain.registers.register import Register
from socialwork_app.domain.rosters import UNLISTED, RosterDeclaration, rosters
from socialwork_app.domain.sheets import Sheet, SheetColumn
from socialwork_app.domain.spells import holds_on
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows
from socialwork_app.persistence.listing import Listing, Row
from socialwork_app.persistence.log import Asked
from socialwork_app.services.exports import Exports, Request
from socialwork_app.services.log import Log
from socialwork_app.services.naming import names
from socialwork_app.services.open_matters import open_matters
from socialwork_app.services.opened import OpenRegister

ROWS_A_FILE = 20_000
"""They are in memory at once, some 100 MB: a workbook that went over the disk would lie there unencrypted."""
ROWS_AT_ONCE = 1_000
NUMBER, OWNER_NUMBER, OWNER_NAME = SheetColumn("编号", 8), SheetColumn("所属编号", 9), SheetColumn("所属", 20)
Rows = Iterator[list[Value]]


@dataclass(frozen=True, slots=True)
class Part:
    """One workbook, or several where its rows are many; `name`: its path in the pack without the ending."""

    name: str
    sheet: Sheet
    rows: Rows


@dataclass(frozen=True, slots=True)
class Term:
    """For whom and when: the day that counts, the days of the log, and what for."""

    day: date
    since: date | None
    to: date | None
    purpose: str

    @property
    def in_words(self) -> str:
        return f"{self.since or '建册'} 至 {self.to or self.day}"


def parts(opened: OpenRegister, term: Term, control: Control) -> Iterator[Part]:
    """One after another: each is to be written before the next is asked for."""
    for register in opened.catalogue.registers:
        if not register.hangs_on_any:
            yield _part(
                opened, term, f"登记册/{register.title}", _fields_of(register), partial(_records, opened, register)
            )
    exports = Exports(opened)
    request = Request(as_of=term.day, full_numbers=True, purpose=term.purpose)
    for roster in filter(_of_everybody, rosters(opened.catalogue)):
        yield Part(f"名册/{roster.title}", *exports.part(roster.key, request))
    yield _part(opened, term, "现行规则", _columns(RULES.fields), lambda: _rules(opened, term.day))
    matters = (
        SheetColumn("到期日期", 11),
        SheetColumn(PEOPLE.field("name").label, 10),
        SheetColumn("事项", 16),
        SheetColumn("说明", 60),
    )
    yield _part(opened, term, "待办事项", matters, lambda: _matters(opened, term.day))
    yield Part("日志", *Log(opened).part(Asked(term.since, term.to), control))


def split(rows: Rows) -> Iterator[Rows]:
    """As many at a time as go into one file; the first also where there are none."""
    yield islice(rows, ROWS_A_FILE)
    for first in rows:
        yield islice(chain((first,), rows), ROWS_A_FILE)


def _of_everybody(roster: RosterDeclaration) -> bool:
    """Neither of one year, course or round, nor a list of a register, nor for the public."""
    bound = roster.yearly or roster.of or roster.sheets or roster.public
    return not bound and (roster.key != roster.register or roster.key in UNLISTED)


def _part(
    opened: OpenRegister, term: Term, name: str, columns: tuple[SheetColumn, ...], made: Callable[[], Rows]
) -> Part:
    title = name.rpartition("/")[2]
    places = f"登记单位：{opened.owner}", f"截至日期：{term.day.isoformat()}"
    return Part(name, Sheet(title, columns, *places, signature=()), made())


def _columns(fields: Iterable[Field]) -> tuple[SheetColumn, ...]:
    return tuple(SheetColumn(field.label, field.width) for field in fields)


def _fields_of(register: Register) -> tuple[SheetColumn, ...]:
    owner = (OWNER_NUMBER, OWNER_NAME) if register.owner else ()
    return (NUMBER, *owner, *_columns(register.fields))


def _records(opened: OpenRegister, register: Register) -> Rows:
    """Every row as it stands, numbers in full, with the number and name of the record that it belongs to."""
    listing, display = Listing(opened.schema, register), opened.parser.display
    with opened.database.stream() as connection:
        found = listing.rows(connection, EVERYTHING, register.field_keys())
        while some := list(islice(found, ROWS_AT_ONCE)):
            owners = _owners(opened, register, some)
            for row in some:
                belongs = [row.owner_id, owners.get(row.owner_id or 0, "")] if register.owner else []
                yield [row.id, *belongs, *(display(field, row.values[field.key]) for field in register.fields)]


def _owners(opened: OpenRegister, register: Register, some: list[Row]) -> dict[int, str]:
    ids = {row.owner_id for row in some if row.owner_id is not None}
    if not register.owner:
        return {}
    with opened.database.read() as connection:
        return {row_id: name for (_, row_id), name in names(opened, connection, {register.owner: ids}).items()}


def _rules(opened: OpenRegister, day: date) -> Rows:
    with opened.database.read() as connection:
        found = rows.all_rows(connection, opened.schema, RULES.key)
    for row in found:
        if holds_on((row["valid_from"], row["valid_to"]), day):
            yield [row[field.key] for field in RULES.fields]


def _matters(opened: OpenRegister, day: date) -> Rows:
    for one in open_matters(opened, day):
        yield [one.due.isoformat(), one.person, one.title, one.message]
