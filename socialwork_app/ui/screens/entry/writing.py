"""Writes those who are entered, one after another, while the next one is being typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from socialwork_app.domain.sentences import sentence_of, sentence_of_problem
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.fast_entry import Entered
from socialwork_app.ui import messages
from socialwork_app.ui.screens.entry.entered_table import EnteredRow, EnteredTable

if TYPE_CHECKING:
    from socialwork_app.ui.job_bridge import JobBridge

MakeRow = Callable[[str], EnteredRow]
"""Of what became of it."""


class Writing(QObject):
    refused = Signal(str)
    """Who and why; it stands in the table as well."""

    def __init__(self, entered: EnteredTable, bridge: JobBridge) -> None:
        super().__init__(entered)
        self._entered, self._bridge = entered, bridge

    def begin(self, enter: Callable[[], Entered], row: MakeRow, before: tuple[int, ...] = ()) -> None:
        """`before`: changes that an undo takes back as well."""

        def work(_control: Control) -> Entered:
            return enter()

        self._bridge.write(work, partial(self._written, row, before), partial(self._not_written, row))

    def _written(self, row: MakeRow, before: tuple[int, ...], entered: Entered) -> None:
        if entered.entry_id is None:
            self._refuse(row, "".join(sentence_of_problem(problem) for problem in entered.problems))
        else:
            self._entered.add(replace(row(entered.said), changes=(entered.changes.change_id or 0, *before)))

    def _not_written(self, row: MakeRow, error: Exception) -> None:
        if isinstance(error, CodedError):
            self._refuse(row, sentence_of(error))
        else:
            self._refuse(row, "程序出现意外。")
            messages.tell_error(self._entered.window(), error)

    def _refuse(self, row: MakeRow, reason: str) -> None:
        refused = replace(row(""), fault=reason)
        self._entered.add(refused)
        self.refused.emit(f"{refused.name}没有录入：{reason}")
