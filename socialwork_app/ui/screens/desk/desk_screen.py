"""工作台: what falls due, the figures, the latest imports; an empty register says what to do first."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.moments import to_the_minute
from socialwork_app.domain.registers.catalogue import CERTIFICATES, PEOPLE
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.automatic_backups import BackupState
from socialwork_app.services.changes import Changes
from socialwork_app.services.due import DueItem
from socialwork_app.services.history import Batch
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.models.cell_model import Cell, CellModel, MadeModel, RowsModel
from socialwork_app.ui.screens.desk.state import DeskState, read
from socialwork_app.ui.widgets.bars import Bars
from socialwork_app.ui.widgets.card import Card, FigureCard, named_label, page_title
from socialwork_app.ui.widgets.table_view import TableView
from socialwork_app.ui.widgets.tall_area import TallArea

DUE_HEADERS = ("情况", PEOPLE.field("name").label, CERTIFICATES.field("level").label, "到期日期", "说明")
DUE_WIDTHS = (14, 8, 16, 11, 20)
IMPORT_HEADERS = ("时间", "文件", "新增", "更新", "状态")
IMPORT_WIDTHS = (16, 24, 6, 6, 8)
OVERDUE = "逾期"
MARGINS = (16, 12, 16, 12)


class DeskScreen(QWidget):
    screen_asked = Signal(str)
    """Key of another screen."""
    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""
    new_asked = Signal(str)
    backup_asked = Signal()

    def __init__(self, opened: OpenRegister, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._bridge = bridge
        self._due: tuple[DueItem, ...] = ()
        self._reading = self._stale = False
        self._day = named_label("", "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._figures_page())
        self._pages.addWidget(TallArea(self._beginning_page()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        head = QHBoxLayout()
        head.addWidget(page_title("工作台"))
        head.addStretch(1)
        head.addWidget(self._day)
        layout.addLayout(head)
        layout.addWidget(self._warning())
        layout.addWidget(self._pages, 1)
        bus.changed.connect(self._after_changes)
        self.reload()

    # what it is made of

    def _figures_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        levels = self._opened.catalogue.code_lists["level"].entries
        self._people = FigureCard("在册人员")
        self._certified = FigureCard("持证人员")
        self._levels = {entry.value: FigureCard(entry.label) for entry in levels}
        row = QHBoxLayout()
        row.setSpacing(10)
        for card in (self._people, self._certified, *self._levels.values()):
            row.addWidget(card, 1)
        grid.addLayout(row, 0, 0, 1, 2)
        grid.addWidget(self._due_card(), 1, 0)
        grid.addWidget(self._places_card(), 1, 1, 2, 1)
        grid.addWidget(self._imports_card(), 2, 0)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 2)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 1)
        return page

    def _warning(self) -> QWidget:
        """What keeps the register from being safe stands above everything."""
        self._warnings = named_label("", "error")
        self._warnings.setWordWrap(True)
        self._warning_row = QWidget()
        row = QHBoxLayout(self._warning_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._warnings, 1)
        button = QPushButton("打开备份")
        button.setAccessibleName(button.text())
        button.clicked.connect(self.backup_asked)
        row.addWidget(button)
        self._warning_row.hide()
        return self._warning_row

    def _due_card(self) -> Card:
        card = Card("到期提醒")
        self._due_model: MadeModel[DueItem] = MadeModel(DUE_HEADERS, self)
        self._due_table = _table("到期提醒", self._due_model, DUE_WIDTHS)
        self._due_table.activated.connect(self._open_due)
        self._more_due = named_label("", "muted")
        card.body.addWidget(self._due_table)
        card.body.addWidget(self._more_due)
        return card

    def _imports_card(self) -> Card:
        card = Card("最近导入")
        self._imports_model = RowsModel(IMPORT_HEADERS, self)
        self._imports_table = _table("最近导入", self._imports_model, IMPORT_WIDTHS)
        card.body.addWidget(self._imports_table)
        return card

    def _places_card(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        exam, self._exam_text = self._calendar_card("考试日程", "打开考试", "exams")
        self._training, self._training_text = self._calendar_card("培训与继续教育", "打开培训与继续教育", "training")
        column.addWidget(exam)
        self._talents, self._talents_text = self._calendar_card("优秀人才", "打开优秀人才", "talents")
        column.addWidget(self._training)
        column.addWidget(self._talents)
        self._backup, self._backup_text = Card("备份"), named_label("", "muted")
        self._backup_text.setWordWrap(True)
        self._backup.body.addWidget(self._backup_text)
        column.addWidget(self._backup)
        self._towns, self._states = Bars("各乡镇（街道）持证人员"), Bars("登记情况")
        for title, bars in (("登记情况", self._states), ("各乡镇（街道）持证人员", self._towns)):
            card = Card(title)
            card.body.addWidget(bars)
            column.addWidget(card)
        column.addStretch(1)
        return TallArea(page)

    def _calendar_card(self, title: str, action: str, screen: str) -> tuple[Card, QLabel]:
        """With its text, and the way to the screen."""
        card, text = Card(title), named_label("", "muted")
        text.setWordWrap(True)
        card.body.addWidget(text)
        card.body.addWidget(self._step_button(action, screen, primary=False), 0, Qt.AlignmentFlag.AlignLeft)
        return card, text

    def _beginning_page(self) -> QWidget:
        card = Card("登记册还是空的，先做这几件事")
        steps = (
            (
                "把现有名册读进来",
                "直接选用手头的 Excel 或 WPS 表格，列名不必改；导入前先预览，导入后可整批撤销。",
                "导入名册",
                "imports",
            ),
            ("逐人录入", "没有电子名册时，从人员开始录入，再补证书与登记。", "新增人员", "people"),
            ("核对乡镇与社区", "区划名称已预置，与本地不符的可以修改。", "查看乡镇与社区", "places"),
            ("设置密码与备份", "打印恢复码妥善保管，定期备份到另一块磁盘。", "打开系统设置", "system"),
        )
        for number, (title, text, action, screen) in enumerate(steps, 1):
            card.body.addSpacing(10)
            card.body.addWidget(named_label(f"{number}. {title}", "sectionTitle"))
            hint = named_label(text, "muted")
            hint.setWordWrap(True)
            card.body.addWidget(hint)
            card.body.addWidget(self._step_button(action, screen, primary=number == 1), 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    def _step_button(self, text: str, screen: str, *, primary: bool) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setProperty("primary", primary)
        signal = self.new_asked if screen == "people" else self.screen_asked
        button.clicked.connect(lambda: signal.emit(screen))
        return button

    # what it shows

    def reload(self) -> None:
        """One reading at a time; what changes meanwhile is read afterwards."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False

        def work(control: Control) -> DeskState:
            return read(self._opened, control)

        self._bridge.run(work, self._read, self._failed)

    def _read(self, state: DeskState) -> None:
        self._reading = False
        self.show_state(state)
        self._reload_if_stale()

    def _failed(self, error: Exception) -> None:
        self._reading = self._stale = False
        messages.tell_error(self.window(), error)

    def show_state(self, state: DeskState) -> None:
        self._pages.setCurrentIndex(1 if state.is_empty else 0)
        self._day.setText(f"截至 {state.day.isoformat()}")
        figures = state.figures
        self._people.show_figure(figures.people, "人")
        undated = f"另有 {figures.undated:,} 人证书无批准日期" if figures.undated else ""
        self._certified.show_figure(figures.certified["total"], "人", undated)
        for level, card in self._levels.items():
            card.show_figure(figures.certified.get(level, 0), "人（按最高级别计）")
        self._towns.show_bars(figures.by_township)
        self._states.show_bars(sorted(figures.registration.items(), key=lambda item: -item[1]))
        self._show_due(state)
        self._exam_text.setText("\n".join(state.exam) or f"{state.warn_days} 天内没有报名、考试和成绩公布。")
        self._training_text.setText("\n".join(state.training))
        self._training.setVisible(bool(state.training))
        self._talents_text.setText("\n".join(state.talents))
        self._talents.setVisible(bool(state.talents))
        self._show_backup(state.backup)
        self._imports_model.show_rows([_import_cells(batch) for batch in state.imports])
        self._imports_table.say_empty("" if state.imports else "还没有导入过。")

    def _show_backup(self, backup: BackupState) -> None:
        lines = [f"上次备份：{_when(backup.at)}", backup.file]
        lines += [f"第二备份位置：{_when(backup.second_at)}", backup.second] if backup.second else []
        self._backup_text.setText("\n".join(filter(None, lines)))
        self._warnings.setText("\n".join(backup.warnings))
        self._warning_row.setVisible(bool(backup.warnings))

    def _show_due(self, state: DeskState) -> None:
        labels, soon = dict(state.levels), f"{state.warn_days} 天内"
        self._due = state.due
        self._due_model.show_items(state.due, lambda item: _due_cells(item, labels, soon))
        more = state.due_total - len(state.due)
        self._more_due.setText(f"只列最紧急的 {len(state.due):,} 项，另有 {more:,} 项。")
        self._more_due.setVisible(more > 0)
        self._due_table.say_empty("" if state.due else f"没有逾期的，{state.warn_days} 天内也没有到期的。")

    def _open_due(self, index: QModelIndex) -> None:
        self.record_asked.emit("certificates", self._due[index.row()].certificate_id)

    def _after_changes(self, _changes: Changes) -> None:
        self._stale = True
        self._reload_if_stale()

    def _reload_if_stale(self) -> None:
        """Not while another screen is shown: counting takes its time in a large register."""
        if self._stale and self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_stale()


def _due_cells(item: DueItem, levels: dict[str, str], soon: str) -> tuple[Cell, ...]:
    tone, word = ("overdue", OVERDUE) if item.overdue else ("soon", soon)
    return (
        Cell(f"{item.title}{word}" if item.overdue else word, tone),
        Cell(item.person),
        Cell(levels.get(item.level, item.level)),
        Cell(item.due.isoformat(), tone),
        Cell(item.message),
    )


def _when(at: str) -> str:
    return to_the_minute(at) if at else "尚未备份"


def _import_cells(batch: Batch) -> tuple[Cell, ...]:
    return (
        Cell(to_the_minute(batch.at)),
        Cell(batch.file),
        Cell(f"{batch.created:,}", right=True),
        Cell(f"{batch.updated:,}", right=True),
        Cell("已撤销", "muted") if batch.undone else Cell("有效"),
    )


def _table(name: str, model: CellModel, widths: tuple[int, ...]) -> TableView:
    table = TableView(name)
    table.show_model(model)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.set_widths(widths)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table
