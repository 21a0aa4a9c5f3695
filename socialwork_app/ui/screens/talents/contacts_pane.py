"""Beside the list of talents: the contacts of the chosen one, a new one to write down, a request to answer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.registers.catalogue import CONTACT_LOG
from socialwork_app.services.contacts import Entry, Standing
from socialwork_app.ui.models.cell_model import Cell, MadeModel
from socialwork_app.ui.screens.talents.contacts_entry import MATTER, REPLY, REQUEST, Answering, ContactEntry
from socialwork_app.ui.screens.talents.contacts_state import ContactsState
from socialwork_app.ui.widgets.card import Card, named_label
from socialwork_app.ui.widgets.table_view import TableView

HEADERS, WIDTHS = ("日期", "办结", "形式", "内容", "诉求", "领导"), (10, 10, 4, 14, 13, 8)
NOBODY = "选中左侧一人，这里列出联系记录，并可记入新的联系。"
NO_LOG = "还没有联系记录。在下面记入。"
LOWEST = 7.5
"""Heights of a text: the header and two rows of the log."""


class ContactsPane(QWidget):
    record_asked = Signal(str, int)
    """Kind and row id of a record to be shown."""

    def __init__(self, lists: CodeLists, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = lists["contact_form"]
        self._state: ContactsState | None = None
        self.one: Standing | None = None
        self._log: Sequence[Entry] = ()
        self.who, self.kept = named_label("", "sectionTitle"), named_label("", "muted")
        for label, name in ((self.who, "选中的人员"), (self.kept, "称号、联系领导和联络员")):
            label.setAccessibleName(name)
            label.setWordWrap(True)
        self.model: MadeModel[Entry] = MadeModel(HEADERS, self)
        self.table = TableView(CONTACT_LOG.title)
        self.table.show_model(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.whole = named_label("", "muted")
        self.whole.setAccessibleName("选中的联系")
        self.whole.setWordWrap(True)
        self.answering, self.entry = Answering(), ContactEntry(lists)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # room is first for the rest
        self.table.setMinimumHeight(round(self.fontMetrics().height() * LOWEST))
        self._lay_out()
        self.table.selection_changed.connect(self._choose)
        self.table.activated.connect(lambda index: self.record_asked.emit(CONTACT_LOG.key, self._log[index.row()].id))
        self.show_nobody()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        card = Card()
        card.body.setContentsMargins(10, 6, 10, 8)
        for widget in (self.who, self.kept, self.table, self.whole):
            card.body.addWidget(widget)
        card.body.setStretchFactor(self.table, 1)
        layout.addWidget(card, 1)
        layout.addWidget(self.answering)
        layout.addWidget(self.entry)

    def show_nobody(self) -> None:
        self.one, self._log = None, ()
        self.model.show_items((), self._cells)
        self.who.hide()
        self.kept.setText(NOBODY)
        self.table.say_empty("")
        self.answering.hide()
        self.entry.setEnabled(False)

    def show_person(self, state: ContactsState, one: Standing) -> None:
        """What is being written stays as long as it is the same person."""
        another = self.one is None or self.one.person.id != one.person.id
        chosen = self._chosen()
        self._state, self.one, self._log = state, one, one.log[::-1]
        self.who.setText("　".join(part for part in (one.person.name, one.person.unit_and_post) if part))
        self.who.show()
        self.kept.setText(_told(one))
        self.model.show_items(self._log, self._cells)
        self.table.say_empty("" if self._log else NO_LOG)
        self.entry.setEnabled(True)
        self.entry.offer(state.leaders.values())
        if another:
            self.entry.begin(state.day, one.leaders[0] if one.leaders else None)
        elif chosen is not None:
            self._stay_with(chosen.id)

    def _stay_with(self, entry: int) -> None:
        place = next((at for at, each in enumerate(self._log) if each.id == entry), None)
        if place is not None:
            self.table.select_row(place)

    def _chosen(self) -> Entry | None:
        ranges = self.table.selected_ranges()
        return self._log[ranges[0][0]] if ranges and ranges[0][0] < len(self._log) else None

    def _choose(self) -> None:
        """The table may have to cut what was said."""
        entry = self._chosen()
        self.whole.setText(_whole(entry) if entry else "")
        self.whole.setVisible(bool(self.whole.text()))
        if self._state is not None:
            self.answering.show_entry(entry, self._state.day)

    def _cells(self, entry: Entry) -> Sequence[Cell]:
        assert self._state is not None
        values, state = entry.values, self._state
        leader = state.leaders.get(values["leader"])
        return (
            Cell(values["date"]), _done(entry, state), Cell(self._forms.label(values["contact_form"])),
            Cell(values["matter"] or ""), Cell(values["request"] or ""), Cell(leader.name if leader else ""),
        )  # fmt: skip


def _done(entry: Entry, state: ContactsState) -> Cell:
    if not entry.is_open(state.day):
        return Cell(entry.values["done_on"] or "")
    age = entry.age(state.day)
    return Cell(f"待办 {age} 天", "overdue" if age > state.request_days else "soon")


def _whole(entry: Entry) -> str:
    return "\n".join(
        f"{field.label}：{text}" for field in (MATTER, REQUEST, REPLY) if (text := entry.values[field.key])
    )


def _told(one: Standing) -> str:
    titles = "、".join(f"{title}（至 {held.values['term_to'] or '未定'}）" for held, title in one.titles) or "不在管"
    leaders = "、".join(f"{each.name} {each.post}".strip() for each in one.leaders) or "未定"
    return f"{titles}\n联系领导：{leaders}　联络员：{'、'.join(each.name for each in one.liaisons) or '未定'}"
