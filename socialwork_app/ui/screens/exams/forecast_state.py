"""Who may sit in a year, counted, and the first of them: a large register has millions of answers, which nobody reads."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.exams import LEVELS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.exam_forecast import Forecast, Lapse, OpenProof, Prospect
from socialwork_app.services.exam_results import PersonResult
from socialwork_app.services.opened import OpenRegister

MOST = 2_000
ANSWERS = (Answer.YES, Answer.UNKNOWN, Answer.NO)
EVERYWHERE = None
Group = tuple[str, Answer]
"""A level and an answer."""


@dataclass(frozen=True, slots=True)
class ForecastState:
    """Of one township, or of all. `rows` has at most MOST of each group, `counts` all of them; `entered`: of those who
    may sit by level how many have signed up. `towns` are of everybody, "" among them where somebody has none."""

    year: int
    day: date
    rows: dict[Group, list[Prospect]]
    counts: Counter[Group]
    entered: Counter[str]
    towns: tuple[str, ...]
    lapses: tuple[Lapse, ...]
    proofs: tuple[OpenProof, ...]
    undated: tuple[PersonResult, ...]

    def wanted(self, level: str, answer: Answer | None) -> tuple[list[Prospect], int]:
        """The first of a level and an answer, and how many there are; "" and None for any."""
        groups = [group for group in _groups() if level in ("", group[0]) and answer in (None, group[1])]
        found = [one for group in groups for one in self.rows.get(group, ())]
        return found[:MOST], sum(self.counts[group] for group in groups)


def read(opened: OpenRegister, year: int, town: str | None, control: Control) -> ForecastState:
    forecast, towns = Forecast(opened), set[str]()
    rows: dict[Group, list[Prospect]] = {}
    counts, entered = Counter[Group](), Counter[str]()
    for one in forecast.of_year(year, control):
        towns.add(one.township)
        if town not in (EVERYWHERE, one.township):
            continue
        group = (one.level, one.verdict.answer)
        counts[group] += 1
        entered[one.level] += one.entered and one.verdict.answer is Answer.YES
        kept = rows.setdefault(group, [])
        if len(kept) < MOST:
            kept.append(one)
    for kept in rows.values():
        kept.sort(key=lambda one: not one.lapsing)  # whose last chance it is comes first
    proofs = sorted(forecast.open_proofs(), key=lambda one: one.proof.until)
    return ForecastState(
        year, opened.today(), rows, counts, entered, tuple(sorted(towns)), tuple(forecast.lapsing(year)),
        tuple(proofs), tuple(forecast.undated_proofs()),
    )  # fmt: skip


def _groups() -> Iterator[Group]:
    return ((level, answer) for level in LEVELS for answer in ANSWERS)
