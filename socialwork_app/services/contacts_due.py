"""What talents asked for and has waited too long."""

from datetime import date, timedelta

from socialwork_app.domain.sentences import sentence
from socialwork_app.services.contacts import open_requests, persons_of
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister

KIND, TITLE = "contact_request", "人才诉求"


def contacts_due(opened: OpenRegister, day: date) -> list[Matter]:
    """The oldest first; of whoever has left as well, for it was asked for."""
    allowed = request_days(opened, day)
    waiting = [one for one in open_requests(opened, day) if one.age(day) > allowed]
    people = persons_of(opened, {one.person_id for one in waiting}, day)
    return [
        Matter(KIND, TITLE, one.person_id, one.id, people[one.person_id].name, "", one.day + timedelta(days=allowed), True,
               sentence("due.contact_request", asked=one.values["date"], days=one.age(day)))
        for one in waiting
    ]  # fmt: skip


def request_days(opened: OpenRegister, day: date) -> int:
    """For how long something that was asked for may stay open without a reminder."""
    return opened.rules().number("due.request_days", day)


def told(opened: OpenRegister, day: date) -> tuple[str, ...]:
    """The same in a sentence for the desk."""
    waiting = contacts_due(opened, day)
    if not waiting:
        return ()
    return (
        sentence("due.contact_requests", count=len(waiting), days=request_days(opened, day), person=waiting[0].person),
    )
