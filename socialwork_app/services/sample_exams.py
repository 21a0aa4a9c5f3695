"""Invented spells of work and exam entries for the sample register's people."""

import random
from collections.abc import Mapping
from datetime import date

from socialwork_app.domain.exams import ABSENT, ASSISTANT, SOCIAL_WORKER, SUBJECT_SEPARATOR, SUBJECTS
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.registers.register import Catalogue

WITH_SPELL, SIGNED_UP = 0.3, 0.2
"""Shares of the people."""


class SampleExams:
    """Makes rows for `Transaction.insert_many`; ids count up from those given."""

    def __init__(self, source: random.Random, catalogue: Catalogue, today: date, first: dict[str, int]) -> None:
        self._source = source
        self._today = today
        self._next = first
        self._defaults = {kind: {field.key: field.default for field in catalogue[kind].fields}
                          for kind in ("employment", "exam_entries")}  # fmt: skip

    def spells(self, person: Mapping[str, Value]) -> list[dict[str, Value]]:
        """For some the present post, since the person's first year or later."""
        if self._source.random() >= WITH_SPELL:
            return []
        since = str(person["social_work_since"])
        return [
            self._row("employment", person, {"employer": person["employer"], "post": person["position"], "from": since})
        ]

    def entries(self, person: Mapping[str, Value], level_held: str | None) -> list[dict[str, Value]]:
        """For some an entry last year with its scores, and one this year for what is left, without."""
        if level_held == "senior" or self._source.random() >= SIGNED_UP:
            return []
        level, year = SOCIAL_WORKER if level_held else ASSISTANT, self._today.year
        scores = {subject.key: self._score() for subject in SUBJECTS[level]}
        made = [self._entry(person, level, year - 1, scores)]
        if level == SOCIAL_WORKER and any(score < 60 for score in scores.values()):
            made.append(self._entry(person, level, year, {key: None for key, score in scores.items() if score < 60}))
        return made

    def _entry(
        self, person: Mapping[str, Value], level: str, year: int, scores: Mapping[str, int | None]
    ) -> dict[str, Value]:
        number = f"{year}53{self._next['exam_entries']:06d}"
        values = {"year": year, "level": level, "subjects": SUBJECT_SEPARATOR.join(scores), "sign_up_number": number,
                  "first_time": 1, "paid": 1, "review_state": "passed", **scores}  # fmt: skip
        return self._row("exam_entries", person, values)

    def _score(self) -> int:
        return ABSENT if self._source.random() < 0.12 else self._source.randint(35, 88)

    def _row(self, kind: str, person: Mapping[str, Value], values: Mapping[str, Value]) -> dict[str, Value]:
        row_id = self._next[kind]
        self._next[kind] += 1
        return {"id": row_id, "person_id": person["id"], **self._defaults[kind], **values}
