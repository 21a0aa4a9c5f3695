"""Sign-in sheets from the page of attendance: to the printer, or as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.services.exports import Exports
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.screens.records.paper import Paper
from socialwork_app.ui.widgets.controls import button

WHOLE, HALF_DAYS, DOUBLE = "sign-in", "sign-in-half-day", "sign-in-double"
SHEETS = (("本列一张", HALF_DAYS, True), ("本列一张（双栏）", DOUBLE, True), ("每半天一张", HALF_DAYS, False),
          ("每半天一张（双栏）", DOUBLE, False), ("全班总表", WHOLE, False))  # fmt: skip
"""Words, roster, whether of the half-day alone in whose column one stands."""
Where = Callable[[], tuple[int | None, HalfDay | None]]
"""Row id of the course, and the half-day in whose column one stands."""


class SignInPaper:
    def __init__(self, exports: Exports, bridge: JobBridge, where: Where, parent: QWidget) -> None:
        self._where = where
        self._parent = parent
        self._papers = {roster: Paper(exports, roster, bridge, parent) for roster in (WHOLE, HALF_DAYS, DOUBLE)}
        self.print_button = self._menu("打印签到表", lambda paper, asked: paper.print(asked, ()), SHEETS)
        of_course = [one for one in SHEETS if not one[2]]
        self.export_button = self._menu("导出签到表", lambda paper, asked: paper.ask_and_export(asked, ()), of_course)

    def _menu(
        self, text: str, act: Callable[[Paper, Filter], None], entries: Sequence[tuple[str, str, bool]]
    ) -> QPushButton:
        made, menu = button(text, text), QMenu(self._parent)
        menu.setAccessibleName(text)
        for words, roster, of_column in entries:
            menu.addAction(words).triggered.connect(partial(self._make, act, roster, of_column))
        made.setMenu(menu)
        return made

    def _make(
        self, act: Callable[[Paper, Filter], None], roster: str, of_column: bool, _checked: bool = False
    ) -> None:  # fmt: skip
        course, at = self._where()
        if of_column and at is None:
            messages.tell(self._parent.window(), "请先把光标放在要打印的半天那一列。")
            return
        where = (Condition("date", at.day), Condition("half_day", at.half)) if of_column and at else ()
        act(self._papers[roster], Filter(where=(Condition("course", course), *where)))
