"""Import: what applying would do, as it is shown before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.imports import Outcome
from socialwork_app.domain.values import Parser
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_tables import LeftOutRow, Reading, RowProblem
from socialwork_app.services.references import References


class Shown(NamedTuple):
    """How values are shown in a preview."""

    parser: Parser
    references: References

    def text(self, field_: Field, value: Value) -> str:
        if field_.kind is Kind.REFERENCE:
            return self.references.label(field_, value)
        return self.parser.display(field_, value, masked=True)


class CellChange(NamedTuple):
    """Its texts are made when they are looked at: of most rows nobody does."""

    field: Field
    stands: Value
    given: Value
    shown: Shown

    @property
    def label(self) -> str:
        return self.field.label

    @property
    def old(self) -> str:
        return self.shown.text(self.field, self.stands)

    @property
    def new(self) -> str:
        return self.shown.text(self.field, self.given)


class PreviewRow(NamedTuple):
    """A tuple, like the cells in it: an import makes as many as the file has rows."""

    sheet: str
    number: int
    outcome: Outcome
    name: str
    cells: tuple[CellChange, ...]
    problems: tuple[RowProblem, ...]


class Candidate(NamedTuple):
    """Somebody in the register whom a row may mean; numbers are masked."""

    person_id: int
    text: str


class Question(NamedTuple):
    """Who a row means: one of these, or where it `may_be_new` somebody to be made."""

    candidates: tuple[Candidate, ...]
    may_be_new: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying would do. `plans` are for `import_write`; `seen_change` tells whether the register moved on;
    `questions` are by sheet and row. `remarks`: those of the problems that are of no row and no column."""

    reading: Reading
    rows: tuple[PreviewRow, ...]
    problems: tuple[RowProblem, ...]
    counts: Mapping[str, int]
    left_out: tuple[LeftOutRow, ...]
    plans: tuple[Plan, ...]
    references: References
    seen_change: int
    questions: Mapping[tuple[str, int], Question]
    remarks: tuple[RowProblem, ...]
