"""Which register is open, who works in it, when it was last backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from socialwork_app.domain.moments import to_the_minute

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister

NEVER = "尚未备份"


class StatusBar(QStatusBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = ElidedLabel()
        self._operator = QLabel()
        self._backup = QLabel()
        self.addWidget(self._folder, 1)
        self.addPermanentWidget(self._operator)
        self.addPermanentWidget(self._backup)

    def show_opening(self) -> None:
        self._folder.show_text("正在打开登记册…")
        self._operator.clear()
        self._backup.clear()

    def show_register(self, opened: OpenRegister) -> None:
        from socialwork_app.services.backups import Backups

        last = Backups(opened).last()
        self._folder.show_text(f"登记册：{opened.folder}")
        self._operator.setText(f"操作员：{opened.user}")
        self._backup.setText(f"上次备份：{to_the_minute(last) or NEVER}")

    def texts(self) -> tuple[str, str, str]:
        return self._folder.toolTip(), self._operator.text(), self._backup.text()


class ElidedLabel(QLabel):
    """One line whose middle gives way where it is too long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width() - 2 * self.fontMetrics().averageCharWidth()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(room, 0)))
