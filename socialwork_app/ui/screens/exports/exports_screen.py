"""Rosters out: as a workbook, on paper, as PDF; numbers masked unless a purpose is given."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import QDate, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.exam_entries import FIRST_YEAR
from socialwork_app.domain.filters import EVERYTHING, Condition, Filter
from socialwork_app.domain.registers.catalogue import COURSES, TALENT_CANDIDATES, TALENT_ROUNDS, TRAINING_SIGNUPS
from socialwork_app.domain.rosters import COURSE, ROUND
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import Course, Courses
from socialwork_app.services.exports import Exported, Exports, Part, Roster, usual_day
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.selection import Selection
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.save_as import WORKBOOK, ask_target
from socialwork_app.ui.widgets.card import Card, named_label, page_title

SHEETS, PAPER = (WORKBOOK, ".xlsx"), ("PDF 文件 (*.pdf)", ".pdf")
MARGINS = (16, 12, 16, 12)
WIDEST = 900
LABELS = {COURSE: TRAINING_SIGNUPS.field(COURSE).label, ROUND: TALENT_CANDIDATES.field(ROUND).label}
TITLE_WIDTH = 30
Titles = dict[str, list[tuple[str, int]]]
"""Of courses and of rounds, with their row ids."""


class Options(TypedDict):
    asked: Filter
    as_of: date
    full_numbers: bool
    purpose: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that stands; `size` says how much is in it."""

    file: Path
    size: str


