"""What hangs on a person who is made one with another: it goes over, and what both have is told once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.merging import fuller, twin
from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence import rows
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import Transaction

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A record gets another owner."""

    kind: str
    row_id: int
    owner: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fold:
    """The same thing twice: one record stays and takes what it had not; `left` is what it had otherwise."""

    kind: str
    stays: Row
    goes: Row
    gaps: Mapping[str, Value]
    left: Mapping[str, Value]


@dataclass(slots=True)
class Hanging:
    """All that hangs on a record that goes, in one that stays; owners come before what they own."""

    connection: Connection
    schema: Schema
    moves: list[Move] = field(default_factory=list[Move])
    folds: list[Fold] = field(default_factory=list[Fold])

    def gather(self, kind: str, keep: int, drop: int) -> None:
        for register in self.schema.catalogue.registers:
            if register.owner == kind:
                column = self.schema.owner_column(register)
                self._pair(register, {column: keep}, {column: drop})
            elif register.hangs_on_any:
                same_kind = {"record_kind": kind}
                self._pair(register, {**same_kind, "record_id": keep}, {**same_kind, "record_id": drop})

    def _pair(self, register: Register, mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> None:
        standing = self._rows(register, mine)
        fields = {one.key: one for one in register.fields}
        for row in self._rows(register, theirs):
            stays = twin(fields, register.key, row, standing)
            if stays is None:
                self.moves.append(Move(register.key, row["id"], mine))
            else:
                self.folds.append(fold := _fold(register, stays, row))
                stays.update(fold.gaps)  # a third of the same finds what this one left
                self.gather(register.key, stays["id"], row["id"])

    def _rows(self, register: Register, owner: Mapping[str, Value]) -> list[Row]:
        asked = {column: [value] for column, value in owner.items()}
        return sorted(rows.rows_where(self.connection, self.schema, register.key, asked), key=lambda row: row["id"])

    def write(self, change: Transaction) -> None:
        """What owns goes last. A value that may stand once is given up before it is taken, so that an undo finds its
        way back."""
        for move in self.moves:
            change.update(move.kind, move.row_id, move.owner)
        for fold in reversed(self.folds):
            take_over(change, self.schema.catalogue[fold.kind], fold.stays["id"], fold.goes["id"], fold.gaps)
            change.delete(fold.kind, fold.goes["id"])


def take_over(change: Transaction, register: Register, stays: int, goes: int, values: Mapping[str, Value]) -> None:
    """Give the values to one record, after the other gave up those that may stand only once."""
    given_up = {one.key: None for one in register.fields if one.unique and values.get(one.key) is not None}
    if given_up:
        change.update(register.key, goes, given_up)
    if values:
        change.update(register.key, stays, values)


def _fold(register: Register, stays: Row, row: Row) -> Fold:
    gaps: dict[str, Value] = {}
    left: dict[str, Value] = {}
    for one in register.fields:
        mine, theirs = stays[one.key], row[one.key]
        if theirs is not None and (mine is None or fuller(one, mine, theirs)):
            gaps[one.key] = theirs
        elif theirs not in (None, mine):
            left[one.key] = theirs
    return Fold(register.key, stays, row, gaps, left)
