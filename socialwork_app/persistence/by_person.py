"""Rows of several registers handed out person by person: one stream each, all in the order of people's row ids."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select

Rows = tuple[tuple[Any, ...], ...]
NO_ROWS: Rows = ()


class Stream:
    """A query whose first column is the person's row id, by which it is ordered."""

    def __init__(self, connection: Connection, query: Select[Any]) -> None:
        self._groups = groupby(run(connection, query), key=itemgetter(0))
        self._next()

    def _next(self) -> None:
        self.owner, self._rows = next(self._groups, (None, iter(())))

    def take(self) -> Rows:
        """The rows of `owner`, who is the next that has any, without the first column."""
        rows = tuple([row[1:] for row in self._rows])
        self._next()
        return rows

    def of(self, person: int) -> Rows:
        """The rows of a person; people are asked for in order, and none is left out."""
        return self.take() if self.owner == person else NO_ROWS


def groups(rows: Iterable[tuple[Any, ...]]) -> Iterator[Rows]:
    """Rows with the same first column together, by which they are ordered. `groupby` takes twice as long where most have
    one row."""
    found: list[tuple[Any, ...]] = []
    for row, then in pairwise(chain(rows, [(None,)])):
        if row[0] == then[0]:
            found.append(row)
        elif found:
            yield (*found, row)
            found = []
        else:
            yield (row,)


def run(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Plain tuples from the driver: what SQLAlchemy makes of a row costs more than reading it."""
    compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
    parameters = tuple(compiled.params[name] for name in compiled.positiontup or ())
    cursor: Any = connection.exec_driver_sql(str(compiled), parameters).cursor
    return iter(cursor)
