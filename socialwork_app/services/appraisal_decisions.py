"""From the result of a year to the title: what is suggested, what was decided, and what that does to title and allowance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from socialwork_app.domain.talents import LEFT, Decision, Suggestion
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence.rows import rows_where
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.appraisal_begin import holders
from socialwork_app.services.appraisals import KIND, NOT_APPRAISED, Appraisals, Appraised, told
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talent_state import PAID, SUSPENDED, set_allowance, set_state


@dataclass(frozen=True, slots=True)
class Suggested:
    """`scheme`: its title; `appraisal` None: the person holds a title in the year and was not appraised."""

    person_id: int
    name: str
    scheme: str
    appraisal: int | None
    score: float | None
    grade: str | None
    suggestion: Suggestion | None
    reason: str


def suggest(opened: OpenRegister, scheme: int | None, year: int) -> list[Suggested]:
    """Of a scheme, or scheme by scheme: for everybody appraised, then for the holders who were not."""
    asked = {} if scheme is None else {"id": [scheme]}
    with opened.database.read() as connection:
        schemes = rows_where(connection, opened.schema, "talent_schemes", asked, ("id", "title"))
    known = Appraisals(opened)
    return [
        one
        for each in sorted(schemes, key=itemgetter("title"))
        for one in _of_scheme(known, each["id"], each["title"], year)
    ]


def _of_scheme(known: Appraisals, scheme: int, title: str, year: int) -> Iterator[Suggested]:
    for one in known.of_year(scheme, year):
        yield Suggested(one.person_id, one.name, title, one.id, one.total, one.grade, one.suggestion, one.reason)
    due = holders(known.opened, scheme, year).due
    with known.opened.database.read() as connection:
        persons = rows_where(connection, known.opened.schema, "people", {"id": due})
    for person in persons:
        suggestion = known.suggest(due[person["id"]], person, {}, year)
        reason = told(suggestion, NOT_APPRAISED)
        yield Suggested(person["id"], person["name"], title, None, None, None, suggestion, reason)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: `day` ISO, `reason` needed where it is not what was suggested; `state`: the title's where it is
    withdrawn."""

    decision: Decision
    day: str
    document: str = ""
    reason: str = ""
    state: str = LEFT


def decide(opened: OpenRegister, ids: Sequence[int], decided: Decided) -> Changes:
    """On the appraisals and on the titles, as one change."""
    found = Appraisals(opened).of_ids(ids)
    _refuse_without_reason(found, decided)
    _refuse_without_title(found, decided)
    with opened.change("decide", KIND, f"处理决定，{len(found)} 人") as change:
        values = {"decision": decided.decision.value, "decided_on": decided.day,
                  "decision_document": decided.document or None, "decision_reason": decided.reason or None}  # fmt: skip
        change.update_many(KIND, [(one.id, values) for one in found])
        for one in found:
            _act(change, one, decided)
        change.commit()
    return Changes(frozenset({KIND, "talents"}), frozenset(ids), change.change_id)


def _refuse_without_reason(found: Sequence[Appraised], decided: Decided) -> None:
    against = [one.name for one in found if not one.suggestion or one.suggestion.decision != decided.decision]
    if against and not decided.reason.strip():
        raise DomainError("appraisal.reason_missing", names="、".join(against))


def _refuse_without_title(found: Sequence[Appraised], decided: Decided) -> None:
    untitled = [one.name for one in found if one.holding is None]
    if untitled and decided.decision in (Decision.SUSPEND, Decision.WITHDRAW):
        raise DomainError("appraisal.no_title", names="、".join(untitled))


def _act(change: Transaction, one: Appraised, decided: Decided) -> None:
    """A talk leaves the title as it is; what is kept is paid again where it had been stopped, but not a title that is gone."""
    if one.holding is None:
        return
    titles, allowance = [one.holding.id], one.holding.values["allowance_state"]
    if decided.decision is Decision.WITHDRAW:
        set_state(change, titles, decided.state, decided.day, decided.document, decided.reason or one.reason)
    if decided.decision is Decision.KEEP and allowance == SUSPENDED and not one.holding.withdrawn:
        set_allowance(change, titles, PAID)
    if decided.decision in (Decision.SUSPEND, Decision.WITHDRAW) and allowance in (PAID, None):
        set_allowance(change, titles, SUSPENDED)
