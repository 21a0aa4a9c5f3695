"""更换联系领导: of the people chosen, or of all with whom a leader who moves has kept contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.registers.catalogue import LEADER_CONTACTS, LEADERS
from socialwork_app.services.contacts import Keeper, keepers, rows
from socialwork_app.services.leader_changes import Handing
from socialwork_app.ui.screens.talents.contacts_state import ContactsState
from socialwork_app.ui.widgets.card import named_label
from socialwork_app.ui.widgets.controls import button, combo

if TYPE_CHECKING:
    from socialwork_app.ui.forms.record_dialog import RecordDialog
    from socialwork_app.ui.screens.factory import Workplace

WIDTH = 560
DOCUMENT = LEADER_CONTACTS.field("document").label
EXPLAINED = "原来的联系到前一日为止，保留在记录中；新的联系从这一日起。领导离任的，同时填写其任职止。可用 Ctrl+Z 撤销。"


class LeaderDialog(QDialog):
    """`chosen`: how many people."""

    def __init__(self, at: Workplace, state: ContactsState, chosen: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("更换联系领导")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._at = at
        self.adding: RecordDialog | None = None
        scopes = [(f"选中的 {chosen:,} 人", None)] if chosen else []
        scopes += [(f"{leader.name}联系的全部 {count:,} 人（离任移交）", leader.id)
                   for leader in state.leaders.values() if (count := state.kept_by(leader.id))]  # fmt: skip
        self.scope = combo("范围", scopes)
        self.leader = combo("新的联系领导", ())
        self.add_button = button("新增领导…", "登记一位新的联系领导")
        self.day = QDateEdit(QDate.fromString(state.day.isoformat(), Qt.DateFormat.ISODate))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName("自何日起")
        self.document = QLineEdit()
        self.document.setAccessibleName(DOCUMENT)
        self.buttons = QDialogButtonBox()
        self.change_button = self.buttons.addButton("更换", QDialogButtonBox.ButtonRole.AcceptRole)
        self.change_button.setProperty("primary", True)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.add_button.clicked.connect(self.add_leader)
        self.scope.currentIndexChanged.connect(lambda _index: self._show_state())
        self.leader.currentIndexChanged.connect(lambda _index: self._show_state())
        self._offer(state.leaders.values())
        self.resize(WIDTH, self.sizeHint().height())

    def _lay_out(self) -> None:
        new = QHBoxLayout()
        new.setSpacing(8)
        new.addWidget(self.leader, 1)
        new.addWidget(self.add_button)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow("范围", self.scope)
        form.addRow("新的联系领导", new)
        form.addRow("自何日起", self.day)
        form.addRow(DOCUMENT, self.document)
        explained = named_label(EXPLAINED, "muted")
        explained.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(explained)
        layout.addWidget(self.buttons)

    def _offer(self, leaders: Iterable[Keeper], chosen: int | None = None) -> None:
        """Those in post; the one chosen in any case."""
        self.leader.clear()
        for one in leaders:
            if one.in_post or one.id == chosen:
                self.leader.addItem(f"{one.name}（{one.post}）" if one.post else one.name, one.id)
        self.leader.setCurrentIndex(max(self.leader.findData(chosen), 0 if self.leader.count() else -1))
        self._show_state()

    def _show_state(self) -> None:
        old, new = self.scope.currentData(), self.leader.currentData()
        self.change_button.setEnabled(self.scope.count() > 0 and new is not None and new != old)

    # a leader who is not there yet

    def add_leader(self) -> None:
        from socialwork_app.ui.forms.record_dialog import RecordDialog

        dialog = self.adding = RecordDialog(self._at.opened, LEADERS.key, self._at.bridge, self)
        dialog.saved.connect(self._added)
        dialog.show_record(None, None)
        dialog.open()

    def _added(self, leader: int) -> None:
        opened = self._at.opened

        def work(_control: object) -> list[Keeper]:
            ids = [row["id"] for row in rows(opened, LEADERS.key, {}, ("id",))]
            return sorted(keepers(opened, ids, opened.today()).values(), key=lambda one: one.name)

        self._at.bridge.run(work, lambda leaders: self._offer(leaders, leader))

    # what was chosen

    @property
    def leaving(self) -> int | None:
        """The leader who moves; None where it is about the people chosen."""
        return self.scope.currentData()

    def handing(self) -> Handing:
        day = self.day.date()
        return Handing(
            self.leader.currentData(), date(day.year(), day.month(), day.day()), self.document.text().strip()
        )
