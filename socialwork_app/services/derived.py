"""Values beside the rows of a list that need more than the row, worked out for many rows at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

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


class Beside(Protocol):
    def derive(self, rows: Sequence[Row], keys: Sequence[str]) -> dict[int, dict[str, Value]]:
        """Values by row id, of rows that come together."""
        ...


DERIVED: dict[str, tuple[Sequence[str], Callable[[OpenRegister], Beside]]] = {
    "exam_entries": (exam_results.DERIVED, ExamResults),
    "learning": (("counted_in",), HoursBeside),
    "certificates": (("period_hours",), HoursBeside),
    "training_signups": (courses.DERIVED, PlacesBeside),
    "appraisals": (appraisals.DERIVED, AppraisalsBeside),
}
"""By register: the keys of such values, and who works them out."""


def with_derived(opened: OpenRegister, register: Register, rows: Iterable[Row], keys: Sequence[str]) -> Iterator[Row]:
    if register.key not in DERIVED:
        return iter(rows)
    known, made_by = DERIVED[register.key]
    wanted = [key for key in keys if key in known]
    return _beside(rows, wanted, made_by(opened)) if wanted else iter(rows)


def _beside(rows: Iterable[Row], wanted: Sequence[str], beside: Beside) -> Iterator[Row]:
    stream = iter(rows)
    while part := list(islice(stream, CHUNK)):
        found = beside.derive(part, wanted)
        for row in part:
            yield Row(row.id, row.owner_id, {**row.values, **dict.fromkeys(wanted), **found[row.id]})
