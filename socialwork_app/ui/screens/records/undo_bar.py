"""Says what was just done to several records and offers the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from socialwork_app.ui import messages

if TYPE_CHECKING:
    from socialwork_app.services.history import Undone


class UndoBar(QFrame):
    undo_asked = Signal(int)
    """The id of the change to take back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self._change_id: int | None = None
        self._text = QLabel()
        self._undo = QPushButton("撤销")
        self._undo.setAccessibleName("撤销")
        self._undo.setToolTip("Ctrl+Z")
        self._undo.setProperty("link", True)
        self._undo.clicked.connect(self.undo)
        close = QPushButton("关闭")
        close.setAccessibleName("关闭提示")
        close.setProperty("link", True)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.addWidget(self._text)
        layout.addWidget(self._undo)
        layout.addStretch(1)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def offer(self, text: str, change_id: int | None) -> None:
        """Without a change only the text is shown."""
        self._text.setText(text)
        self._undo.setVisible(change_id is not None)
        self._change_id = change_id
        self.show()

    def tell_undone(self, undone: Undone) -> None:
        self.offer("已撤销", None)
        messages.tell_kept(self.window(), undone.kept)

    def undo(self) -> None:
        if self._change_id is not None and not self.isHidden():
            change_id, self._change_id = self._change_id, None
            self.hide()
            self.undo_asked.emit(change_id)
