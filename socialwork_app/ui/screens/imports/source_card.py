"""Stage one: what kind of list, and which file.

What becomes of records that stand is chosen here too, but `modes` is placed where the import is begun.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from socialwork_app.domain.imports import Mode
from socialwork_app.services.imports import kind_of, kinds
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.screens.imports.course_box import CourseBox
from socialwork_app.ui.screens.imports.words import MODES
from socialwork_app.ui.widgets.card import Card, named_label

WORKBOOKS = "表格文件 (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.xml *.html *.htm);;所有文件 (*)"
NO_FILE = "尚未选择文件，可把文件拖到本页"


class SourceCard(Card):
    file_chosen = Signal(object)
    """A Path."""
    kind_changed = Signal()
    mode_changed = Signal()
    course_changed = Signal()
    template_asked = Signal(object)
    """The path to write it to."""

    def __init__(self, courses: CourseBox, parent: QWidget | None = None) -> None:
        super().__init__("1 选择名册类别和文件", parent)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("名册类别")
        for key, title in kinds():
            self.kinds.addItem(title, key)
        self.modes = QComboBox()
        self.modes.setAccessibleName("已有记录的处理")
        for mode, words in MODES.items():
            self.modes.addItem(words, mode)
        self.modes.setCurrentIndex(self.modes.findData(Mode.FILL))
        self.courses = courses
        self.file = named_label(NO_FILE, "muted")
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.choose_button = QPushButton("选择文件")
        self.choose_button.setShortcut("Ctrl+O")
        self.choose_button.setToolTip("Ctrl+O")
        self.template_button = QPushButton("下载模板")
        self._lay_out()
        self.choose_button.clicked.connect(self.ask_file)
        self.template_button.clicked.connect(self.ask_template)
        self.kinds.currentIndexChanged.connect(lambda _index: self._change_kind())
        self.courses.activated.connect(lambda _index: self.course_changed.emit())
        self.modes.currentIndexChanged.connect(lambda _index: self.mode_changed.emit())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.kinds)
        row.addWidget(self.courses, 3)
        row.addWidget(self.choose_button)
        row.addWidget(self.file, 1)
        row.addWidget(self.template_button)
        self.body.addLayout(row)

    def kind(self) -> str:
        return str(self.kinds.currentData())

    def _change_kind(self) -> None:
        self.courses.ask_for(kind_of(self.kind()).of_course)
        self.kind_changed.emit()

    def mode(self) -> Mode:
        return Mode(self.modes.currentData())

    def show_file(self, path: Path | None) -> None:
        self.file.setText(path.name if path else NO_FILE)
        self.file.setToolTip(str(path or ""))

    def ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), "选择要导入的文件", "", WORKBOOKS)
        if name:
            self.file_chosen.emit(Path(name))

    def ask_template(self) -> None:
        suggested = f"{self.kinds.currentText()}导入模板.xlsx"
        if target := ask_target(self, "下载模板", suggested):
            self.template_asked.emit(target)
