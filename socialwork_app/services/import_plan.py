"""Import: what is to become of one record."""

from dataclasses import dataclass, field

from socialwork_app.domain.fields.field import Value


def _no_children() -> "list[Plan]":
    return []


@dataclass(slots=True)
class Plan:
    """One record to be made (`id` None) or changed; `values` is what it will hold, `changed` what differs.

    `replaces`: the sign-up whose place a new one takes.
    """

    register: str
    id: int | None
    values: dict[str, Value]
    changed: dict[str, Value]
    children: "list[Plan]" = field(default_factory=_no_children)
    first_row: int = 0
    replaces: int | None = None

    @property
    def new(self) -> bool:
        return self.id is None
