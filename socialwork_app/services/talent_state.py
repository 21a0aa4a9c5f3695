"""What a decision does to a title: its state, and whether the allowance is paid. Part of a larger change."""

from collections.abc import Sequence

from socialwork_app.domain.fields.field import Value
from socialwork_app.persistence.transaction import Transaction

KIND = "talents"
PAID, SUSPENDED = "paid", "suspended"


def set_state(change: Transaction, titles: Sequence[int], state: str, day: str, document: str, reason: str) -> None:
    """`state` is a value of the list talent_state, `day` an ISO date as precise as it is known."""
    values: dict[str, Value] = {
        "talent_state": state, "state_on": day, "state_document": document or None, "state_reason": reason or None,
    }  # fmt: skip
    change.update_many(KIND, [(row_id, values) for row_id in titles])


def set_allowance(change: Transaction, titles: Sequence[int], paid: str) -> None:
    change.update_many(KIND, [(row_id, {"allowance_state": paid}) for row_id in titles])
