"""Certificates and statements of hours of a course: which, from which template, into which file."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.letters import KINDS
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.letter_templates import letter_kind
from socialwork_app.services.letters import InUse, Letters, Order, Written
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.save_as import ask_target
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo, side_by_side

WIDTH = 640
WORD, SUFFIX = "Word 文档 (*.docx)", ".docx"
NAMED = 6
"""Of the people who get no letter."""
EXPLAINED = (
    "一个文档，每人一页，没有出勤或考核不合格的不出具。模板可在 WPS 或 Word 中修改版面和文字，"
    "{{姓名}} 这样的名称生成时换成各人的内容，登记册的字段名称都可以写。"
)


class LettersDialog(QDialog):
    """`whom`: what the user can choose from, in words and with the sign-ups; none of these are all of the course."""

    def __init__(
        self, opened: OpenRegister, bridge: JobBridge, course_id: int, whom: Sequence[tuple[str, Sequence[int]]],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("证书和证明")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDTH, self.sizeHint().height())
        self._letters, self._bridge = Letters(opened), bridge
        self._course_id = course_id
        self._in_use: InUse | None = None
        self._written: Path | None = None
        self.kind = combo("种类", [(kind.title, kind.key) for kind in KINDS])
        self.whom = combo("人员", whom)
        self.day = QDateEdit(QDate.fromString(opened.today().isoformat(), Qt.DateFormat.ISODate))
        self.template = QLabel()
        self.replace_button = button("换成自己的…", "选一个 .docx 文件作为今后的模板，存入登记册")
        self.edit_button = button("导出来改…", "把现用的模板存成文件，用 WPS 或 Word 修改")
        self.reset_button = button("用自带的", "不再用自己的模板")
        self.purpose = QLineEdit()
        self.hint = named_label("", "error")
        self.outcome = QLabel()
        self.folder_button = button("打开文件夹", "打开文件所在的文件夹")
        self.close_button = button("关闭", "关闭")
        self.write_button = button("生成…", "选好文件名后生成", primary=True)
        self._set_up()
        self._lay_out()
        self._connect()
        self._read()

    def _set_up(self) -> None:
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName("签发日期")
        self.purpose.setAccessibleName("用途")
        self.purpose.setPlaceholderText("如：报市局备案。用途会记入日志")
        for label in (self.template, self.outcome):
            label.setWordWrap(True)
        self.write_button.setDefault(True)
        self.folder_button.hide()

    def _lay_out(self) -> None:
        explained = named_label(EXPLAINED, "muted")
        explained.setWordWrap(True)
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow("种类", self.kind)
        form.addRow("人员", self.whom)
        form.addRow("签发日期", self.day)
        form.addRow("模板", self.template)
        form.addRow("", side_by_side(self.replace_button, self.edit_button, self.reset_button, None))
        form.addRow("用途", self.purpose)
        form.addRow("", self.hint)
        form.setRowVisible(self.purpose, False)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(explained)
        layout.addWidget(self.outcome)
        layout.addLayout(side_by_side(self.folder_button, None, self.close_button, self.write_button))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._read)
        self.purpose.textChanged.connect(self._show_state)
        self.replace_button.clicked.connect(self._ask_template)
        self.edit_button.clicked.connect(self._ask_copy)
        self.reset_button.clicked.connect(self.reset_template)
        self.folder_button.clicked.connect(self.open_folder)
        self.close_button.clicked.connect(self.reject)
        self.write_button.clicked.connect(self._ask_target)

    def _key(self) -> str:
        return str(self.kind.currentData())

    # the template

    def _read(self) -> None:
        """Reading a template takes longer than a window may."""
        letters, key = self._letters, self._key()
        self._in_use = None
        self._show_state()
        self._bridge.run(lambda _control: letters.in_use(key), partial(self._show_in_use, key), self._not_usable)

    def _show_in_use(self, key: str, found: InUse) -> None:
        if key == self._key():
            self._in_use = found
            self.template.setText(f"自己的：{found.own_file}" if found.own_file else "自带的")
            self._show_state()

    def _not_usable(self, error: Exception) -> None:
        self.template.setText("自己的，现在不能使用")
        self.reset_button.setEnabled(True)
        messages.tell_error(self, error)

    def _show_state(self) -> None:
        found = self._in_use
        asked = found is not None and found.full_numbers
        missing = asked and not self.purpose.text().strip()
        self._form.setRowVisible(self.purpose, asked)
        self.hint.setText("模板中有身份证号或电话，须先填写用途" if missing else "")
        self.reset_button.setEnabled(found is not None and bool(found.own_file))
        self.write_button.setEnabled(found is not None and not missing)

    def _ask_template(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "换成自己的模板", "", WORD)
        if name:
            self.replace_template(Path(name))

    def replace_template(self, path: Path) -> None:
        templates, kind = self._letters.templates, letter_kind(self._key())
        self._change(lambda _control: templates.replace(kind, path))

    def reset_template(self) -> None:
        templates, kind = self._letters.templates, letter_kind(self._key())
        self._change(lambda _control: templates.reset(kind))

    def _change(self, work: Callable[[Control], None]) -> None:
        self.write_button.setEnabled(False)
        self._bridge.write(work, self._changed, self._failed)

    def _changed(self, _done: None) -> None:
        self._read()

    def _failed(self, error: Exception) -> None:
        self._show_state()
        messages.tell_error(self, error)

    def _ask_copy(self) -> None:
        if target := self._ask_file("导出模板", f"{self.kind.currentText()}模板{SUFFIX}"):
            self.export_template(target)

    def export_template(self, target: Path) -> None:
        templates, kind = self._letters.templates, letter_kind(self._key())
        self._bridge.run(lambda _control: templates.export(kind, target), partial(self._exported, target), self._failed)

    def _exported(self, target: Path, _done: None) -> None:
        self._show_file(target, f"模板已导出：{target}\n改好并保存后，用“{self.replace_button.text()}”换上。")

    # the letters

    def _ask_target(self) -> None:
        day = self.day.date().toString("yyyyMMdd")
        if target := self._ask_file("生成", f"{self.kind.currentText()}{day}{SUFFIX}"):
            self.write(target)

    def _ask_file(self, title: str, suggested: str) -> Path | None:
        return ask_target(self, title, suggested, WORD)

    def write(self, target: Path) -> None:
        letters, key, course, chosen, order = (
            self._letters,
            self._key(),
            self._course_id,
            tuple(self.whom.currentData()),
            self._order(target),
        )

        def work(control: Control) -> Written:
            return letters.of_course(key, course, order, sign_ups=chosen, control=control)

        self.outcome.setText("")
        self.folder_button.hide()
        self._bridge.run_with_bar(f"正在生成{self.kind.currentText()}", work, self._done, self._failed, self)

    def _order(self, target: Path) -> Order:
        day = self.day.date()
        asked = self._in_use is not None and self._in_use.full_numbers
        return Order(target, date(day.year(), day.month(), day.day()), self.purpose.text() if asked else "")

    def _done(self, written: Written) -> None:
        lines = [f"已生成 {written.letters:,} 份：{written.file}"]
        if written.left_out:
            named = "、".join(f"{one.name}（{sentence(one.reason)}）" for one in written.left_out[:NAMED])
            more = " 等" if len(written.left_out) > NAMED else ""
            lines.append(f"{len(written.left_out):,} 人未出具：{named}{more}")
        if written.blank:
            lines.append(f"有人没有填写，已留空：{'、'.join(written.blank)}")
        self._show_file(written.file, "\n".join(lines))

    def _show_file(self, file: Path, text: str) -> None:
        self._written = file
        self.outcome.setText(text)
        self.folder_button.show()

    def open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
