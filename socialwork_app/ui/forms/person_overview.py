"""A person's whole talent on one tab: what there is of each kind, and the years' appraisals as a chart."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.appraisals import is_graded
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.hours import PersonHours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.person_overview import Line, Overview, PersonOverview, Section, YearOf
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.controls import button, side_by_side
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.tall_area import TallArea
from socialwork_app.ui.widgets.year_chart import YearBar, YearChart

TITLE, APPRAISED, RECORDS = "概览", "历年考核", "学习记录…"
NOTHING = "还没有证书、考试、培训、称号、考核和联系的记录。"
AT_LEAST = 0.02
"""Of the chart's height, so that a year without points is seen."""


class OverviewTab(ReloadingPage):
    TOUCHED_BY = frozenset({
        "people", "certificates", "registrations", "exam_entries", "learning", "courses", "training_signups", "attendance",
        "talents", "talent_schemes", "talent_rounds", "appraisals", "appraisal_scores", "appraisal_criteria", "leaders",
        "leader_contacts", "contact_log", "rules",
    })  # fmt: skip

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._person: int | None = None
        self.cards = QVBoxLayout()
        page = QWidget()
        page.setLayout(self.cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TallArea(page))
        self.reload_after(bus)

    def show_person(self, person_id: int) -> None:
        if person_id != self._person:
            self._person = person_id
            self._stale = True
        self._load_if_stale()

    def load(self) -> None:
        super().load()
        person, opened = self._person, self._opened
        if person is None:
            return

        def work(_control: Control) -> Overview:
            return PersonOverview(opened).of(person, opened.today())

        self._bridge.run(work, partial(self._show, person), lambda error: messages.tell_error(self.window(), error))

    def _show(self, person: int, overview: Overview) -> None:
        if person != self._person:
            return
        while item := self.cards.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if overview.years:
            self.cards.addWidget(_appraised(overview.years))
        for section in overview.sections:
            self.cards.addWidget(self._card(section))
        if not (overview.years or overview.sections):
            self.cards.addWidget(named_label(NOTHING, "muted"))
        self.cards.addStretch(1)

    def _card(self, section: Section) -> Card:
        card = Card(section.title)
        card.body.setSpacing(4)
        for line in section.lines:
            card.body.addWidget(_line(line))
            if line.hours:
                card.body.addLayout(side_by_side(self._opens(line, line.hours), None))
        if section.more:
            card.body.addWidget(named_label(f"另有 {section.more} 条，见相应的页。", "muted"))
        return card

    def _opens(self, line: Line, hours: PersonHours) -> QPushButton:
        made = button(RECORDS, "列出计入和不计入的学习记录")
        made.setProperty("link", True)
        made.setAccessibleName(f"{RECORDS}　{line.text}")
        made.clicked.connect(lambda: self._show_hours(hours))
        return made

    def _show_hours(self, hours: PersonHours) -> None:
        from socialwork_app.ui.forms.hours_dialog import HoursDialog

        HoursDialog(self._opened, self._bridge, hours, self.window()).open()


def _appraised(years: tuple[YearOf, ...]) -> Card:
    card, chart = Card(APPRAISED), YearChart(APPRAISED)
    chart.show_years([YearBar(str(one.year), _words(one), _part(one)) for one in years])
    card.body.addWidget(chart)
    return card


def _words(one: YearOf) -> str:
    points = f"{one.score:g}" if one.score is not None else ""
    return " ".join(part for part in (one.grade or "", points) if part) or "待考核"


def _part(one: YearOf) -> float | None:
    """Without points a grade is shown by its word alone."""
    if one.score is None or not one.full_mark or not is_graded(one.grade):
        return None
    return max(AT_LEAST, min(1.0, one.score / one.full_mark))


def _line(line: Line) -> QLabel:
    label = named_label(f"{line.day}　{line.text}" if line.day else line.text, "warning" if line.attention else "")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
