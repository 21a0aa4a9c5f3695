"""Earlier imports, each of which can be taken back whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.moments import to_the_minute
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import Batch, History
from socialwork_app.services.imports import kinds
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = ("批次", "时间", "名册类别", "文件", "操作人", "新增", "更新", "状态")
WIDTHS = (6, 17, 26, 34, 10, 8, 8, 8)


class BatchesTable(QWidget):
    undo_asked = Signal(int)

    def __init__(self, history: History, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._bridge = bridge
        self._batches: tuple[Batch, ...] = ()
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("历次导入")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.undo_button = QPushButton("撤销所选批次")
        self.undo_button.setEnabled(False)
        self.undo_button.clicked.connect(self.ask_undo)
        self.table.selection_changed.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(named_label("撤销一个批次会退回它的全部新增和更新，此后又改动过的内容保留", "muted"), 1)
        row.addWidget(self.undo_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        bus.changed.connect(self._take_note)
        self.load()

    def load(self) -> None:
        history = self._history

        def work(_control: Control) -> tuple[Batch, ...]:
            return history.batches()

        self._bridge.run(work, self._show)

    def _show(self, batches: tuple[Batch, ...]) -> None:
        self._batches = batches
        titles = dict(kinds())
        self.model.show_rows([_cells(batch, titles) for batch in batches])
        self.table.say_empty("" if batches else "还没有导入过")

    def _chosen(self) -> Batch | None:
        ranges = self.table.selected_ranges()
        return self._batches[ranges[0][0]] if ranges and ranges[0][0] < len(self._batches) else None

    def _choose(self) -> None:
        batch = self._chosen()
        self.undo_button.setEnabled(batch is not None and not batch.undone)

    def ask_undo(self) -> None:
        batch = self._chosen()
        if batch is None:
            return
        question = f"撤销第 {batch.batch} 批导入（{batch.file}）？"
        counts = f"将退回新增 {batch.created:,} 行、更新 {batch.updated:,} 行。"
        if messages.ask(self.window(), question, "撤销", counts):
            self.undo_asked.emit(batch.batch)

    def _take_note(self, _changes: Changes) -> None:
        self.load()


def _cells(batch: Batch, titles: dict[str, str]) -> list[Cell]:
    time = to_the_minute(batch.at)
    state = Cell("已撤销", "muted") if batch.undone else Cell("已导入")
    texts = (Cell(time), Cell(titles.get(batch.kind, batch.kind)), Cell(batch.file), Cell(batch.by))
    counts = (Cell(f"{batch.created:,}", right=True), Cell(f"{batch.updated:,}", right=True))
    return [Cell(str(batch.batch), right=True), *texts, *counts, state]
