"""Who did what when, a page at a time; the log of a period as a workbook; whether anybody tampered with it."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.fields.log import LOG_FIELDS
from socialwork_app.domain.roles import Permission
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.exports import Exported
from socialwork_app.services.history import History
from socialwork_app.services.log import WHOLE, Asked, Choices, Log, LogWindow
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.change_dialog import ChangeDialog, plain
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.paged_table_model import PagedTableModel
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, side_by_side
from socialwork_app.ui.widgets.reloading import ReloadingPage
from socialwork_app.ui.widgets.table_view import TableView

PERIODS = (("全部时间", None), ("今天", 0), ("近 7 天", 6), ("近 30 天", 29), ("近一年", 364), ("自选期间", -1))
"""Words, and how many days back; -1: two days are chosen."""
EVERYBODY, EVERY_ACTION = "全部操作人", "全部操作"


class LogPage(ReloadingPage):
    TOUCHED_BY = None

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge, self._log = opened, bridge, Log(opened)
        self.period = combo("期间", PERIODS)
        self.since, self.to = (self._day(name) for name in ("起", "止"))
        self.by, self.action = combo("操作人", [(EVERYBODY, "")]), combo("操作", [(EVERY_ACTION, "")])
        self.verify_button = button("校验日志", "逐条核对，看日志是否被改动过")
        self.export_button = button("导出日志", "把列出的期间导出为工作簿，导出本身也记入日志")
        self.model = PagedTableModel(LOG_FIELDS, plain, self)
        self.table = TableView("日志")
        self.table.show_model(self.model)
        self.table.set_widths([field.width for field in LOG_FIELDS])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.total = named_label("", "muted")
        self.hint = named_label("回车或双击看涉及的记录" if opened.may(Permission.READ) else "", "muted")
        self.result = QLabel()
        self.result.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._show_days()
        self.reload_after(bus)

    def _day(self, name: str) -> QDateEdit:
        made = QDateEdit(QDate.fromString(self._opened.today().isoformat(), Qt.DateFormat.ISODate))
        made.setCalendarPopup(True)
        made.setDisplayFormat("yyyy-MM-dd")
        made.setAccessibleName(name)
        return made

    def _lay_out(self) -> None:
        row = side_by_side(self.period, self.since, self.to, self.by, self.action, None)
        row.addWidget(self.verify_button)
        row.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.result)
        layout.addWidget(self.table, 1)
        layout.addLayout(side_by_side(self.total, None, self.hint))
        self.result.hide()

    def _connect(self) -> None:
        for chooser in (self.period, self.by, self.action):
            chooser.activated.connect(self._asked_anew)
        for day in (self.since, self.to):
            day.dateChanged.connect(self._asked_anew)
        self.verify_button.clicked.connect(self.verify)
        self.export_button.clicked.connect(self.ask_export)
        if self._opened.may(Permission.READ):  # the records themselves are not the auditor's
            self.table.activated.connect(lambda index: self.show_change(index.row()))

    def show_change(self, row: int) -> None:
        number = self.model.row_id(row)
        if number is not None:
            ChangeDialog(History(self._opened), number, self._bridge, self.window()).open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Settings, accounts and exports are lines too, and nobody announces them."""
        super().hideEvent(event)
        self._stale = True

    def _asked_anew(self, *_: object) -> None:
        self._show_days()
        self.load()

    def _show_days(self) -> None:
        for day in (self.since, self.to):
            day.setVisible(self.period.currentData() == -1)

    def asked(self) -> Asked:
        back, today = self.period.currentData(), self._opened.today()
        since = to = None
        if back == -1:
            since, to = (_date(day) for day in (self.since, self.to))
        elif back is not None:
            since, to = today - timedelta(days=back), today
        return Asked(since, to, str(self.by.currentData()), str(self.action.currentData()))

    def load(self) -> None:
        super().load()
        asked, log = self.asked(), self._log

        def work(_control: Control) -> tuple[Asked, LogWindow, Choices]:
            window = log.window(asked)
            window.read_ahead()
            return asked, window, log.choices()

        self._bridge.run(work, self._show)

    def _show(self, found: tuple[Asked, LogWindow, Choices]) -> None:
        asked, window, choices = found
        if asked != self.asked():
            return
        self.model.show_window(window)
        self.total.setText(f"共 {window.total:,} 条")
        self.table.say_empty("" if window.total else "这一期间没有记录")
        _offer(self.by, EVERYBODY, [(name, name) for name in choices.people])
        _offer(self.action, EVERY_ACTION, [(word, name) for name, word in choices.actions])

    # whether it is whole

    def verify(self) -> None:
        log = self._log
        self._say("正在校验…")
        self.verify_button.setEnabled(False)
        self._bridge.start(log.verify, self._verified, self._failed, lambda: self._over("校验没有完成"))

    def _verified(self, found: str) -> None:
        self._over("日志完整，没有被改动过。" if found == WHOLE else found)

    def _failed(self, error: Exception) -> None:
        self._over("校验没有完成")
        messages.tell_error(self.window(), error)

    def _over(self, text: str) -> None:
        self.verify_button.setEnabled(True)
        self._say(text)

    def _say(self, text: str) -> None:
        self.result.setText(text)
        self.result.show()

    # as a workbook

    def ask_export(self) -> None:
        suggested = f"登记册日志{self._opened.today():%Y%m%d}.xlsx"
        if target := ask_target(self, "导出日志", suggested):
            self.export(target)

    def export(self, target: Path) -> None:
        asked, log = self.asked(), self._log
        self._bridge.run_with_bar(
            "正在导出日志", lambda control: log.export(target, asked, control), self._exported, parent=self.window()
        )

    def _exported(self, exported: Exported) -> None:
        self._say(f"已导出 {exported.rows:,} 行到 {exported.file}")
        self.load()


def _date(day: QDateEdit) -> date:
    chosen = day.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def _offer(chooser: QComboBox, every: str, entries: list[tuple[str, str]]) -> None:
    """What is chosen stays chosen."""
    chosen = chooser.currentData()
    chooser.clear()
    for words, value in [(every, ""), *entries]:
        chooser.addItem(words, value)
    chooser.setCurrentIndex(max(0, chooser.findData(chosen)))
