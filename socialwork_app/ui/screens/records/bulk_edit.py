"""One value for one field of many records."""

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.services.records import Records
from socialwork_app.ui.forms.combo_editors import ReferenceEditor
from socialwork_app.ui.forms.editor import Editor
from socialwork_app.ui.forms.editors import editor_for
from socialwork_app.ui.forms.form_choices import TOWNSHIP

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
        for editor in self._made_editors():
            self._editors.addWidget(editor)
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

    def _made_editors(self) -> list[Editor]:
        """Those of the form, so that an entry means here what it means there."""
        choices = {f.key: self._records.choices(f) for f in self._fields if f.kind is Kind.REFERENCE}
        townships = {choice.id: choice.label for choice in choices.get(TOWNSHIP, ())}
        editors = [editor_for(field, self._records.opened.catalogue.code_lists) for field in self._fields]
        for editor in editors:
            if isinstance(editor, ReferenceEditor):
                editor.offer(choices[editor.field.key], townships)
        return editors

    def choose(self, key: str, text: str) -> None:
        self._chooser.setCurrentIndex([field.key for field in self._fields].index(key))
        self.editor().set(None, text)

    def editor(self) -> Editor:
        """Of the chosen field."""
        editor = self._editors.currentWidget()
        assert isinstance(editor, Editor)
        return editor

    def key(self) -> str:
        return self.editor().field.key

    def raw(self) -> object:
        """What was typed or chosen; a service reads it."""
        return self.editor().raw()


def _is_its_own(field: Field) -> bool:
    """Whether each record has one of its own: somebody's name, a number, what follows from it."""
    return field.kind is Kind.NAME or field.unique or bool(field.derived_from)
