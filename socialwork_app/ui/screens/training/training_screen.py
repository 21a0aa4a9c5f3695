"""Continuing education on one page: who has too few hours, and the ledger that hours are counted from."""

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.registers.catalogue import LEARNING
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.tabs import Tab, TabbedScreen, records_of


def _shortfall(at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.training.shortfall_tab import ShortfallTab

    return ShortfallTab(at)


TABS: tuple[Tab, ...] = (("学时不足", _shortfall), (LEARNING.title, records_of(LEARNING.key)))


class TrainingScreen(TabbedScreen):
    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("继续教育", TABS, at, parent)
