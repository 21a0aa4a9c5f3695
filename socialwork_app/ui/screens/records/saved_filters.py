"""Filters kept under a name. They may name people, so they stand in the encrypted register."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.services.opened import SAVED_FILTERS, OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge


def as_data(asked: Filter) -> dict[str, Any]:
    where = [[condition.field, condition.value, condition.operator] for condition in asked.where]
    return {"search": asked.search, "where": where, "sort": asked.sort, "descending": asked.descending}


def from_data(data: Mapping[str, Any]) -> Filter:
    where = tuple(Condition(field, value, operator) for field, value, operator in data["where"])
    return Filter(data["search"], where, data["sort"], data["descending"])


class SavedFiltersButton(QPushButton):
    """A button with the named filters of one register."""

    chosen = Signal(object)
    """A `Filter`."""
    save_asked = Signal()

    def __init__(self, opened: OpenRegister, kind: str, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__("常用筛选", parent)
        self.setAccessibleName("常用筛选")
        self._opened = opened
        self._kind = kind
        self._bridge = bridge
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def saved(self) -> dict[str, Filter]:
        return {name: from_data(data) for name, data in self._all().get(self._kind, {}).items()}

    def keep(self, asked: Filter) -> None:
        """Ask for a name and keep the filter under it."""
        name = messages.ask_text(self.window(), "保存筛选", "名称：")
        if name and name.strip():
            self.store({**self.saved(), name.strip(): asked})

    def store(self, filters: Mapping[str, Filter]) -> None:
        kept = {name: as_data(asked) for name, asked in filters.items()}
        text = json.dumps({**self._all(), self._kind: kept}, ensure_ascii=False)
        self._bridge.write(lambda _control: self._opened.set_setting(SAVED_FILTERS, text, "filter"), _nothing_more)

    def _all(self) -> dict[str, Any]:
        return json.loads(self._opened.settings().get(SAVED_FILTERS) or "{}")

    def _fill(self) -> None:
        menu, filters = self.menu(), self.saved()
        menu.clear()
        for name, asked in filters.items():
            menu.addAction(name).triggered.connect(lambda _checked=False, asked=asked: self.chosen.emit(asked))
        menu.addSeparator()
        menu.addAction("保存当前筛选…").triggered.connect(self.save_asked)
        if filters:
            self._add_removal(menu.addMenu("删除筛选"), filters)

    def _add_removal(self, menu: QMenu, filters: Mapping[str, Filter]) -> None:
        for name in filters:
            rest = {other: asked for other, asked in filters.items() if other != name}
            menu.addAction(name).triggered.connect(lambda _checked=False, rest=rest: self.store(rest))


def _nothing_more(_result: None) -> None:
    """The menu reads the names anew each time it is opened."""
