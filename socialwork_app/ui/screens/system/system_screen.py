"""What concerns the register as a whole, a page a matter; pages are made on their first visit."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from socialwork_app.domain.roles import Permission
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.widgets.card import page_title

MARGINS = (16, 12, 16, 12)
RULES, BACKUPS = "rules", "备份与恢复"


class SystemScreen(QWidget):
    sign_out_asked = Signal()
    rekey_asked = Signal(str)
    """With the password of who works here."""
    register_asked = Signal(object)
    """The folder of another register, which is to be worked with from now on."""

    def __init__(
        self,
        opened: OpenRegister,
        files: RegisterFiles,
        bridge: JobBridge,
        bus: ChangesBus,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._opened, self._files, self._bridge, self._bus = opened, files, bridge, bus
        self._pages: dict[int, QWidget] = {}
        self._holders: list[QVBoxLayout] = []
        self._at = 0
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._makers: list[Callable[[], QWidget]] = []
        for title, make, needed in (
            ("本单位", self._owner_page, Permission.ARRANGE),
            (opened.catalogue[RULES].title, self._rules_page, Permission.READ),
            ("帐户", self._accounts_page, Permission.ADMINISTER),
            ("我的密码", self._password_page, None),
            (BACKUPS, self._backup_page, Permission.BACKUP),
            ("交接", self._hand_over_page, Permission.ADMINISTER),
            ("数据检查", self._quality_page, Permission.READ),
            ("重复人员", self._duplicates_page, Permission.READ),
            ("身份证号修复", self._id_repair_page, Permission.READ),
            ("日志", self._log_page, Permission.LOG),
            ("回收站", self._bin_page, Permission.READ),
            ("关于", self._about_page, None),
        ):
            if needed is not None and not opened.may(needed):
                continue
            self._makers.append(make)
            holder = QWidget()
            self._holders.append(QVBoxLayout(holder))
            self._holders[-1].setContentsMargins(0, 8, 0, 0)
            self.tabs.addTab(holder, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(page_title("系统"))
        layout.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._go_to)
        self.page(0)

    def show_backups(self) -> None:
        """Where who works here may make any."""
        titles = [self.tabs.tabText(index) for index in range(self.tabs.count())]
        if BACKUPS in titles:
            self.tabs.setCurrentIndex(titles.index(BACKUPS))

    def page(self, index: int) -> QWidget:
        if index not in self._pages:
            made = self._pages[index] = self._makers[index]()
            self._holders[index].addWidget(made)
        return self._pages[index]

    def _go_to(self, index: int) -> None:
        """A page with unsaved changes is not left behind unasked."""
        if index != self._at and not self._may_leave(self._at):
            self.tabs.setCurrentIndex(self._at)
            return
        self._at = index
        self.page(index)

    def may_leave(self) -> bool:
        return self._may_leave(self._at)

    def _may_leave(self, index: int) -> bool:
        ask = getattr(self._pages.get(index), "may_leave", None)
        return ask is None or ask()

    def shut(self) -> None:
        for page in self._pages.values():
            shut = getattr(page, "shut", None)
            if shut is not None:
                shut()

    def _owner_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.owner_page import OwnerPage

        return OwnerPage(self._opened, self._bridge)

    def _rules_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.rules_page import RulesPage

        return RulesPage(self._opened, self._bridge, self._bus)

    def _accounts_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.accounts_page import AccountsPage

        page = AccountsPage(self._opened, self._files, self._bridge)
        page.rekey_asked.connect(self.rekey_asked)
        return page

    def _password_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.password_page import PasswordPage

        page = PasswordPage(self._opened, self._files, self._bridge)
        page.sign_out_asked.connect(self.sign_out_asked)
        return page

    def _backup_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.backup_page import BackupPage

        page = BackupPage(self._opened, self._files, self._bridge, self._bus)
        page.open_asked.connect(self.register_asked)
        return page

    def _hand_over_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.hand_over_page import HandOverPage

        return HandOverPage(self._opened, self._bridge)

    def _quality_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.quality_page import QualityPage

        return QualityPage(self._opened, self._bridge)

    def _log_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.log_page import LogPage

        return LogPage(self._opened, self._bridge, self._bus)

    def _bin_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.bin_page import BinPage

        return BinPage(self._opened, self._bridge, self._bus)

    def _duplicates_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.duplicates_page import DuplicatesPage

        return DuplicatesPage(self._opened, self._bridge, self._bus)

    def _id_repair_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.id_repair_page import IdRepairPage

        return IdRepairPage(self._opened, self._bridge, self._bus)

    def _about_page(self) -> QWidget:
        from socialwork_app.ui.screens.system.about_page import AboutPage

        return AboutPage()
