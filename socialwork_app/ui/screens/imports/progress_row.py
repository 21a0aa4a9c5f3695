"""How far reading and checking are, in the page itself, with a cancel."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from socialwork_app.ui.job_bridge import Job
from socialwork_app.ui.screens.imports.words import STEPS


class ProgressRow(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        layout.addWidget(self._bar, 1)
        layout.addWidget(cancel)
        self.hide()

    def follow(self, job: Job, text: str) -> None:
        self._job = job
        self._text.setText(text)
        self._bar.setRange(0, 0)
        job.progressed.connect(self._show_step)
        job.ended.connect(lambda: self._end(job))
        self.show()

    def cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_step(self, done: int, total: int | None, what: str) -> None:
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        count = f" {done:,} / {total:,} 行" if total else ""
        self._text.setText(f"{STEPS.get(what, '正在读取')}{count}")

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
