"""A backup into a new folder: what it holds against the open register first, where one is open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.moments import to_the_minute
from socialwork_app.foundation.jobs import Control
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.card import named_label, page_title
from socialwork_app.ui.widgets.controls import button, password_line, side_by_side
from socialwork_app.ui.widgets.path_line import PathLine, ask_folder, ask_zip
from socialwork_app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.services.register_files import RegisterFiles
    from socialwork_app.services.restoring import Comparison, Difference, Newest

HEADERS = ("登记册", "备份中", "现在", "只在备份中", "只在现在", "内容不同")
WIDTHS = (18, 10, 10, 12, 12, 12)
ADVICE = "恢复到新的空文件夹，核对无误才算完成，不影响正在使用的登记册。"
TALLEST, WIDTH = 260, 560


class RestorePane(QWidget):
    restored = Signal(object)
    """The folder of the register that stands there now."""
    open_asked = Signal(object)

    def __init__(self, files: RegisterFiles, bridge: JobBridge, opened: OpenRegister | None = None) -> None:
        super().__init__()
        self._files, self._bridge, self._opened = files, bridge, opened
        self.source = PathLine("备份文件", "选择 .zip 备份文件", ask_zip)
        self.folder = PathLine("恢复到", "一个新的空文件夹", ask_folder)
        self.password = password_line("备份时的密码", "备份时管理员的密码，忘记的填当时的恢复码")
        self.compare_button = button("先比较", "看备份与现在的登记册有什么不同")
        self.restore_button = button("恢复", "恢复到新文件夹", primary=opened is None)
        self.open_button = button("以后使用这个登记册", "关闭现在的登记册，打开刚恢复的")
        self.result = _wrapped("")
        self.told = _wrapped("")
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("比较结果")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.setMaximumHeight(TALLEST)
        self.table.horizontalHeader().setStretchLastSection(True)
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("备份文件", self.source)
        form.addRow("备份时的密码", self.password)
        form.addRow("恢复到", self.folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_wrapped(ADVICE, "muted"))
        layout.addLayout(form)
        layout.addLayout(side_by_side(None, self.compare_button, self.restore_button))
        for widget in (self.told, self.table, self.result):
            layout.addWidget(widget)
        layout.addLayout(side_by_side(None, self.open_button))
        self.compare_button.setVisible(self._opened is not None)
        for widget in (self.told, self.table, self.result, self.open_button):
            widget.hide()

    def _connect(self) -> None:
        self.compare_button.clicked.connect(self.compare)
        self.restore_button.clicked.connect(self.restore)
        self.open_button.clicked.connect(lambda: self.open_asked.emit(Path(self.folder.text())))
        for line in (self.source, self.folder):
            line.line.textChanged.connect(lambda _text: self._show_state())

    def _show_state(self) -> None:
        self.compare_button.setEnabled(bool(self.source.text()))
        self.restore_button.setEnabled(bool(self.source.text() and self.folder.text()))
        self.open_button.hide()

    # comparing

    def compare(self) -> None:
        opened, source, password = self._opened, Path(self.source.text()), self.password.text()

        def work(control: Control) -> Comparison:
            from socialwork_app.services import restoring

            assert opened is not None
            return restoring.compare(opened, source, password, control)

        self._bridge.run_with_bar("正在比较", work, self.show_comparison, parent=self.window())

    def show_comparison(self, found: Comparison) -> None:
        lines = [] if found.same else ["这是另一个登记册的备份，下面的比较没有意义。"]
        lines += [f"备份中最后的修改：{_newest(found.newest_there)}", f"现在最后的修改：{_newest(found.newest_here)}"]
        self.told.setText("\n".join(lines))
        shown = sorted((one for one in found.differences if one.there or one.here), key=_alike)
        self.model.show_rows([_cells(one) for one in shown])
        for widget in (self.told, self.table):
            widget.show()

    # restoring

    def restore(self) -> None:
        files, password = self._files, self.password.text()
        source, folder = Path(self.source.text()), Path(self.folder.text())

        def work(control: Control) -> tuple[Path, Mapping[str, int]]:
            from socialwork_app.services import restoring

            return folder, restoring.restore(files, source, folder, password, control)

        self._bridge.run_with_bar("正在恢复", work, self._restored, parent=self.window())

    def _restored(self, done: tuple[Path, Mapping[str, int]]) -> None:
        folder, counts = done
        self.password.clear()
        self.result.setText(f"恢复完成并已打开核对：{in_words(self._files, counts)}。{folder}")
        self.result.show()
        self.open_button.setVisible(self._opened is not None)
        self.restored.emit(folder)


class RestoreDialog(QDialog):
    """On a computer that has no register yet. Accepted with the folder of the one that stands there now."""

    def __init__(self, files: RegisterFiles, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("从备份恢复")
        self.setMinimumWidth(WIDTH)
        self.folder: Path | None = None
        self.pane = RestorePane(files, bridge)
        layout = QVBoxLayout(self)
        layout.addWidget(page_title("从备份恢复"))
        layout.addWidget(self.pane)
        self.pane.restored.connect(self._restored)

    def _restored(self, folder: Path) -> None:
        self.folder = folder
        self.accept()


def in_words(files: RegisterFiles, counts: Mapping[str, int]) -> str:
    """Tables that are registers and not empty, with their titles."""
    titles = {register.key: register.title for register in files.catalogue.registers}
    return "，".join(f"{titles[table]} {count:,}" for table, count in counts.items() if count and table in titles)


def _newest(newest: Newest | None) -> str:
    return f"{to_the_minute(newest.at)}，{newest.by}" if newest else "没有"


def _alike(one: Difference) -> bool:
    """What differs comes first."""
    return not (one.only_there or one.only_here or one.changed)


def _cells(one: Difference) -> tuple[Cell, ...]:
    figures = (one.there, one.here, one.only_there, one.only_here, one.changed)
    told = [Cell(f"{figure:,}", right=True) for figure in figures[:2]]
    differing = [Cell(f"{figure:,}" if figure else "", "soon" if figure else "", right=True) for figure in figures[2:]]
    return (Cell(one.title), *told, *differing)


def _wrapped(text: str, name: str = "") -> QLabel:
    label = named_label(text, name)
    label.setWordWrap(True)
    return label