class ExportsScreen(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._exports, self._bridge = opened, Exports(opened), bridge
        self._rosters = self._exports.rosters()
        self._written: Path | None = None
        self.roster = QComboBox()
        self.as_of = QDateEdit(QDate.fromString(opened.today().isoformat(), Qt.DateFormat.ISODate))
        self._usual = self.as_of.date()
        self.year = QSpinBox()
        self.course, self.round = QComboBox(), QComboBox()
        self._about = {COURSE: self.course, ROUND: self.round}
        self.full_numbers = QCheckBox("导出完整的身份证号和电话")
        self.purpose = QLineEdit()
        self.columns = named_label("", "muted")
        self.hint = named_label("", "error")
        self.export_button = QPushButton("导出")
        self.print_button = QPushButton("打印")
        self.pdf_button = QPushButton("PDF")
        self.result = QLabel()
        self.folder_button = QPushButton("打开文件夹")
        self._set_up()
        self._lay_out()
        self._connect()
        bus.changed.connect(self._take_note)
        self._show_options()
        self._load_titles()

    def _set_up(self) -> None:
        opened_year = self._opened.today().year
        for roster in self._rosters:
            self.roster.addItem(roster.title, roster.key)
        self.roster.setAccessibleName("名册")
        self.as_of.setCalendarPopup(True)
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setAccessibleName("截至日期")
        self.full_numbers.setAccessibleDescription("须填写用途，用途记入日志")
        self.year.setRange(FIRST_YEAR, opened_year + 1)
        self.year.setValue(opened_year)
        self.year.setAccessibleName("年度")
        for key, chooser in self._about.items():
            chooser.setAccessibleName(LABELS[key])
            chooser.setMinimumContentsLength(TITLE_WIDTH)
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.purpose.setAccessibleName("用途")
        self.purpose.setPlaceholderText("如：报市局备案。用途会记入日志")
        self.columns.setWordWrap(True)
        self.result.setWordWrap(True)
        self.export_button.setProperty("primary", True)
        self.folder_button.hide()
        for button in (self.export_button, self.print_button, self.pdf_button):
            button.setAccessibleName(f"{button.text()}名册")

    def _lay_out(self) -> None:
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow("名册", self.roster)
        form.addRow("列", self.columns)
        form.addRow("年度", self.year)
        for key, chooser in self._about.items():
            form.addRow(LABELS[key], chooser)
        form.addRow("截至日期", self.as_of)
        form.addRow("号码", self.full_numbers)
        form.addRow("用途", self.purpose)
        form.addRow("", self.hint)
        card = Card()
        card.setMaximumWidth(WIDEST)
        card.body.addLayout(form)
        card.body.addLayout(self._buttons())
        card.body.addLayout(self._result_row())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(page_title("导出"))
        layout.addWidget(card)
        layout.addStretch(1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.print_button, self.pdf_button, self.export_button):
            row.addWidget(button)
        return row

    def _result_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.result, 1)
        row.addWidget(self.folder_button)
        return row

    def _connect(self) -> None:
        self.roster.currentIndexChanged.connect(lambda _index: self._show_options())
        self.year.valueChanged.connect(lambda _year: self._suggest_day())
        self.full_numbers.toggled.connect(lambda _on: self._show_options())
        self.purpose.textChanged.connect(lambda _text: self._show_options())
        self.export_button.clicked.connect(self.ask_export)
        self.print_button.clicked.connect(self.print)
        self.pdf_button.clicked.connect(self.ask_pdf)
        self.folder_button.clicked.connect(self.open_folder)

    def _load_titles(self) -> None:
        opened, asked = self._opened, object()
        self._asked = asked

        def work(_control: Control) -> Titles:
            return {COURSE: [_title_of(course) for course in Courses(opened).all()],
                    ROUND: [(one.title, one.id) for one in Selection(opened).rounds()]}  # fmt: skip

        self._bridge.run(work, partial(self._offer_titles, asked))

    def _offer_titles(self, asked: object, titles: Titles) -> None:
        """Of the question that was asked last: the answer to one before may come later."""
        if asked is not self._asked:
            return
        for key, chooser in self._about.items():
            chosen = chooser.currentData()
            chooser.clear()
            for title, row_id in titles[key]:
                chooser.addItem(title, row_id)
            chooser.setCurrentIndex(max(0, chooser.findData(chosen)))
        self._show_options()

    def _take_note(self, changes: Changes) -> None:
        if changes.kinds & {COURSES.key, TALENT_ROUNDS.key}:
            self._load_titles()

    def _show_options(self) -> None:
        self._suggest_day()
        self.columns.setText("、".join(self._chosen().columns))
        self._form.setRowVisible(self.year, self._chosen().yearly)
        for key, chooser in self._about.items():
            self._form.setRowVisible(chooser, self._chosen().of == key)
        for widget in (self.full_numbers, self.purpose):
            self._form.setRowVisible(widget, not self._chosen().public)
        self.purpose.setEnabled(self._full())
        missing = self._missing()
        self.hint.setText(missing)
        for button in (self.export_button, self.print_button, self.pdf_button):
            button.setEnabled(not missing)

    def _suggest_day(self) -> None:
        """The usual one, until the officer says another."""
        day = usual_day(self._opened.today(), self._year())
        usual = QDate.fromString(day.isoformat(), Qt.DateFormat.ISODate)
        if self.as_of.date() == self._usual:
            self.as_of.setDate(usual)
        self._usual = usual

    def _year(self) -> int | None:
        return self.year.value() if self._chosen().yearly else None

    def _missing(self) -> str:
        of = self._chosen().of
        if of and self._about[of].currentData() is None:
            return f"还没有{LABELS[of]}，请先新建"
        if self._full() and not self.purpose.text().strip():
            return "导出完整号码须先填写用途"
        return ""

    def options(self) -> Options:
        chosen = self.as_of.date()
        of = self._chosen().of
        return {
            "asked": Filter(where=(Condition(of, self._about[of].currentData()),)) if of else EVERYTHING,
            "as_of": date(chosen.year(), chosen.month(), chosen.day()),
            "full_numbers": self._full(),
            "purpose": self.purpose.text().strip() if self._full() else "",
            "year": self._year(),
        }

    def _full(self) -> bool:
        """Never of a list for the public."""
        return self.full_numbers.isChecked() and not self._chosen().public

    def _chosen(self) -> Roster:
        return self._rosters[self.roster.currentIndex()]

    def _key(self) -> str:
        return str(self.roster.currentData())

    # a workbook

    def ask_export(self) -> None:
        if target := self._ask_target(*SHEETS):
            self.export(target)

    def _ask_target(self, kind: str, suffix: str) -> Path | None:
        """Suggests the name that the superior office wants to see: roster and as-of date."""
        suggested = f"{self.roster.currentText()}{self.as_of.date().toString('yyyyMMdd')}{suffix}"
        return ask_target(self, "导出", suggested, kind)

    def export(self, target: Path) -> None:
        exports, key, options = self._exports, self._key(), self.options()

        def work(control: Control) -> Exported:
            return exports.export(key, target, **options, control=control)

        self._begin("正在导出")
        self._bridge.run_with_bar("正在导出", work, self._exported, parent=self.window())

    def _exported(self, exported: Exported) -> None:
        self._show_written(Written(exported.file, f"{exported.rows:,} 行"))

    # on paper

    def ask_pdf(self) -> None:
        if target := self._ask_target(*PAPER):
            self.write_pdf(target)

    def write_pdf(self, target: Path) -> None:
        from socialwork_app.ui.printing import write_pdf

        exports, key, options = self._exports, self._key(), self.options()

        def work(control: Control) -> Written:
            parts = exports.sheets(key, **options, control=control)
            pages = write_pdf(parts, target, control)
            return Written(target, f"{sum(len(rows) for _, rows in parts):,} 行，{pages:,} 页")

        self._begin("正在生成 PDF")
        self._bridge.run_with_bar("正在生成 PDF", work, self._show_written, parent=self.window())

    def print(self) -> None:
        exports, key, options = self._exports, self._key(), self.options()

        def work(control: Control) -> list[Part]:
            return exports.sheets(key, **options, control=control)

        self._begin("")
        self._bridge.run_with_bar("准备打印", work, self._ask_printer, parent=self.window())

    def _ask_printer(self, printed: list[Part]) -> None:
        from socialwork_app.ui.printing import ask_printer, paint

        if printer := ask_printer(self.window(), printed[0][0]):
            self._bridge.run_with_bar(
                "正在打印",
                lambda control: paint(printed, printer, control),
                lambda pages: self.result.setText(f"已送打印机，{pages:,} 页"),
                parent=self.window(),
            )

    # what became of it

    def _begin(self, text: str) -> None:
        self._written = None
        self.folder_button.hide()
        self.result.setText(f"{text}…" if text else "")

    def _show_written(self, written: Written) -> None:
        self._written = written.file
        self.result.setText(f"已导出 {written.size}：{written.file}")
        self.folder_button.show()

    def open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))


def _title_of(course: Course) -> tuple[str, int]:
    began = str(course.values["from"] or "")
    return f"{course.title}　{began}" if began else course.title, course.id
