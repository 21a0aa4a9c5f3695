"""Where the official pass list and the register differ, to be read and copied."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.registers.catalogue import CERTIFICATES, PEOPLE
from socialwork_app.services.exam_awards import Difference
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

KINDS = {"missing": "名单有而本册未合格", "extra": "本册合格而名单没有", "different": "不一致"}
TONES = {"missing": "overdue", "extra": "overdue", "different": "soon"}
ADVICE = {
    "missing": "名单上有，本册 {year} 年没有此人合格。请核对成绩、姓名和身份证号。",
    "extra": "本册 {year} 年判为合格，名单上没有。请核对成绩和合格线。",
    "name": "名单写作“{given}”。请核对姓名。",
    "level": "名单为{given}。请核对级别。",
    "id_number": "本册没有身份证号，按姓名对上。请补录后再核对。",
}
HEADERS = ("情况", PEOPLE.field("name").label, CERTIFICATES.field("level").label, "说明")
WIDTHS = (19, 8, 14, 30)
SIZE = (900, 460)


class DifferenceDialog(QDialog):
    def __init__(
        self, found: Sequence[Difference], levels: CodeList, year: int, file: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"与合格名单核对：{year} 年")
        self.resize(*SIZE)
        self._levels, self._year = levels, year
        self.found = sorted(found, key=lambda one: list(KINDS).index(one.kind))
        self.model: MadeModel[Difference] = MadeModel(HEADERS, self)
        self.model.show_items(self.found, self._cells)
        self.table = TableView("与合格名单的差异")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.copy_button = _button("复制", "Ctrl+C：复制选中的行，没有选中时复制全部")
        self.copy_button.clicked.connect(self.copy)
        counts = [f"{words} {count:,}" for kind, words in KINDS.items()
                  if (count := sum(one.kind == kind for one in self.found))]  # fmt: skip
        self.summary = named_label(f"{file}：{'，'.join(counts)}", "")
        self.summary.setWordWrap(True)
        self._lay_out()
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        shortcut.activated.connect(self.copy)

    def _lay_out(self) -> None:
        close = _button("关闭", "Esc")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(named_label("复制后可粘贴到表格中", "muted"), 1)
        row.addWidget(self.copy_button)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.table.setFocus()

    def copy(self) -> None:
        """With headers, parted by tabs, as a workbook takes it in."""
        ranges = self.table.selected_ranges() or [(0, len(self.found) - 1)]
        rows = [self._cells(self.found[row]) for first, last in ranges for row in range(first, last + 1)]
        lines = ["\t".join(HEADERS), *("\t".join(cell.text for cell in cells) for cells in rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _cells(self, one: Difference) -> tuple[Cell, ...]:
        given = self._levels.label(one.given) if one.what == "level" else one.given
        advice = ADVICE[one.what or one.kind].format(year=self._year, given=given)
        level = self._levels.label(one.level) if one.level else ""
        return Cell(KINDS[one.kind], TONES[one.kind]), Cell(one.name), Cell(level), Cell(advice)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
