"""What falls due around the exam: the year's windows, passes that lapse, proofs of the senior exam that run out."""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date

from socialwork_app.domain.exam_calendar import appointments
from socialwork_app.domain.exams import SENIOR, subject_names
from socialwork_app.domain.sentences import sentence
from socialwork_app.persistence import exam_entries
from socialwork_app.services.exam_forecast import Forecast
from socialwork_app.services.exams import Exams
from socialwork_app.services.matter import Matter
from socialwork_app.services.opened import OpenRegister

TITLES = {"exam_window": "考试日程", "scores_missing": "成绩未录", "carry_over": "成绩滚动", "senior_proof": "合格证明"}
PLANNING_MONTH = 12
"""From then on next year's exam is asked for: its plan is out in January."""
PROOF_AHEAD = 365
"""A review takes place once a year: who has less than a year left has one more chance."""


class ExamDueList:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def on(self, day: date) -> list[Matter]:
        forecast = Forecast(self.opened)
        found = [*self.windows(day), *self._lapses(forecast, day), *self._proofs(forecast, day)]
        return sorted(found, key=lambda item: (item.due, item.person_id, item.kind))

    def windows(self, day: date) -> list[Matter]:
        """What the year's days bring, of nobody in particular; quick also in a large register."""
        return sorted(self._windows(day), key=lambda item: item.due)

    def _windows(self, day: date) -> Iterator[Matter]:
        ahead, sittings = self.opened.rules().number("due.warn_days", day), Exams(self.opened).sittings
        for year in range(max(day.year - 1, MINYEAR), min(day.year + 1, MAXYEAR) + 1):  # scores of last year may still lack
            with self.opened.database.read() as connection:
                waiting = exam_entries.awaiting_count(connection, self.opened.schema, year)
            for one in appointments(sittings[year], day, ahead, scores_missing=waiting > 0):
                kind = "scores_missing" if one.code == "exam.scores_missing" else "exam_window"
                message = sentence(one.code, year=year, when=one.text, days=one.days, count=waiting)
                yield Matter(kind, TITLES[kind], 0, 0, "", "", one.due, False, message)
        if day.month >= PLANNING_MONTH and day.year + 1 not in sittings.years:
            message = sentence("exam.year_missing", year=day.year + 1)
            yield Matter("exam_window", TITLES["exam_window"], 0, 0, "", "", date(day.year, 12, 31), False, message)

    def _lapses(self, forecast: Forecast, day: date) -> Iterator[Matter]:
        """Passes that can be used for the last time this year, until its exam is over."""
        sitting = forecast.results.exams.sittings[day.year]
        last = sitting.ended_on or date(day.year, 12, 31)
        for one in forecast.lapsing(day.year) if day <= last else ():
            names = "、".join(subject_names(one.result.level, one.subjects))
            message = sentence("exam.carry_over_lapses", year=day.year, subjects=names)
            yield Matter("carry_over", TITLES["carry_over"], one.person_id, int(one.entry["id"]), one.name,
                          one.result.level, last, False, message)  # fmt: skip

    def _proofs(self, forecast: Forecast, day: date) -> Iterator[Matter]:
        for one in forecast.open_proofs():
            left = (one.proof.until - day).days
            if left <= PROOF_AHEAD:
                code = "exam.proof_ran_out" if left < 0 else "exam.proof_runs_out"
                message = sentence(code, until=one.proof.until.isoformat(), reviews=one.reviews)
                yield Matter("senior_proof", TITLES["senior_proof"], one.person_id, one.entry_id, one.name, SENIOR,
                              one.proof.until, left < 0, message)  # fmt: skip
