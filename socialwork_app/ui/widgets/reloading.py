"""A page that reads itself anew when what it shows has changed, but not while another page is shown."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from socialwork_app.services.changes import Changes
from socialwork_app.ui.changes_bus import ChangesBus


class ReloadingPage(QWidget):
    """Whoever derives from it says what touches it and how it loads, and calls `reload_after` once it is made."""

    TOUCHED_BY: frozenset[str] | None = frozenset()
    """Kinds of records whose change makes what is shown stale; None for any change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = True

    def reload_after(self, bus: ChangesBus) -> None:
        bus.changed.connect(self._take_note)

    def load(self) -> None:
        """Begin to read; what changes from here on makes it stale again."""
        self._stale = False

    def _take_note(self, changes: Changes) -> None:
        if self.TOUCHED_BY is None or changes.kinds & self.TOUCHED_BY:
            self._stale = True
            self._load_if_stale()

    def _load_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load_if_stale()
