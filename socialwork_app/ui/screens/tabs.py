"""A screen of several tabs, each made on first sight."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from socialwork_app.ui.screens import factory
from socialwork_app.ui.screens.factory import Guarded, Holding, Workplace
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.widgets.card import page_title

NOWHERE_ELSE: Mapping[str, str] = {}
Make = Callable[[Workplace], QWidget]
Tab = tuple[str, Make]
"""Title, and what makes the page."""


@runtime_checkable
class Listing(Protocol):
    """A page of several lists."""

    def records(self, key: str) -> RecordsScreen | None: ...


def records_of(kind: str) -> Make:
    return lambda at: factory.make_list(kind, at)


class TabbedScreen(QWidget):
    """`within`: the title of the tab that leads to a register's list, where it is not the register's own."""

    screen_asked = Signal(str)
    record_asked = Signal(str, int)
    """Register and row id of a record to be shown."""
    margins = (16, 12, 16, 12)

    def __init__(
        self,
        title: str,
        tabs: Sequence[Tab],
        at: Workplace,
        parent: QWidget | None = None,
        within: Mapping[str, str] = NOWHERE_ELSE,
    ) -> None:
        super().__init__(parent)
        self._within = within
        self._workplace = at
        self._tabs = tuple(tabs)
        self._pages: dict[int, QWidget] = {}
        self._holders: list[QVBoxLayout] = []
        self._at = 0
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(f"{title}的各页")
        for name, _ in self._tabs:
            holder = QWidget()
            self._holders.append(QVBoxLayout(holder))
            self._holders[-1].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, name)
        self.heading = page_title(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*self.margins)
        layout.addWidget(self.heading)
        layout.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._go_to)
        self.page(0)

    def page(self, index: int) -> QWidget:
        if index not in self._pages:
            title, make = self._tabs[index]
            made = self._pages[index] = make(self._workplace)
            made.setAccessibleName(title)
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
        title = self._within.get(key, self._workplace.opened.catalogue[key].title)
        index = [shown for shown, _ in self._tabs].index(title)
        self.tabs.setCurrentIndex(index)
        page = self.page(index)
        if self._at != index:
            return None
        if isinstance(page, RecordsScreen):
            return page
        return page.records(key) if isinstance(page, Listing) else None

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


class TabsWithin(TabbedScreen):
    """Several lists on one tab of a screen, each with its own title."""

    margins = (0, 0, 0, 0)

    def __init__(self, title: str, tabs: Sequence[Tab], at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(title, tabs, at, parent)
        self.heading.hide()
