"""The log: who did what when to which record; as a list, as a workbook, and whether it is whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from socialwork_app.domain import actions, masking
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.fields.log import LOG_FIELDS
from socialwork_app.domain.roles import Permission
from socialwork_app.domain.sentences import sentence
from socialwork_app.domain.sheets import Sheet, SheetColumn
from socialwork_app.excel import writing
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import log, seals
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.listing import Row
from socialwork_app.persistence.log import Asked, Touched
from socialwork_app.persistence.transaction import SET_BACK
from socialwork_app.services.exports import Exported
from socialwork_app.services.naming import Names, names
from socialwork_app.services.opened import OpenRegister

PAGE = 200
WHOLE = "ok"
EVERYTHING = Asked()
MADE = "新增"
NUMBERS = re.compile(r"\d{11,}[XxＸｘ]?")  # of people and certificates; dates are shorter
SEAL_SHOWN = 16  # characters of the newest seal that stand under an export, to compare with later ones


@dataclass(frozen=True, slots=True)
class Choices:
    """What the log can be filtered by: who is in it, and its actions with their words."""

    people: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


def problem(opened: OpenRegister, control: Control | None = None) -> str:
    """ "ok", or where the chain of changes is broken. Asks nobody: a check and a backup say it to whoever runs them."""
    with opened.file.stream() as connection:
        found = seals.verify(connection, control or Control())
    if not found:
        return WHOLE
    first = found[0]
    code = "log.broken" if first.at else "log.cut"
    return sentence(code, first=first.first, last=first.change_id, at=when(first.at), by=first.by,
                    action=actions.word(first.action), count=len(found))  # fmt: skip


def when(at: str) -> str:
    return at[:19].replace("T", " ")


class LogWindow:
    """The log as it stood when it was asked for, read a page at a time."""

    def __init__(self, kept: "Log", asked: Asked, total: int) -> None:
        self._log = kept
        self.asked = asked
        self.total = total
        self._first: list[Row] | None = None

    def read_ahead(self) -> None:
        """The first page, which is slow where a change of a million records is on it."""
        self._first = self._log.page(self.asked, 0)

    def rows(self, first: int, size: int) -> list[Row]:
        if self._first is not None and (first, size) == (0, PAGE):
            return self._first
        return self._log.page(self.asked, first, size)

    def ids(self, first: int, size: int) -> list[int]:
        return [row.id for row in self.rows(first, size)]

    def close(self) -> None:
        """It holds nothing."""


class Log:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._database = opened.database_for(Permission.LOG)

    def choices(self) -> Choices:
        with self._database.read() as connection:
            by, done = (tuple(log.values(connection, self.opened.schema, key)) for key in ("by", "action"))
        return Choices(by, tuple((one, actions.word(one)) for one in done))

    def window(self, asked: Asked = EVERYTHING) -> LogWindow:
        """What comes later is not in it, so that pages stay in step."""
        with self._database.read() as connection:
            newest = log.page(connection, self.opened.schema, EVERYTHING, 0, 1)
            asked = replace(asked, until=newest[0]["id"] if newest else 0)
            return LogWindow(self, asked, log.count(connection, self.opened.schema, asked))

    def page(self, asked: Asked, first: int, size: int = PAGE, *, oldest_first: bool = False) -> list[Row]:
        with self._database.read() as connection:
            found = log.page(connection, self.opened.schema, asked, first, size, oldest_first=oldest_first)
            touched = log.touched(connection, self.opened.schema, [row["id"] for row in found])
            called = names(self.opened, connection, _single(touched))
        return [self._line(row, touched.get(row["id"], []), called) for row in found]

    def _line(self, row: dict[str, Any], touched: Sequence[Touched], called: Names) -> Row:
        touched = sorted(touched, key=lambda one: one.kind != row["kind"])  # what it is about comes first
        done = MADE if row["action"] == "save" and _all_new(row, touched) else actions.word(row["action"])
        values: dict[str, Value] = {
            "number": row["id"], "at": when(row["at"]), "by": row["by"], "action": done,
            "records": _without_numbers("、".join(self._records(one, called) for one in touched)),
            "detail": _without_numbers(_detail(row)),
        }  # fmt: skip
        return Row(row["id"], None, values)

    def _records(self, touched: Touched, called: Names) -> str:
        title = self.opened.catalogue[touched.kind].title
        if touched.count > 1:
            return f"{title} {touched.count:,} 条"
        return f"{title} {called.get((touched.kind, touched.row_id), '')}".rstrip()

    def verify(self, control: Control | None = None) -> str:
        """ "ok", or where the log is broken."""
        return problem(self.opened, control)

    def export(self, target: Path, asked: Asked = EVERYTHING, control: Control | None = None) -> Exported:
        """As a workbook, oldest first; that it was written stands in the log itself."""
        control = control or Control()
        window = self.window(asked)
        asked = replace(asked, until=window.asked.until)
        written = writing.write_roster(self._sheet(asked), self._rows(asked, control), target, control, window.total)
        with self.opened.change("export", "log", f"{_period(asked)}，{written} 行，{target.name}") as change:
            change.commit()
        return Exported(target, written)

    def part(self, asked: Asked, control: Control) -> tuple[Sheet, Iterator[list[Value]]]:
        """The same as a sheet, for a larger piece of work that is itself in the log."""
        return self._sheet(asked), self._rows(replace(asked, until=self.window(asked).asked.until), control)

    def _rows(self, asked: Asked, control: Control) -> Iterator[list[Value]]:
        first = 0
        while lines := self.page(asked, first, oldest_first=True):
            control.step(first)
            for line in lines:
                yield [line.values[field.key] for field in LOG_FIELDS]
            first += PAGE

    def _sheet(self, asked: Asked) -> Sheet:
        columns = tuple(SheetColumn(field.label, field.width) for field in LOG_FIELDS)
        places = f"填报单位：{self.opened.owner}", f"期间：{_period(asked)}"
        with self._database.read() as connection:
            note = f"末次封存：{self._newest_seal(connection)[:SEAL_SHOWN]}"
        return Sheet("登记册日志", columns, *places, note=note, lines=2)

    def _newest_seal(self, connection: Connection) -> str:
        newest = log.page(connection, self.opened.schema, EVERYTHING, 0, 1)
        return str(newest[0]["seal"]) if newest else ""


def _single(touched: dict[int, list[Touched]]) -> dict[str, set[int]]:
    """The records that are named, by register: where there is one of it in the change."""
    wanted: dict[str, set[int]] = {}
    for parts in touched.values():
        for one in parts:
            if one.count == 1:
                wanted.setdefault(one.kind, set()).add(one.row_id)
    return wanted


def _all_new(row: dict[str, Any], touched: Sequence[Touched]) -> bool:
    """Whether what the change is about was made by it, whatever else it touched."""
    about = [one for one in touched if one.kind == row["kind"]]
    return bool(about) and all(one.all_new for one in about)


def _detail(row: dict[str, Any]) -> str:
    if row["undoes"] is not None:
        return f"第 {row['undoes']} 号改动"
    if row["action"] == SET_BACK:
        return f"本机时间 {when(row['detail'])}"
    return str(row["detail"])


def _without_numbers(text: str) -> str:
    return NUMBERS.sub(masking.HIDDEN, text)


def _period(asked: Asked) -> str:
    if not asked.since and not asked.to:
        return "全部"
    return f"{asked.since or '建册'} 至 {asked.to or '今'}"
