"""Values beside the rows of a list that need more than the row, worked out for many rows at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.registers.register import Register
from socialwork_app.persistence.listing import Row
from socialwork_app.services import appraisals, courses, exam_results
from socialwork_app.services.appraisals import AppraisalsBeside
from socialwork_app.services.courses import PlacesBeside
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.hours import HoursBeside
from socialwork_app.services.opened import OpenRegister

CHUNK = 1_000
DERIVED = {
    "exam_entries": exam_results.DERIVED,
    "learning": ("counted_in",),
    "certificates": ("period_hours",),
    "training_signups": courses.DERIVED,
    "appraisals": appraisals.DERIVED,
}


Derive = Callable[[Sequence[Row], Sequence[str]], dict[int, dict[str, Value]]]
"""Values by row id, of rows that come together."""


def with_derived(opened: OpenRegister, register: Register, rows: Iterable[Row], keys: Sequence[str]) -> Iterator[Row]:
    wanted = [key for key in keys if key in DERIVED.get(register.key, ())]
    if not wanted:
        return iter(rows)
    return _beside(rows, wanted, _deriving(opened, register))


def _deriving(opened: OpenRegister, register: Register) -> Derive:
    if register.key == "exam_entries":
        return ExamResults(opened).derive
    if register.key == "appraisals":
        return AppraisalsBeside(opened).derive
    return PlacesBeside(opened).derive if register.key == "training_signups" else HoursBeside(opened).derive


def _beside(rows: Iterable[Row], wanted: Sequence[str], derive: Derive) -> Iterator[Row]:
    stream = iter(rows)
    while part := list(islice(stream, CHUNK)):
        found = derive(part, wanted)
        for row in part:
            yield Row(row.id, row.owner_id, {**row.values, **dict.fromkeys(wanted), **found[row.id]})
