"""Search while typing against a LIKE scan of the same file: the same queries, columns and number of rows."""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from socialwork_app.domain import pinyin
from socialwork_app.domain.filters import Filter
from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from tests.benchmark import material
from tests.benchmark.figures import Figure, faster, percentile

ROWS = 200
LIKE = "SELECT id, {columns} FROM people WHERE name LIKE ?1 OR id_number LIKE ?1 OR phone LIKE ?1 LIMIT 200"


def figures(register: Path, queries: int, scans: int) -> list[Figure]:
    opened = material.opened(register)
    try:
        records = Records(opened, "people")
        typed = _queries(opened, queries)
        ours = _seconds(typed, lambda query: records.first_rows(Filter(query), records.register.columns, ROWS))
        theirs = _scans(opened, records.register.columns, typed[:scans])
    finally:
        opened.close()
    return [
        faster("search while typing, p99", 20, ("p99 of a service call", percentile(ours, 0.99)),
               ("p99 of a LIKE scan", percentile(theirs, 0.99))),
        faster("search while typing, median", 20, ("median of a service call", percentile(ours, 0.5)),
               ("median of a LIKE scan", percentile(theirs, 0.5))),
    ]  # fmt: skip


def _scans(opened: OpenRegister, columns: Sequence[str], typed: Sequence[str]) -> list[float]:
    connection = connect(opened.folder / FILE_NAME, opened.database.key)
    statement = LIKE.format(columns=", ".join(columns))
    try:
        return _seconds(typed, lambda query: connection.execute(statement, (f"%{query}%",)).fetchall())
    finally:
        connection.close()


def _seconds(typed: Sequence[str], run: Callable[[str], Any]) -> list[float]:
    """Of each query; the first of all is not counted, it pays for what is loaded once."""
    run(typed[0])
    taken: list[float] = []
    for query in typed:
        started = time.perf_counter()
        run(query)
        taken.append(time.perf_counter() - started)
    return taken


def _queries(opened: OpenRegister, count: int) -> list[str]:
    """One to four characters of what people in the register are found by, and some that nobody has."""
    source = random.Random(3)
    records = Records(opened, "people")
    ids = [source.randrange(1, records.count(Filter())) for _ in range(count)]
    found = {row.id: row for row in records.rows_by_id(ids, ("name", "id_number"))}
    typed: list[str] = []
    for row_id in ids:
        name, number = str(found[row_id].values["name"]), str(found[row_id].values["id_number"])
        keys = pinyin.search_keys(name)
        key = source.choice((source.choice(keys), source.choice(keys), number[-4:], source.choice("鑫龘曦qxz0")))
        typed.append(key[: source.randint(1, 4)])
    return typed
