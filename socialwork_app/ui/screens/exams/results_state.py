"""The results of an exam year with what names units and places, read in one go away from the window's thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from socialwork_app.domain.exam_results import Outcome
from socialwork_app.domain.exams import LEVELS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.exam_results import ExamResults, PersonResult
from socialwork_app.services.exam_rosters import Tally
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References


@dataclass(frozen=True, slots=True)
class ResultsState:
    """`rows` by level, unit and person. `marked`: whether the year's pass mark is on record. `last_day`: of the exam, as
    precise as it is known, "" where it is not."""

    year: int
    rows: tuple[PersonResult, ...]
    units: Mapping[int, str]
    marked: bool
    last_day: str

    def unit(self, one: PersonResult) -> str:
        return self.units.get(one.entry["employer"], "")

    def wanted(self, level: str, outcome: Outcome | None) -> list[PersonResult]:
        return [
            one for one in self.rows
            if level in ("", one.result.level) and outcome in (None, one.result.outcome)
        ]  # fmt: skip


def read(opened: OpenRegister, year: int, control: Control) -> ResultsState:
    control.step(0)
    results = ExamResults(opened)
    units = {row_id: name for name, row_id in References(opened).organisations.items()}
    found = results.of_year(year)
    control.step(len(found))
    found.sort(key=lambda one: (LEVELS.index(one.result.level), units.get(one.entry["employer"], ""), one.person_id))
    sitting = results.exams.sittings[year]
    return ResultsState(year, tuple(found), units, sitting.pass_mark is not None, sitting.exam_to or sitting.exam_from)


def figures(rows: Iterable[PersonResult]) -> str:
    """人数 of those shown; where somebody sat at two levels, 人次 beside it."""
    tally, people = Tally(), set[int]()
    for one in rows:
        tally.add(one.result.outcome)
        people.add(one.person_id)
    if not people:
        return ""
    several = len(people) < tally.signed_up
    unit = "人次" if several else "人"
    parts = [f"报考 {tally.signed_up:,} {unit}" + (f"（{len(people):,} 人）" if several else "")]
    parts += [f"参考 {tally.sat:,} {unit}", f"缺考 {tally.absent:,} {unit}", f"合格 {tally.passed:,} {unit}",
              f"合格率 {tally.rate or '—'}（合格/参考）"]  # fmt: skip
    return "    ".join(parts)
