"""Who changed what of a record when, and the way back from its newest change."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from socialwork_app.domain.moments import to_the_minute
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History, HistoryLine, Undone
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Saved
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.change_dialog import ChangeDialog
from socialwork_app.ui.forms.stood_dialog import StoodDialog
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, side_by_side
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = ("时间", "操作人", "操作", "内容", "项目", "原值", "新值", "导入自")
WIDTHS = (17, 8, 6, 10, 12, 18, 18, 16)


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
        self.restore_button = button("恢复此值", "把选中的一项改回原值，作为一次新的修改")
        self.stood_button = button("当时的样子", "这条记录在某一天的全部内容")
        self.batch_button = button("打开导入批次", "选中的改动来自哪次导入")
        self.undo_button = button("撤销最近一次改动", "整个撤销这条记录最近的一次改动")
        self.newest = named_label("", "muted")
        self._lay_out()
        self._connect(bus)
        self._choose()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        self.newest.setWordWrap(True)
        row = side_by_side(self.newest, self.undo_button)
        row.setStretch(0, 1)
        layout.addLayout(row)
        layout.addLayout(side_by_side(self.restore_button, self.stood_button, self.batch_button, None))
        layout.addWidget(self.table, 1)

    def _connect(self, bus: ChangesBus) -> None:
        self.restore_button.clicked.connect(self.restore)
        self.stood_button.clicked.connect(self.show_stood)
        self.batch_button.clicked.connect(self.show_batch)
        self.undo_button.clicked.connect(self.ask_undo)
        self.table.selection_changed.connect(self._choose)
        bus.changed.connect(self._take_note)

    def _chosen(self) -> HistoryLine | None:
        ranges = self.table.selected_ranges()
        return self._lines[ranges[0][0]] if ranges and ranges[0][0] < len(self._lines) else None

    def _choose(self) -> None:
        line = self._chosen()
        self.restore_button.setEnabled(line is not None and bool(line.field_label))
        self.batch_button.setEnabled(line is not None and line.is_import)
        self.stood_button.setEnabled(bool(self._lines))
        self.undo_button.setEnabled(bool(self._lines))

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
        self._choose()
        self.newest.setText(f"最近：{_time(lines[0])} {lines[0].by} {lines[0].action}" if lines else "")

    def restore(self) -> None:
        """The value that the chosen change took away, as a new change by the rules of the form."""
        line, history = self._chosen(), self._history
        if line is None or not line.field_label:
            return
        at = (line.kind, line.row_id, line.field, line.change_id)
        self._bridge.write(lambda _control: history.restore_field(*at), self._restored)

    def _restored(self, saved: Saved) -> None:
        if saved.id is None:
            messages.warn(self, "没有恢复。", "\n".join(map(sentence_of_problem, saved.problems)))

    def show_stood(self) -> None:
        """On the day of the chosen change, else of the newest."""
        if self._of is None or not self._lines:
            return
        day = date.fromisoformat((self._chosen() or self._lines[0]).at[:10])
        StoodDialog(self._history, self._of, day, self._bridge, self.window()).open()

    def show_batch(self) -> None:
        line = self._chosen()
        if line is not None and line.is_import:
            ChangeDialog(self._history, line.change_id, self._bridge, self.window()).open()

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
    return to_the_minute(line.at)


def _cells(line: HistoryLine) -> list[Cell]:
    texts = (_time(line), line.by, line.action, line.title, line.field_label, line.old, line.new, line.file)
    return [Cell(text) for text in texts]


def _summary(lines: tuple[HistoryLine, ...]) -> str:
    """What the newest change did, a line a field."""
    newest = [line for line in lines if line.change_id == lines[0].change_id]
    return "\n".join(f"{line.title} {line.field_label}：{line.new} → {line.old}" for line in newest[:8] if line.field)
