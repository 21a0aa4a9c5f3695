"""The bin: deleted records of all registers, and the way back with what went with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from socialwork_app.domain.fields.field import Kind
from socialwork_app.domain.problems import Problem, Severity
from socialwork_app.domain.registers.register import Register
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import bin as gone_records
from socialwork_app.persistence import rows
from socialwork_app.persistence.bin import Gone
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.listing import Row
from socialwork_app.services import record_rules
from socialwork_app.services.changes import Changes
from socialwork_app.services.log import when
from socialwork_app.services.naming import Names, name, names
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.record_rules import About

Tree = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by register, owners first."""
STANDS_TWICE = frozenset({"exam.entered_twice", "course.session_twice", "attendance.twice", "course.signed_up_twice",
                          "selection.in_round_twice", "appraisal.twice"})  # fmt: skip
"""What the rules of a register say of a record that was entered anew since."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many records came back, by register."""

    counts: Mapping[str, int]
    changes: Changes


class BinWindow:
    """The bin as it stood when it was asked for, read a page at a time."""

    def __init__(self, kept: "Bin", gone: Sequence[Gone]) -> None:
        self._bin, self.gone = kept, tuple(gone)
        self.total = len(self.gone)

    def rows(self, first: int, size: int) -> list[Row]:
        return self._bin.lines(self.gone[first : first + size])

    def ids(self, first: int, size: int) -> list[int]:
        return [gone.row_id for gone in self.gone[first : first + size]]

    def close(self) -> None:
        """It holds nothing."""


class Bin:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def window(self, search: str = "", kind: str = "") -> BinWindow:
        """What was deleted and is not back, newest first; `search` is part of a record's name."""
        with self.opened.database.read() as connection:
            found = gone_records.deleted(connection, self.opened.schema, kind)
            if search.strip():
                called = self._names(connection, found)
                found = [gone for gone in found if search.strip() in called.get((gone.kind, gone.row_id), "")]
        return BinWindow(self, found)

    def _names(self, connection: Connection, found: Sequence[Gone]) -> Names:
        wanted: dict[str, list[int]] = {}
        for gone in found:
            wanted.setdefault(gone.kind, []).append(gone.row_id)
        return names(self.opened, connection, wanted)

    def lines(self, found: Sequence[Gone]) -> list[Row]:
        with self.opened.database.read() as connection:
            called = self._names(connection, found)
            went = gone_records.counts(connection, self.opened.schema, found)
        return [self._line(gone, called.get((gone.kind, gone.row_id), ""), went[gone]) for gone in found]

    def _line(self, gone: Gone, label: str, went: Mapping[str, int]) -> Row:
        catalogue = self.opened.catalogue
        return Row(gone.row_id, None, {
            "kind": catalogue[gone.kind].title, "name": label, "at": when(gone.at), "by": gone.by,
            "with": "、".join(f"{catalogue[kind].title} {count}" for kind, count in went.items()),
        })  # fmt: skip

    def find(self, kind: str, row_id: int) -> Gone:
        with self.opened.database.read() as connection:
            for gone in gone_records.deleted(connection, self.opened.schema, kind):
                if gone.row_id == row_id:
                    return gone
        raise DomainError("bin.not_there", register=self.opened.catalogue[kind].title)

    def restore(self, kind: str, row_id: int) -> Restored:
        """The record with what went with it, as they stood, as one change.

        DomainError where its owner is gone, a number of it was given elsewhere, or what it refers to is gone.
        """
        gone = self.find(kind, row_id)
        with self.opened.change("restore_record", kind) as change:
            tree = gone_records.tree(change.connection, self.opened.schema, gone)
            self._require_owner(change.connection, self.opened.catalogue[kind], tree[kind][0])
            for each, found in tree.items():
                for row in found:
                    self._require_room(change.connection, self.opened.catalogue[each], row, tree)
            self._require_rules(change.connection, gone, tree[kind][0])
            for each, found in tree.items():
                change.insert_many(each, [self._values(each, row) for row in reversed(found)])
            change.commit()
        counts = {each: len(found) for each, found in tree.items()}
        return Restored(counts, Changes(frozenset(counts), frozenset(), change.change_id))

    def _values(self, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
        columns = (column.name for column in self.opened.schema.tables[kind].c)
        return {column: row["row_id"] if column == "id" else row[column] for column in columns}

    def _require_owner(self, connection: Connection, register: Register, row: Mapping[str, Any]) -> None:
        owner, owner_id = register.owner, 0
        if owner:
            owner_id = row[self.opened.schema.owner_column(register)]
        elif register.hangs_on_any:
            owner, owner_id = row["record_kind"], row["record_id"]
        if owner and not rows.find_ids(connection, self.opened.schema, owner, {"id": owner_id}):
            raise DomainError("bin.owner_gone", register=self.opened.catalogue[owner].title,
                              name=name(self.opened, connection, owner, owner_id))  # fmt: skip

    def _require_room(self, connection: Connection, register: Register, row: Mapping[str, Any], tree: Tree) -> None:
        schema = self.opened.schema
        for field in register.fields:
            value = row[field.key]
            if value is None:
                continue
            if field.unique and rows.find_ids(connection, schema, register.key, {field.key: value}):
                raise DomainError("bin.taken", register=register.title, label=field.label,
                                  name=name(self.opened, connection, register.key, row["row_id"]))  # fmt: skip
            back = {one["row_id"] for one in tree.get(field.target, ())}
            if field.kind is not Kind.REFERENCE or value in back:
                continue
            if not rows.find_ids(connection, schema, field.target, {"id": value}):
                raise DomainError("record.reference_gone", label=field.label)

    def _require_rules(self, connection: Connection, gone: Gone, row: Mapping[str, Any]) -> None:
        """Not beside one that was entered in its place since."""
        register = self.opened.catalogue[gone.kind]
        owner = row[self.opened.schema.owner_column(register)] if register.owner else None
        values = {key: row[key] for key in register.field_keys()}
        problems: Sequence[Problem] = record_rules.check(self.opened, gone.kind, values, About(gone.row_id, owner, ()))
        for problem in problems:
            if problem.severity is Severity.ERROR and problem.code in STANDS_TWICE:
                raise DomainError("bin.twice", register=register.title, reason=sentence_of_problem(problem),
                                  name=name(self.opened, connection, gone.kind, gone.row_id))  # fmt: skip
