"""Who changed what when, and the way back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain import actions
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import history, log, merges, rows
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.listing import Row
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.appraisal_criteria import refuse_undo
from socialwork_app.services.changes import Changes
from socialwork_app.services.naming import name, names
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.record_rules import ONCE
from socialwork_app.services.records import Draft, Records, Saved
from socialwork_app.services.references import References

PEOPLE = "people"
OPS = {"I": "新增", "D": "删除", "U": "修改"}
IMPORT = "import"
PLAIN = frozenset({"save", "create", IMPORT})
"""Actions that are not named where they made or deleted a record: that is said instead."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field changed once, in words. `action` says what was done, `title` to which register's record.

    `file`: the workbook that an import brought it from. `kind` and `row_id`: the record, which may be a child of the one
    whose history it is.
    """

    at: str
    by: str
    action: str
    title: str
    field: str
    field_label: str
    old: str
    new: str
    change_id: int
    file: str
    kind: str
    row_id: int

    @property
    def is_import(self) -> bool:
        return bool(self.file)


@dataclass(frozen=True, slots=True)
class Stood:
    """A record as it was at the end of a day: key, label and masked value of each filled field, and what hung on it."""

    kind: str
    title: str
    fields: tuple[tuple[str, str, str], ...]
    children: tuple["Stood", ...]


@dataclass(frozen=True, slots=True)
class Batch:
    batch: int
    kind: str
    file: str
    at: str
    by: str
    created: int
    updated: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """`kept`: records that stay because they were edited since, in words."""

    reversed: int
    kept: tuple[str, ...]
    changes: Changes


class TouchedWindow:
    """The records that one change touched, register by register."""

    def __init__(self, opened: OpenRegister, change_id: int, found: Sequence[log.Touched]) -> None:
        self._opened, self._change_id, self._found = opened, change_id, tuple(found)
        self.total = sum(one.count for one in found)

    def rows(self, first: int, size: int) -> list[Row]:
        found: list[Row] = []
        with self._opened.database.read() as connection:
            for one in self._found:
                wanted = size - len(found)
                if wanted > 0 and first < one.count:
                    found += self._part(connection, one, max(0, first), wanted)
                first -= one.count
        return found

    def _part(self, connection: Connection, touched: log.Touched, first: int, size: int) -> list[Row]:
        kind = touched.kind
        ops = log.records_of(connection, self._opened.schema, self._change_id, touched, first, size)
        called = names(self._opened, connection, {kind: [row_id for row_id, _ in ops]})
        title = self._opened.catalogue[kind].title
        return [
            Row(row_id, None, {"kind": title, "name": called.get((kind, row_id), ""), "action": OPS[op]})
            for row_id, op in ops
        ]

    def ids(self, first: int, size: int) -> list[int]:
        return [row.id for row in self.rows(first, size)]

    def close(self) -> None:
        """It holds nothing."""


def _word(entry: history.Entry) -> str:
    plain = entry.op != "U" and entry.action in PLAIN
    return OPS[entry.op] if plain else actions.word(entry.action)


class History:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def of(self, kind: str, row_id: int) -> tuple[HistoryLine, ...]:
        """A record's changes and those of what hangs on it, newest first."""
        references = References(self.opened)
        with self.opened.database.read() as connection:
            entries = self._entries(connection, kind, row_id)
            if kind == PEOPLE:
                entries = list(dict.fromkeys([*entries, *self._of_merged(connection, row_id)]))
        entries.sort(key=lambda entry: -entry.change_id)
        return tuple(self._line(entry, references) for entry in entries)

    def _of_merged(self, connection: Connection, keep: int) -> Iterator[history.Entry]:
        """Of the people who came to this record, with what stood in the records that went."""
        for change_id, dropped in merges.merged_into(connection, self.opened.schema, keep).items():
            yield from merges.gone(connection, self.opened.schema, change_id)
            yield from self._entries(connection, PEOPLE, dropped)
            yield from self._of_merged(connection, dropped)

    def _entries(self, connection: Connection, kind: str, row_id: int) -> list[history.Entry]:
        schema = self.opened.schema
        found = history.record_history(connection, schema, kind, row_id)
        for child in self.opened.catalogue.children(kind):
            for child_id in history.child_ids(connection, schema, child.key, schema.owner_column(child), row_id):
                found += self._entries(connection, child.key, child_id)
        return found

    def _line(self, entry: history.Entry, references: References) -> HistoryLine:
        register = self.opened.catalogue[entry.kind]
        action = _word(entry)
        label = register.field(entry.field).label if entry.field in register.field_keys() else ""
        old, new = (self._shown(entry, value, references) for value in (entry.old, entry.new))
        file = (entry.detail or "？") if entry.action == IMPORT else ""
        return HistoryLine(entry.at, entry.by, action, register.title, entry.field, label, old, new,
                           entry.change_id, file, entry.kind, entry.row_id)  # fmt: skip

    def _shown(self, entry: history.Entry, value: Value, references: References) -> str:
        register = self.opened.catalogue[entry.kind]
        if entry.field not in register.field_keys():
            return "" if value is None else str(value)
        return self._display(register.field(entry.field), value, references)

    def _display(self, field: Field, value: Value, references: References) -> str:
        if field.kind is Kind.REFERENCE:
            return references.label(field, value)
        return self.opened.parser.display(field, value, masked=True)

    def on(self, kind: str, row_id: int, day: date) -> Stood | None:
        """The record and what hung on it at the end of a day; None where it was not there."""
        references = References(self.opened)
        with self.opened.database.read() as connection:
            return self._stood(connection, kind, row_id, day, references)

    def _stood(
        self,
        connection: Connection,
        kind: str,
        row_id: int,
        day: date,
        references: References,
        owner: int | None = None,
    ) -> Stood | None:
        """None too where it hung on another owner then."""
        schema, register = self.opened.schema, self.opened.catalogue[kind]
        values = history.stood_on(connection, schema, kind, row_id, day)
        if values is None or (owner is not None and values[schema.owner_column(register)] != owner):
            return None
        shown = (
            (field.key, field.label, self._display(field, values[field.key], references)) for field in register.fields
        )
        children = (
            self._stood(connection, child.key, child_id, day, references, row_id)
            for child in self.opened.catalogue.children(kind)
            for child_id in history.child_ids(connection, schema, child.key, schema.owner_column(child), row_id)
        )
        filled = tuple(one for one in shown if one[-1])
        return Stood(kind, register.title, filled, tuple(child for child in children if child is not None))

    def restore_field(self, kind: str, row_id: int, field: str, change_id: int) -> Saved:
        """Give a field the value that this change took from it: a new change, by the same rules as typing it."""
        with self.opened.database.read() as connection:
            found = history.record_history(connection, self.opened.schema, kind, row_id)
        for entry in found:
            if (entry.change_id, entry.field) == (change_id, field):
                self._require_target(self.opened.catalogue[kind].field(field), entry.old)
                return Records(self.opened, kind).save(Draft({field: entry.old}, id=row_id))
        raise DomainError("history.not_there", change=change_id)

    def _require_target(self, field: Field, value: Value) -> None:
        if field.kind is not Kind.REFERENCE or value is None:
            return
        with self.opened.database.read() as connection:
            if not rows.find_ids(connection, self.opened.schema, field.target, {"id": value}):
                raise DomainError("record.reference_gone", label=field.label)

    def undo(self, change_id: int, control: Control | None = None) -> Undone:
        """Take a change back whole; what was edited since stays and is named."""
        refuse_undo(self.opened, change_id)
        with self.opened.change("undo", undoes=change_id) as change:
            if not history.exists(change.connection, change_id) or change_id == change.change_id:
                raise DomainError("undo.unknown", batch=change_id)
            if history.is_undone(change.connection, change_id, but=change.change_id):
                raise DomainError("undo.already", batch=change_id)
            count, kept = history.undo(change, change_id, control or Control())
            self._require_once(change)
            words = tuple(self._kept(change.connection, item) for item in kept)
            change.commit()
        return Undone(count, words, Changes(frozenset(self.opened.schema.tables), frozenset(), change.change_id))

    def _require_once(self, change: Transaction) -> None:
        """Nothing comes back beside what was entered in its place since."""
        for kind, keys in ONCE.items():
            row_id = history.doubled(change.connection, self.opened.schema, kind, keys, change.change_id)
            if row_id is not None:
                raise DomainError("undo.twice", register=self.opened.catalogue[kind].title,
                                  name=name(self.opened, change.connection, kind, row_id))  # fmt: skip

    def _kept(self, connection: Connection, kept: history.Kept) -> str:
        register = self.opened.catalogue[kept.kind]
        label = name(self.opened, connection, kept.kind, kept.row_id)
        fields = "、".join(register.field(key).label for key in kept.fields if key in register.field_keys())
        return f"{register.title} {label}" + (f"（{fields}）" if fields else "")

    def touched(self, change_id: int) -> "TouchedWindow":
        """The records of a change, such as an import, read a page at a time."""
        with self.opened.database.read() as connection:
            found = log.touched(connection, self.opened.schema, [change_id]).get(change_id, [])
        return TouchedWindow(self.opened, change_id, found)

    def told(self, change_id: int) -> str:
        """What the change was, in words."""
        with self.opened.database.read() as connection:
            row = rows.change(connection, self.opened.schema, change_id)
            undone = row is not None and history.is_undone(connection, change_id, but=0)
        if row is None:
            raise DomainError("undo.unknown", batch=change_id)
        made = f"，新增 {row['created'] or 0:,} 条，更新 {row['updated'] or 0:,} 条" if row["action"] == IMPORT else ""
        first = f"{to_the_minute(row['at'])} {row['by']} {actions.word(row['action'])}{made}"
        later = "已撤销。" if undone else "撤销整批请到“导入”页。" if made else ""
        return "\n".join(filter(None, (first, row["detail"], later)))

    def batches(self) -> tuple[Batch, ...]:
        """Imports so far, newest first."""
        with self.opened.database.read() as connection:
            found = history.batches(connection, self.opened.schema)
        return tuple(
            Batch(row["id"], row["kind"], row["detail"], row["at"], row["by"], row["created"] or 0, row["updated"] or 0,
                  row["undone_by"] is not None)
            for row in found
        )  # fmt: skip
