"""The roster of a year's appraisal, written from its page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages

if TYPE_CHECKING:
    from socialwork_app.services.appraisal_scoring import YearSheet
    from socialwork_app.services.exports import Exported
    from socialwork_app.ui.job_bridge import JobBridge

ROSTER = "appraisals"
SUFFIX = ".xlsx"
TITLE = "导出名册"


def ask_target(page: QWidget, sheet: YearSheet, scheme: str) -> Path | None:
    suggested = f"{sheet.year}年度{scheme}考核名册{SUFFIX}"
    name, _ = QFileDialog.getSaveFileName(page.window(), TITLE, suggested, "Excel 工作簿 (*.xlsx)")
    return Path(name).with_suffix(Path(name).suffix or SUFFIX) if name else None


def export(opened: OpenRegister, bridge: JobBridge, page: QWidget, sheet: YearSheet, target: Path) -> None:
    """As of the year's last day, so that it comes out the same whenever it is asked for; before that as of today."""
    from socialwork_app.services.exports import Exports

    exports = Exports(opened)
    asked = Filter(where=(Condition("scheme", sheet.scheme),))
    day = min(opened.today(), date(sheet.year, 12, 31))

    def work(control: Control) -> Exported:
        return exports.export(ROSTER, target, asked=asked, year=sheet.year, as_of=day, control=control)

    def tell(exported: Exported) -> None:
        messages.tell(page.window(), f"已导出 {exported.rows:,} 人。", str(exported.file))

    bridge.run_with_bar(TITLE, work, tell, parent=page.window())
