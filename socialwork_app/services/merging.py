"""Two records of one person made one: field by field, with all that hangs on both, as one change that an undo takes back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from socialwork_app.domain import people
from socialwork_app.domain.fields.field import Kind, Value
from socialwork_app.domain.merging import FOLLOWS, SAME, Side, chosen, proposed, sides, told
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import merges, rows
from socialwork_app.persistence.database import Connection
from socialwork_app.services.changes import Changes
from socialwork_app.services.merge_hanging import Fold, Hanging, take_over
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

PEOPLE = "people"
Take = Mapping[str, Side]
"""Whose value stays, by field, where somebody said so."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of both. `side` is None where it has to be chosen, and `value`, what will stand, is open then.
    `derived`: what stands follows from other fields."""

    key: str
    label: str
    kept: Value
    dropped: Value
    sides: tuple[Side, ...]
    side: Side | None
    value: Value
    derived: bool

    @property
    def differs(self) -> bool:
        return self.kept != self.dropped


@dataclass(frozen=True, slots=True)
class Twin:
    """Something that both had: what it is, which fields the one that stays was given, and what of the other is left
    behind."""

    title: str
    label: str
    filled: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def words(self) -> str:
        filled = f"，补入{'、'.join(self.filled)}" if self.filled else ""
        left = f"，不保留{'、'.join(self.left)}" if self.left else ""
        return f"两条都有：{self.title} {self.label}，留一条{filled}{left}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do. `moved`: how many records go over, by register."""

    keep: int
    drop: int
    fields: tuple[Choice, ...]
    moved: Mapping[str, int]
    twins: tuple[Twin, ...]

    @property
    def undecided(self) -> tuple[str, ...]:
        return tuple(one.label for one in self.fields if one.side is None)

    @property
    def hanging(self) -> tuple[str, ...]:
        """What becomes of all that hangs on the one that goes, in words; that of which something is left behind first."""
        twins = sorted(self.twins, key=lambda one: not one.left)
        moved = "，".join(f"{title} {count} 条" for title, count in self.moved.items())
        return (*([f"一并转入：{moved}"] if moved else []), *(one.words for one in twins))


class Merging:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self.register = opened.catalogue[PEOPLE]
        self._references = References(opened)

    def in_order(self, one: int, other: int) -> tuple[int, int]:
        """The record that says more, with what hangs on it, first: that one is kept unless somebody says otherwise."""
        with self.opened.database.read() as connection:
            says = {row_id: self._weight(connection, row_id) for row_id in (one, other)}
        return (other, one) if says[other] > says[one] else (one, other)

    def _weight(self, connection: Connection, row_id: int) -> int:
        hanging = Hanging(connection, self.opened.schema)
        hanging.gather(PEOPLE, 0, row_id)
        row = self._row(connection, row_id)
        return len(hanging.moves) + sum(row[key] is not None for key in self.register.field_keys())

    def preview(self, keep: int, drop: int, take: Take | None = None) -> Preview:
        with self.opened.database.read() as connection:
            hanging = self._hanging(connection, keep, drop)
            fields = self._choices(connection, keep, drop, take or {})
        return self._told(keep, drop, fields, hanging)

    def merge(self, keep: int, drop: int, take: Take | None = None) -> Changes:
        """DomainError("merge.undecided") where numbers contradict each other and none was chosen."""
        with self.opened.change("merge", PEOPLE, told(keep, drop)) as change:
            hanging = self._hanging(change.connection, keep, drop)
            fields = self._choices(change.connection, keep, drop, take or {})
            if undecided := [one.label for one in fields if one.side is None]:
                raise DomainError("merge.undecided", fields="、".join(undecided))
            hanging.write(change)
            changed = {one.key: one.value for one in fields if one.value != one.kept}
            take_over(change, self.register, keep, drop, changed)
            change.delete(PEOPLE, drop)
            change.commit()
        kinds = {PEOPLE, *(one.kind for one in (*hanging.moves, *hanging.folds))}
        return Changes(frozenset(kinds), frozenset({keep, drop}), change.change_id)

    def shown(self, kind: str, key: str, value: Value, *, masked: bool = False) -> str:
        field = self.opened.catalogue[kind].field(key)
        if field.kind is Kind.REFERENCE:
            return self._references.label(field, value)
        return self.opened.parser.display(field, value, masked=masked)

    # what will be

    def _row(self, connection: Connection, row_id: int) -> dict[str, Any]:
        found = rows.record(connection, self.opened.schema, PEOPLE, row_id)
        if found is None:
            raise DomainError("record.gone", register=self.register.title)
        return found

    def _hanging(self, connection: Connection, keep: int, drop: int) -> Hanging:
        if keep == drop:
            raise DomainError("merge.two_needed")
        hanging = Hanging(connection, self.opened.schema)
        hanging.gather(PEOPLE, keep, drop)
        return hanging

    def _choices(self, connection: Connection, keep: int, drop: int, take: Take) -> tuple[Choice, ...]:
        kept, dropped = self._row(connection, keep), self._row(connection, drop)
        changed = [merges.last_changed(connection, self.opened.schema, PEOPLE, row_id) for row_id in (keep, drop)]
        newer = Side.DROP if changed[1] > changed[0] else Side.KEEP
        picked = self._sides(kept, dropped, newer, take)
        values = {
            field.key: chosen(field, kept[field.key], dropped[field.key], side)
            for field in self.register.fields
            if (side := picked[field.key]) is not None
        }
        standing = self._with_what_follows(values)
        return tuple(
            Choice(field.key, field.label, kept[field.key], dropped[field.key], sides(field), picked[field.key],
                   standing.get(field.key), standing.get(field.key) != values.get(field.key))
            for field in self.register.fields
        )  # fmt: skip

    def _sides(
        self, kept: Mapping[str, Value], dropped: Mapping[str, Value], newer: Side, take: Take
    ) -> dict[str, Side | None]:
        """As somebody said, else as proposed; a field that follows another goes with it."""
        self._refuse_unknown(take)
        picked = {
            field.key: take.get(field.key) or proposed(field, kept[field.key], dropped[field.key], newer)
            for field in self.register.fields
        }
        for key, leader in FOLLOWS.items():
            if key not in take and kept[leader] != dropped[leader]:
                picked[key] = picked[leader] or picked[key]
        return picked

    def _refuse_unknown(self, take: Take) -> None:
        known = {field.key: sides(field) for field in self.register.fields}
        for key, side in take.items():
            if side not in known.get(key, ()):
                raise DomainError("merge.no_choice", field=key, side=side)

    def _with_what_follows(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """With birth date and sex of the ID number, and the township of the community."""
        standing, _ = self._references.resolve(self.register, values)
        return {**standing, **people.derive(standing)}

    def _told(self, keep: int, drop: int, fields: tuple[Choice, ...], hanging: Hanging) -> Preview:
        titles = (self.opened.catalogue[one.kind].title for one in hanging.moves)
        return Preview(keep, drop, fields, Counter(titles), tuple(map(self._twin, hanging.folds)))

    def _twin(self, fold: Fold) -> Twin:
        register = self.opened.catalogue[fold.kind]
        named = (self.shown(fold.kind, key, fold.goes[key]) for key in SAME[fold.kind].equal)
        left = (f"{register.field(key).label} {self.shown(fold.kind, key, value)}" for key, value in fold.left.items())
        filled = (register.field(key).label for key in fold.gaps)
        return Twin(register.title, " ".join(filter(None, named)), tuple(filled), tuple(left))
