"""Values beside the rows of a list that need more than the row, worked out for many rows at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence.listing import Row
from socialwork_app.services import exam_results
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.hours import HoursBeside
from socialwork_app.services.opened import OpenRegister

CHUNK = 1_000
DERIVED = {"exam_entries": exam_results.DERIVED, "learning": ("counted_in",), "certificates": ("period_hours",)}


Derive = Callable[[Sequence[Row], Sequence[str]], dict[int, dict[str, Value]]]
"""Values by row id, of rows that come together."""


def with_derived(opened: OpenRegister, register: Register, rows: Iterable[Row], keys: Sequence[str]) -> Iterator[Row]:
    wanted = [key for key in keys if key in DERIVED.get(register.key, ())]
    if not wanted:
        return iter(rows)
    derive: Derive = ExamResults(opened).derive if register.key == "exam_entries" else HoursBeside(opened).derive
    return _beside(rows, wanted, derive)


def _beside(rows: Iterable[Row], wanted: Sequence[str], derive: Derive) -> Iterator[Row]:
    stream = iter(rows)
    while part := list(islice(stream, CHUNK)):
        found = derive(part, wanted)
        for row in part:
            yield Row(row.id, row.owner_id, {**row.values, **dict.fromkeys(wanted), **found[row.id]})
