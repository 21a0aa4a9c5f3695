"""Versions of the criteria of an appraisal: which one is in force, which are in use and so frozen, how a new one is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from socialwork_app.domain.appraisals import Band, Criteria, Item
from socialwork_app.domain.fields.field import Value
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import appraisals, rows
from socialwork_app.persistence.rows import rows_where
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister

CRITERIA, ITEMS, BANDS, APPRAISERS = "appraisal_criteria", "appraisal_items", "grade_bands", "appraisers"
PARTS = (ITEMS, BANDS, APPRAISERS)
OWNER = "appraisal_criterion_id"
FREE = {CRITERIA: ("title", "document", "note"), ITEMS: (), BANDS: ("note",), APPRAISERS: ("note",)}
"""What may be written on a version in use: it changes nobody's result."""
LAST = 1_000_000  # of items without a place in the order


@dataclass(frozen=True, slots=True)
class Version:
    """`scheme` None: for every scheme. `appraisers`: those who are named in advance."""

    id: int
    title: str
    scheme: int | None
    from_year: int
    appraisers: tuple[str, ...]
    criteria: Criteria


class Versions:
    """All of them, as they stood when this was made."""

    def __init__(self, opened: OpenRegister) -> None:
        with opened.database.read() as connection:
            heads, *parts = (rows.all_rows(connection, opened.schema, kind) for kind in (CRITERIA, *PARTS))
        owned = [_by_owner(found) for found in parts]
        self.by_id = {row["id"]: _version(row, *(by.get(row["id"], []) for by in owned)) for row in heads}

    def in_force(self, scheme: int, year: int) -> Version | None:
        """The one that began last; of two of a year the scheme's own."""
        fits = [one for one in self.by_id.values() if one.from_year <= year and one.scheme in (scheme, None)]
        return max(fits, key=lambda one: (one.from_year, one.scheme is not None, one.id), default=None)

    def of(self, appraisal: Mapping[str, Any]) -> Version | None:
        """The one that an appraisal names, else the one in force for its scheme and year."""
        return self.by_id.get(appraisal["criteria"]) or self.in_force(appraisal["scheme"], appraisal["year"])


def _by_owner(found: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    owned: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        owned.setdefault(row[OWNER], []).append(row)
    return owned


def _version(
    head: Mapping[str, Any], items: list[dict[str, Any]], bands: Sequence[Mapping[str, Any]],
    appraisers: Sequence[Mapping[str, Any]],
) -> Version:  # fmt: skip
    items.sort(key=lambda row: (LAST if row["rank"] is None else row["rank"], row["id"]))
    weights = {row["appraiser"]: row["weight"] for row in appraisers if row["weight"] is not None}
    criteria = Criteria(
        tuple(Item(row["title"], row["maximum"], 1 if row["weight"] is None else row["weight"]) for row in items),
        tuple(Band(row["grade"], row["minimum"]) for row in bands),
        head["combined_by"], head["graded_by"], weights, head["cap_share"], head["cap_rounding"] or Criteria.cap_rounding,
    )  # fmt: skip
    named = tuple(row["appraiser"] for row in appraisers)
    return Version(head["id"], head["title"], head["scheme"], head["from_year"], named, criteria)


# frozen


def frozen(opened: OpenRegister, criteria: int | None) -> str:
    """The title of a version by which somebody was scored or graded already; "" where it can still be changed."""
    if criteria is None:
        return ""
    with opened.database.read() as connection:
        if not appraisals.uses(connection, opened.schema, criteria):
            return ""
        found = rows.record(connection, opened.schema, CRITERIA, criteria)
    return str(found["title"]) if found else ""


def refuse_if_frozen(opened: OpenRegister, kind: str, ids: Sequence[int], key: str = "") -> None:
    """Before rows are deleted or, with `key`, one field of them is written: DomainError where a version is in use."""
    if kind not in FREE or key in FREE[kind]:
        return
    owners = set(ids)
    if kind != CRITERIA:
        with opened.database.read() as connection:
            owners = set(rows.values_of(connection, opened.schema, kind, OWNER, ids).values())
    for owner in owners:
        if title := frozen(opened, owner):
            raise DomainError("criteria.frozen", title=title)


def refuse_undo(opened: OpenRegister, change_id: int) -> None:
    """Before a change is taken back: DomainError where that would take items, bands or appraisers from a version by which
    somebody is appraised."""
    schema = opened.schema
    with opened.database.read() as connection:
        touched = {owner for kind in PARTS
                   for owner in appraisals.owners_touched(connection, schema, kind, OWNER, change_id)}  # fmt: skip
        named = [owner for owner in touched if rows.find_ids(connection, schema, "appraisals", {"criteria": owner})]
        titles = rows.values_of(connection, schema, CRITERIA, "title", named)
    if titles:
        raise DomainError("criteria.undo", title="、".join(titles.values()))


# a new version


def copy_version(opened: OpenRegister, criteria: int, from_year: int, title: str) -> Changes:
    """The same items, bands and appraisers under another title from a year on; the old version is left as it is."""
    with opened.change("save", CRITERIA, title) as change:
        head = rows.record(change.connection, opened.schema, CRITERIA, criteria)
        if head is None:
            raise DomainError("record.gone", register=opened.catalogue[CRITERIA].title)
        if not title.strip() or rows.find_ids(change.connection, opened.schema, CRITERIA, {"title": title.strip()}):
            raise DomainError("criteria.title_taken", title=title)
        made = change.insert(CRITERIA, {**_values(head), "from_year": from_year, "title": title.strip()})
        _copy_parts(opened, change, criteria, made)
        change.commit()
    return Changes(frozenset({CRITERIA, *PARTS}), frozenset({made}), change.change_id)


def _copy_parts(opened: OpenRegister, change: Transaction, source: int, target: int) -> None:
    for kind in PARTS:
        for row in rows_where(change.connection, opened.schema, kind, {OWNER: [source]}):
            change.insert(kind, {**_values(row), OWNER: target})


def _values(row: Mapping[str, Any]) -> dict[str, Value]:
    return {key: value for key, value in row.items() if key != "id"}
