"""Everything that falls due or waits, of all subjects, the most urgent first."""

from datetime import date

from socialwork_app.services.appraisals_due import appraisals_due
from socialwork_app.services.contacts_due import contacts_due
from socialwork_app.services.due import DueItem, DueList
from socialwork_app.services.exam_due import ExamDueList
from socialwork_app.services.hours_due import hours_due
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.talents_due import talents_due
from socialwork_app.services.training_due import training_due


def open_matters(opened: OpenRegister, day: date) -> list[DueItem | Matter]:
    found = [
        *DueList(opened).on(day),
        *ExamDueList(opened).on(day),
        *hours_due(opened, day),
        *training_due(opened, day),
        *contacts_due(opened, day),
        *talents_due(opened, day),
        *appraisals_due(opened, day),
    ]
    return sorted(found, key=lambda one: (one.due, one.person_id))
