"""The exam on one page: signing up, the lists of it, and what it is judged by; each tab is made on first sight."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import ELIGIBILITY_RULES, EXAM_ENTRIES, EXAM_SITTINGS
from socialwork_app.ui.screens import factory
from socialwork_app.ui.screens.factory import Guarded, Holding, Workplace
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.widgets.card import page_title

MARGINS = (16, 12, 16, 12)


def _fast_entry(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.fast_entry import FastEntry

    return FastEntry(at)


def _results(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.results_tab import ResultsTab

    return ResultsTab(at)


def _forecast(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.forecast_tab import ForecastTab

    return ForecastTab(at)


def _records(kind: str) -> Callable[[Workplace], QWidget]:
    return lambda at: factory.make(kind, at)


TABS: tuple[tuple[str, Callable[[Workplace], QWidget]], ...] = (
    ("快速录入", _fast_entry),
    (EXAM_ENTRIES.title, _records(EXAM_ENTRIES.key)),
    ("成绩与合格", _results),
    ("下年预测", _forecast),
    *((register.title, _records(register.key)) for register in (EXAM_SITTINGS, ELIGIBILITY_RULES)),
)


class ExamsScreen(QWidget):
    screen_asked = Signal(str)
    record_asked = Signal(str, int)
    """Register and row id of a record to be shown."""

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = at
        self._pages: dict[int, QWidget] = {}
        self._holders: list[QVBoxLayout] = []
        self._at = 0
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("考试的各页")
        for title, _ in TABS:
            holder = QWidget()
            self._holders.append(QVBoxLayout(holder))
            self._holders[-1].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(page_title("考试"))
        layout.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._go_to)
        self.page(0)

    def page(self, index: int) -> QWidget:
        if index not in self._pages:
            made = self._pages[index] = TABS[index][1](self._workplace)
            made.setAccessibleName(TABS[index][0])
            self._holders[index].addWidget(made)
            self._pass_on(made)
        return self._pages[index]

    def _pass_on(self, page: QWidget) -> None:
        """Where a tab leads to is the window's business."""
        for name in ("screen_asked", "record_asked"):
            theirs = getattr(page, name, None)
            if theirs is not None:
                theirs.connect(getattr(self, name))

    def records(self, key: str) -> RecordsScreen | None:
        """The list of this register, brought to the front; None where the tab shown is not to be left."""
        title = self._workplace.opened.catalogue[key].title
        index = [shown for shown, _ in TABS].index(title)
        self.tabs.setCurrentIndex(index)
        page = self.page(index)
        return page if self._at == index and isinstance(page, RecordsScreen) else None

    def _go_to(self, index: int) -> None:
        """A tab with unsaved changes is not left behind unasked."""
        if index != self._at and not self._may_leave(self._at):
            self.tabs.setCurrentIndex(self._at)
            return
        self._at = index
        self.page(index)

    def may_leave(self) -> bool:
        return self._may_leave(self._at)

    def _may_leave(self, index: int) -> bool:
        page = self._pages.get(index)
        return not isinstance(page, Guarded) or page.may_leave()

    def shut(self) -> None:
        for page in self._pages.values():
            if isinstance(page, Holding):
                page.shut()
