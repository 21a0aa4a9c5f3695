"""Who may sit, of a whole register, against reading the facts; scores of a workbook against calamine and `executemany`."""

from pathlib import Path

from socialwork_app.domain.exams import ASSISTANT, SOCIAL_WORKER
from tests.benchmark import material
from tests.benchmark.figures import Figure, in_child, medians, slower

PEOPLE_AN_ENTRY = 8
"""Of the invented people about one in six signed up last year."""


def figures(folder: Path, people: int, rows: int, times: int) -> list[Figure]:
    register = material.register(folder, people)
    measured = medians(times, *(lambda level=level: in_child("eligibility", register, level) for level in LEVELS))
    found = [
        slower(f"eligibility of {people:,} people, {level}", 3, ("judged", one["seconds"]), ("one query", one["query"]))
        for level, one in zip(LEVELS, measured, strict=True)
    ]
    entered = material.register(folder, rows * PEOPLE_AN_ENTRY)
    workbook = material.scores(folder, entered, rows)
    ours, bare, updates = medians(
        times,
        lambda: in_child("import_scores", entered, workbook),
        lambda: in_child("bare_scores", workbook),
        lambda: in_child("bare_updates", entered, workbook),
    )
    stages = "read {read:.1f} + check {check:.1f} + apply {apply:.1f} =".format(**ours)
    title = f"scores of {ours['rows']:,.0f} × {len(material.SCORE_HEADERS)}"
    took = (stages, ours["seconds"])
    return [
        *found,
        slower(title, 6, took, ("calamine and executemany", bare["seconds"])),
        slower(f"{title}, against changing them", None, took, ("calamine and executemany by key", updates["seconds"])),
    ]


LEVELS = (ASSISTANT, SOCIAL_WORKER)
