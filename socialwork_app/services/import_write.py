"""Import, stage four: a checked plan becomes rows, as one batch in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext

from socialwork_app.domain.fields.field import Value
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import Preview
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.training_signup import give_way

BATCH = 5_000
Owned = tuple[Plan, int | None]
"""A plan and the row id of its owner."""


def write(opened: OpenRegister, change: Transaction, preview: Preview, control: Control) -> None:
    """Makes units first, then people, then what hangs on them; new rows in bulk, changed ones singly."""
    writer = _Writer(opened, change, preview)
    with change.indexes_aside("people") if _outgrown(change, preview) else nullcontext():
        writer.write(preview.plans, control)


def _outgrown(change: Transaction, preview: Preview) -> bool:
    """Whether more people come than there are: then it is quicker to index all of them at once at the end."""
    people = sum(plan.new for plan in preview.plans if plan.register == "people")
    return people >= change.next_id("people")


class _Writer:
    def __init__(self, opened: OpenRegister, change: Transaction, preview: Preview) -> None:
        self._opened = opened
        self._change = change
        self._references = preview.references
        self._next: dict[str, int] = {}

    def write(self, plans: Iterable[Plan], control: Control) -> None:
        """Level by level: owners have their ids before what belongs to them. A level is of one register."""
        level: list[Owned] = [(plan, None) for plan in plans]
        while level:
            below: list[Owned] = []
            for start in range(0, len(level), BATCH):
                control.step(start, len(level), "write")
                part = level[start : start + BATCH]
                ids = self._write_part(part)
                below += [
                    (child, row_id) for (plan, _), row_id in zip(part, ids, strict=True) for child in plan.children
                ]
            level = below

    def _write_part(self, part: Sequence[Owned]) -> list[int]:
        """Their row ids, in order."""
        register = self._opened.catalogue[part[0][0].register]
        references = self._references.fields_of(register)
        owner_column = self._opened.schema.owner_column(register) if register.owner else ""
        made: list[dict[str, Value]] = []
        changed: list[tuple[int, Mapping[str, Value]]] = []
        ids: list[int] = []
        for plan, owner in part:
            row_id = self._new_id(register.key) if plan.id is None else plan.id
            ids.append(row_id)
            if plan.id is None:
                owned = {owner_column: owner} if owner_column else {}
                made.append({"id": row_id, **owned, **plan.values})
                self._references.settle_into(self._change, made[-1], references)
            elif plan.changed:
                changed.append((row_id, self._references.settle(self._change, register, plan.changed)))
        self._change.update_many(register.key, changed)
        self._change.insert_many(register.key, made)
        for (plan, _), row_id in zip(part, ids, strict=True):
            if plan.replaces:
                give_way(self._opened, self._change, plan.replaces, row_id)
        return ids

    def _new_id(self, kind: str) -> int:
        if kind not in self._next:
            self._next[kind] = self._change.next_id(kind)
        self._next[kind] += 1
        return self._next[kind] - 1
