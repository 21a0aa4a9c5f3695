"""The roster of a year's appraisal and the sheets of its appraisers, written from its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation import file_names
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.save_as import ask_target

if TYPE_CHECKING:
    from socialwork_app.services.appraisal_scoring import YearSheet
    from socialwork_app.services.exports import Exported
    from socialwork_app.ui.job_bridge import JobBridge

ROSTER = "appraisals"
SUFFIX = ".xlsx"
TITLE = "导出名册"


def ask_where(page: QWidget, sheet: YearSheet, scheme: str, what: str) -> Path | None:
    return ask_target(page, f"导出{what}", file_names.safe(f"{sheet.year}年度{scheme}{what}{SUFFIX}"))


def export(opened: OpenRegister, bridge: JobBridge, page: QWidget, sheet: YearSheet, target: Path) -> None:
    from socialwork_app.services.exports import Exports

    exports = Exports(opened)
    asked = Filter(where=(Condition("scheme", sheet.scheme),))

    def work(control: Control) -> Exported:
        return exports.export(ROSTER, target, asked=asked, year=sheet.year, control=control)

    def tell(exported: Exported) -> None:
        messages.tell(page.window(), f"已导出 {exported.rows:,} 人。", str(exported.file))

    bridge.run_with_bar(TITLE, work, tell, parent=page.window())


def export_sheet(
    opened: OpenRegister, bridge: JobBridge, page: QWidget, sheet: YearSheet, appraiser: str, target: Path
) -> None:
    from socialwork_app.services import appraisal_sheet

    def work(_control: Control) -> int:
        return appraisal_sheet.write(opened, sheet.scheme, sheet.year, appraiser, target)

    def tell(count: int) -> None:
        messages.tell(page.window(), f"已导出 {count:,} 人的评分表。填好后用“导入评分”收回。", str(target))

    bridge.run(work, tell)
