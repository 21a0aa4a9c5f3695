"""Two records side by side: what differs, what would stand if they were made one, and what goes over with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from socialwork_app.domain.merging import Side
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.merging import Choice, Merging, Preview
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.controls import button, side_by_side
from socialwork_app.ui.widgets.table_view import TableView

HEADERS, WIDTHS = ("项目", "比较", "保留的记录", "并入的记录", "合并后"), (14, 8)
CLICKED = {2: Side.KEEP, 3: Side.DROP, 4: Side.BOTH}
"""The side that a click in a column chooses."""
MOST_LINES = 5
"""Of what goes over, that are in sight at once."""
PADDING = 16  # pixels that the style sheet gives to boxes of text
CHOSEN, TO_CHOOSE, SAME, DIFFERENT, ONE_ONLY = "✓ ", "须选定", "相同", "不同", "一方有"
LOOKED_AT_FIRST = {TO_CHOOSE: 0, DIFFERENT: 0, ONE_ONLY: 1, SAME: 2}
"""A row stays where it is when something is chosen in it."""
TONES = {TO_CHOOSE: "overdue", DIFFERENT: "soon", ONE_ONLY: "", SAME: "muted"}
WHOLE_NUMBERS = "显示完整号码"
HINT = "单击取哪一条的内容，或按空格键；备注和电话单击“合并后”可两条都要。"


@dataclass(frozen=True, slots=True)
class Pair:
    """What the pane shows, with the words for it."""

    preview: Preview
    rows: tuple[tuple[Choice, tuple[Cell, ...]], ...]


class PairPane(QWidget):
    changed = Signal()
    """Another pair is shown, or another value chosen."""

    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._asked = 0
        self.take: dict[str, Side] = {}
        self.pair: Pair | None = None
        self.who, self.more = QLabel(), QPlainTextEdit()
        self.who.setWordWrap(True)
        self.who.setTextFormat(Qt.TextFormat.PlainText)
        self.more.setReadOnly(True)
        self.more.setTabChangesFocus(True)
        self.more.setAccessibleName("一并转入和留下的")
        self.whole_box = QCheckBox(WHOLE_NUMBERS)
        self.swap_button = button("对调", "保留另一条，并入这一条")
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("两条记录比较")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        for column in CLICKED:
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._lay_out()
        self.table.clicked.connect(self._clicked)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._next_side)
        self.swap_button.clicked.connect(self.swap)
        self.whole_box.toggled.connect(self._read_again)
        self.clear()

    def _lay_out(self) -> None:
        top = side_by_side(self.who, self.whole_box, self.swap_button)
        top.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.more)

    def clear(self) -> None:
        self._asked += 1
        self.pair, self.take = None, {}
        self.model.show_rows([])
        self.swap_button.setEnabled(False)
        self.who.setText("")
        self._tell_more("")
        self.changed.emit()

    def _tell_more(self, text: str) -> None:
        self.more.setPlainText(text)
        lines = min(text.count("\n") + 1, MOST_LINES)
        frame = self.more.document().documentMargin() * 2 + self.more.frameWidth() * 2 + PADDING
        self.more.setFixedHeight(round(lines * self.more.fontMetrics().lineSpacing() + frame))
        self.more.setVisible(bool(text))

    def show_pair(self, one: int, other: int) -> None:
        self.clear()

        self._read(lambda merging: merging.preview(*merging.in_order(one, other)))

    def swap(self) -> None:
        if self.pair is not None:
            keep, drop = self.pair.preview.drop, self.pair.preview.keep
            self.take = {}
            self._read(lambda merging: merging.preview(keep, drop))

    def _read_again(self) -> None:
        if self.pair is not None:
            shown, take = self.pair.preview, dict(self.take)
            self._read(lambda merging: merging.preview(shown.keep, shown.drop, take))

    def choose(self, row: int, side: Side) -> None:
        if self.pair is None:
            return
        choice = self.pair.rows[row][0]
        if choice.differs and side in choice.sides:
            self.take = {**self.take, choice.key: side}
            self._read_again()

    def merge(self, done: Callable[[str, Changes], object], failed: Callable[[Exception], object]) -> None:
        """As it is shown; `done` is given what to say of it. What has to be chosen before is told."""
        if self.pair is None:
            return
        preview, take = self.pair.preview, dict(self.take)
        if preview.undecided:
            messages.warn(self.window(), f"请先选定{'、'.join(preview.undecided)}取哪一条的。")
            return
        text = f"编号 {preview.drop} 已并入编号 {preview.keep}"
        self.clear()
        self._bridge.write(lambda _control: Merging(self._opened).merge(preview.keep, preview.drop, take),
                           lambda changes: done(text, changes), failed)  # fmt: skip

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() in CLICKED:
            self.choose(index.row(), CLICKED[index.column()])

    def _next_side(self) -> None:
        row = self.table.currentIndex().row()
        if self.pair is not None and 0 <= row < len(self.pair.rows):
            choice = self.pair.rows[row][0]
            after = choice.sides.index(choice.side) + 1 if choice.side else 0
            self.choose(row, choice.sides[after % len(choice.sides)])

    def _read(self, look: Callable[[Merging], Preview]) -> None:
        """What was asked for before is no longer waited for."""
        self._asked += 1
        asked, masked = self._asked, not self.whole_box.isChecked()

        def work(_control: Control) -> Pair:
            merging = Merging(self._opened)
            return _pair(merging, look(merging), masked)

        def show(pair: Pair) -> None:
            if asked == self._asked:
                self._show(pair)

        self._bridge.run(work, show)

    def _show(self, pair: Pair) -> None:
        at = self.table.currentIndex().row()
        self.pair = pair
        self.model.show_rows([cells for _, cells in pair.rows])
        if pair.rows:
            self.table.select_row(min(max(at, 0), len(pair.rows) - 1))
        self.swap_button.setEnabled(True)
        name = next(one for one, _ in pair.rows if one.key == "name")
        kept, dropped = f"{name.kept}（编号 {pair.preview.keep}）", f"{name.dropped}（编号 {pair.preview.drop}）"
        self.who.setText(f"保留 {kept}，并入 {dropped}。{HINT}")
        self._tell_more("\n".join(pair.preview.hanging))
        self.changed.emit()


def _pair(merging: Merging, preview: Preview, masked: bool) -> Pair:
    """What contradicts itself first, what is the same last."""
    shown = [one for one in preview.fields if one.kept is not None or one.dropped is not None]
    shown.sort(key=lambda one: LOOKED_AT_FIRST[_compared(one)])
    return Pair(preview, tuple((one, tuple(_cells(merging, one, masked))) for one in shown))


def _compared(one: Choice) -> str:
    if not one.differs:
        return SAME
    if one.kept is None or one.dropped is None:
        return ONE_ONLY
    return TO_CHOOSE if one.side is None else DIFFERENT


def _cells(merging: Merging, one: Choice, masked: bool) -> Iterator[Cell]:
    kept, dropped, value = (
        merging.shown("people", one.key, each, masked=masked) for each in (one.kept, one.dropped, one.value)
    )
    compared = _compared(one)
    tone = "muted" if compared == SAME else ""
    yield Cell(one.label)
    yield Cell(compared, TONES[compared])
    for text, side in ((kept, Side.KEEP), (dropped, Side.DROP)):
        taken = one.differs and one.side in (side, Side.BOTH) and bool(text)
        yield Cell(f"{CHOSEN}{text}" if taken else text, tone)
    yield Cell(TO_CHOOSE, TONES[TO_CHOOSE]) if one.side is None else Cell(value)
