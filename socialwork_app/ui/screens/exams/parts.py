"""Small parts that the tabs of the exam share."""

from collections.abc import Sequence

from socialwork_app.domain.exams import SUBJECT_SEPARATOR, SUBJECTS


def names_of(level: str, keys: Sequence[str]) -> str:
    return SUBJECT_SEPARATOR.join(subject.short for subject in SUBJECTS[level] if subject.key in keys)
