"""What the page of contacts shows, read in one go away from the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.pinyin import normalise_query, search_keys
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.contacts import LEADERS, Keeper, Standing, keepers, rows, standing
from socialwork_app.services.contacts_due import request_days
from socialwork_app.services.opened import OpenRegister


@dataclass(frozen=True, slots=True)
class ContactsState:
    """`leaders`: all of them by row id, those in post first. `keys`: by what each person's name is found."""

    day: date
    people: list[Standing]
    leaders: dict[int, Keeper]
    request_days: int
    keys: dict[int, tuple[str, ...]]

    def wanted(self, shown: str, typed: str) -> list[Standing]:
        """`shown`: one of SHOWN; `typed`: "" for everybody."""
        fits, query = SHOWN[shown], normalise_query(typed)
        return [one for one in self.people if fits(self, one) and self._found(one, query)]

    def _found(self, one: Standing, query: str) -> bool:
        return query in one.person.unit or any(key.startswith(query) for key in self.keys[one.person.id])

    def kept_by(self, leader: int) -> int:
        """With how many people a leader keeps contact."""
        return sum(any(each.id == leader for each in one.leaders) for one in self.people)


MANAGED = "在管人才"
SHOWN: dict[str, Callable[[ContactsState, Standing], bool]] = {
    MANAGED: lambda _state, one: one.in_term,
    "没有在任的联系领导": lambda _state, one: one.in_term and not any(each.in_post for each in one.leaders),
    "本年尚未联系": lambda state, one: one.in_term and not one.of_year(state.day.year),
    "有待办诉求": lambda state, one: bool(one.open(state.day)),
    "不在管而仍有领导联系": lambda _state, one: not one.in_term,
}


def read(opened: OpenRegister, control: Control) -> ContactsState:
    control.step(0)
    day = opened.today()
    people = standing(opened, day)
    known = keepers(opened, [row["id"] for row in rows(opened, LEADERS, {}, ("id",))], day)
    in_order = sorted(known.values(), key=lambda one: (not one.in_post, one.name))
    keys = {one.person.id: search_keys(one.person.name) for one in people}
    return ContactsState(day, people, {one.id: one for one in in_order}, request_days(opened, day), keys)


def figures(state: ContactsState) -> str:
    """Of those in term; requests of everybody."""
    managed = [one for one in state.people if one.in_term]
    contacted = sum(bool(one.of_year(state.day.year)) for one in managed)
    waiting = sum(len(one.open(state.day)) for one in state.people)
    return f"在管 {len(managed):,} 人，本年已联系 {contacted:,} 人，待办诉求 {waiting:,} 条"
