"""Forms about people: which form and year, whose file it is made from, and a filled file for each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import TALENT_FORMS
from socialwork_app.foundation import file_names
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.form_files import Form, FormFiles, FormSheet
from socialwork_app.services.forms import Filled, Forms, Named
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.screens.talents.form_mapping import MappingDialog
from socialwork_app.ui.screens.talents.form_words import WordsDialog
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, side_by_side

SIZE = (700, 470)
PAST = 10
"""Years back that can be chosen."""
FILES = "表格文件 (*.xlsx *.docx)"
EXPLAINED = (
    "每人一个文件。可以换成上级的表格：点“添加表格…”选 .xlsx 或 .docx 文件。"
    "Excel 表格在“对应…”中指明哪一格填什么，一次对应，以后只换文件；"
    "Word 表格中写 {{姓名}} 这样的名称。没有用途的，身份证号和电话遮盖。"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A form as it can be filled: the names in it, and what an .xlsx shows."""

    forms: Forms
    names: tuple[Named, ...]
    sheets: tuple[FormSheet, ...]

    @property
    def unknown(self) -> list[str]:
        return [one.name for one in self.names if one.meaning is None]

    @property
    def sensitive(self) -> bool:
        return any(one.sensitive for one in self.names)


class FillDialog(QDialog):
    """For these people, in this order; `year`: the one that is offered first."""

    def __init__(
        self, opened: OpenRegister, bridge: JobBridge, people: Sequence[int], parent: QWidget | None = None,
        year: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("填考核表")
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        self._opened, self._bridge, self._people = opened, bridge, tuple(people)
        self._files = FormFiles(opened)
        self._read: Read | None = None
        self._written: Path | None = None
        self.dialog: QDialog | None = None
        this_year = opened.today().year
        self.form = combo("表格", [])
        self.year = combo("年度", [(str(one), one) for one in range(this_year + 1, this_year - PAST, -1)])
        self.year.setCurrentIndex(self.year.findData(year or this_year))
        self.file = QLabel()
        self.add_button = button("添加表格…", "选上级的 .xlsx 或 .docx 表格，存入登记册")
        self.replace_button = button("换文件…", "换成新的文件，对应的单元格不变")
        self.export_button = button("另存为…", "把表格文件存到别处，可在 WPS 中修改")
        self.map_button = button("对应…", "哪一格填什么，或 Word 表格中可以写哪些名称")
        self.purpose = QLineEdit()
        self.hint = named_label("", "error")
        self.outcome = QLabel()
        self.folder_button = button("打开文件夹", "打开文件所在的文件夹")
        self.close_button = button("关闭", "关闭")
        self.fill_button = button("填写…", "选好文件夹后填写", primary=True)
        self._lay_out()
        self._connect()
        self._offer()

    def _lay_out(self) -> None:
        self.purpose.setAccessibleName("用途")
        self.purpose.setPlaceholderText("要填完整的号码时写，如：报市局备案。用途记入日志")
        self.fill_button.setDefault(True)
        self.folder_button.hide()
        explained = named_label(EXPLAINED, "muted")
        for label in (explained, self.hint, self.outcome, self.file):
            label.setWordWrap(True)
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow("表格", self.form)
        form.addRow("文件", self.file)
        form.addRow("", side_by_side(self.add_button, self.replace_button, self.export_button, self.map_button, None))
        form.addRow("年度", self.year)
        form.addRow("人员", QLabel(f"{len(self._people):,} 人"))
        form.addRow("用途", self.purpose)
        form.addRow("", self.hint)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(explained)
        layout.addWidget(self.outcome)
        layout.addStretch(1)
        layout.addLayout(side_by_side(self.folder_button, None, self.close_button, self.fill_button))

    def _connect(self) -> None:
        self.form.activated.connect(self.load)
        self.year.activated.connect(self.load)
        self.add_button.clicked.connect(self._ask_new)
        self.replace_button.clicked.connect(self._ask_file)
        self.export_button.clicked.connect(self._ask_copy)
        self.map_button.clicked.connect(self.map)
        self.folder_button.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.reject)
        self.fill_button.clicked.connect(self._ask_folder)

    # the form

    def _chosen(self) -> Form:
        return self.form.currentData()

    def _offer(self, title: str = "") -> None:
        """The forms that there are; the titled one is chosen."""
        files = self._files
        for each in (self.replace_button, self.export_button, self.map_button, self.fill_button):
            each.setEnabled(False)
        self._bridge.run(lambda _control: files.all(), partial(self._show_forms, title))

    def _show_forms(self, title: str, forms: Sequence[Form]) -> None:
        self.form.clear()
        for form in forms:
            self.form.addItem(form.title, form)
        self.form.setCurrentIndex(max(0, self.form.findText(title)))
        self.load()

    def load(self) -> None:
        """Reading a form takes longer than a window may."""
        opened, form, year = self._opened, self._chosen(), self.year.currentData()
        self._read = None
        self._show_state()

        def work(_control: Control) -> Read:
            forms = Forms(opened, form, year)
            return Read(forms, forms.names(), forms.files.sheets(form) if form.is_sheet else ())

        self._bridge.run(work, partial(self._show, form), self._not_usable)

    def _show(self, form: Form, found: Read) -> None:
        if form == self._chosen():
            self._read = found
            self._show_state()

    def _not_usable(self, error: Exception) -> None:
        messages.tell_error(self, error)

    def _show_state(self) -> None:
        form, found = self._chosen(), self._read
        own = form.id is not None
        self.file.setText((form.file or "还没有文件") if own else "自带的")
        self.replace_button.setEnabled(own)
        self.export_button.setEnabled(bool(form.file))
        self.map_button.setEnabled(found is not None and (own or not form.is_sheet))
        self._form.setRowVisible(self.purpose, found is not None and found.sensitive)
        unknown = found.unknown if found else []
        self.hint.setText(f"不认识的名称：{'、'.join(unknown)}。请在表格中改正。" if unknown else "")
        self.fill_button.setEnabled(found is not None and not unknown and bool(self._people))

    # another form or file

    def _ask_new(self) -> None:
        path = self._ask_open("添加表格")
        title = path and messages.ask_text(self, "添加表格", TALENT_FORMS.field("title").label, path.stem)
        if path and title and title.strip():
            self.add_form(title.strip(), path)

    def add_form(self, title: str, path: Path) -> None:
        files = self._files
        self._change(lambda _control: files.add(title, path)[1], title)

    def _ask_file(self) -> None:
        path = self._ask_open("换文件")
        if path:
            self.replace_file(path)

    def replace_file(self, path: Path) -> None:
        files, form = self._files, self._chosen()
        self._change(lambda _control: files.replace(form, path), form.title)

    def _change(self, work: Callable[[Control], Changes], title: str) -> None:
        self._bridge.write(work, partial(self._changed, title), self._not_usable)

    def _changed(self, title: str, _changes: Changes) -> None:
        self._offer(title)

    def _ask_open(self, title: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, title, "", FILES)
        return Path(name) if name else None

    def _ask_copy(self) -> None:
        files, form = self._files, self._chosen()
        suggested = file_names.safe(f"{form.title}{form.suffix}")
        if target := ask_target(self, "另存为", suggested, f"表格文件 (*{form.suffix})"):
            self._bridge.run(lambda _control: files.export(form, target), partial(self._exported, target))

    def _exported(self, target: Path, _none: None) -> None:
        self._tell(target.parent, f"已存为 {target}")

    def map(self) -> None:
        found = self._read
        if found is None:
            return
        made = MappingDialog(found.forms, found.sheets, self._bridge, self) if found.sheets else WordsDialog(
            found.forms, found.names, self)  # fmt: skip
        self.dialog = made
        made.accepted.connect(self.load)
        made.finished.connect(self._forget_dialog)
        made.open()

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    # filling

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "存到哪个文件夹")
        if name and self._may_write(Path(name)):
            self.fill(Path(name))

    def _may_write(self, folder: Path) -> bool:
        """Files of the same names may have been completed by hand."""
        stand = (
            [file.name for file in self._read.forms.targets(self._people, folder) if file.exists()]
            if self._read
            else []
        )
        return not stand or messages.ask(
            self, f"文件夹中已有 {len(stand):,} 个同名文件。", "覆盖", "\n".join(stand[:PAST])
        )

    def fill(self, folder: Path) -> None:
        found, people, purpose = self._read, self._people, self.purpose.text()
        if found is None:
            return

        def work(control: Control) -> Filled:
            return found.forms.fill_all(people, folder, purpose if found.sensitive else "", control)

        self.outcome.setText("")
        self._bridge.run_with_bar("正在填写", work, partial(self._done, folder), parent=self)

    def _done(self, folder: Path, filled: Filled) -> None:
        lines = [f"已填写 {len(filled.files):,} 份，在 {folder}"]
        if filled.blank:
            lines.append(f"有人没有内容、已留空：{'、'.join(filled.blank)}")
        self._tell(folder, "\n".join(lines))

    def _tell(self, folder: Path, text: str) -> None:
        self._written = folder
        self.outcome.setText(text)
        self.folder_button.show()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))
