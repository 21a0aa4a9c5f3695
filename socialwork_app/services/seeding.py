"""What a register begins with: rows of the rule tables, the exam years and the places, as the resources have them."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence import accounts, rows
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.opened import DEMO, OWNER, OpenRegister

Rows = tuple[Mapping[str, str], ...]
SEEDED = "seeded"
NAMED_BY = {"rules": ("rule",), "exam_sittings": ("year",), "eligibility_rules": ("rule", "education"),
            "talent_schemes": ("title",)}  # fmt: skip
"""The seeded registers, and what tells their rows apart."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """`plain`: rows by register, stored as they are; places refer to each other by code."""

    places: Rows
    plain: Mapping[str, Rows]

    @property
    def mark(self) -> str:
        """By which a register knows whether it has these."""
        told = json.dumps(self.plain, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def seed(opened: OpenRegister, seeds: Seeds, owner: str, *, demo: bool) -> None:
    """For a new register."""
    with opened.change("create") as change:
        accounts.add(change.connection, opened.schema, accounts.new_row(opened.user, opened.role, opened.now()))
        rows.set_setting(change.connection, opened.schema, OWNER, owner)
        if demo:
            rows.set_setting(change.connection, opened.schema, DEMO, "1")
        _add_plain(opened, change, seeds)
        rows.set_setting(change.connection, opened.schema, SEEDED, seeds.mark)
        _seed_places(seeds.places, lambda values: change.insert("places", values))
        change.commit()


def seed_what_is_new(opened: OpenRegister, seeds: Seeds) -> None:
    """Rows that this version of the program brought, once. What stands is left as it is."""
    if opened.settings().get(SEEDED) == seeds.mark:
        return
    with opened.change("upgrade") as change:
        _add_plain(opened, change, seeds)
        rows.set_setting(change.connection, opened.schema, SEEDED, seeds.mark)
        change.commit()


def _add_plain(opened: OpenRegister, change: Transaction, seeds: Seeds) -> None:
    for kind, given in seeds.plain.items():
        names = NAMED_BY[kind]
        stands = {tuple(row[name] for name in names) for row in rows.all_rows(change.connection, opened.schema, kind)}
        for row in given:
            values = {field.key: opened.parser.parse(field, row.get(field.key)).value
                      for field in opened.catalogue[kind].fields}  # fmt: skip
            if tuple(values[name] for name in names) not in stands:
                change.insert(kind, values)


def _filled(row: Mapping[str, str]) -> dict[str, Value]:
    return {key: value or None for key, value in row.items()}


def _seed_places(places: Iterable[Mapping[str, str]], insert: Callable[[Mapping[str, Value]], int]) -> None:
    """Owners stand before what belongs to them; references are given by code."""
    ids: dict[str, int] = {}
    for row in places:
        values = _filled(row)
        for key in ("parent", "successor"):
            values[key] = ids[str(values[key])] if values[key] else None
        row_id = insert(values)
        if row["code"]:
            ids[row["code"]] = row_id
