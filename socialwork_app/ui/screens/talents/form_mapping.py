"""What goes into which cell of a form that is a workbook: done once on screen, kept with the form."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtWidgets import QDialog, QLineEdit, QSplitter, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import FORM_CELLS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.changes import Changes
from socialwork_app.services.form_files import Cells, FormSheet, place, reference
from socialwork_app.services.forms import Forms
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.screens.talents.form_grid import FormModel, FormTable, Place
from socialwork_app.ui.screens.talents.form_names import NamesList
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, label_of, side_by_side

SIZE = (1180, 660)
SHARES = (840, 320)
EXPLAINED = (
    "选中单元格，按 Enter 后查找名称，再按 Enter 填入；Delete 清除。绿底的是要填的单元格。"
    "一格要填几项的，在下面写成 {{姓名}}（{{岗位}}）这样。"
)


class MappingDialog(QDialog):
    """`sheets`: of the form's file; the first one's cells go without its name, as it may change from year to year."""

    def __init__(
        self, forms: Forms, sheets: tuple[FormSheet, ...], bridge: JobBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"对应单元格：{forms.form.title}")
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        self._forms, self._sheets, self._bridge = forms, sheets, bridge
        self._cells: dict[str, dict[Place, str]] = _by_sheet(forms.files.cells(forms.form), sheets)
        self._shown = sheets[0].name
        self.sheet = combo("工作表", [(sheet.name, sheet.name) for sheet in sheets])
        self.model = FormModel(self)
        self.table = FormTable(self.model)
        self.names = NamesList(forms.groups, forms.book)
        self.value = QLineEdit()
        self.append_button = button("接在后面", "把选中的名称接在已填入的后面")
        self.clear_button = button("清除", "这一格不再填入")
        self.hint = named_label("", "error")
        self.save_button = button("保存", "存入登记册，今后换了文件仍按此填写", primary=True)
        self.cancel_button = button("取消", "不保存")
        self._lay_out()
        self._connect()
        self._show_sheet()
        self.table.setFocus()

    def _lay_out(self) -> None:
        self.value.setAccessibleName(FORM_CELLS.field("value").label)
        for each in (self.save_button, self.cancel_button, self.append_button, self.clear_button):
            each.setAutoDefault(False)
        explained = named_label(EXPLAINED, "muted")
        explained.setWordWrap(True)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.names)
        parts.setSizes(SHARES)
        layout = QVBoxLayout(self)
        layout.addWidget(explained)
        if len(self._sheets) > 1:
            layout.addLayout(side_by_side(label_of("工作表", self.sheet), self.sheet, None))
        layout.addWidget(parts, 1)
        self._cell_name = named_label("", "sectionTitle")
        layout.addLayout(side_by_side(self._cell_name, self.value, self.append_button, self.clear_button))
        layout.addLayout(side_by_side(self.hint, None, self.cancel_button, self.save_button))

    def _connect(self) -> None:
        self.sheet.currentIndexChanged.connect(self._show_sheet)
        self.table.chosen.connect(self._choose)
        self.table.name_asked.connect(self._ask_name)
        self.table.clear_asked.connect(lambda: self.fill(""))
        self.names.chosen.connect(self._fill_chosen)
        self.value.editingFinished.connect(lambda: self.fill(self.value.text().strip()))
        self.append_button.clicked.connect(self._append)
        self.clear_button.clicked.connect(lambda: self.fill(""))
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)

    # the sheet

    def _show_sheet(self) -> None:
        self._keep()
        self._shown = self.sheet.currentData()
        sheet = next(one for one in self._sheets if one.name == self._shown)
        self.table.show_sheet(sheet, self._cells.get(self._shown, {}))

    def _keep(self) -> None:
        if self.model.sheet is not None:
            self._cells[self._shown] = dict(self.model.filled)

    def _choose(self, index: QModelIndex) -> None:
        at = (index.row(), index.column())
        value = self.model.filled.get(at, "")
        self._cell_name.setText(f"{reference(*at)} 填入" if index.isValid() else "")
        self.value.setText(value)
        self.clear_button.setEnabled(bool(value))
        self.append_button.setEnabled(bool(value))

    def _ask_name(self) -> None:
        self.names.search.setFocus()
        self.names.search.selectAll()

    # what goes in

    def fill(self, value: str) -> None:
        """Into the cell that is chosen."""
        index, sheet = self.table.currentIndex(), self.model.sheet
        at = (index.row(), index.column())
        if not index.isValid() or sheet is None or value == self.model.filled.get(at, ""):
            return
        formula = at in sheet.formulas
        self.hint.setText(f"{reference(*at)} 中是公式，不能填入。" if formula else "")
        if not formula:
            self.model.fill(index, value)
        self._choose(index)

    def _fill_chosen(self, name: str) -> None:
        self.fill(name)
        self.table.setFocus()

    def _append(self) -> None:
        """The name that is chosen in the list, after what the cell has."""
        item = self.names.list.currentItem()
        if item is not None and self.value.text():
            has = self.value.text()
            first = has if "{{" in has else f"{{{{{has}}}}}"
            self.fill(f"{first} {{{{{item.text().strip()}}}}}")

    # saving

    def cells(self) -> Cells:
        self._keep()
        first = self._sheets[0].name
        return {
            ("" if name == first else name, reference(*at)): value
            for name, filled in self._cells.items()
            for at, value in filled.items()
        }

    def save(self) -> None:
        forms, cells = self._forms, self.cells()
        self.save_button.setEnabled(False)

        def work(_control: Control) -> Changes:
            return forms.files.save_cells(forms.form, cells, forms.book)

        self._bridge.write(work, self._saved, self._refused)

    def _saved(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        messages.tell_error(self, error)


def _by_sheet(cells: Cells, sheets: tuple[FormSheet, ...]) -> dict[str, dict[Place, str]]:
    """Those of sheets that the file no longer has are given up."""
    found: dict[str, dict[Place, str]] = {sheet.name: {} for sheet in sheets}
    for (name, cell), value in cells.items():
        if (name or sheets[0].name) in found:
            found[name or sheets[0].name][place(cell)] = value
    return found
