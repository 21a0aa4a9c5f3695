"""What the entry page has to be told of what people are signed up for: an exam, a training course."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.fast_entry import BlockLine, Entered, EnteredAll, Proposed
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.ui.models.cell_model import Cell
from socialwork_app.ui.screens.entry.details import Details
from socialwork_app.ui.screens.entry.entered_table import Columns, EnteredRow

P = TypeVar("P", bound=Proposed)
G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Words:
    """`entered`, `block`: the subject's own columns of both tables."""

    card: str
    how_to: str
    none_found: str
    entered: Columns
    block: Columns


class Service(Protocol[P]):
    """The use cases for the exam or course that was chosen; called in jobs."""

    def propose(self, person_id: int) -> P: ...

    def judge_block(self, text: str, control: Control | None = None) -> list[BlockLine[P]]: ...

    def enter_all(self, proposals: Sequence[P], control: Control | None = None) -> EnteredAll[P]: ...


class Subject(Protocol[P, G]):
    """`P`: what signing somebody up would mean. `G`: what the officer gives beside it."""

    @property
    def words(self) -> Words: ...

    @property
    def head(self) -> Sequence[tuple[str, QWidget]]:
        """The choosers, each with its label."""
        ...

    @property
    def details(self) -> Details[P, G]: ...

    @property
    def finding(self) -> PeopleFinding: ...

    def when_changed(self, act: Callable[[], None]) -> None:
        """Call it whenever another exam or course is chosen."""
        ...

    def missing(self) -> str:
        """What has to be done before anybody can be signed up; "" if nothing."""
        ...

    def service(self) -> Callable[[], Service[P]]:
        """Makes the service for what is chosen now, in the job that asks for it."""
        ...

    def entering(self, proposal: P, given: G) -> Callable[[], Entered]:
        """Signs the person up for what is chosen now, in the job that calls it."""
        ...

    def as_usual(self, proposal: P) -> G:
        """What is given for somebody who is one of a block."""
        ...

    def row(self, proposal: P, given: G, said: str, /) -> EnteredRow:
        """Of the table of those entered; `said`: what became of it."""
        ...

    def block_cells(self, proposal: P) -> Sequence[Cell]: ...
