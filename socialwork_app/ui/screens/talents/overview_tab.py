"""Titles at a glance: how many by field and township, how the years were graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE, TALENTS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.talent_figures import TalentFigures, figures
from socialwork_app.ui import messages
from socialwork_app.ui.widgets.bars import Bars
from socialwork_app.ui.widgets.card import Card, FigureCard, named_label
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.stacked_years import StackedYears
from socialwork_app.ui.widgets.tall_area import TallArea

if TYPE_CHECKING:
    from socialwork_app.ui.screens.factory import Workplace

FIELD, TOWNSHIP = (PEOPLE.field(key).label for key in ("service_field", "township"))
SCHEME = TALENTS.field("scheme").label
YEARS = "历年考核等次（人数）"
NOBODY = "还没有在管的人才称号。可在“评选”中授予，或导入“人才称号”。"
NO_YEARS = "还没有考核。"


class OverviewTab(ReloadingPage):
    TOUCHED_BY = frozenset({"people", "talents", "talent_schemes", "appraisals", "places"})

    def __init__(self, at: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = at.opened, at.bridge
        self.people, self.titles = FigureCard("在管人才"), FigureCard("在管称号")
        self.by_scheme, self.by_field, self.by_township = (Bars(name) for name in (SCHEME, FIELD, TOWNSHIP))
        self.years = StackedYears(YEARS)
        self.nobody, self.no_years = named_label(NOBODY, "muted"), named_label(NO_YEARS, "muted")
        self._lay_out()
        self.reload_after(at.bus)

    def _lay_out(self) -> None:
        heads = QHBoxLayout()
        for card in (self.people, self.titles):
            heads.addWidget(card, 1)
        cards = QGridLayout()
        for place, (title, bars) in enumerate(
            ((f"按{SCHEME}（人次）", self.by_scheme), (f"按{FIELD}（人数）", self.by_field),
             (f"按{TOWNSHIP}（人数）", self.by_township), (YEARS, self.years))
        ):  # fmt: skip
            card = Card(title)
            card.body.addWidget(bars)
            card.body.addStretch(1)
            cards.addWidget(card, place // 2, place % 2)
            cards.setColumnStretch(place % 2, 1)
            if bars is self.years:
                card.body.insertWidget(1, self.no_years)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(heads)
        layout.addWidget(self.nobody)
        layout.addLayout(cards)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TallArea(page))

    def load(self) -> None:
        super().load()
        opened = self._opened

        def work(_control: Control) -> TalentFigures:
            return figures(opened, opened.today())

        self._bridge.run(work, self._show, lambda error: messages.tell_error(self.window(), error))

    def _show(self, found: TalentFigures) -> None:
        day = f"截至 {found.day}"
        self.people.show_figure(found.people, "人", f"人　{day}")
        self.titles.show_figure(found.titles, "人次", "人次（一人有两个称号的计两次）")
        self.nobody.setVisible(not found.titles)
        self.no_years.setVisible(not found.years)
        self.by_scheme.show_bars(found.by_scheme)
        self.by_field.show_bars(found.by_field)
        self.by_township.show_bars(found.by_township)
        self.years.show_years([(str(one.year), one.grades) for one in found.years])
