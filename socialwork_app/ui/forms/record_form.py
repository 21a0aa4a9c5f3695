"""The form of any register, derived from its fields: order, sections and editors are as declared there."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from socialwork_app.domain import people
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.problems import Problem, Severity
from socialwork_app.domain.sentences import sentence_of, sentence_of_problem
from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Checked, Draft, Record, Records
from socialwork_app.ui import messages
from socialwork_app.ui.forms.editors import HiddenEditor, editor_for
from socialwork_app.ui.forms.form_choices import FormChoices
from socialwork_app.ui.forms.sections import FieldCell, Section
from socialwork_app.ui.job_bridge import JobBridge

TOLD_FOR_SURE: dict[str, Callable[[Mapping[str, Value]], dict[str, Value]]] = {"people": people.derive}
"""Values of a register that follow from others without doubt and so are not typed."""
WIDE = 640
"""Pixels from which on fields stand in two columns."""
PAUSE = 250
"""Milliseconds without a key after which the record is checked."""


class RecordForm(QScrollArea):
    """Shows one record, checks what is typed without holding up the typing, and gives the draft to save."""

    edited = Signal()
    """Something was typed or taken back: look at `dirty`."""
    checked = Signal(object)
    """The newest `Checked` has been shown."""

    def __init__(self, opened: OpenRegister, kind: str, bridge: JobBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records = Records(opened, kind)
        self.register = self.records.register
        self._bridge = bridge
        self._id: int | None = None
        self._owner_id: int | None = None
        self._values: Mapping[str, Value] = {}
        self._touched: set[str] = set()
        self._read_only = False
        self._insists = False
        self._asked = 0
        self._columns = 0
        self.editors = {field.key: editor_for(field, opened.catalogue.code_lists) for field in self.register.fields}
        self._for_others = {field.key for field in self.register.fields
                            if not opened.allows("review" if field.decided else "save", kind)}  # fmt: skip
        self._banner = QLabel()
        self._banner.setObjectName("error")
        self._banner.setWordWrap(True)
        self._sections = self._made_sections()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._check)
        for key, editor in self.editors.items():
            editor.changed.connect(lambda key=key: self._edited(key))
            editor.left.connect(self._check_now)
        self._choices = FormChoices(self.records, self.editors, bridge, self)
        self._choices.load()

    # building

    def _made_sections(self) -> list[Section]:
        return [
            Section(title, [FieldCell(field, self.editors[field.key]) for field in fields])
            for title, fields in groupby(self.register.fields, key=lambda field: field.section)
        ]

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self.viewport())
        layout = QVBoxLayout(page)
        self._margins = layout.contentsMargins().left() + layout.contentsMargins().right()
        self.setWidget(page)
        layout.addWidget(self._banner)
        for section in self._sections:
            layout.addWidget(section)
        layout.addStretch(1)
        self._banner.hide()
        for surface in (page, self.viewport()):
            surface.setAutoFillBackground(False)  # whatever it lies on shows through
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the widest field, one to a row."""
        fields = max(section.narrowest() for section in self._sections) + self._margins
        return QSize(fields + self.verticalScrollBar().sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.viewport().width() >= WIDE else 1
        if columns != self._columns:
            self._columns = columns
            for section in self._sections:
                section.arrange(columns)

    # showing

    def show_record(self, record: Record | None, owner_id: int | None = None) -> None:
        """A stored record, or an empty form for a new one that will belong to `owner_id`."""
        self._stop_checking()
        self._id = record.id if record else None
        self._owner_id = record.owner_id if record else owner_id
        self._touched.clear()
        self._insists = False
        values: Mapping[str, Value] = record.values if record else {f.key: f.default for f in self.register.fields}
        self._values = values
        labels = record.labels if record else {}
        for field in self.register.fields:
            value = values.get(field.key)
            self.editors[field.key].set(value, labels.get(field.key) or self._label(field, value))
        self._hide_numbers()
        self._say_problems(())
        self._mark_told(values)
        self._choices.narrow()
        self.edited.emit()

    def _hide_numbers(self) -> None:
        for editor in self.editors.values():
            if isinstance(editor, HiddenEditor):
                editor.hide_again()

    def _label(self, field: Field, value: Value) -> str:
        if field.kind is Kind.REFERENCE and isinstance(value, int):
            return self._choices.label(field.key, value)
        return self.records.display(field.key, value, masked=False)

    def load_choices(self) -> None:
        """Fetch anew what references can point to."""
        self._choices.load()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._mark_told(self._values)

    def _mark_told(self, values: Mapping[str, Value]) -> None:
        """Values that follow from others are shown grey, with what they follow from."""
        told = TOLD_FOR_SURE.get(self.register.key, _nothing_told)(values)
        for field in self.register.fields:
            editor = self.editors[field.key]
            editor.set_read_only(self._read_only or field.key in told or field.key in self._for_others)
            if field.key in told:
                self._touched.discard(field.key)
                editor.set(told[field.key], self._label(field, told[field.key]))
            if not editor.message and self._is_derived(field, values, told):
                editor.set_note(f"由{self._sources(field)}得出")

    def _is_derived(self, field: Field, values: Mapping[str, Value], told: Mapping[str, Value]) -> bool:
        if field.key in told:
            return True
        suggested = bool(self._touched.intersection(field.derived_from)) and field.key not in self._touched
        return suggested and self.register.key not in TOLD_FOR_SURE and values.get(field.key) is not None

    def _sources(self, field: Field) -> str:
        return "、".join(self.register.field(key).label for key in field.derived_from)

    # editing and checking

    @property
    def dirty(self) -> bool:
        return bool(self._touched)

    def settle(self) -> None:
        """What was typed has been saved."""
        self._stop_checking()
        self._touched.clear()
        self.edited.emit()

    @property
    def is_new(self) -> bool:
        return self._id is None

    def draft(self) -> Draft:
        """What was touched. A value that could be derived is sent as it stands unless its source changed."""
        sent = [key for key in self.editors if key in self._touched or self._stands_by_itself(key)]
        return Draft({key: self.editors[key].raw() for key in self.editors if key in sent}, self._id, self._owner_id)

    def _stands_by_itself(self, key: str) -> bool:
        sources = self.register.field(key).derived_from
        return self._id is not None and bool(sources) and not self._touched.intersection(sources)

    def _edited(self, key: str) -> None:
        self._touched.add(key)
        self._touched |= self._choices.follow(key)
        self._asked += 1  # an answer that is under way is out of date
        self._timer.start()
        self.edited.emit()

    def _stop_checking(self) -> None:
        self._timer.stop()
        self._asked += 1

    def _check_now(self) -> None:
        if self._touched:
            self._timer.start(0)

    def _check(self) -> None:
        self._timer.setInterval(PAUSE)
        self._asked += 1
        number, draft, records = self._asked, self.draft(), self.records

        def work(_control: Control) -> tuple[int, Checked]:
            return number, records.check(draft)

        self._bridge.run(work, self._show_checked, self._check_failed)

    def _show_checked(self, answer: tuple[int, Checked]) -> None:
        number, checked = answer
        if number != self._asked:
            return
        self._say_problems(checked.problems)
        self._take_over(checked)
        self._mark_told(checked.values)
        self._choices.narrow()
        self.checked.emit(checked)

    def _check_failed(self, error: Exception) -> None:
        if isinstance(error, CodedError):
            self._say_banner(sentence_of(error))
        else:
            messages.tell_bug(self, error)

    def _take_over(self, checked: Checked) -> None:
        """Show each value as it would be stored, but for what is being typed and what is not understood."""
        wrong = {problem.field for problem in checked.errors}
        for field in self.register.fields:
            editor = self.editors[field.key]
            if field.key in wrong or editor.has_keyboard():
                continue
            value = checked.values.get(field.key)
            label = self._label(field, value)
            if label or value is None:  # the name of a row just made comes with the next choices
                editor.set(value, label)

    # problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """After a save that was refused: all of them, the keyboard in the first field concerned."""
        self._insists = True
        self._say_problems(problems)
        keys = {problem.field for problem in problems if problem.severity is Severity.ERROR}
        first = next((key for key in self.editors if key in keys), "")
        if first:
            self.editors[first].setFocus()
            self.ensureWidgetVisible(self.editors[first])

    def _say_problems(self, problems: Sequence[Problem]) -> None:
        by_field: dict[str, Problem] = {}
        for problem in sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR):
            by_field.setdefault(problem.field if problem.field in self.editors else "", problem)
        for key, editor in self.editors.items():
            problem = by_field.get(key)
            if problem is None or self._too_early(problem):
                editor.set_problem("")
            else:
                editor.set_problem(sentence_of_problem(problem), problem.severity)
        general = by_field.get("")
        self._say_banner(sentence_of_problem(general) if general else "")

    def _too_early(self, problem: Problem) -> bool:
        """A field that nobody has come to yet is not called missing."""
        return problem.code == "field.required" and not self._insists and problem.field not in self._touched

    def _say_banner(self, text: str) -> None:
        self._banner.setText(text)
        self._banner.setVisible(bool(text))

    def focus_first(self) -> None:
        next(iter(self.editors.values())).setFocus()


def _nothing_told(_values: Mapping[str, Value]) -> dict[str, Value]:
    return {}
