"""Titles that are held: which have run out, who is paid for two."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain import talents
from socialwork_app.domain.spells import over
from socialwork_app.domain.talents import EXPIRED, MANAGED
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.rows import rows_where, values_of
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_state import PAID, set_state
from socialwork_app.services.talent_terms import Holding

KIND = "talents"
TERM_OVER = "管理期满"


@dataclass(frozen=True, slots=True)
class TwicePaid:
    """Somebody with several titles in term that have an allowance each; `titles`: in words."""

    person_id: int
    name: str
    titles: tuple[str, ...]


def managed(connection: Connection, opened: OpenRegister) -> list[Holding]:
    found = rows_where(connection, opened.schema, KIND, {"talent_state": [MANAGED]})
    return [Holding(row["id"], row["person_id"], row) for row in found]


def lapsed(opened: OpenRegister, day: date) -> list[Holding]:
    """Titles whose term is over and that are still said to be managed."""
    with opened.database.read() as connection:
        return [one for one in managed(connection, opened) if over(one.values["term_to"], day)]


def expire(opened: OpenRegister, day: date) -> Changes:
    """All of these are said to have run out on the last day of their term, as one change."""
    found = lapsed(opened, day)
    if not found:
        return Changes()
    with opened.change("save", KIND, f"转为期满，{len(found)} 个称号") as change:
        for one in found:
            set_state(change, [one.id], EXPIRED, str(one.values["term_to"]), "", TERM_OVER)
        change.commit()
    return Changes(frozenset({KIND}), frozenset(one.id for one in found), change.change_id)


def twice_paid(opened: OpenRegister, day: date) -> Iterator[TwicePaid]:
    """Whose titles in term bring more than one allowance: of alike ones mostly the highest alone is paid."""
    with opened.database.read() as connection:
        paid = [one for one in managed(connection, opened)
                if one.values["allowance_state"] == PAID and talents.held_on(one.values, day)]  # fmt: skip
        schemes = values_of(
            connection, opened.schema, "talent_schemes", "title", {one.values["scheme"] for one in paid}
        )
        people = values_of(connection, opened.schema, "people", "name", {one.person_id for one in paid})
    for person, name in people.items():
        titles = tuple(schemes[one.values["scheme"]] for one in paid if one.person_id == person)
        if len(titles) > 1:
            yield TwicePaid(person, name, titles)
