"""What every editor of a form can do, so that a form needs to know none of them by itself."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from socialwork_app.domain.fields.field import Field, Value
from socialwork_app.domain.problems import Severity
from socialwork_app.ui.theme import MUTED, ORANGE, RED

SEVERITY_WORDS = {Severity.ERROR: "有误", Severity.WARNING: "提醒"}
SEVERITY_COLOURS = {Severity.ERROR: RED, Severity.WARNING: ORANGE}


class Editor(QWidget):
    """What every editor can do. `raw` is what stands in it, to be understood by the service."""

    changed = Signal()
    """The user changed it; `set` is silent."""
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.hide()
        self._colour = ""
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._row)
        layout.addWidget(self._message)
        layout.addStretch(1)  # room beyond what it needs stays beneath

    def raw(self) -> object:
        raise NotImplementedError

    def set(self, value: Value, label: str, /) -> None:
        """Show a stored value; `label` is what people read for it."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        raise NotImplementedError

    def set_problem(self, text: str, severity: Severity = Severity.ERROR) -> None:
        """Show what is wrong under the field; "" when nothing is."""
        self._say(f"{SEVERITY_WORDS[severity]}：{text}" if text else "", SEVERITY_COLOURS[severity])

    def set_note(self, text: str) -> None:
        """A grey remark under the field, such as where a derived value comes from."""
        self._say(text, MUTED)

    @property
    def message(self) -> str:
        return self._message.text()

    def has_keyboard(self) -> bool:
        return self._input().hasFocus()

    def _say(self, text: str, colour: str) -> None:
        if text and colour != self._colour:
            self._colour = colour
            self._message.setStyleSheet(f"color: {colour}; font-size: 12px")  # costs more than all the rest
        if text == self._message.text():
            return
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._input().setAccessibleDescription(text)

    def _input(self) -> QWidget:
        """The part that takes the keyboard."""
        widget = self.focusProxy()
        return widget if widget is not None else self

    def _adopt(self, widget: QWidget) -> None:
        widget.setAccessibleName(self.field.label)
        widget.setToolTip(self.field.hint)
        widget.installEventFilter(self)
        self._row.addWidget(widget, 1)
        self.setFocusProxy(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
