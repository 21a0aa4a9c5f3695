"""学时不足名单: who has too few hours in the period that runs on a day."""

from collections.abc import Iterator, Mapping
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References
from socialwork_app.services.shortfall import Shortfall


def rows(opened: OpenRegister, day: date) -> Iterator[Mapping[str, Value]]:
    references = References(opened)
    units = {row_id: name for name, row_id in references.organisations.items()}
    towns = {place.id: place.name for place in references.gazetteer.by_id.values()}
    label = opened.catalogue.code_lists["level"].label
    for one in Shortfall(opened).short(day):
        period, total = one.period, one.total
        yield {"name": one.name, "employer": units.get(one.employer or 0), "township": towns.get(one.township or 0),
               "phone": one.phone, "level": label(period.level), "since": period.since.isoformat(),
               "until": period.until.isoformat(), "required": total.required, "earned": total.earned,
               "short": total.short}  # fmt: skip
