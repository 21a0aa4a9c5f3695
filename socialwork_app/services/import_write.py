"""Import, stage four: a checked plan becomes rows, as one batch in one transaction."""

from collections.abc import Iterable, Sequence

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.registers.register import Register
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.import_check import Plan, Preview
from socialwork_app.services.opened import OpenRegister

BATCH = 2_000


def write(opened: OpenRegister, change: Transaction, preview: Preview, control: Control) -> None:
    """Makes units first, then people, then what hangs on them; new rows in bulk, changed ones singly."""
    writer = _Writer(opened, change, preview)
    writer.write(preview.plans, control)


class _Writer:
    def __init__(self, opened: OpenRegister, change: Transaction, preview: Preview) -> None:
        self._opened = opened
        self._change = change
        self._references = preview.references
        self._next: dict[str, int] = {}

    def write(self, plans: Iterable[Plan], control: Control) -> None:
        """Level by level: owners have their ids before what belongs to them. A level is of one register."""
        level: list[tuple[Plan, int | None]] = [(plan, None) for plan in plans]
        while level:
            for start in range(0, len(level), BATCH):
                control.step(start, len(level), "write")
                self._write_part(level[start : start + BATCH])
            level = [(child, plan.id) for plan, _ in level for child in plan.children]

    def _write_part(self, part: Sequence[tuple[Plan, int | None]]) -> None:
        kind = part[0][0].register
        register = self._opened.catalogue[kind]
        new = [(plan, owner) for plan, owner in part if plan.new]
        if kind == "certificates":
            self._change.touch_people(owner for _, owner in new if owner)
        made = [self._row(register, plan, owner) for plan, owner in new]
        if kind == "people":
            self._change.touch_new_people(int(row["id"] or 0) for row in made)
        self._change.insert_many(kind, made)
        for plan, _ in part:
            if plan.changed and plan.id is not None:
                values = self._references.settle(self._change, register, plan.changed)
                self._change.update(kind, plan.id, values)

    def _row(self, register: Register, plan: Plan, owner: int | None) -> dict[str, Value]:
        plan.id = self._new_id(register.key)
        values = self._references.settle(self._change, register, plan.values)
        column = {self._opened.schema.owner_column(register): owner} if register.owner else {}
        return {"id": plan.id, **column, **values}

    def _new_id(self, kind: str) -> int:
        if kind not in self._next:
            self._next[kind] = self._change.next_id(kind)
        self._next[kind] += 1
        return self._next[kind] - 1
