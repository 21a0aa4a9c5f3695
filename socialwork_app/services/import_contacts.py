"""Import: contacts with people, as the log of the year has them."""

from collections.abc import Mapping

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import Outcome
from socialwork_app.services.import_compare import Planned
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_items import Items
from socialwork_app.services.import_plan import Plan


class ContactLog(Items):
    """A contact is the same by day and form, unless it was about something else: its reply mostly comes later."""

    def plan_item(self, entry: Entry, owner: Plan, values: Mapping[str, Value]) -> Planned:
        fits = [one for one in self.children(owner, self.main.key) if self._same(one.values, values)]
        if fits:
            return self.settled(entry, fits[0], values, first=False)
        owner.children.append(Plan(self.main.key, None, self.filled(self.main.key, values), {}))
        return Outcome.CREATED, []

    def _same(self, stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
        alike = all(stands[key] == given.get(key) for key in self.kind.same)
        about = {stands["matter"], given.get("matter")} - {None, ""}
        return alike and len(about) < 2
