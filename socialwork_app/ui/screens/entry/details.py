"""What is still to be said about somebody who is being signed up: the part of the card that each subject has its own."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QWidget

from socialwork_app.services.fast_entry import Proposed

P = TypeVar("P", bound=Proposed)
G = TypeVar("G")


class Told(NamedTuple):
    """A proposal in a word, with one of theme.TONES, and in a sentence or two."""

    word: str
    tone: str
    reason: str


class Fault(NamedTuple):
    """What is missing, and where it is wanted."""

    text: str
    where: QWidget


class Details(QWidget, Generic[P, G]):
    """Whoever derives from it fills `form` and says what a proposal means and what was given beside it."""

    touched = Signal()
    """What was complained of may have been mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(6)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fill(self, proposal: P) -> None:
        raise NotImplementedError

    def given(self) -> G:
        raise NotImplementedError

    def told(self, proposal: P) -> Told:
        raise NotImplementedError

    def first_wanted(self, proposal: P) -> QWidget:
        """Where the keyboard goes."""
        raise NotImplementedError

    def find_fault(self, proposal: P, /) -> Fault | None:
        raise NotImplementedError

    # keys

    def answer_at_once(self, widget: QAbstractButton) -> None:
        """A button of its own accord answers its key a tenth of a second later: an Enter could come before."""
        keys = widget.shortcut()
        widget.setToolTip(keys.toString())
        widget.setShortcut(QKeySequence())
        self.on_key(keys, widget.click)

    def on_key(self, keys: QKeySequence, act: Callable[[], None]) -> None:
        QShortcut(keys, self).activated.connect(act)
