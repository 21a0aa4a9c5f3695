"""The tables, derived from the registers: a declared field is a column, and nothing else names it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    literal_column,
)

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.phones import SEPARATOR
from socialwork_app.domain.registers.register import Catalogue, Register

TAIL = 4  # a person is found by the last four characters of an ID number or phone


def tail(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The last characters, written as the index has them: an index on an expression serves that expression alone."""
    return func.substr(column, literal_column(f"-{TAIL}"))


def several_phones(people: Table) -> ColumnElement[bool]:
    """Of the people whose phone column holds more than one number; an index of their own finds them."""
    return people.c.phone.like(literal_column(f"'%{SEPARATOR}%'"))


@dataclass(frozen=True)
class Schema:
    """Tables by register key, their history tables, and the few tables that are no register."""

    catalogue: Catalogue
    metadata: MetaData
    tables: dict[str, Table]
    histories: dict[str, Table]
    changes: Table
    search_key: Table
    setting: Table
    content: Table
    header_memory: Table
    account: Table
    not_same: Table
    owners_first: tuple[str, ...] = field(default=())

    def owner_column(self, register: Register) -> str:
        """The column that holds the owner's row id, e.g. person_id."""
        return f"{self.catalogue[register.owner].singular}_id"


def build(catalogue: Catalogue) -> Schema:
    metadata = MetaData()
    changes = _changes(metadata)
    tables = {register.key: _table(register, catalogue, metadata) for register in catalogue.registers}
    histories = {
        register.key: _history(register.key, tables[register.key], metadata) for register in catalogue.registers
    }
    return Schema(
        catalogue, metadata, tables, histories, changes,
        search_key=Table(
            "search_key", metadata,
            Column("key", Text, primary_key=True),
            Column("name", Text, primary_key=True),
            sqlite_with_rowid=False,
        ),
        setting=Table("setting", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)),
        content=Table("content", metadata, Column("digest", Text, primary_key=True),
                      Column("data", LargeBinary, nullable=False)),
        header_memory=Table(
            "header_memory", metadata,
            Column("kind", Text, primary_key=True),
            Column("headers", Text, primary_key=True),
            Column("mapping", Text, nullable=False),
        ),
        account=Table(
            "account", metadata,
            Column("name", Text, primary_key=True),  # that of its wrap in the key file
            Column("role", Text, nullable=False),
            Column("disabled", Integer, nullable=False, server_default="0"),
            Column("made_at", Text, nullable=False),
        ),
        not_same=Table(  # two people who look like one and were said to be two; the smaller id first
            "not_same", metadata,
            Column("one", Integer, primary_key=True),
            Column("other", Integer, primary_key=True),
            Column("change_id", Integer, nullable=False),
        ),
        owners_first=tuple(register.key for register in catalogue.registers),
    )  # fmt: skip


def _changes(metadata: MetaData) -> Table:
    """One row a transaction: who did what when. Its id is the number that history rows and batches carry."""
    return Table(
        "changes", metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("action", Text, nullable=False),  # save, delete, import, undo, export, …
        Column("kind", Text, nullable=False, server_default=""),
        Column("detail", Text, nullable=False, server_default=""),
        Column("undoes", Integer),
        Column("created", Integer),
        Column("updated", Integer),
        Column("seal", Text),  # of this change, its history and the seal before; None until it is committed
    )  # fmt: skip


def _table(register: Register, catalogue: Catalogue, metadata: MetaData) -> Table:
    columns: list[Column[Any]] = [Column("id", Integer, primary_key=True)]
    if register.owner:
        owner = catalogue[register.owner]
        columns.append(Column(f"{owner.singular}_id", Integer, ForeignKey(f"{owner.key}.id"), nullable=False))
    if register.hangs_on_any:
        columns += [Column("record_kind", Text, nullable=False), Column("record_id", Integer, nullable=False)]
    columns += [_column(declared) for declared in register.fields]
    table = Table(register.key, metadata, *columns)
    _indexes(register, table)
    return table


def _column(declared: Field) -> Column[Any]:
    if declared.kind is Kind.REFERENCE:
        return Column(declared.key, Integer, ForeignKey(f"{declared.target}.id"))
    stored = Float if declared.kind is Kind.HOURS else Integer if declared.numeric else Text
    return Column(declared.key, stored, nullable=not declared.required)


