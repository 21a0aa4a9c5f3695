"""Everything the desk shows, read in one go away from the window's thread."""

from dataclasses import dataclass
from datetime import date, timedelta

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.due import DueItem, DueList
from socialwork_app.services.history import Batch, History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.statistics import Figures, Statistics

LATEST_IMPORTS = 5


@dataclass(frozen=True, slots=True)
class DeskState:
    """`due`: overdue or within `warn_days`, the most urgent first. `levels`: stored value and label."""

    day: date
    figures: Figures
    due: tuple[DueItem, ...]
    imports: tuple[Batch, ...]
    levels: tuple[tuple[str, str], ...]
    warn_days: int

    @property
    def is_empty(self) -> bool:
        return self.figures.people == 0 and not self.imports


def read(opened: OpenRegister, control: Control) -> DeskState:
    day = opened.today()
    control.step(0, 3)
    figures = Statistics(opened).as_of(day)
    control.step(1, 3)
    warn_days = opened.rules().number("due.warn_days", day)
    limit = day + timedelta(days=warn_days)
    due = tuple(item for item in DueList(opened).on(day) if item.due <= limit)
    control.step(2, 3)
    levels = tuple((entry.value, entry.label) for entry in opened.catalogue.code_lists["level"].entries)
    return DeskState(day, figures, due, History(opened).batches()[:LATEST_IMPORTS], levels, warn_days)
