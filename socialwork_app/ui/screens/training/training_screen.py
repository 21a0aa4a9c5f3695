"""Training and continuing education: the courses, who signed up, who has too few hours, and the ledger of learning."""

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.registers.catalogue import COURSES, LEARNING, TRAINING_SIGNUPS
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.tabs import Tab, TabbedScreen, records_of


def _signing_up(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.training.signup_tab import SignUpTab

    return SignUpTab(at)


def _shortfall(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.training.shortfall_tab import ShortfallTab

    return ShortfallTab(at)


def _attendance(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.training.attendance_tab import AttendanceTab

    return AttendanceTab(at)


TABS: tuple[Tab, ...] = (
    (COURSES.title, records_of(COURSES.key)),
    ("报名录入", _signing_up),
    (TRAINING_SIGNUPS.title, records_of(TRAINING_SIGNUPS.key)),
    ("签到与结业", _attendance),
    ("学时不足", _shortfall),
    (LEARNING.title, records_of(LEARNING.key)),
)


class TrainingScreen(TabbedScreen):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("培训与继续教育", TABS, at, parent)
