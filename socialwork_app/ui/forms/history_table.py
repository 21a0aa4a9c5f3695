"""Who changed what of a record when, and the way back from its newest change."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History, HistoryLine, Undone
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = ("时间", "操作人", "操作", "内容", "项目", "原值", "新值")
WIDTHS = (17, 8, 6, 10, 12, 18, 18)


class HistoryTable(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = History(opened)
        self._bridge = bridge
        self._of: tuple[str, int] | None = None
        self._lines: tuple[HistoryLine, ...] = ()
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("历史")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.undo_button = QPushButton("撤销最近一次改动")
        self.undo_button.setEnabled(False)
        self.undo_button.clicked.connect(self.ask_undo)
        self.newest = named_label("", "muted")
        self._lay_out()
        bus.changed.connect(self._take_note)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.newest, 1)
        buttons.addWidget(self.undo_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)

    def show_history(self, kind: str, row_id: int) -> None:
        self._of = (kind, row_id)
        self.load()

    def clear(self) -> None:
        self._of = None
        self._show(((), None))

    def load(self) -> None:
        wanted, history = self._of, self._history
        if wanted is None:
            return

        def work(_control: Control) -> tuple[tuple[HistoryLine, ...], tuple[str, int] | None]:
            return history.of(*wanted), wanted

        self._bridge.run(work, self._show)

    def _show(self, found: tuple[tuple[HistoryLine, ...], tuple[str, int] | None]) -> None:
        lines, of = found
        if of != self._of:
            return
        self._lines = lines
        self.model.show_rows([_cells(line) for line in lines])
        self.table.say_empty("" if lines else "没有改动记录")
        self.undo_button.setEnabled(bool(lines))
        self.newest.setText(f"最近：{_time(lines[0])} {lines[0].by} {lines[0].action}" if lines else "")

    def ask_undo(self) -> None:
        """Of an import the whole batch would go, so that is refused here and left to the import screen."""
        if not self._lines:
            return
        line = self._lines[0]
        if line.is_import:
            messages.tell(self, "最近一次改动来自导入。", "请在“导入”页撤销整个批次。")
        elif messages.ask(self, f"撤销 {_time(line)} 的{line.action}？", "撤销", _summary(self._lines)):
            change_id, history = line.change_id, self._history
            self._bridge.write(lambda control: history.undo(change_id, control), self._undone)

    def _undone(self, undone: Undone) -> None:
        messages.tell_kept(self, undone.kept)

    def _take_note(self, _changes: Changes) -> None:
        if self._of is not None and self.isVisible():
            self.load()


def _time(line: HistoryLine) -> str:
    return line.at[:16].replace("T", " ")


def _cells(line: HistoryLine) -> list[Cell]:
    texts = (_time(line), line.by, line.action, line.title, line.field_label, line.old, line.new)
    return [Cell(text) for text in texts]


def _summary(lines: tuple[HistoryLine, ...]) -> str:
    """What the newest change did, a line a field."""
    newest = [line for line in lines if line.change_id == lines[0].change_id]
    return "\n".join(f"{line.title} {line.field_label}：{line.new} → {line.old}" for line in newest[:8] if line.field)
