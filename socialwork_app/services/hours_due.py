"""Who has to learn more before the registration period ends."""

from datetime import date

from socialwork_app.domain.sentences import sentence
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.shortfall import Shortfall

TITLE = "继续教育"


def hours_due(opened: OpenRegister, day: date) -> list[Matter]:
    """Short in a period that ends as soon as a renewal is reminded of."""
    within = opened.rules().number("due.warn_days", day)
    return [
        Matter("hours", TITLE, one.person_id, one.certificate_id, one.name, one.period.level, one.period.until, False,
               sentence("due.hours_short", short=one.total.short, until=one.period.until.isoformat(),
                        per_month=one.pace(day).per_month))
        for one in Shortfall(opened).short(day, within)
    ]  # fmt: skip


def told(opened: OpenRegister, day: date) -> tuple[str, ...]:
    """In a sentence for the desk; none where nobody is short."""
    within = opened.rules().number("due.warn_days", day)
    people = {one.person_id for one in Shortfall(opened).short(day, within)}
    return (sentence("desk.hours_short", days=within, count=len(people)),) if people else ()
