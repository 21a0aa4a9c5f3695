"""Is the file whole, and what of the data should be looked at."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.log import WHOLE
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.quality import Finding, Quality
from socialwork_app.ui.forms.record_dialog import RecordDialog
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, RowsModel
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.table_view import TableView

HEADERS = ("登记册", PEOPLE.field("name").label, "问题")
WIDTHS = (14, 12, 60)


@dataclass(frozen=True, slots=True)
class Looked:
    integrity: str
    log: str
    findings: tuple[Finding, ...]


class QualityPage(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge, self._quality = opened, bridge, Quality(opened)
        self._findings: tuple[Finding, ...] = ()
        self._shown: list[Finding] = []
        self.check_button = QPushButton("开始检查")
        self.check_button.setProperty("primary", True)
        self.result = QLabel("检查文件是否完好，并列出需要核对的记录")
        self.filter = QComboBox()
        self.filter.setAccessibleName("按问题筛选")
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model = RowsModel(HEADERS, self)
        self.table = TableView("检查结果")
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self._lay_out()
        self.check_button.clicked.connect(self.check)
        self.filter.activated.connect(lambda _index: self._refresh())
        self.table.activated.connect(self._open)

    def _lay_out(self) -> None:
        self.result.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.result, 1)
        row.addWidget(self.filter)
        row.addWidget(self.check_button)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(named_label("回车或双击打开记录", "muted"))
        self.filter.hide()

    def check(self) -> None:
        quality = self._quality

        def work(control: Control) -> Looked:
            return Looked(quality.integrity(), quality.log(control), quality.findings(control))

        self.check_button.setEnabled(False)
        self.result.setText("正在检查…")
        self._bridge.start(work, self._show, self._failed, self._cancelled)

    def _failed(self, error: Exception) -> None:
        from socialwork_app.ui import messages

        self._cancelled()
        messages.tell_error(self.window(), error)

    def _cancelled(self) -> None:
        self.check_button.setEnabled(True)
        self.result.setText("检查没有完成")

    def _show(self, looked: Looked) -> None:
        self.check_button.setEnabled(True)
        file = "文件完好" if looked.integrity == WHOLE else f"文件有损坏（{looked.integrity}），请从备份恢复"
        log = "日志完整" if looked.log == WHOLE else looked.log
        self.result.setText(f"{file}；{log}；{len(looked.findings):,} 处需要核对")
        self._findings = looked.findings
        messages = dict.fromkeys(finding.message for finding in looked.findings)
        self.filter.clear()
        self.filter.addItem("全部", "")
        for message in messages:
            self.filter.addItem(message, message)
        self.filter.setVisible(len(messages) > 1)
        self._refresh()

    def _refresh(self) -> None:
        wanted = self.filter.currentData()
        self._shown = [finding for finding in self._findings if not wanted or finding.message == wanted]
        catalogue = self._opened.catalogue
        self.model.show_rows(
            [(Cell(catalogue[each.kind].title), Cell(each.name), Cell(each.message)) for each in self._shown]
        )
        self.table.say_empty("" if self._shown else "没有需要核对的记录")

    def _open(self, index: QModelIndex) -> None:
        self.open_finding(index.row())

    def open_finding(self, row: int) -> RecordDialog:
        finding = self._shown[row]
        dialog = RecordDialog(self._opened, finding.kind, self._bridge, self.window())
        dialog.show_record(finding.row_id, None)
        dialog.open()
        return dialog
