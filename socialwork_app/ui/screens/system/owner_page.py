"""Whose register it is."""

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OWNER, OpenRegister
from socialwork_app.ui import messages
from socialwork_app.ui.job_bridge import JobBridge
from socialwork_app.ui.widgets.card import Card, named_label

WIDEST = 640


class OwnerPage(QWidget):
    def __init__(self, opened: OpenRegister, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._bridge = opened, bridge
        self._stored_owner = opened.owner
        self.owner = QLineEdit(opened.owner)
        self.owner.setAccessibleName("登记单位")
        self.save_button = QPushButton("保存")
        self.save_button.setProperty("primary", True)
        self.result = named_label("", "muted")
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.owner.textChanged.connect(lambda _text: self._show_state())
        self._show_state()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("登记单位", self.owner)
        form.addRow("", named_label("印在名册的“填报单位”处", "muted"))
        form.addRow("登记册位置", named_label(str(self._opened.folder), "muted"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.result, 1)
        buttons.addWidget(self.save_button)
        card = Card("本单位")
        card.setMaximumWidth(WIDEST)
        card.body.addLayout(form)
        card.body.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(card)
        layout.addStretch(1)

    @property
    def dirty(self) -> bool:
        return self.owner.text().strip() != self._stored_owner

    def _show_state(self) -> None:
        self.save_button.setEnabled(bool(self.owner.text().strip()) and self.dirty)

    def may_leave(self) -> bool:
        answer = messages.ask_to_leave(self.window()) if self.dirty else "discard"
        if answer == "save":
            self.save()
        elif answer == "discard":
            self.owner.setText(self._stored_owner)
        return answer != "stay"

    def save(self) -> None:
        opened, owner = self._opened, self.owner.text().strip()

        def work(_control: Control) -> str:
            opened.set_setting(OWNER, owner)
            return owner

        self._bridge.write(work, self._saved)

    def _saved(self, owner: str) -> None:
        self._stored_owner = owner
        self._show_state()
        self.result.setText("已保存")
