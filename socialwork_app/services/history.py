"""Who changed what when, and the way back."""

from dataclasses import dataclass

from socialwork_app.domain import actions
from socialwork_app.domain.fields.field import Kind, Value
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import history
from socialwork_app.persistence.database import Connection
from socialwork_app.services.appraisal_criteria import refuse_undo
from socialwork_app.services.changes import Changes
from socialwork_app.services.naming import name
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

MADE, GONE = "新增", "删除"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field changed once, in words. `action` says what was done, `title` to which register's record."""

    at: str
    by: str
    action: str
    title: str
    field: str
    field_label: str
    old: str
    new: str
    change_id: int
    is_import: bool


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


class History:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def of(self, kind: str, row_id: int) -> tuple[HistoryLine, ...]:
        """A record's changes and those of what hangs on it, newest first."""
        references = References(self.opened)
        with self.opened.database.read() as connection:
            entries = self._entries(connection, kind, row_id)
        entries.sort(key=lambda entry: -entry.change_id)
        return tuple(self._line(entry, references) for entry in entries)

    def _entries(self, connection: Connection, kind: str, row_id: int) -> list[history.Entry]:
        schema = self.opened.schema
        found = history.record_history(connection, schema, kind, row_id)
        for child in self.opened.catalogue.children(kind):
            for child_id in history.child_ids(connection, schema, child.key, schema.owner_column(child), row_id):
                found += self._entries(connection, child.key, child_id)
        return found

    def _line(self, entry: history.Entry, references: References) -> HistoryLine:
        register = self.opened.catalogue[entry.kind]
        action = {"I": MADE, "D": GONE}.get(entry.op, actions.word(entry.action))
        label = register.field(entry.field).label if entry.field in register.field_keys() else ""
        old, new = (self._shown(entry, value, references) for value in (entry.old, entry.new))
        return HistoryLine(entry.at, entry.by, action, register.title, entry.field, label, old, new,
                           entry.change_id, entry.action == "import")  # fmt: skip

    def _shown(self, entry: history.Entry, value: Value, references: References) -> str:
        register = self.opened.catalogue[entry.kind]
        if entry.field not in register.field_keys():
            return "" if value is None else str(value)
        field = register.field(entry.field)
        if field.kind is Kind.REFERENCE:
            return references.label(field, value)
        return self.opened.parser.display(field, value, masked=True)

    def undo(self, change_id: int, control: Control | None = None) -> Undone:
        """Take a change back whole; what was edited since stays and is named."""
        refuse_undo(self.opened, change_id)
        with self.opened.change("undo", undoes=change_id) as change:
            if not history.exists(change.connection, change_id) or change_id == change.change_id:
                raise DomainError("undo.unknown", batch=change_id)
            if history.is_undone(change.connection, change_id, but=change.change_id):
                raise DomainError("undo.already", batch=change_id)
            count, kept = history.undo(change, change_id, control or Control())
            words = tuple(self._kept(change.connection, item) for item in kept)
            change.commit()
        return Undone(count, words, Changes(frozenset(self.opened.schema.tables), frozenset(), change.change_id))

    def _kept(self, connection: Connection, kept: history.Kept) -> str:
        register = self.opened.catalogue[kept.kind]
        label = name(self.opened, connection, kept.kind, kept.row_id)
        fields = "、".join(register.field(key).label for key in kept.fields if key in register.field_keys())
        return f"{register.title} {label}" + (f"（{fields}）" if fields else "")

    def batches(self) -> tuple[Batch, ...]:
        """Imports so far, newest first."""
        with self.opened.database.read() as connection:
            found = history.batches(connection, self.opened.schema)
        return tuple(
            Batch(row["id"], row["kind"], row["detail"], row["at"], row["by"], row["created"] or 0, row["updated"] or 0,
                  row["undone_by"] is not None)
            for row in found
        )  # fmt: skip
