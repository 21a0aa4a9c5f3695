"""Exams that were passed though no certificate of their level is on record."""

from collections.abc import Collection, Sequence

from socialwork_app.domain.exam_results import Outcome, Results, attempt_of
from socialwork_app.domain.exams import Sittings
from socialwork_app.persistence import exam_entries
from socialwork_app.services.opened import OpenRegister

Passed = frozenset[tuple[str, str]]
"""Level and day of the exam, as precise as it is known."""
NOTHING_PASSED: Passed = frozenset()


class Passes:
    """Of these people, or of everybody: entries are read once and judged for whom it is asked."""

    def __init__(
        self, opened: OpenRegister, results: Results, sittings: Sittings, levels: Collection[str], ids: Sequence[int] | None
    ) -> None:  # fmt: skip
        self._results, self._sittings, self._levels = results, sittings, levels
        with opened.database.read() as connection:
            self._entries = exam_entries.uncertified(connection, opened.schema, levels, ids) if levels else {}

    def of(self, person_id: int) -> Passed:
        entries = self._entries.get(person_id)
        if entries is None:
            return NOTHING_PASSED
        attempts = [attempt_of(dict(zip(exam_entries.ATTEMPT, entry, strict=True))) for entry in entries]
        results = [one for level in self._levels for one in self._results.of_level(attempts, level)]
        return frozenset(
            (one.level, self._sittings[one.year].held_on) for one in results if one.outcome is Outcome.PASSED
        )
