"""The rounds of the talent schemes: who was put forward, how far they are, and the decision that makes them holders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialwork_app.domain import selection, talents, working_days
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.problems import Problem
from socialwork_app.domain.selection import Chosen, Granting, Publication
from socialwork_app.domain.talents import GRANTED, MANAGED, PUBLISHED
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.as_it_stood import as_it_stood, list_then
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_state import PAID
from socialwork_app.services.talent_terms import Holding, holdings

SCHEMES, ROUNDS, KIND, TITLES = "talent_schemes", "talent_rounds", "talent_candidates", "talents"
SHOWN = ("name", "gender", "employer", "position", "candidate_state", "review_score", "talent_category", "recommended_by",
         "objection")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """`values` and `scheme`: the rows as they are stored."""

    values: Mapping[str, Any]
    scheme: Mapping[str, Any]
    publication: Publication

    @property
    def id(self) -> int:
        return int(self.values["id"])

    @property
    def title(self) -> str:
        return str(self.values["title"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """`values`: SHOWN, what is referred to in words."""

    id: int
    person_id: int
    values: Mapping[str, Value]

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def state(self) -> str:
        return str(self.values["candidate_state"])


class Selection:
    """Reads the holiday table once: make a new one when it may have changed."""

    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        with opened.database.read() as connection:
            self.holidays = working_days.calendar(rows.all_rows(connection, opened.schema, "holidays"))

    # reading

    def rounds(self, day: date | None = None) -> list[Round]:
        """The latest first; with a day as they stood then."""
        schemes = {row["id"]: row for row in self._then(SCHEMES, day)}
        made = [self._round(row, schemes[row["talent_scheme_id"]]) for row in self._then(ROUNDS, day)]
        return sorted(made, key=lambda one: (one.values["year"] or 0, one.id), reverse=True)

    def _then(self, kind: str, day: date | None) -> list[dict[str, Any]]:
        with self.opened.database.read() as connection:
            found = rows.all_rows(connection, self.opened.schema, kind)
        return as_it_stood(self.opened, kind, found, day or self.opened.today())

    def round(self, round_id: int, day: date | None = None) -> Round:
        for one in self.rounds(day):
            if one.id == round_id:
                return one
        raise DomainError("record.not_found", register=self.opened.catalogue[ROUNDS].title)

    def _round(self, values: Mapping[str, Any], scheme: Mapping[str, Any]) -> Round:
        return Round(values, scheme, self._published(values["published_on"], values["published_until"], scheme))

    def _published(self, first: str | None, last: str | None, scheme: Mapping[str, Any]) -> Publication:
        return selection.publication(first, last, scheme["publication_days"], self.holidays)

    def published_from(self, of: Round, first: date) -> Publication:
        """What the publication would be if it began on this day."""
        return self._published(first.isoformat(), None, of.scheme)

    def candidates(self, round_id: int, day: date | None = None) -> list[Candidate]:
        """Unit by unit; with a day as they stood then."""
        asked = Filter(where=(Condition("round", round_id),))
        listed = list_then(self.opened, self.opened.catalogue[KIND], asked, SHOWN, day or self.opened.today())
        found = [Candidate(row.id, row.owner_id or 0, row.values) for row in listed]
        return sorted(found, key=lambda one: (str(one.values["employer"] or ""), one.id))

    def odd(self, of: Round, ids: Sequence[int], day: date) -> list[Problem]:
        """What to think about before these candidates are given the title on this day."""
        everybody = self.candidates(of.id)
        chosen = [one for one in everybody if one.id in ids]
        granted = sum(one.state == GRANTED for one in everybody)
        with self.opened.database.read() as connection:
            held = holdings(connection, self.opened.schema, people=[one.person_id for one in chosen])
            schemes = {row["id"]: row["title"] for row in rows.all_rows(connection, self.opened.schema, SCHEMES)}
        running = [one for one in held if talents.held_on(one.values, day)]
        weighed = [self._chosen(one, of, [title for title in running if title.person_id == one.person_id], schemes)
                   for one in chosen]  # fmt: skip
        return selection.odd(
            Granting(day, of.publication, of.scheme["cap"], of.scheme["allowance"], granted, weighed, of.scheme["excluded"])
        )  # fmt: skip

    def _chosen(self, one: Candidate, of: Round, running: Sequence[Holding], schemes: Mapping[int, str]) -> Chosen:
        paid = tuple(schemes[title.values["scheme"]] for title in running
                     if title.values["allowance_state"] == PAID and title.values["scheme"] != of.scheme["id"])  # fmt: skip
        holds = any(title.values["scheme"] == of.scheme["id"] for title in running)
        return Chosen(one.name, one.state, str(one.values["objection"] or ""), holds, paid)

    # writing

    def move(self, of: Round, ids: Sequence[int], state: str) -> Changes:
        """These candidates to another stage, as one change. Who has the title stays."""
        chosen = self._movable(of, ids)
        label = self.opened.catalogue.code_lists["candidate_state"].label(state)
        with self.opened.change("select", KIND, f"{of.title}：{label} {len(chosen)} 人") as change:
            self._set_state(change, chosen, state)
            change.commit()
        return Changes(frozenset({KIND}), frozenset(ids), change.change_id)

    def publish(self, of: Round, ids: Sequence[int], first: str, last: str | None) -> Changes:
        """These candidates are published between these ISO days, as one change."""
        chosen = self._movable(of, ids)
        with self.opened.change("publish", KIND, f"{of.title}：公示 {len(chosen)} 人") as change:
            self._set_state(change, chosen, PUBLISHED)
            change.update(ROUNDS, of.id, {"published_on": first, "published_until": last})
            change.commit()
        return Changes(frozenset({KIND, ROUNDS}), frozenset(ids), change.change_id)

    def decide(self, of: Round, ids: Sequence[int], document: str, day: date) -> Changes:
        """The candidates become holders of the title for the scheme's term, as one change. The round keeps its first
        decision."""
        if not document.strip():
            raise DomainError("selection.document_missing")
        chosen = self._movable(of, ids)
        with self.opened.change("grant", KIND, f"{of.title}：表彰决定 {document.strip()}，{len(chosen)} 人") as change:
            for one in chosen:
                change.insert(TITLES, {**self._title(of, document.strip(), day), "person_id": one.person_id,
                                       "talent_category": one.values["talent_category"]})  # fmt: skip
            self._set_state(change, chosen, GRANTED)
            if not of.values["decision"]:
                change.update(ROUNDS, of.id, {"decision": document.strip(), "decided_on": day.isoformat()})
            change.commit()
        return Changes(frozenset({KIND, ROUNDS, TITLES}), frozenset(ids), change.change_id)

    def _title(self, of: Round, document: str, day: date) -> dict[str, Value]:
        years = of.scheme["term_years"]
        return {
            "scheme": of.scheme["id"], "round": of.id, "granted_on": day.isoformat(), "document": document,
            "term_from": day.isoformat(), "term_to": talents.term_end(day.isoformat(), years) if years else None,
            "talent_state": MANAGED, "allowance_state": PAID if of.scheme["allowance"] else None,
        }  # fmt: skip

    def _movable(self, of: Round, ids: Sequence[int]) -> list[Candidate]:
        chosen = [one for one in self.candidates(of.id) if one.id in ids]
        if not chosen:
            raise DomainError("selection.nobody")
        granted = [one.name for one in chosen if one.state == GRANTED]
        if granted:
            raise DomainError("selection.granted", names="、".join(granted))
        return chosen

    def _set_state(self, change: Transaction, chosen: Sequence[Candidate], state: str) -> None:
        change.update_many(KIND, [(one.id, {"candidate_state": state}) for one in chosen])
