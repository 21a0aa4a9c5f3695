"""One value for one field of many records."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.services.records import Records
from socialwork_app.ui.screens.records.entries import code_entries

WIDTH = 420


class BulkEdit(QDialog):
    def __init__(self, records: Records, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量修改")
        self.setMinimumWidth(WIDTH)
        self._records = records
        self._fields = [field for field in records.register.fields if not _is_its_own(field)]
        self._chooser = QComboBox()
        self._chooser.setAccessibleName("要修改的项目")
        self._chooser.setMaxVisibleItems(20)
        self._chooser.addItems([field.label for field in self._fields])
        self._editors = QStackedWidget()
        for field in self._fields:
            self._editors.addWidget(_editor(field, records))
        self._editors.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._chooser.currentIndexChanged.connect(self._editors.setCurrentIndex)
        self._lay_out(count)

    def _lay_out(self, count: int) -> None:
        hint = QLabel(f"选中的 {count:,} 条{self._records.register.title}记录都改为同一内容；留空则清除原有内容。")
        hint.setWordWrap(True)
        form = QFormLayout()
        form.addRow("项目", self._chooser)
        form.addRow("改为", self._editors)
        buttons = QDialogButtonBox()
        buttons.addButton("修改", QDialogButtonBox.ButtonRole.AcceptRole).setProperty("primary", True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def choose(self, key: str, text: str) -> None:
        at = next(number for number, field in enumerate(self._fields) if field.key == key)
        self._chooser.setCurrentIndex(at)
        editor = self._editors.widget(at)
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def key(self) -> str:
        return self._fields[self._chooser.currentIndex()].key

    def label(self) -> str:
        return self._fields[self._chooser.currentIndex()].label

    def raw(self) -> object:
        """What was typed or chosen; a service reads it."""
        editor = self._editors.currentWidget()
        if isinstance(editor, QComboBox):
            at = editor.findText(editor.currentText(), Qt.MatchFlag.MatchExactly)
            return editor.itemData(at) if at >= 0 else editor.currentText().strip()
        return editor.text() if isinstance(editor, QLineEdit) else None


def _is_its_own(field: Field) -> bool:
    """Whether each record has one of its own: somebody's name, a number, what follows from it."""
    return field.kind is Kind.NAME or field.unique or bool(field.derived_from)


def _editor(field: Field, records: Records) -> QWidget:
    editor = _combo(field, records) if field.kind in (Kind.CODE, Kind.YES_NO, Kind.REFERENCE) else QLineEdit()
    editor.setAccessibleName(field.label)
    editor.setToolTip(field.hint)
    return editor


def _combo(field: Field, records: Records) -> QComboBox:
    combo = QComboBox()
    combo.setMaxVisibleItems(20)
    combo.addItem("", None)
    entries: Sequence[tuple[object, str]]
    if field.kind is Kind.REFERENCE:
        combo.setEditable(True)
        entries = [(choice.id, choice.label) for choice in records.choices(field)]
    else:
        entries = code_entries(records.opened.catalogue, field)
    for value, label in entries:
        combo.addItem(label, value)
    return combo
