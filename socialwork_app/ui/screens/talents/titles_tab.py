"""人才称号: the list of titles, and over it the terms that have run out, to be set so by one click."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import TALENTS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services import talents
from socialwork_app.services.changes import Changes
from socialwork_app.ui.screens import factory
from socialwork_app.ui.screens.factory import Workplace
from socialwork_app.ui.screens.records.records_screen import RecordsScreen
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button
from socialwork_app.ui.widgets.reloading import ReloadingPage


class TitlesTab(ReloadingPage):
    TOUCHED_BY = frozenset({TALENTS.key})

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self.titles = cast("RecordsScreen", factory.make_list(TALENTS.key, at))
        self.said = named_label("", "warning")
        self.expire_button = button("转为期满", "管理期已过、状态还是在管的称号，全部转为期满；可以撤销")
        self.over = QFrame()
        self._lay_out()
        self.expire_button.clicked.connect(self.expire)
        self.reload_after(at.bus)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.over)
        row.setContentsMargins(16, 8, 16, 0)
        row.addWidget(self.said)
        row.addWidget(self.expire_button)
        row.addStretch(1)
        self.over.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.over)
        layout.addWidget(self.titles, 1)

    def load(self) -> None:
        super().load()
        opened = self._opened

        def work(_control: Control) -> int:
            return len(talents.lapsed(opened, opened.today()))

        self._bridge.run(work, self._show)

    def _show(self, lapsed: int) -> None:
        self.said.setText(f"{lapsed} 个称号已过管理期，状态还是在管。")
        self.over.setVisible(lapsed > 0)

    def expire(self) -> None:
        opened = self._opened

        def work(_control: Control) -> Changes:
            return talents.expire(opened, opened.today())

        self._bridge.write(work, self._tell_expired)

    def _tell_expired(self, changes: Changes) -> None:
        self.titles.undo_bar.offer(f"{len(changes.ids)} 个称号已转为期满", changes.change_id)

    # what its screen and the window ask of a list

    def records(self, key: str) -> RecordsScreen | None:
        return self.titles if key == TALENTS.key else None

    def may_leave(self) -> bool:
        return self.titles.may_leave()

    def shut(self) -> None:
        self.titles.shut()
