"""The exam on one page: signing up, the lists of it, and what it is judged by."""

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.registers.catalogue import ELIGIBILITY_RULES, EXAM_ENTRIES, EXAM_SITTINGS
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.tabs import Tab, TabbedScreen, records_of


def _fast_entry(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.fast_entry import FastEntry

    return FastEntry(at)


def _results(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.results_tab import ResultsTab

    return ResultsTab(at)


def _forecast(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.forecast_tab import ForecastTab

    return ForecastTab(at)


TABS: tuple[Tab, ...] = (
    ("快速录入", _fast_entry),
    (EXAM_ENTRIES.title, records_of(EXAM_ENTRIES.key)),
    ("成绩与合格", _results),
    ("下年预测", _forecast),
    *((register.title, records_of(register.key)) for register in (EXAM_SITTINGS, ELIGIBILITY_RULES)),
)


class ExamsScreen(TabbedScreen):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("考试", TABS, at, parent)
