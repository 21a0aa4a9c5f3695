"""One signal for everything that changes in the register: each open view decides whether to load anew."""

from PySide6.QtCore import QObject, Signal

from socialwork_app.services.changes import Changes


class ChangesBus(QObject):
    changed = Signal(object)
    """A `Changes`."""

    def announce(self, changes: Changes) -> None:
        if changes.kinds:
            self.changed.emit(changes)


def changes_in(result: object) -> Changes | None:
    """What the result of a use case changed: it is a `Changes` or has one."""
    if isinstance(result, Changes):
        return result
    changes = getattr(result, "changes", None)
    return changes if isinstance(changes, Changes) else None
