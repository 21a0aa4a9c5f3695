"""学时不足名单: who has too few hours in the period that runs on a day."""

from collections.abc import Iterator, Mapping
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.services.hours import Hours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

WITHIN = 1_500
"""Days: a period has three years, so all that run on the day end within so many."""


def rows(opened: OpenRegister, day: date) -> Iterator[Mapping[str, Value]]:
    references = References(opened)
    units = {row_id: name for name, row_id in references.organisations.items()}
    towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
    label = opened.catalogue.code_lists["level"].label
    for one in Hours(opened).short(day, WITHIN):
        if one.meter and one.period:
            yield {"name": one.name, "employer": units.get(one.employer or 0), "township": towns.get(one.township or 0),
                   "phone": one.phone, "level": label(one.level), "since": one.period.since.isoformat(),
                   "until": one.period.until.isoformat(), "required": one.meter.required, "earned": one.meter.earned,
                   "short": one.meter.short}  # fmt: skip
