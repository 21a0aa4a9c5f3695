"""What a use case changed, so that each open view can decide whether to load anew."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """`kinds` are register keys; `change_id` names the change for an undo."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[int] = frozenset()
    change_id: int | None = None
