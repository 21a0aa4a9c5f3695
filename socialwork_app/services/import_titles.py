"""Import: titles of talents from the ledgers of the years."""

from collections.abc import Mapping

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import Outcome
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.problems import error
from socialwork_app.services import talent_rules
from socialwork_app.services.import_compare import Planned
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_items import Items
from socialwork_app.services.import_plan import Plan


class Titles(Items):
    """Somebody has a title of a scheme once a round; without a round the day it was granted tells two apart."""

    def plan_item(self, entry: Entry, owner: Plan, values: Mapping[str, Value]) -> Planned:
        fits = self._fitting(owner, values)
        if len(fits) > 1:
            entry.problems.append(error("talent.several_titles", "round", count=len(fits)))
            return Outcome.REJECTED, []
        stands = fits[0].values if fits else self.filled(self.main.key, {})
        whole = {**stands, **values}
        entry.problems += talent_rules.check_title(self.opened, whole, fits[0].id if fits else None, owner.id)
        if entry.rejected:
            return Outcome.REJECTED, []
        given = {**values, "term_to": whole["term_to"]}
        if fits:
            return self.settled(entry, fits[0], given, first=False)
        owner.children.append(Plan(self.main.key, None, self.filled(self.main.key, given), {}))
        return Outcome.CREATED, []

    def _fitting(self, owner: Plan, values: Mapping[str, Value]) -> list[Plan]:
        held = [one for one in self.children(owner, self.main.key) if one.values["scheme"] == values.get("scheme")]
        of_round = [one for one in held if values.get("round") and one.values["round"] == values["round"]]
        return of_round or [one for one in held if _may_be(one.values, values)]


def _may_be(stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    """Where one of both names no round: unless they were granted on different days."""
    if stands["round"] and given.get("round"):
        return False
    days = stands["granted_on"], given.get("granted_on")
    return not all(days) or PartialDate.parse(str(days[0])).covers(PartialDate.parse(str(days[1])))
