"""Which columns a list shows, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.fields.field import Field

SIZE = (320, 460)


class ColumnChooser(QDialog):
    def __init__(
        self,
        fields: Sequence[Field],
        shown: Sequence[str],
        usual: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """`usual`: what the register shows unless something else was chosen."""
        super().__init__(parent)
        self.setWindowTitle("选择显示的列")
        self.resize(*SIZE)
        self._fields = {field.key: field for field in fields}
        self._usual = tuple(usual)
        self._list = QListWidget()
        self._list.setAccessibleName("列")
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        buttons = QDialogButtonBox()
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole).setProperty("primary", True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        reset = buttons.addButton("恢复默认", QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        reset.clicked.connect(lambda: self._show(self._usual))
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel("勾选要显示的列；上下拖动可调整次序。"))
        layout.addWidget(self._list)
        layout.addWidget(buttons)
        self._show(shown)

    def keys(self) -> tuple[str, ...]:
        """The columns chosen, in their order; the usual ones if none is left."""
        items = (self._list.item(row) for row in range(self._list.count()))
        chosen = (item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(chosen) or self._usual

    def _show(self, shown: Sequence[str]) -> None:
        self._list.clear()
        others = [key for key in self._fields if key not in shown]
        for key in (*shown, *others):
            item = QListWidgetItem(self._fields[key].label, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
