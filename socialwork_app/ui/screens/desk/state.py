"""Everything the desk shows, read in one go away from the window's thread."""

from dataclasses import dataclass
from datetime import date, timedelta

from socialwork_app.foundation.jobs import Control
from socialwork_app.services import appraisals_due, contacts_due, hours_due, talents_due
from socialwork_app.services.automatic_backups import AutomaticBackups, BackupState
from socialwork_app.services.due import DueItem, DueList
from socialwork_app.services.exam_due import ExamDueList
from socialwork_app.services.history import Batch, History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.statistics import Figures, Statistics
from socialwork_app.services.training_due import training_due

LATEST_IMPORTS = 5
MOST_DUE = 200
"""Lines: what can be read in one go; the others are counted."""


@dataclass(frozen=True, slots=True)
class DeskState:
    """`due`: overdue or within `warn_days`, the most urgent first; of `due_total` the first MOST_DUE.
    `levels`: stored value and label. `exam`, `training`, `talents`: what the exam's calendar, hours and courses, the
    titles of talents and the contact with them say, in sentences. `backup`: the last good one, and what is to be said of it.
    """

    day: date
    figures: Figures
    due: tuple[DueItem, ...]
    due_total: int
    imports: tuple[Batch, ...]
    levels: tuple[tuple[str, str], ...]
    warn_days: int
    exam: tuple[str, ...]
    training: tuple[str, ...]
    talents: tuple[str, ...]
    backup: BackupState

    @property
    def is_empty(self) -> bool:
        return self.figures.people == 0 and not self.imports


def read(opened: OpenRegister, control: Control) -> DeskState:
    day = opened.today()
    figures = Statistics(opened).as_of(day, control)
    warn_days = opened.rules().number("due.warn_days", day)
    due, due_total = DueList(opened).most_urgent(day, day + timedelta(days=warn_days), MOST_DUE, control)
    levels = tuple((entry.value, entry.label) for entry in opened.catalogue.code_lists["level"].entries)
    imports = History(opened).batches()[:LATEST_IMPORTS]
    exam = tuple(item.message for item in ExamDueList(opened).windows(day))
    training = (*hours_due.told(opened, day), *(item.message for item in training_due(opened, day)))
    talents = (*talents_due.told(opened, day), *appraisals_due.told(opened, day), *contacts_due.told(opened, day))
    backup = AutomaticBackups(opened).state()
    return DeskState(day, figures, due, due_total, imports, levels, warn_days, exam, training, talents, backup)
