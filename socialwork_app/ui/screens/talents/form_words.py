"""Which names stand in a form that is a Word document, and which can be written there."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from socialwork_app.services.forms import Forms, Named
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.screens.talents.form_names import NamesList
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button
from socialwork_app.ui.widgets.table_view import TableView

SIZE = (900, 560)
WIDTHS = (30, 24)
EXPLAINED = (
    "左边是表格中现有的名称，右边是可以写的。双击右边的名称复制，再到 WPS 中粘贴到表格里。"
    "带“：”的名称（如 {{历年考核：考核年度}}）写在表格的一行中，有几条就排几行。"
)


class WordsDialog(QDialog):
    def __init__(self, forms: Forms, found: Sequence[Named], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"表格中的名称：{forms.form.title}")
        self.resize(*SIZE)
        self.model = RowsModel(["表格中的名称", "填入什么"], self)
        self.table = TableView("表格中的名称")
        self.table.show_model(self.model)
        self.model.show_rows([[Cell(one.name), _told(one)] for one in found])
        self.table.set_widths(WIDTHS)
        self.table.say_empty("" if found else "表格中没有写 {{姓名}} 这样的名称。")
        self.names = NamesList(forms.groups, forms.book)
        self.copied = named_label("", "muted")
        self.close_button = button("关闭", "关闭")
        self.close_button.setAutoDefault(False)
        self._lay_out()
        self.names.chosen.connect(self.copy)
        self.close_button.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        explained = named_label(EXPLAINED, "muted")
        explained.setWordWrap(True)
        parts, foot = QHBoxLayout(), QHBoxLayout()
        parts.addWidget(self.table, 3)
        parts.addWidget(self.names, 2)
        foot.addWidget(self.copied, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(explained)
        layout.addLayout(parts, 1)
        layout.addLayout(foot)

    def copy(self, name: str) -> None:
        QGuiApplication.clipboard().setText(f"{{{{{name}}}}}")
        self.copied.setText(f"已复制 {{{{{name}}}}}")


def _told(one: Named) -> Cell:
    if one.meaning is None:
        return Cell("不认识的名称", tone="overdue")
    field = one.meaning.field
    return Cell(f"{one.meaning.group.title}　{field.label if field else '全部，一条一行'}")
