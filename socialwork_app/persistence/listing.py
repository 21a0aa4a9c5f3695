"""Lists: a filter in, frozen rows out. Joins are made for the columns asked for, and no others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
    text,
)

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.registers.register import Register
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import search
from socialwork_app.persistence.schema import Schema

FIRST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its id, its owner's id where it has one, and the values asked for, references as labels."""

    id: int
    owner_id: int | None
    values: Mapping[str, Value]


class _Source:
    """The register's table with the joins that the wanted columns need."""

    def __init__(self, schema: Schema, register: Register) -> None:
        self.schema = schema
        self.register = register
        self.table = schema.tables[register.key]
        self.source: FromClause = self.table
        self._joined: dict[str, Any] = {}

    def column(self, key: str) -> ColumnElement[Any]:
        """The column as a list shows it: a reference is the label of its target."""
        declared, table = self._find(key)
        if declared.kind is not Kind.REFERENCE:
            return table.c[key]
        target = self._join_target(declared, table)
        return target.c[self.schema.catalogue[declared.target].label_field]

    def raw(self, key: str) -> ColumnElement[Any]:
        """The column as it is stored: a reference is a row id. Row id columns such as person_id are found too."""
        if key in self.table.c and key not in self.register.field_keys():
            return self.table.c[key]
        declared, table = self._find(key)
        return table.c[declared.key]

    def kind_of(self, key: str) -> Kind:
        return (
            Kind.INTEGER if key in self.table.c and key not in self.register.field_keys() else self._find(key)[0].kind
        )

    def owner_id(self) -> ColumnElement[Any]:
        if not self.register.owner:
            return literal_column("NULL")
        return self.table.c[self.schema.owner_column(self.register)]

    def _find(self, key: str) -> tuple[Field, Any]:
        register, catalogue = self.register, self.schema.catalogue
        if register.latest and key in catalogue[register.latest].field_keys() and key not in register.field_keys():
            return catalogue[register.latest].field(key), self._join_latest()
        if key in register.field_keys() and key not in register.borrowed:
            return register.field(key), self.table
        if key in dict(register.through):
            return self._find_through(register, self.table, key)
        if register.owner and key in register.borrowed:
            return self._find_borrowed(register, self.table, key)
        raise DomainError("field.unknown", field=key, register=register.title)

    def _find_borrowed(self, register: Register, table: Any, key: str) -> tuple[Field, Any]:
        owner = self.schema.catalogue[register.owner]
        joined = self._join_owner(owner, table.c[self.schema.owner_column(register)])
        if key in owner.field_keys():
            return owner.field(key), joined
        if key in dict(owner.through):
            return self._find_through(owner, joined, key)
        if key in owner.borrowed:
            return self._find_borrowed(owner, joined, key)
        raise DomainError("field.unknown", field=key, register=register.title)

    def _find_through(self, register: Register, table: Any, key: str) -> tuple[Field, Any]:
        reference = register.field(dict(register.through)[key])
        return self.schema.catalogue.through_field(register, key), self._join_target(reference, table)

    def _join_owner(self, owner: Register, column: Any) -> Any:
        name = f"owner:{owner.key}"
        if name not in self._joined:
            table = self.schema.tables[owner.key]
            self.source = self.source.join(table, table.c.id == column)
            self._joined[name] = table
        return self._joined[name]

    def _join_latest(self) -> Any:
        if "latest" not in self._joined:
            register = self.register
            child = self.schema.tables[register.latest]
            newest, shown = child.alias("newest"), child.alias("latest")
            owner_id = f"{register.singular}_id"
            pick = (
                select(newest.c.id).where(newest.c[owner_id] == self.table.c.id)
                .order_by(newest.c[register.latest_by].desc(), newest.c.id.desc()).limit(1).scalar_subquery()
            )  # fmt: skip
            self.source = self.source.outerjoin(shown, shown.c.id == pick)
            self._joined["latest"] = shown
        return self._joined["latest"]

    def _join_target(self, declared: Field, table: Any) -> Any:
        name = f"target:{table.name}:{declared.key}"
        if name not in self._joined:
            target = self.schema.tables[declared.target].alias(f"{declared.key}_of_{table.name}")
            self.source = self.source.outerjoin(target, target.c.id == table.c[declared.key])
            self._joined[name] = target
        return self._joined[name]


