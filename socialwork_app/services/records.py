"""The use cases that every register has: list, read, check, save, delete, change many at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialwork_app.domain import actions, people
from socialwork_app.domain.computed import COMPUTED, compute
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.problems import Problem, Severity, error
from socialwork_app.domain.registers.register import Register
from socialwork_app.domain.roles import Permission
from socialwork_app.domain.rules import RuleTable
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.listing import Listing, Row, Window
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services import record_rules
from socialwork_app.services.bulk_edit import BulkEdit
from socialwork_app.services.changes import Changes
from socialwork_app.services.derived import with_derived
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.record_rules import About
from socialwork_app.services.references import ORGANISATIONS, PLACES, Choice, References

LONGEST_ROW_ID = 15
NAMED_OTHERWISE = (ORGANISATIONS, PLACES)
"""What lists look up by the name that was typed: there are many, and none has to exist."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is stored, with the words for its references. `owner_id` where it belongs to another."""

    id: int
    owner_id: int | None
    values: Mapping[str, Value]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form or a command wants to stand: `raw` as typed, by field key; keys left out stay as they are.

    A reference may be given as row id or as text. Without `id` it becomes a new record of `owner_id`.
    """

    raw: Mapping[str, object]
    id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole record as it would stand, and everything that is wrong or odd about it."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Saved:
    """`id` is None where errors kept the record from being saved; then nothing was written."""

    id: int | None
    problems: tuple[Problem, ...]
    changes: Changes


class ListWindow:
    """A whole list in its order, read a page at a time. Close it: it holds a connection."""

    def __init__(self, records: "Records", window: Window, keys: Sequence[str]) -> None:
        self._records = records
        self._window = window
        self._keys = keys
        self.total = window.total

    def rows(self, first: int, size: int) -> list[Row]:
        found = self._window.page(first, size, self._records.stored_keys(self._keys))
        return self._records.finish(found, self._keys)

    def ids(self, first: int, size: int) -> list[int]:
        return self._window.ids(first, size)

    def close(self) -> None:
        self._window.close()


class Records:
    """One register of an open register file."""

    def __init__(self, opened: OpenRegister, kind: str) -> None:
        self.opened = opened
        self.register: Register = opened.catalogue[kind]
        self.listed = opened.catalogue.listed(self.register)
        self._listing = Listing(opened.schema, self.register)

    @classmethod
    def of(cls, opened: OpenRegister, kind: str) -> "Records":
        """The same for a kind that somebody typed."""
        known = [register.key for register in opened.catalogue.registers]
        if kind not in known:
            raise DomainError("kind.unknown", kind=kind, known="、".join(known))
        return cls(opened, kind)

    # reading

    def find(self, key: str) -> int:
        """The row id for what a person would name a record by: an ID number, a 管理号, a code, or the row's id."""
        with self.opened.database.read() as connection:
            for field in self.register.fields:
                named = field.unique or field.key == self.register.named_by
                value = self._typed(field, key) if named else None
                if value is not None:
                    found = rows.find_ids(connection, self.opened.schema, self.register.key, {field.key: value})
                    if len(found) == 1:
                        return found[0]
                    if found:
                        ids = "、".join(map(str, found))
                        raise DomainError("reference.several", label=field.label, name=key, count=len(found), ids=ids)
            if (
                key.isdecimal()
                and len(key) < LONGEST_ROW_ID
                and rows.find_ids(connection, self.opened.schema, self.register.key, {"id": int(key)})
            ):
                return int(key)
        raise DomainError("record.not_found", register=self.register.title)

    def _typed(self, field: Field, key: str) -> Value:
        """What is no resident's number may be that of another document."""
        parse = self.opened.parser.parse
        return parse(field, key).value or parse(people.number_field(field, people.OTHER_ID), key).value

    def understood(self, where: Sequence[Condition]) -> tuple[Condition, ...]:
        """Conditions as typed, their words turned into stored values: 中级 into social_worker."""
        return tuple(self._understood(condition) for condition in where)

    def _understood(self, condition: Condition) -> Condition:
        for field in self.listed:
            if field.key == condition.field and condition.value:
                if field.target in NAMED_OTHERWISE or field.computed:
                    break
                if field.kind is Kind.REFERENCE:
                    found = References(self.opened).find(field, str(condition.value))
                    return Condition(condition.field, found, condition.operator)
                parsed = self.opened.parser.parse(field, condition.value)
                if parsed.value is None and parsed.problems:
                    problem = parsed.problems[0]
                    raise DomainError(problem.code, **problem.values)
                return Condition(condition.field, parsed.value, condition.operator)
        return condition

    def rows_by_id(self, ids: Sequence[int], keys: Sequence[str]) -> list[Row]:
        with self.opened.database.read() as connection:
            found = self._listing.rows_by_id(connection, ids, self.stored_keys(keys))
        return self.finish(found, keys)

    def first_rows(self, asked: Filter, keys: Sequence[str], limit: int = 200) -> list[Row]:
        """The first screen, before the whole is counted."""
        with self.opened.database.read() as connection:
            found = self._listing.first_rows(connection, asked, self.stored_keys(keys), limit)
        return self.finish(found, keys)

    def open_window(self, asked: Filter, keys: Sequence[str], control: Control | None = None) -> ListWindow:
        """The whole list in its order; takes up to a second at a million rows."""
        (control or Control()).step(0)
        connection = self.opened.database.reader()
        try:
            return ListWindow(self, Window(connection, self._listing, asked), keys)
        except BaseException:
            connection.close()
            raise

    def all_rows(self, asked: Filter, keys: Sequence[str], day: date | None = None) -> Iterator[Row]:
        """Every row in order, streamed, computed values as of `day`."""
        with self.opened.database.read() as connection:
            rules = self.opened.rules()
            found = self._listing.rows(connection, asked, self.stored_keys(keys))
            finished = (self._finished(row, keys, day or self.opened.today(), rules) for row in found)
            yield from with_derived(self.opened, self.register, finished, keys)

    def count(self, asked: Filter) -> int:
        with self.opened.database.read() as connection:
            return self._listing.count(connection, asked)

    def record(self, row_id: int) -> Record:
        with self.opened.database.read() as connection:
            found = rows.record(connection, self.opened.schema, self.register.key, row_id)
        if found is None:
            raise DomainError("record.gone", register=self.register.title)
        return self._as_record(found)

    def choices(self, field: Field) -> tuple[Choice, ...]:
        return References(self.opened).choices(field)

    def display(self, key: str, value: Value, *, masked: bool = True) -> str:
        """What people read; sensitive values masked unless asked for."""
        field = self.opened.catalogue.listed_field(self.register, key)
        return self.opened.parser.display(field, value, masked=masked and field.sensitive)

    def stored_keys(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The stored fields that these listed fields need."""
        needed: dict[str, None] = {}
        for key in keys:
            field = self.opened.catalogue.listed_field(self.register, key)
            needed.update(dict.fromkeys(field.derived_from if field.computed else (key,)))
        return tuple(needed)

    def finish(self, found: Sequence[Row], keys: Sequence[str]) -> list[Row]:
        """Rows with their computed values."""
        if any(key in COMPUTED for key in keys):
            day, rules = self.opened.today(), self.opened.rules()
            found = [self._finished(row, keys, day, rules) for row in found]
        return list(with_derived(self.opened, self.register, found, keys))

    def _finished(self, row: Row, keys: Sequence[str], day: date, rules: RuleTable) -> Row:
        wanted = [key for key in keys if key in COMPUTED]
        if not wanted:
            return row
        return Row(row.id, row.owner_id, {**row.values, **compute(row.values, wanted, day, rules)})

    def _as_record(self, found: Mapping[str, Any]) -> Record:
        references = References(self.opened)
        fields = [field for field in self.register.fields if field.kind is Kind.REFERENCE]
        labels = {field.key: references.label(field, found[field.key]) for field in fields}
        owner = found[self.opened.schema.owner_column(self.register)] if self.register.owner else None
        return Record(int(found["id"]), owner, {key: found[key] for key in self.register.field_keys()}, labels)

    # writing

    def check(self, draft: Draft) -> Checked:
        """What the record would be, with derived values filled in, and every problem beside its field."""
        return self._check(draft, References(self.opened))

    def save(self, draft: Draft) -> Saved:
        references = References(self.opened)
        checked = self._check(draft, references)
        if checked.errors:
            return Saved(None, checked.problems, Changes())
        with self.opened.change(self._saving(draft.id, checked.values), self.register.key) as change:
            values = references.settle(change, self.register, checked.values)
            row_id = self._write(change, draft, values)
            change.commit()
        changes = Changes(frozenset({self.register.key, "organisations"}), frozenset({row_id}), change.change_id)
        return Saved(row_id, checked.problems, changes)

    def _saving(self, row_id: int | None, values: Mapping[str, Value]) -> str:
        """The action by what changes: a field that says a decision is for who decides, the others for who enters."""
        stands = self.record(row_id).values if row_id is not None else self._defaults()
        changed = [field for field in self.register.fields if values.get(field.key) != stands.get(field.key)]
        if not any(field.decided for field in changed):
            return "save"
        if not all(field.decided for field in changed):
            self.opened.require(actions.permission("save", self.register.key) or Permission.ENTER)
        return "review"

    def _write(self, change: Transaction, draft: Draft, values: Mapping[str, Value]) -> int:
        if draft.id is not None:
            stands = self.record(draft.id).values
            changed = {key: value for key, value in values.items() if stands.get(key) != value}
            if changed:
                change.update(self.register.key, draft.id, changed)
            return draft.id
        if self.register.owner:
            values = {**values, self.opened.schema.owner_column(self.register): draft.owner_id}
        return change.insert(self.register.key, values)

    def delete(self, ids: Sequence[int], control: Control | None = None) -> Changes:
        """These records and all that hangs on them, as one change that an undo brings back."""
        kinds: set[str] = set()
        record_rules.refuse(self.opened, self.register.key, ids)
        with self.opened.change("delete", self.register.key) as change:
            for row_id in (control or Control()).each(ids, len(ids)):
                self._delete_tree(change, self.register, row_id, kinds)
            change.commit()
        return Changes(frozenset(kinds), frozenset(ids), change.change_id)

    def take_out(self, change: Transaction, row_id: int) -> None:
        """A record and all that hangs on it, as part of a larger change."""
        self._delete_tree(change, self.register, row_id, set())

    def _delete_tree(self, change: Transaction, register: Register, row_id: int, kinds: set[str]) -> None:
        schema, connection = self.opened.schema, change.connection
        for child in self.opened.catalogue.children(register.key):
            column = schema.owner_column(child)
            for child_id in rows.child_rows(connection, schema, child.key, column, row_id):
                self._delete_tree(change, child, child_id, kinds)
        for scan in rows.find_ids(
            connection, schema, "attachments", {"record_kind": register.key, "record_id": row_id}
        ):
            change.delete("attachments", scan)
        self._refuse_if_referred_to(connection, register, row_id)
        change.delete(register.key, row_id)
        kinds.add(register.key)

    def _refuse_if_referred_to(self, connection: Connection, register: Register, row_id: int) -> None:
        for other in self.opened.catalogue.registers:
            for field in other.fields:
                if field.target == register.key:
                    found = rows.find_ids(connection, self.opened.schema, other.key, {field.key: row_id})
                    if found:
                        raise DomainError(
                            "record.referred_to", register=other.title, field=field.label, count=len(found)
                        )

    def set_all(self, ids: Sequence[int], key: str, raw: object, control: Control | None = None) -> Changes:
        """One field of many records; `raw` as in a Draft. The first record that it makes wrong stops it all."""
        return BulkEdit(self.opened, self.register).set_all(ids, key, raw, control or Control())

    def _check(self, draft: Draft, references: References) -> Checked:
        stands = self.record(draft.id) if draft.id is not None else None
        values: dict[str, Value] = dict(stands.values) if stands else self._defaults()
        problems: list[Problem] = []
        for key, raw in draft.raw.items():
            field = self.register.field(key)
            if field.kind is Kind.REFERENCE and isinstance(raw, int):
                values[key] = raw if references.stands(field, raw) else None
                if values[key] is None:
                    problems.append(error("reference.gone", key, label=field.label))
                continue
            id_type = draft.raw.get("id_type", values.get("id_type"))
            parsed = self.opened.parser.parse(people.number_field(field, id_type), raw)
            values[key] = parsed.value
            problems += parsed.problems
        values, unclear = references.resolve(self.register, values, draft.raw.keys())
        problems += unclear
        problems += self._missing(values, problems)
        if not any(problem.severity is Severity.ERROR for problem in problems):
            owner = stands.owner_id if stands else draft.owner_id
            problems += record_rules.check(
                self.opened, self.register.key, values, About(draft.id, owner, draft.raw.keys())
            )
            problems += self._taken(values, draft)
        return Checked(values, tuple(problems))

    def _defaults(self) -> dict[str, Value]:
        return {field.key: field.default for field in self.register.fields}

    def _missing(self, values: Mapping[str, Value], known: Sequence[Problem]) -> list[Problem]:
        """Required fields without a value, but for those that already have a problem of their own."""
        said = {problem.field for problem in known}
        return [
            error("field.required", field.key, label=field.label)
            for field in self.register.fields
            if field.required and values.get(field.key) in (None, "") and field.key not in said
        ]

    def _taken(self, values: Mapping[str, Value], draft: Draft) -> Iterator[Problem]:
        """Values that may stand only once, such as an ID number or a 管理号, and stand elsewhere."""
        with self.opened.database.read() as connection:
            for field in self.register.fields:
                value = values.get(field.key)
                if not field.unique or value is None:
                    continue
                found = rows.find_ids(connection, self.opened.schema, self.register.key, {field.key: value})
                if any(row_id != draft.id for row_id in found):
                    yield error("field.taken", field.key, label=field.label)
