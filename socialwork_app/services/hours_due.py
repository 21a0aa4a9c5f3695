"""Who has to learn more before the registration period ends."""

from datetime import date

from socialwork_app.domain.sentences import sentence
from socialwork_app.services.hours import Hours
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister

TITLE = "继续教育"


def hours_due(opened: OpenRegister, day: date) -> list[Matter]:
    """Short in a period that ends as soon as a renewal is reminded of."""
    within = opened.rules().number("due.warn_days", day)
    return [
        Matter("hours", TITLE, one.person_id, one.certificate_id or 0, one.name, one.level, one.period.until, False,
               sentence("due.hours_short", short=one.short, until=one.period.until.isoformat(),
                        per_month=one.pace.per_month))
        for one in Hours(opened).short(day, within) if one.period and one.pace
    ]  # fmt: skip
