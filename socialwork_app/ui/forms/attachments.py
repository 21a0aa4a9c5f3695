"""Scans that hang on a record. They leave the encrypted file only when saved elsewhere on purpose."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from socialwork_app.foundation import atomic, file_names
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.changes import Changes
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records, Row
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.records.undo_bar import UndoBar
from socialwork_app.ui.widgets.table_view import TableView

KIND = "attachments"
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")


class AttachmentsTable(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachments = Attachments(opened)
        self._history = History(opened)
        self._records = Records(opened, KIND)
        self._bridge = bridge
        self._of: tuple[str, int] | None = None
        self._rows: tuple[Row, ...] = ()
        register = self._records.register
        self._fields = [register.field(key) for key in register.columns]
        self.model = RowsModel([field.label for field in self._fields], self)
        self.table = TableView(register.title)
        self.table.show_model(self.model)
        self.table.set_widths([field.width for field in self._fields])
        self.add_button = QPushButton("添加文件")
        self.view_button = QPushButton("查看图片")
        self.save_button = QPushButton("另存为")
        self.delete_button = QPushButton("删除")
        self.undo_bar = UndoBar()
        self.setAcceptDrops(True)
        self._lay_out()
        if not opened.allows("save", KIND):
            self.add_button.hide()
            self.delete_button.hide()
            self.setAcceptDrops(False)
        self._connect(bus)
        self._choose()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.add_button, self.view_button, self.save_button, self.delete_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.undo_bar)

    def _connect(self, bus: ChangesBus) -> None:
        self.add_button.clicked.connect(self.ask_files)
        self.view_button.clicked.connect(self.view)
        self.save_button.clicked.connect(self.ask_target)
        self.delete_button.clicked.connect(self.ask_delete)
        self.table.selection_changed.connect(self._choose)
        self.table.doubleClicked.connect(lambda _index: self.view())
        self.undo_bar.undo_asked.connect(self._undo)
        bus.changed.connect(self._take_note)

    def show_attachments(self, kind: str, row_id: int) -> None:
        if self._of != (kind, row_id):
            self.undo_bar.hide()
        self._of = (kind, row_id)
        self.load()

    def load(self) -> None:
        if self._of is None:
            return
        self._rows = self._attachments.of(*self._of)
        self.model.show_rows([self._cells(row) for row in self._rows])
        self.table.say_empty("" if self._rows else "没有附件，可把文件拖到这里")
        self._choose()

    def _cells(self, row: Row) -> list[Cell]:
        shown = (self._records.display(field.key, row.values.get(field.key)) for field in self._fields)
        return [Cell(text, right=field.numeric) for field, text in zip(self._fields, shown, strict=True)]

    def _chosen(self) -> Row | None:
        ranges = self.table.selected_ranges()
        return self._rows[ranges[0][0]] if ranges and ranges[0][0] < len(self._rows) else None

    def _choose(self) -> None:
        row = self._chosen()
        for button in (self.save_button, self.delete_button):
            button.setEnabled(row is not None)
        self.view_button.setEnabled(row is not None and _is_picture(row))

    def _take_note(self, changes: Changes) -> None:
        if KIND in changes.kinds and self.isVisible():
            self.load()

    # adding

    def ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "添加附件")
        self.add([Path(name) for name in names])

    def add(self, paths: list[Path]) -> None:
        of, attachments = self._of, self._attachments
        if of is None:
            return
        for path in paths:
            self._bridge.write(lambda _control, path=path: attachments.add(*of, path), _nothing)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # taking out

    def ask_target(self) -> None:
        row = self._chosen()
        if row is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "另存为", file_names.safe(str(row.values["file_name"])))
        if name:
            self.save_as(row.id, Path(name))

    def save_as(self, attachment_id: int, target: Path) -> None:
        attachments = self._attachments
        self._bridge.run(lambda _control: atomic.write_bytes(target, attachments.content(attachment_id)[1]), _nothing)

    def view(self) -> None:
        row, attachments = self._chosen(), self._attachments
        if row is not None and _is_picture(row):
            self._bridge.run(lambda _control: attachments.content(row.id), self._show_picture)

    def _show_picture(self, content: tuple[str, bytes]) -> None:
        name, data = content
        picture = QPixmap()
        if not picture.loadFromData(data):
            messages.warn(self, f"无法显示 {name}。", "文件不是图片或已损坏，可另存后用其他程序打开。")
            return
        dialog = QDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("查看附件")
        label = QLabel()
        label.setAccessibleName(name)
        label.setPixmap(picture)
        area = QScrollArea()
        area.setWidget(label)
        QVBoxLayout(dialog).addWidget(area)
        dialog.resize(900, 640)
        dialog.open()

    def ask_delete(self) -> None:
        row, attachments = self._chosen(), self._attachments
        if row is not None and messages.ask(self, f"删除附件 {row.values['file_name']}？", "删除", "删除后可撤销。"):
            self._bridge.write(lambda _control: attachments.remove(row.id), self._deleted)

    def _deleted(self, changes: Changes) -> None:
        self.undo_bar.offer("已删除 1 个附件", changes.change_id)

    def _undo(self, change_id: int) -> None:
        history = self._history
        self._bridge.write(lambda control: history.undo(change_id, control), self._undone)

    def _undone(self, _undone: object) -> None:
        """ALL_KINDS of an undo leaves attachments out, so the table looks by itself."""
        self.load()


def _is_picture(row: Row) -> bool:
    return str(row.values["file_name"]).lower().endswith(PICTURES)


def _nothing(_result: object) -> None:
    """The table hears of it by the bus."""
