"""One record at the right of its list: what it is, what belongs to it, its scans and its history."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Record, Records, Saved
from socialwork_app.ui import messages
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.forms.attachments import AttachmentsTable
from socialwork_app.ui.forms.child_table import ChildTable
from socialwork_app.ui.forms.history_table import HistoryTable
from socialwork_app.ui.forms.owner_finder import OwnerFinder
from socialwork_app.ui.forms.person_overview import TITLE as OVERVIEW
from socialwork_app.ui.forms.person_overview import OverviewTab
from socialwork_app.ui.forms.record_form import RecordForm
from socialwork_app.ui.job_bridge import Job, JobBridge
from socialwork_app.ui.widgets.card import named_label

FACTS = 5
Content = TypeVar("Content", bound=QWidget)


class RecordPanel(QWidget):
    saved = Signal(int)
    closed = Signal()

    def __init__(
        self, opened: OpenRegister, kind: str, bridge: JobBridge, bus: ChangesBus, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._opened, self._bridge = opened, bridge
        self.records = Records(opened, kind)
        self.register = self.records.register
        self._record: Record | None = None
        self._wanted: int | None = None
        self.finder = OwnerFinder(opened, self.register.owner) if self.register.owner else None
        self.title = named_label("", "pageTitle")
        self.facts = named_label("", "muted")
        self.tabs = QTabWidget()
        self.save_button = QPushButton("保存")
        self.cancel_button = QPushButton("取消")
        self.close_button = QPushButton("关闭")
        self._lay_out()
        self._fill_tabs(bus)
        self._connect(bus)
        self._show_state()

    # building

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tabs)
        if self.finder:
            self._pages.addWidget(self.finder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addLayout(self._header())
        layout.addWidget(self.facts)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._buttons())

    def _header(self) -> QHBoxLayout:
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.title, self.facts):
            label.setWordWrap(True)
        self.close_button.setProperty("link", True)
        self.close_button.setAccessibleName("关闭右侧详情")
        header = QHBoxLayout()
        header.addWidget(self.title, 1)
        header.addWidget(self.close_button)
        return header

    def _fill_tabs(self, bus: ChangesBus) -> None:
        """Into tabs that are in their place: each move of a made widget has all that is in it styled anew."""
        opened, bridge, kind = self._opened, self._bridge, self.register.key
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        basics = self._add_tab("基本情况", partial(RecordForm, opened, kind, bridge))
        if kind == PEOPLE.key:
            self._add_tab(OVERVIEW, partial(OverviewTab, opened, bridge, bus))
        for child in opened.catalogue.children(kind):
            self._add_tab(child.title, partial(ChildTable, opened, child.key, bridge, bus))
        self._add_tab(opened.catalogue["attachments"].title, partial(AttachmentsTable, opened, bridge, bus))
        self._history = self._add_tab("历史", partial(HistoryTable, opened, bridge, bus))
        self.form = basics.content

    def _add_tab(self, title: str, make: Callable[[QWidget], Content]) -> "_Tab[Content]":
        tab = _Tab(make)
        self.tabs.addTab(tab, title)
        return tab

    def _buttons(self) -> QHBoxLayout:
        self._state: QLabel = named_label("", "muted")
        self.save_button.setProperty("primary", True)
        self.save_button.setToolTip("Ctrl+S")
        buttons = QHBoxLayout()
        buttons.addWidget(self._state, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        return buttons

    def _connect(self, bus: ChangesBus) -> None:
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.close_panel)
        self.tabs.currentChanged.connect(self._load_tab)
        self.form.edited.connect(self._show_state)
        if self.finder:
            self.finder.chosen.connect(self._begin_new)
        save = QShortcut(QKeySequence.StandardKey.Save, self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)
        bus.changed.connect(self._take_note)

    # showing

    def show_record(self, row_id: int) -> None:
        """Load a record. Ask `may_leave` before, or what was typed is gone."""
        self._wanted = row_id
        self._bridge.run(lambda _control: self._read(row_id), self._show, self._read_failed)

    def _read(self, row_id: int) -> tuple[Record, str, str]:
        record = self.records.record(row_id)
        return record, self._name(record), self._key_facts(record)

    def _name(self, record: Record) -> str:
        own = self.records.display(self.register.label_field, record.values.get(self.register.label_field))
        if not self.register.owner or record.owner_id is None:
            return own or record.labels.get(self.register.label_field, "") or self.register.title
        owners = Records(self._opened, self.register.owner)
        field = owners.register.label_field
        return owners.display(field, owners.record(record.owner_id).values.get(field))

    def _key_facts(self, record: Record) -> str:
        keys = [key for key in self.register.columns if key in record.values and key != "name"][:FACTS]
        shown = (record.labels.get(key) or self.records.display(key, record.values[key]) for key in keys)
        return " · ".join(filter(None, shown))

    def _show(self, found: tuple[Record, str, str]) -> None:
        record, name, facts = found
        if record.id != self._wanted:
            return
        self._record = record
        self.title.setText(name)
        self.facts.setText(facts)
        self._pages.setCurrentWidget(self.tabs)
        self.form.show_record(record)
        self._allow_tabs(True)
        self._load_tab()

    def _read_failed(self, error: Exception) -> None:
        if isinstance(error, DomainError) and error.code == "record.gone":
            self._clear()
            self.closed.emit()
        else:
            messages.tell_error(self, error)

    def new_record(self, owner_id: int | None = None) -> None:
        """An empty form. Where the record must belong to another, and that is not given, it is asked for first."""
        if self.finder and owner_id is None:
            self._clear()
            self.title.setText(f"新增{self.register.title}")
            self.facts.setText("")
            self._pages.setCurrentWidget(self.finder)
            self.finder.start()
            self.finder.setFocus()
            self._show_state()
        else:
            self._begin_new(owner_id)

    def _begin_new(self, owner_id: int | None) -> None:
        self._clear()
        self.title.setText(f"新增{self.register.title}")
        self.facts.setText(self._owner_name(owner_id))
        self._pages.setCurrentWidget(self.tabs)
        self.tabs.setCurrentIndex(0)
        self._allow_tabs(False)
        self.form.show_record(None, owner_id)
        self.form.focus_first()
        self._show_state()

    def _owner_name(self, owner_id: int | None) -> str:
        if owner_id is None:
            return ""
        owners = Records(self._opened, self.register.owner)
        field = owners.register.label_field
        return owners.display(field, owners.record(owner_id).values.get(field))

    def _clear(self) -> None:
        self._record, self._wanted = None, None
        self.form.show_record(None)
        if self._history.is_made:
            self._history.content.clear()

    def _allow_tabs(self, allowed: bool) -> None:
        """What belongs to a record can be added once it stands."""
        for index in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(index, allowed)

    def _load_tab(self, _index: int = 0) -> None:
        if self._record is None:
            return
        shown = self.shown
        if isinstance(shown, ChildTable):
            shown.show_owner(self._record.id)
        elif isinstance(shown, AttachmentsTable):
            shown.show_attachments(self.register.key, self._record.id)
        elif isinstance(shown, HistoryTable):
            shown.show_history(self.register.key, self._record.id)
        elif isinstance(shown, OverviewTab):
            shown.show_person(self._record.id)

    @property
    def shown(self) -> QWidget:
        """What is on the tab that is looked at."""
        tab = self.tabs.currentWidget()
        assert isinstance(tab, _Tab)
        return tab.content

    def _show_state(self) -> None:
        choosing = self.finder is not None and self._pages.currentWidget() is self.finder
        self.save_button.setEnabled(not choosing and (self.form.dirty or self.form.is_new))
        self.cancel_button.setEnabled(choosing or self.form.dirty or self.form.is_new)
        self._state.setText("有未保存的修改" if self.form.dirty else "")

    def _take_note(self, changes: Changes) -> None:
        """Of the record itself, and of what its references are called."""
        own = self.register.key in changes.kinds
        if not own and changes.kinds.isdisjoint(field.target for field in self.register.fields):
            return
        record = self._record
        if record is not None and not self.form.dirty and (not own or not changes.ids or record.id in changes.ids):
            self.show_record(record.id)
        self.form.load_choices()

    # leaving and saving

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; False when the user stays."""
        if not self.form.dirty:
            return True
        answer = messages.ask_to_leave(self)
        if answer == "discard":
            self._forget_typing()
            return True
        return answer == "save" and self._save_and_wait()

    def _forget_typing(self) -> None:
        self.form.show_record(self._record)

    def _save_and_wait(self) -> bool:
        """Saves behind a small dialog, since the answer is wanted before anything else goes on."""
        job = self._begin_save()
        if job is not None:
            waiting = QDialog(self.window())
            waiting.setWindowTitle("正在保存…")
            QVBoxLayout(waiting).addWidget(QLabel("正在保存…"))
            job.ended.connect(waiting.accept)
            waiting.exec()
        return not self.form.dirty

    def save(self) -> None:
        self._begin_save()

    def _begin_save(self) -> Job | None:
        """None where there is nothing to save or a save is under way."""
        if not self.save_button.isEnabled():
            return None
        self.save_button.setEnabled(False)
        records, draft = self.records, self.form.draft()
        return self._bridge.start(lambda _control: records.save(draft), self._saved, self._save_failed, writing=True)

    def _saved(self, saved: Saved) -> None:
        if saved.id is None:
            self._show_state()
            self.tabs.setCurrentIndex(0)
            self.form.show_problems(saved.problems)
            return
        self.form.settle()
        self.show_record(saved.id)
        self.saved.emit(saved.id)

    def _save_failed(self, error: Exception) -> None:
        self._show_state()
        messages.tell_error(self, error)

    def cancel(self) -> None:
        """Back to what is stored; a new record is given up."""
        if self._record is None:
            self._clear()
            self.closed.emit()
        else:
            self._forget_typing()

    def close_panel(self) -> None:
        if self.may_leave():
            self._clear()
            self.closed.emit()


class _Tab(QWidget, Generic[Content]):
    """A place whose content is made when it is first asked for."""

    def __init__(self, make: Callable[[QWidget], Content]) -> None:
        super().__init__()
        self._make = make
        self._content: Content | None = None
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    @property
    def is_made(self) -> bool:
        return self._content is not None

    @property
    def content(self) -> Content:
        if self._content is None:
            self._content = self._make(self)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._content)
        return self._content
