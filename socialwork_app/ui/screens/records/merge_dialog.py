"""Two people chosen from the list are made one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.screens.system.pair_pane import PairPane
from socialwork_app.ui.widgets.controls import button, side_by_side

SIZE = (1120, 620)


class MergeDialog(QDialog):
    merged = Signal(str, object)
    """What to say of it, and the `Changes`."""

    def __init__(
        self, opened: OpenRegister, bridge: JobBridge, pair: tuple[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("合并两条人员记录")
        self.resize(*SIZE)
        self._pair = pair
        self.pane = PairPane(opened, bridge)
        self.merge_button = button("同一人，合并", "按“合并后”一栏合并为一条，可撤销", primary=True)
        cancel = button("取消", "两条记录都不改动")
        for made in (self.merge_button, cancel):
            made.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pane, 1)
        layout.addLayout(side_by_side(None, cancel, self.merge_button))
        self.pane.changed.connect(lambda: self.merge_button.setEnabled(self.pane.pair is not None))
        self.merge_button.clicked.connect(lambda: self.pane.merge(self._done, self._failed))
        cancel.clicked.connect(self.reject)
        self.pane.show_pair(*pair)

    def _done(self, text: str, changes: Changes) -> None:
        self.merged.emit(text, changes)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.pane.show_pair(*self._pair)
        messages.tell_error(self.window(), error)