class Listing:
    """Queries of one register. Holds no connection; every call is given one."""

    def __init__(self, schema: Schema, register: Register) -> None:
        self.schema = schema
        self.register = register
        self.stored = tuple(f.key for f in schema.catalogue.listed(register) if not f.computed)

    def first_rows(
        self, connection: Connection, asked: Filter, keys: Sequence[str], limit: int = FIRST_ROWS
    ) -> list[Row]:
        """The first screen at once, before anything is counted."""
        if asked.search and not asked.where and not asked.sort and self.register.key == "people":
            found = select(search.matching(self.schema, asked.search).subquery()).distinct().limit(limit)
            ids = [int(row[0]) for row in connection.execute(found)]
            return self.rows_by_id(connection, ids, keys)
        source = _Source(self.schema, self.register)
        query = self._select(source, keys).limit(limit)
        return self._rows(connection, self._restrict(query, source, asked, order=True), source, keys)

    def rows(
        self, connection: Connection, asked: Filter, keys: Sequence[str], *, by_owner: bool = False
    ) -> Iterator[Row]:
        """All rows in order, or each owner's together, streamed: memory does not grow with them."""
        source = _Source(self.schema, self.register)
        query = self._restrict(self._select(source, keys), source, asked, order=not by_owner)
        query = query.select_from(source.source)
        if by_owner:
            query = query.order_by(source.owner_id(), source.table.c.id)
        for row in connection.execution_options(yield_per=1_000).execute(query):
            yield _row(row, keys)

    def count(self, connection: Connection, asked: Filter) -> int:
        source = _Source(self.schema, self.register)
        query = self._restrict(select(func.count()), source, asked)
        return int(connection.execute(query.select_from(source.source)).scalar_one())

    def rows_by_id(self, connection: Connection, ids: Sequence[int], keys: Sequence[str]) -> list[Row]:
        """These rows in this order; rows gone meanwhile are left out."""
        source = _Source(self.schema, self.register)
        query = self._select(source, keys).where(source.table.c.id.in_(ids))
        found = {row.id: row for row in self._rows(connection, query, source, keys)}
        return [found[row_id] for row_id in ids if row_id in found]

    def ids(self, asked: Filter) -> Select[Any]:
        """The ids in order, as a statement; for search without a sort the order of the first screen."""
        source = _Source(self.schema, self.register)
        if asked.search and not asked.where and not asked.sort and self.register.key == "people":
            return search.in_order(self.schema, asked.search)
        query = self._restrict(select(source.table.c.id), source, asked, order=True)
        return query.select_from(source.source)

    def _select(self, source: _Source, keys: Sequence[str]) -> Select[Any]:
        columns = [source.column(key).label(key) for key in keys]
        return select(source.table.c.id.label("row_id"), source.owner_id().label("owner_id"), *columns)

    def _rows(self, connection: Connection, query: Select[Any], source: _Source, keys: Sequence[str]) -> list[Row]:
        result = connection.execute(query.select_from(source.source))
        return [_row(row, keys) for row in result]

    def _restrict(self, query: Select[Any], source: _Source, asked: Filter, *, order: bool = False) -> Select[Any]:
        for condition in asked.where:
            query = query.where(_condition(source, condition))
        if asked.search:
            query = query.where(self._searched(source, asked.search))
        if not order:
            return query
        if asked.sort:
            column = source.column(asked.sort)
            return query.order_by(column.desc() if asked.descending else column, source.table.c.id)
        return query.order_by(source.table.c[self.register.order], source.table.c.id)

    def _searched(self, source: _Source, typed: str) -> ColumnElement[bool]:
        if self.register.key == "people":
            return source.table.c.id.in_(search.matching(self.schema, typed))
        if "person_id" in source.table.c:
            return source.table.c.person_id.in_(search.matching(self.schema, typed))
        texts = [f.key for f in self.register.fields if not f.numeric and not f.sensitive]
        return or_(*(source.table.c[key].contains(typed.strip(), autoescape=True) for key in texts))


def _row(found: Sequence[Any], keys: Sequence[str]) -> Row:
    row_id, owner_id, *values = found
    return Row(row_id, owner_id, dict(zip(keys, values, strict=True)))


def _condition(source: _Source, condition: Condition) -> ColumnElement[bool]:
    column = source.raw(condition.field)
    kind = source.kind_of(condition.field)
    if kind is Kind.REFERENCE and isinstance(condition.value, str) and condition.value:
        column = source.column(condition.field)
    if condition.operator == "empty" or condition.value in (None, ""):
        return or_(column.is_(None), column == "")
    if condition.operator == "<=":
        upper = f"{condition.value}{search.LAST}" if kind is Kind.DATE else condition.value
        return and_(column <= upper, column.is_not(None))
    if condition.operator == ">=":
        return column >= condition.value
    if kind is Kind.DATE:
        return and_(column >= condition.value, column < f"{condition.value}{search.LAST}")
    return column == condition.value


class Window:
    """The ids of a whole list in order, kept in a temporary table of one connection, so that any page costs a range."""

    def __init__(self, connection: Connection, listing: Listing, asked: Filter) -> None:
        self._connection = connection
        self._listing = listing
        connection.execute(text("DROP TABLE IF EXISTS temp.v"))
        connection.execute(text("CREATE TEMP TABLE v (pos INTEGER PRIMARY KEY, id INTEGER NOT NULL)"))
        compiled = listing.ids(asked).compile(connection, compile_kwargs={"render_postcompile": True})
        parameters = tuple(compiled.params[name] for name in compiled.positiontup or ())
        connection.exec_driver_sql(f"INSERT INTO temp.v (id) {compiled}", parameters)
        self.total = int(connection.execute(text("SELECT coalesce(max(pos), 0) FROM temp.v")).scalar_one())
        connection.commit()  # a read transaction held open would keep the write-ahead log from being emptied

    def page(self, first: int, size: int, keys: Sequence[str]) -> list[Row]:
        rows = self._listing.rows_by_id(self._connection, self._ids(first, size), keys)
        self._connection.commit()
        return rows

    def ids(self, first: int, size: int) -> list[int]:
        ids = self._ids(first, size)
        self._connection.commit()
        return ids

    def close(self) -> None:
        self._connection.close()

    def _ids(self, first: int, size: int) -> list[int]:
        query = text("SELECT id FROM temp.v WHERE pos BETWEEN :low AND :high ORDER BY pos")
        return [int(row[0]) for row in self._connection.execute(query, {"low": first + 1, "high": first + size})]
