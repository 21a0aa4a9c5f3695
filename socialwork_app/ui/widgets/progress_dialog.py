"""What long work shows: a bar, a count and a cancel."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from socialwork_app.ui.job_bridge import Job

WIDTH = 420
STOPPING = "正在取消，已写入的将全部退回…"


class ProgressDialog(QDialog):
    """Stands until the job has ended; closing it asks the job to stop."""

    def __init__(
        self, title: str, job: Job, parent: QWidget | None = None, *, stop: str = "取消", stopping: str = STOPPING
    ) -> None:
        super().__init__(parent)
        self._stopping = stopping
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self._job = job
        self._count = QLabel("正在准备…")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(stop)
        self._lay_out(title)
        self._cancel.clicked.connect(self.reject)
        job.progressed.connect(self._show)
        job.ended.connect(self.accept)

    def _lay_out(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(title))
        layout.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self._cancel)
        layout.addLayout(row)

    def _show(self, done: int, total: int | None, what: str) -> None:
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        count = f"{done:,} / {total:,}" if total else f"{done:,}" if done else ""
        self._count.setText(f"{what}  {count}".strip() or "正在处理…")

    def reject(self) -> None:
        """The dialog goes when the job has ended, not before."""
        self._cancel.setEnabled(False)
        self._count.setText(self._stopping)
        self._job.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()
