"""Export and print of exactly what a list shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.filters import Filter
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.save_as import ask_target

if TYPE_CHECKING:
    from socialwork_app.services.exports import Exported, Exports, Part

SUFFIX = ".xlsx"


class Paper:
    """For one register, whose list is a roster of its own."""

    def __init__(self, exports: Exports, kind: str, bridge: JobBridge, parent: QWidget) -> None:
        self._exports = exports
        self._bridge = bridge
        self._parent = parent
        self._roster = next(roster for roster in exports.rosters() if roster.key == kind)

    def ask_and_export(self, asked: Filter, keys: tuple[str, ...]) -> None:
        if target := ask_target(self._parent, "导出", f"{self._roster.title}{SUFFIX}"):
            self.export(target, asked, keys)

    def export(self, target: Path, asked: Filter, keys: tuple[str, ...]) -> None:
        """Numbers stay masked; full ones are given on the export screen, with a purpose."""
        if roster := self._roster:
            self._bridge.run_with_bar(
                f"导出{roster.title}",
                lambda control: self._exports.export(roster.key, target, asked=asked, keys=keys, control=control),
                self._tell_exported,
                parent=self._parent.window(),
            )

    def print(self, asked: Filter, keys: tuple[str, ...]) -> None:
        self._bridge.run_with_bar(
            f"准备打印{self._roster.title}",
            lambda control: self._exports.sheets(self._roster.key, asked=asked, keys=keys, control=control),
            self._ask_printer,
            parent=self._parent.window(),
        )

    def _ask_printer(self, printed: list[Part]) -> None:
        from socialwork_app.ui.printing import ask_printer, paint

        if printer := ask_printer(self._parent.window(), printed[0][0]):
            self._bridge.run_with_bar(
                f"正在打印{self._roster.title}",
                lambda control: paint(printed, printer, control),
                self._tell_printed,
                parent=self._parent.window(),
            )

    def _tell_printed(self, pages: int) -> None:
        messages.tell(self._parent.window(), f"已送打印机，{pages:,} 页。")

    def _tell_exported(self, exported: Exported) -> None:
        messages.tell(self._parent.window(), f"已导出 {exported.rows:,} 条。", str(exported.file))
