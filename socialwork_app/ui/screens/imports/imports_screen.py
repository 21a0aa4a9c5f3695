"""Import in stages on one page: choose, match the columns, look at what would happen, apply, take back."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History, Undone
from socialwork_app.services.id_repair import IdRepair
from socialwork_app.services.import_preview import Preview, PreviewRow
from socialwork_app.services.import_tables import Reading
from socialwork_app.services.import_templates import write_template
from socialwork_app.services.imports import ImportResult, Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import Job, JobBridge
from socialwork_app.ui.screens.imports.batches_table import BatchesTable
from socialwork_app.ui.screens.imports.columns_card import ColumnsCard
from socialwork_app.ui.screens.imports.correction_dialog import CorrectionDialog, half_day_fields
from socialwork_app.ui.screens.imports.course_box import CourseBox
from socialwork_app.ui.screens.imports.preview_card import PreviewCard
from socialwork_app.ui.screens.imports.preview_model import ALL, WITH_PROBLEMS
from socialwork_app.ui.screens.imports.progress_row import ProgressRow
from socialwork_app.ui.screens.imports.source_card import SourceCard
from socialwork_app.ui.screens.imports.words import counted
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.card import named_label, page_title

LOCKED = ("workbook.locked", "workbook.wrong_password")
MARGINS = (16, 12, 16, 12)

R = TypeVar("R")


class ImportsScreen(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imports, self._history = Imports(opened), History(opened)
        self._opened, self._bridge = opened, bridge
        self._path: Path | None = None
        self._job: Job | None = None
        self.reading: Reading | None = None
        self.preview: Preview | None = None
        self.source = SourceCard(CourseBox(opened, bridge, bus))
        self.columns, self.results = ColumnsCard(), PreviewCard()
        self.batches = BatchesTable(self._history, bridge, bus)
        self.progress = ProgressRow()
        self.undo_bar = UndoBar()
        self.partial = QCheckBox()
        self.again_button = QPushButton("重新检查")
        self.apply_button = QPushButton("导入")
        self.apply_button.setProperty("primary", True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect(bus)
        self._offer_fields()
        self._show_stage()

    # building

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._now(), "本次导入")
        self.tabs.addTab(self.batches, "历次导入")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(page_title("导入"))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.undo_bar)

    def _now(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(10)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.columns)
        splitter.addWidget(self.results)
        splitter.setSizes([300, 760])
        splitter.setStretchFactor(1, 1)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.source)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.progress)
        layout.addLayout(self._last_stage())
        return page

    def _last_stage(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(named_label("4 导入", "sectionTitle"))
        row.addWidget(QLabel("已有记录"))
        row.addWidget(self.source.modes)
        row.addStretch(1)
        row.addWidget(self.partial)
        row.addWidget(self.again_button)
        row.addWidget(self.apply_button)
        return row

    def _connect(self, bus: ChangesBus) -> None:
        self.source.file_chosen.connect(self.read)
        self.source.kind_changed.connect(self._kind_changed)
        self.source.mode_changed.connect(self.check)
        self.source.course_changed.connect(self._set_course)
        self.source.template_asked.connect(self.write_template)
        self.columns.matched.connect(self._match)
        self.results.correction_asked.connect(self.ask_correction)
        self.partial.toggled.connect(self._show_stage)
        self.again_button.clicked.connect(self.check)
        self.apply_button.clicked.connect(self.apply)
        self.undo_bar.undo_asked.connect(self.undo)
        self.batches.undo_asked.connect(self.undo)
        bus.changed.connect(self._take_note)
        shortcut = QShortcut(QKeySequence.StandardKey.Undo, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.undo_bar.undo)

    # stage one

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.tabs.setCurrentIndex(0)
            self.read(Path(files[0]))

    def _kind_changed(self) -> None:
        self._offer_fields()
        if self._path is not None:
            self.read(self._path)

    def _offer_fields(self) -> None:
        self.columns.clear()
        self.columns.offer(self._imports.importable(self.source.kind()))

    def _set_course(self) -> None:
        if self.reading is not None:
            self.reading = self.reading.with_course(self.source.courses.course())
            self.check()

    def read(self, path: Path, password: str | None = None) -> None:
        self._path = path
        self._forget()
        self.source.show_file(path)
        imports, kind = self._imports, self.source.kind()

        def work(control: Control) -> Reading:
            return imports.read(path, kind, password=password, control=control)

        self._run(work, self._was_read, "正在读取")

    def _run(self, work: Callable[[Control], R], done: Callable[[R], None], text: str) -> None:
        """One reading job at a time; a newer one takes the place of the one before."""
        if self._job is not None:
            self._job.cancel()
        job = self._job = self._bridge.start(work, done, self._failed, self._cancelled)
        job.ended.connect(lambda: self._ended(job))
        self.progress.follow(job, text)
        self._show_stage()

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
        self._show_stage()

    def _was_read(self, reading: Reading) -> None:
        self.reading = reading.with_course(self.source.courses.course())
        self.columns.show_reading(reading)
        self.check()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DomainError) and error.code in LOCKED and self._path is not None:
            self._ask_password(error.code == LOCKED[1])
        else:
            messages.tell_error(self.window(), error)

    def _ask_password(self, again: bool) -> None:
        label = "密码不正确，请重新输入：" if again else f"{self._path.name if self._path else ''} 的打开密码："
        password = messages.ask_text(self.window(), "工作簿设有密码", label, hidden=True)
        if password and self._path is not None:
            self.read(self._path, password)

    def _cancelled(self) -> None:
        self._show_stage()

    def _forget(self) -> None:
        self.reading = self.preview = None
        self.partial.setChecked(False)
        self.columns.clear()
        self.results.show_preview(None)

    def write_template(self, target: Path) -> None:
        catalogue, kind = self._opened.catalogue, self.source.kind()
        self._bridge.run(lambda _control: write_template(catalogue, kind, target), self._template_written)

    def _template_written(self, target: Path) -> None:
        messages.tell(self.window(), "模板已保存。", str(target))

    # stages two and three

    def _match(self, sheet: str, header: str, field: str) -> None:
        if self.reading is not None:
            self.reading = self.reading.with_match(sheet, header, field)
            self.columns.show_reading(self.reading)
            self.check()

    def check(self) -> None:
        if self.reading is None:
            return
        self.preview = None
        imports, reading, mode = self._imports, self.reading, self.source.mode()

        def work(control: Control) -> Preview:
            return imports.check(reading, mode, control)

        self._run(work, self._was_checked, "正在检查")

    def _was_checked(self, preview: Preview) -> None:
        if preview.reading is not self.reading:
            return
        self.preview = preview
        self.results.show_preview(preview)
        self.results.show_only(WITH_PROBLEMS if preview.counts["rejected"] else ALL)
        self._show_stage()

    def ask_correction(self, row: PreviewRow) -> CorrectionDialog | None:
        if self.reading is None or self.preview is None:
            return None
        fields = {field.key: field for field in self._imports.importable(self.source.kind())}
        fields |= half_day_fields(self.reading)
        question = self.preview.questions.get((row.sheet, row.number))
        dialog = CorrectionDialog(self.reading, row, fields, question, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.correct(row, dialog.corrections(), dialog.person()))
        dialog.look_for_number(IdRepair(self._opened), self._bridge)
        dialog.open()
        return dialog

    def correct(self, row: PreviewRow, corrections: dict[str, str], person: int | None = None) -> None:
        if self.reading is None or not (corrections or person is not None):
            return
        for field, text in corrections.items():
            self.reading = self.reading.with_correction(row.sheet, row.number, field, text)
        if person is not None:
            self.reading = self.reading.with_person(row.sheet, row.number, person)
        self.check()

    # stage four

    def _show_stage(self) -> None:
        preview = self.preview
        rejected = preview.counts["rejected"] if preview else 0
        going_in = preview.counts["created"] + preview.counts["updated"] if preview else 0
        self.partial.setVisible(rejected > 0 and going_in > 0)
        self.partial.setText(f"不能导入的 {rejected:,} 行除外，其余照常导入")
        self.apply_button.setText(f"导入 {going_in:,} 行" if going_in else "导入")
        may = self._job is None and going_in > 0 and (rejected == 0 or self.partial.isChecked())
        self.apply_button.setEnabled(may)
        self.again_button.setVisible(self.reading is not None and preview is None and self._job is None)

    def apply(self) -> None:
        preview, partial, imports = self.preview, self.partial.isChecked(), self._imports
        if preview is None:
            return
        self._bridge.run_with_bar(
            "正在导入",
            lambda control: imports.apply(preview, partial=partial, control=control),
            self._applied,
            self._not_applied,
            self.window(),
        )

    def _applied(self, result: ImportResult) -> None:
        assert self.preview is not None
        text = counted(self.preview.counts)
        self._path = None
        self._forget()
        self.source.show_file(None)
        self._show_stage()
        self.undo_bar.offer(f"导入完成。{text}", result.batch)

    def _not_applied(self, error: Exception) -> None:
        messages.tell_error(self.window(), error)
        if isinstance(error, DomainError) and error.code == "import.stale":
            self.check()

    def undo(self, batch: int) -> None:
        history = self._history
        self._bridge.run_with_bar(
            "正在撤销导入", lambda control: history.undo(batch, control), self._undone, parent=self.window()
        )

    def _undone(self, undone: Undone) -> None:
        self.undo_bar.offer(f"已撤销导入，退回 {undone.reversed:,} 处记录", None)
        if undone.kept:
            shown = "\n".join(undone.kept[:20])
            messages.tell(self.window(), f"有 {len(undone.kept):,} 处此后又改动过，未退回。", shown)

    def _take_note(self, _changes: Changes) -> None:
        """What was checked against the register as it was is checked anew."""
        if self.preview is not None and self._job is None:
            self.check()
