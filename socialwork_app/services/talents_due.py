"""Terms of titles that end, and lists that are shown to the public."""

from collections.abc import Iterator
from datetime import date

from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.sentences import sentence
from socialwork_app.domain.talents import PUBLISHED
from socialwork_app.persistence.rows import rows_where, values_of
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.selection import KIND, Round, Selection
from socialwork_app.services.talents import managed

TERM, TERM_TITLE = "talent_term", "人才管理期"
PUBLICATION, PUBLICATION_TITLE = "talent_publication", "人才公示"


def talents_due(opened: OpenRegister, day: date) -> list[Matter]:
    """The most urgent first."""
    return sorted([*_terms(opened, day), *_publications(opened, day)], key=lambda one: (one.due, one.person_id))


def _terms(opened: OpenRegister, day: date) -> Iterator[Matter]:
    """Of titles that are said to be managed: also of whoever has left, for the title is still to be ended."""
    ahead = opened.rules().number("due.talent_days", day)
    with opened.database.read() as connection:
        held = [(one, PartialDate.parse(one.values["term_to"]).latest())
                for one in managed(connection, opened) if one.values["term_to"]]  # fmt: skip
        ending = [(one, until) for one, until in held if (until - day).days <= ahead]
        names = values_of(connection, opened.schema, "people", "name", {one.person_id for one, _ in ending})
    for one, until in ending:
        over = until < day
        message = sentence("due.term_over" if over else "due.term_ends", until=one.values["term_to"],
                           days=(until - day).days)  # fmt: skip
        yield Matter(TERM, TERM_TITLE, one.person_id, one.id, names[one.person_id], "", until, over, message)


def _publications(opened: OpenRegister, day: date) -> Iterator[Matter]:
    """Of rounds with somebody who waits for the decision."""
    with opened.database.read() as connection:
        waiting = rows_where(connection, opened.schema, KIND, {"candidate_state": [PUBLISHED]}, ("round",))
    rounds = {row["round"] for row in waiting}
    for one in Selection(opened).rounds() if rounds else ():
        if one.id in rounds and one.publication.last:
            yield _publication(one, one.publication.last, day)


def _publication(of: Round, last: str, day: date) -> Matter:
    code = "due.publication_over" if of.publication.over(day) else "due.publication_runs"
    message = sentence(code, round=of.title, until=last)
    return Matter(PUBLICATION, PUBLICATION_TITLE, 0, of.id, "", "", PartialDate.parse(last).latest(), False, message)


def told(opened: OpenRegister, day: date) -> tuple[str, ...]:
    """The same in a few sentences for the desk."""
    found = talents_due(opened, day)
    terms = [one for one in found if one.kind == TERM]
    over, ending = [one for one in terms if one.overdue], [one for one in terms if not one.overdue]
    lines = [sentence("due.terms_over", count=len(over), person=over[0].person)] if over else []
    lines += [sentence("due.terms_end", count=len(ending), person=ending[0].person, until=ending[0].due.isoformat())
              ] if ending else []  # fmt: skip
    return (*lines, *(one.message for one in found if one.kind == PUBLICATION))
