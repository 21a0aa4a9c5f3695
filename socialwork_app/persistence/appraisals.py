"""What appraisals need of the file beyond single rows: whether criteria are in use, and what stood at an earlier time."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select

from socialwork_app.persistence.history import MAKING
from socialwork_app.persistence.rows import among
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import rows_of


def uses(connection: Connection, schema: Schema, criteria: int) -> bool:
    """Whether anybody was scored or graded by this version."""
    appraisal, score = schema.tables["appraisals"], schema.tables["appraisal_scores"]
    scored = exists().where(score.c.appraisal_id == appraisal.c.id)
    judged = or_(appraisal.c.score.is_not(None), appraisal.c.grade.is_not(None), scored)
    query = select(appraisal.c.id).where(appraisal.c.criteria == criteria, judged).limit(1)
    return connection.execute(query).first() is not None


def owners_touched(connection: Connection, schema: Schema, kind: str, owner_column: str, change_id: int) -> set[int]:
    """The owners of the rows that a change made, changed or deleted."""
    history, table = schema.histories[kind], schema.tables[kind]
    owner = func.coalesce(history.c[owner_column], table.c[owner_column]).label("owner")
    joined = history.outerjoin(table, table.c.id == history.c.row_id)
    query = select(owner).select_from(joined).where(history.c.change_id == change_id)
    return {row["owner"] for row in rows_of(connection, query)}


def latest(connection: Connection, schema: Schema) -> tuple[int, int] | None:
    """Scheme and year of the appraisal of the latest year; of several the one made last."""
    table = schema.tables["appraisals"]
    query = select(table.c.scheme, table.c.year).order_by(table.c.year.desc(), table.c.id.desc()).limit(1)
    found = rows_of(connection, query)
    return (found[0]["scheme"], found[0]["year"]) if found else None


def ungraded_years(connection: Connection, schema: Schema) -> list[tuple[int, int]]:
    """Schemes and years with an appraisal that has no grade."""
    table = schema.tables["appraisals"]
    query = select(table.c.scheme, table.c.year).where(table.c.grade.is_(None)).distinct()
    return [(row["scheme"], row["year"]) for row in rows_of(connection, query)]


def units_by_name(connection: Connection, schema: Schema, names: Iterable[str]) -> dict[str, int]:
    """Units by a name that they have or once had; a name of today comes before one of the past."""
    wanted = among(sorted(set(names)))
    found: dict[str, int] = {}
    table, history = schema.tables["organisations"], schema.histories["organisations"]
    once = select(history.c.name, history.c.row_id).where(history.c.name.in_(wanted)).order_by(history.c.hid)
    now = select(table.c.name, table.c.id).where(table.c.name.in_(wanted))
    for query in (once, now):
        found.update((str(name), int(row_id)) for name, row_id in connection.execute(query))
    return found


def degrees_then(connection: Connection, schema: Schema, appraisals: Sequence[int]) -> dict[int, str | None]:
    """The degree that the person's record had when each appraisal was made, by the appraisal's row id."""
    found = rows_of(connection, _degrees_then(schema, appraisals))
    return {row["id"]: row["before"] if row["changed"] else row["now"] for row in found}


def _degrees_then(schema: Schema, appraisals: Sequence[int]) -> Any:
    """`changed` where the person's record was written since; `before`: the degree that stood until then."""
    appraisal, made = schema.tables["appraisals"], schema.histories["appraisals"]
    person, before = schema.tables["people"], schema.histories["people"]
    begun = (
        select(func.max(made.c.change_id)).where(made.c.row_id == appraisal.c.id, made.c.op == MAKING)
        .correlate(appraisal).scalar_subquery()
    )  # fmt: skip
    later = (
        select(func.min(before.c.hid)).where(before.c.row_id == person.c.id, before.c.op != MAKING,
                                             before.c.change_id > begun).correlate(person, appraisal).scalar_subquery()
    )  # fmt: skip
    joined = appraisal.join(person, person.c.id == appraisal.c.person_id).outerjoin(before, before.c.hid == later)
    shown = (before.c.hid.label("changed"), before.c.degree.label("before"), person.c.degree.label("now"))
    return select(appraisal.c.id, *shown).select_from(joined).where(appraisal.c.id.in_(among(appraisals)))
