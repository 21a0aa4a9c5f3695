"""Import: people, with the certificates and the registration that a row has of them."""

from collections.abc import Callable, Mapping

from socialwork_app.domain import registrations
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import Mode, Outcome
from socialwork_app.domain.problems import error, warning
from socialwork_app.services.import_compare import Comparison, Planned
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import CellChange

BEST_FIRST = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)


class People(Comparison):
    def plan(self, entry: Entry) -> Planned:
        values = entry.values["people"]
        found = self.find_person(entry, values)
        if entry.rejected:
            return Outcome.REJECTED, []
        key: object = ("id", values["id_number"]) if values.get("id_number") else ("name", values["name"], values.get("phone")
                                                                                  or values.get("employer"))  # fmt: skip
        if found is not None:
            key = found["id"]
        plan, first = self.plan_for(key, "people", values, found)
        if plan.values.get("name") != values.get("name"):
            entry.problems.append(error("person.other_name", "name"))
            return Outcome.REJECTED, []
        if first:
            plan.first_row = entry.number
        else:
            entry.problems.append(warning("person.twice", "name", row=plan.first_row))
        if not self._may_hold(entry, plan):
            return Outcome.REJECTED, []
        if not plan.new and self.mode is Mode.SKIP:
            return Outcome.SKIPPED, []
        outcome, cells = self.settled(entry, plan, values, first)
        return self._with_certificates(entry, plan, outcome, cells)

    def _may_hold(self, entry: Entry, person: Plan) -> bool:
        """A 管理号 belongs to one person only, in the register and in the file."""
        for certificate in entry.certificates:
            number = certificate.get("certificate_number")
            if not number:
                continue
            holder = self.standing.holders.get(str(number))
            other = self.numbers.setdefault(str(number), person)
            if other is not person or (holder is not None and holder != person.id):
                entry.problems.append(error("certificate_number.other_person", "certificate_number"))
                return False
        return True

    def _with_certificates(self, entry: Entry, person: Plan, outcome: Outcome, cells: list[CellChange]) -> Planned:
        """A row's outcome is the best news in it: a new certificate of a known person is something created."""
        outcomes = [outcome]
        for given in entry.certificates:
            numbered = any(_same_number(one.values, given) for one in self.children(person, "certificates"))
            plan, made = self._child(person, "certificates", given, _same_number if numbered else _same_level)
            outcomes.append(Outcome.CREATED if made else Outcome.UNCHANGED)
            if not made:
                changed = self.change(entry, plan, given)
                cells += changed
                outcomes += [Outcome.UPDATED] * bool(changed)
            outcomes.append(self._registration(entry, plan, cells))
        return next(best for best in BEST_FIRST if best in outcomes), cells

    def _registration(self, entry: Entry, certificate: Plan, cells: list[CellChange]) -> Outcome:
        given = entry.values.get("registrations")
        if not given or not any(given.get(key) for key in ("registration_number", "registered_on", "valid_until")):
            return Outcome.UNCHANGED
        entry.problems.extend(registrations.check({"registration_kind": "first", **given},
                                                  certificate.values.get("approved_on"), self.rules))  # fmt: skip
        plan, made = self._child(certificate, "registrations", given, _same_registration)
        if made:
            return Outcome.UPDATED
        changed = self.change(entry, plan, given)
        cells += changed
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def _child(
        self, owner: Plan, register: str, given: Mapping[str, Value],
        same: Callable[[Mapping[str, Value], Mapping[str, Value]], bool],
    ) -> tuple[Plan, bool]:  # fmt: skip
        for child in self.children(owner, register):
            if same(child.values, given):
                return child, False
        made = Plan(register, None, self.filled(register, given), {})
        self.add_child(owner, made)
        return made, True


def _same_number(stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    number = given.get("certificate_number")
    return bool(number) and stands.get("certificate_number") == number


def _same_level(stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    return stands.get("level") == given.get("level")


def _same_registration(stands: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    """The same day, or the same number where a day is missing."""
    days = (stands.get("registered_on"), given.get("registered_on"))
    if all(days):
        return days[0] == days[1]
    number = given.get("registration_number")
    return bool(number) and stands.get("registration_number") == number
