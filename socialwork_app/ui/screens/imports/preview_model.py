"""Stage three as a table: what would become of each row. Made cell by cell, since a file may have 100,000 rows."""

from PySide6.QtCore import QModelIndex, QObject

from socialwork_app.domain.imports import Outcome
from socialwork_app.domain.problems import Severity
from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.services.import_preview import CellChange, Preview, PreviewRow
from socialwork_app.services.import_tables import LeftOutRow, RowProblem
from socialwork_app.ui.models.cell_model import Cell, CellModel, Index
from socialwork_app.ui.screens.imports.words import OUTCOMES, TONES

ALL, WITH_PROBLEMS, REMARKS, LEFT_OUT = "all", "problems", "remarks", "left_out"
HEADERS = ("工作表", "行", "结果", PEOPLE.field("name").label, "改动", "问题")
WIDTHS = (8, 6, 8, 10, 30, 30)
SHEET, NUMBER, OUTCOME, NAME, CHANGES, PROBLEMS = range(6)
NONE_BEFORE = "空"
UNMATCHED = "column.unmatched"

Shown = PreviewRow | LeftOutRow | RowProblem


class PreviewModel(CellModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADERS, parent)
        self._preview: Preview | None = None
        self._shown: list[Shown] = []

    def show_preview(self, preview: Preview | None, which: str = ALL) -> None:
        """`which`: an outcome, or one of ALL, WITH_PROBLEMS, REMARKS, LEFT_OUT."""
        self.beginResetModel()
        self._preview = preview
        self._shown = wanted_rows(preview, which) if preview else []
        self.endResetModel()

    def row(self, number: int) -> PreviewRow | None:
        """The row of the file that stands here; None for one that was left out."""
        shown = self._shown[number]
        return shown if isinstance(shown, PreviewRow) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def cell(self, row: int, column: int) -> Cell:
        shown = self._shown[row]
        if isinstance(shown, PreviewRow):
            return _row_cell(shown, column)
        if isinstance(shown, RowProblem):
            what = "列未导入" if shown.code == UNMATCHED else "提醒"
            return _other_cell(shown.sheet, shown.row, what, shown.message, column)
        return _other_cell(shown.sheet, shown.row, "未读取", shown.message, column)


def wanted_rows(preview: Preview, which: str) -> list[Shown]:
    if which == LEFT_OUT:
        columns = [problem for problem in preview.problems if not problem.field and problem.code == UNMATCHED]
        return [*columns, *preview.left_out]
    if which == REMARKS:
        return list(preview.remarks)
    if which == WITH_PROBLEMS:
        return [row for row in preview.rows if row.problems]
    return [row for row in preview.rows if which in (ALL, row.outcome)]


def _row_cell(row: PreviewRow, column: int) -> Cell:
    match column:
        case 0:
            return Cell(row.sheet, "muted")
        case 1:
            return Cell(str(row.number), right=True)
        case 2:
            return Cell(OUTCOMES[row.outcome], TONES.get(row.outcome, "muted"))
        case 3:
            return Cell(row.name)
        case 4:
            return Cell("；".join(f"{cell.label}：{cell.old or NONE_BEFORE}→{cell.new}" for cell in _changed(row)))
        case _:
            wrong = any(problem.severity is Severity.ERROR for problem in row.problems)
            text = "；".join(_said(problem) for problem in row.problems)
            return Cell(text, "overdue" if wrong else "soon")


def _changed(row: PreviewRow) -> list[CellChange]:
    """What changes of records that stand; of a new one everything is new, and its row says that."""
    return [cell for cell in row.cells if cell.old or row.outcome == Outcome.UPDATED]


def _said(problem: RowProblem) -> str:
    word = "有误" if problem.severity is Severity.ERROR else "提醒"
    return f"{word} {problem.column}：{problem.message}" if problem.column else f"{word}：{problem.message}"


def _other_cell(sheet: str, row: int, outcome: str, message: str, column: int) -> Cell:
    texts = {SHEET: sheet, NUMBER: str(row or ""), OUTCOME: outcome, PROBLEMS: message}
    return Cell(texts.get(column, ""), "muted", right=column == NUMBER)
