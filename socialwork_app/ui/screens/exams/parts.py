"""Small parts that the tabs of the exam share."""

from collections.abc import Sequence

from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS
from socialwork_app.ui.widgets.controls import button, combo, label_of

__all__ = ["button", "combo", "label_of", "names_of"]


def names_of(level: str, keys: Sequence[str]) -> str:
    return SUBJECT_SEPARATOR.join(subject.short for subject in SUBJECTS[level] if subject.key in keys)
