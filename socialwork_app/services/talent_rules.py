"""What follows from, and what is odd about, a round and a title that are to be saved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from socialwork_app.domain import selection, talents, working_days
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem, error, warning
from socialwork_app.domain.spells import before
from socialwork_app.persistence import rows
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_state import PAID
from socialwork_app.services.talent_terms import holdings

Values = dict[str, Value]


def check_round(opened: OpenRegister, values: Values, round_id: int | None, scheme: int | None) -> Sequence[Problem]:
    """A publication that begins on a known day ends after the scheme's working days."""
    found = _row(opened, "talent_schemes", scheme)
    problems = _before_cycle(opened, values["year"], round_id, found) if found else []
    if found and values["published_on"] and not values["published_until"]:
        shown = selection.publication(str(values["published_on"]), None, found["publication_days"], _holidays(opened))
        values["published_until"] = shown.last
        problems += [warning("selection.holidays_unknown", "published_until", year=year) for year in shown.unknown]
    if before(values["published_until"], values["published_on"]):
        problems.append(error("selection.until_before", "published_until"))
    if before(values["decided_on"], values["published_until"]):
        problems.append(warning("selection.decided_before", "decided_on"))
    return problems


def _before_cycle(
    opened: OpenRegister, year: Value, round_id: int | None, scheme: Mapping[str, Any]
) -> list[Problem]:  # fmt: skip
    if not isinstance(year, int) or not scheme["cycle_years"]:
        return []
    of_scheme = {"talent_scheme_id": [scheme["id"]]}
    with opened.database.read() as connection:
        found = rows.rows_where(connection, opened.schema, "talent_rounds", of_scheme, ("id", "year"))
    others = [row["year"] for row in found if row["id"] != round_id and row["year"]]
    return selection.before_cycle(year, others, scheme["cycle_years"])


def check_candidate(opened: OpenRegister, values: Values, person: int | None) -> Sequence[Problem]:
    """Whoever holds the title already, and a stage that only the decision brings with all that follows."""
    awarded_in, problems = _row(opened, "talent_rounds", values["round"]), list[Problem]()
    if awarded_in is None or person is None:
        return problems
    with opened.database.read() as connection:
        held = [one.values for one in holdings(connection, opened.schema, people=[person],
                                               scheme=awarded_in["talent_scheme_id"])]  # fmt: skip
    if values["candidate_state"] == talents.GRANTED:
        by_hand = not any(one["round"] == values["round"] for one in held)
        return [warning("selection.granted_by_hand", "candidate_state")] if by_hand else problems
    running = [one for one in held if talents.held_on(one, opened.today())]
    return [warning("selection.holds_already", "round", until=one["term_to"] or "未填") for one in running[:1]]


def check_title(opened: OpenRegister, values: Values, title: int | None, person: int | None) -> Sequence[Problem]:
    """A term that begins on a known day ends as the scheme has it."""
    scheme = _row(opened, "talent_schemes", values["scheme"])
    since = values["term_from"]
    if since and not values["term_to"] and scheme and scheme["term_years"]:
        values["term_to"] = talents.term_end(str(since), int(scheme["term_years"]))
    return [*talents.check(values), *_of_another(opened, values), *_two_allowances(opened, values, title, person)]


def _of_another(opened: OpenRegister, values: Values) -> Iterator[Problem]:
    """A round belongs to one scheme."""
    awarded_in = _row(opened, "talent_rounds", values["round"])
    if awarded_in and awarded_in["talent_scheme_id"] != values["scheme"]:
        other = _row(opened, "talent_schemes", awarded_in["talent_scheme_id"]) or {}
        yield warning("talent.other_scheme", "round", round=awarded_in["title"], scheme=other.get("title"))


def _two_allowances(opened: OpenRegister, values: Values, title: int | None, person: int | None) -> Iterator[Problem]:
    day = opened.today()
    if person is None or values["allowance_state"] != PAID or not talents.held_on(values, day):
        return
    with opened.database.read() as connection:
        others = [one.values for one in holdings(connection, opened.schema, people=[person]) if one.id != title]
        schemes = rows.values_of(
            connection, opened.schema, "talent_schemes", "title", [one["scheme"] for one in others]
        )
    paid = [schemes[one["scheme"]] for one in others if one["allowance_state"] == PAID and talents.held_on(one, day)]
    if paid:
        yield warning("talent.two_allowances", "allowance_state", titles="、".join(paid))


def _row(opened: OpenRegister, kind: str, row_id: Value) -> dict[str, Any] | None:
    if not isinstance(row_id, int):
        return None
    with opened.database.read() as connection:
        return rows.record(connection, opened.schema, kind, row_id)


def _holidays(opened: OpenRegister) -> working_days.Calendar:
    with opened.database.read() as connection:
        return working_days.calendar(rows.all_rows(connection, opened.schema, "holidays"))