def _indexes(register: Register, table: Table) -> None:
    for declared in register.fields:
        if declared.unique:
            Index(f"ux_{register.key}_{declared.key}", table.c[declared.key], unique=True)
        elif declared.kind is Kind.REFERENCE:
            Index(f"ix_{register.key}_{declared.key}", table.c[declared.key])
    if register.owner:
        owner = next(column for column in table.c if column.foreign_keys and column.name.endswith("_id"))
        Index(f"ix_{register.key}_{owner.name}", owner, *(table.c[key] for key in register.beside_owner))
    if register.hangs_on_any:
        Index(f"ix_{register.key}_record", table.c.record_kind, table.c.record_id)
    if register.key == "people":
        Index("ix_people_name", table.c.name)
        Index("ix_people_phone", table.c.phone)
        Index("ix_people_several_phones", table.c.phone, sqlite_where=several_phones(table))


def _history(key: str, table: Table, metadata: MetaData) -> Table:
    """The values that stood before a change ("U", "D"); for a new row ("I") none."""
    history = Table(
        f"{key}_history", metadata,
        Column("hid", Integer, primary_key=True),
        Column("change_id", Integer, nullable=False),
        Column("op", Text, nullable=False),
        Column("row_id", Integer, nullable=False),
        *(Column(column.name, column.type) for column in table.c if column.name != "id"),
    )  # fmt: skip
    Index(f"ix_{key}_history_row", history.c.row_id)
    Index(f"ix_{key}_history_change", history.c.change_id)
    return history


def derived_statements(schema: Schema) -> list[str]:
    """What a migration lays aside and makes anew from here: triggers, and indexes on expressions."""
    tails = [
        f"CREATE INDEX ix_people_{column}_tail ON people (substr({column}, -{TAIL}))"
        for column in ("id_number", "phone")
    ]
    made = (statement for key in schema.tables for statement in triggers(schema, key).values())
    return [*tails, *made, *_log_triggers()]


def triggers(schema: Schema, key: str) -> dict[str, str]:
    """The statements that make a table's history triggers, by trigger name. They catch every write, whoever makes it;
    the newest change owns it. What they wrote stays, and nothing else is written there."""
    columns = [column.name for column in schema.tables[key].c if column.name != "id"]
    statements: dict[str, str] = {}
    for op, event, row in (("I", "INSERT", "NEW"), ("U", "UPDATE", "OLD"), ("D", "DELETE", "OLD")):
        kept = [] if op == "I" else columns  # the names are our own
        names = ", ".join(["change_id", "op", "row_id", *(f'"{name}"' for name in kept)])
        values = ", ".join(
            ["(SELECT max(id) FROM changes)", f"'{op}'", f"{row}.id", *(f'OLD."{name}"' for name in kept)]
        )
        statements[f"{key}_history_{op}"] = (
            f'CREATE TRIGGER "{key}_history_{op}" AFTER {event} ON "{key}" BEGIN '
            f'INSERT INTO "{key}_history" ({names}) VALUES ({values}); END'
        )
    history = f"{key}_history"
    under_way = "(SELECT id FROM changes WHERE seal IS NULL AND id = (SELECT max(id) FROM changes))"
    statements[guard(key)] = _refusing(guard(key), history, "INSERT", f"NEW.change_id IS NOT {under_way}")
    for event in ("UPDATE", "DELETE"):
        statements[f"{history}_no_{event}"] = _refusing(f"{history}_no_{event}", history, event)
    return statements


def guard(key: str) -> str:
    """The name of the trigger that keeps out what does not belong to the change under way."""
    return f"{key}_history_no_other"


def _log_triggers() -> list[str]:
    """A change can be added to until it is sealed, and while it is the newest."""
    over = "OLD.seal IS NOT NULL OR OLD.id < (SELECT max(id) FROM changes)"
    return [
        _refusing("changes_no_UPDATE", "changes", "UPDATE", over),
        _refusing("changes_no_DELETE", "changes", "DELETE"),
    ]


def _refusing(name: str, table: str, event: str, when: str = "1") -> str:
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
    )
