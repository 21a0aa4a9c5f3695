"""Puts right what is wrong with one row, without going back to the workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.fields.field import Field
from socialwork_app.domain.imports import BY_HEADER
from socialwork_app.domain.values import as_text
from socialwork_app.services.id_repair import NUMBER, IdRepair
from socialwork_app.services.import_preview import PreviewRow, Question
from socialwork_app.services.import_tables import NEW, Reading
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.widgets.controls import button

WIDTH = 560
WHO = "这一行是"
LOST = "id_number.as_number"
NOT_CHOSEN, NEW_PERSON = "（未选定）", "以上都不是，新建此人"


class CorrectionDialog(QDialog):
    def __init__(
        self, reading: Reading, row: PreviewRow, fields: Mapping[str, Field], question: Question | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(f"改正第 {row.number} 行")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(WIDTH)
        self.row = row
        self._were: dict[str, str] = {}
        self.lines: dict[str, QLineEdit] = {}
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.people = QComboBox()
        self._add_problems(reading, fields)
        if question:
            self._add_question(question)
        self._lay_out()

    def _add_problems(self, reading: Reading, fields: Mapping[str, Field]) -> None:
        for problem in self.row.problems:
            if problem.field in fields and problem.field not in self.lines:
                self._add_line(reading, fields[problem.field])
            message = QLabel(problem.message)
            message.setWordWrap(True)
            message.setTextFormat(Qt.TextFormat.PlainText)
            self._form.addRow("", message)

    def _add_line(self, reading: Reading, field: Field) -> None:
        text = cell_text(reading, self.row, field.key)
        line = QLineEdit(text)
        line.setAccessibleName(field.label)
        self._were[field.key] = text
        self.lines[field.key] = line
        self._form.addRow(field.label, line)

    def _add_question(self, question: Question) -> None:
        self.people.addItem(NOT_CHOSEN)
        for candidate in question.candidates:
            self.people.addItem(candidate.text, candidate.person_id)
        if question.may_be_new:
            self.people.addItem(NEW_PERSON, NEW)
        self.people.setAccessibleName(WHO)
        self._form.insertRow(0, WHO, self.people)
        self.people.setFocus()

    def _lay_out(self) -> None:
        note = QLabel("只改本次导入的内容，不改动原文件。")
        note.setObjectName("muted")
        apply = QPushButton("改正并重新检查")
        apply.setProperty("primary", True)
        apply.setDefault(True)
        apply.setEnabled(bool(self.lines or self.people.count()))
        cancel = QPushButton("取消")
        apply.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(note, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(apply)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addLayout(buttons)

    def look_for_number(self, repair: IdRepair, bridge: JobBridge) -> None:
        """Where the number lost its end, somebody of the name may stand in the register with the whole of it."""
        line = self.lines.get(NUMBER)
        if line is not None and any(problem.code == LOST for problem in self.row.problems):
            name, text = self.row.name, line.text()
            bridge.run(lambda _control: repair.known(name, text), self._offer)

    def _offer(self, numbers: Sequence[str]) -> None:
        for number in numbers:
            take = button(f"采用登记册中同名人员的 {number}", "请先核对是同一人")
            take.setAutoDefault(False)
            take.clicked.connect(partial(self.lines[NUMBER].setText, number))
            self._form.addRow("", take)

    def corrections(self) -> dict[str, str]:
        """Field key → text, where it was changed."""
        return {key: line.text() for key, line in self.lines.items() if line.text() != self._were[key]}

    def person(self) -> int | None:
        """Who the row means, where that was asked and answered."""
        return self.people.currentData()


def half_day_fields(reading: Reading) -> dict[str, Field]:
    """The columns of half-days and of points, which are corrected by their headers."""
    return {
        column.header: replace(BY_HEADER[column.field].field, key=column.header, label=column.header)
        for table in reading.tables
        for column in table.columns
        if column.field in BY_HEADER
    }


def cell_text(reading: Reading, row: PreviewRow, field: str) -> str:
    """What stands in the file for a field of a row, or what it was corrected to."""
    corrected = reading.corrections.get((row.sheet, row.number, field))
    if corrected is not None:
        return corrected
    for table in reading.tables:
        columns = [column.index for column in table.columns if field in (column.field, column.header)]
        if table.sheet != row.sheet or not columns:
            continue
        for found in table.rows:
            if found.number == row.number and columns[0] < len(found.cells):
                raw = found.cells[columns[0]]
                return "" if raw is None else getattr(raw, "text", None) or as_text(raw)
    return ""
