"""Values beside the rows of a list that need more than the row, worked out for many rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence.listing import Row
from socialwork_app.services import exam_results
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.opened import OpenRegister

CHUNK = 1_000


def with_derived(opened: OpenRegister, register: Register, rows: Iterable[Row], keys: Sequence[str]) -> Iterator[Row]:
    wanted = [key for key in keys if key in exam_results.DERIVED] if register.key == "exam_entries" else []
    if not wanted:
        yield from rows
        return
    results, stream = ExamResults(opened), iter(rows)
    while part := list(islice(stream, CHUNK)):
        found = results.derive(part, wanted)
        for row in part:
            yield Row(row.id, row.owner_id, {**row.values, **dict.fromkeys(wanted), **found[row.id]})
