"""How many hold a title on a day, by field and township, and how the years were graded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from socialwork_app.persistence.rows import rows_where, values_of
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References
from socialwork_app.services.talent_terms import holdings

UNKNOWN = "未填"
Bars = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GradesOf:
    """`grades`: 人数 by grade, the best first; those without one last, under UNKNOWN."""

    year: int
    grades: Bars


@dataclass(frozen=True, slots=True)
class TalentFigures:
    """`people`: 人数 with a title in term on the day; `titles`: 人次, somebody with two counts twice."""

    day: date
    people: int
    titles: int
    by_scheme: Bars
    by_field: Bars
    by_township: Bars
    years: tuple[GradesOf, ...]


def figures(opened: OpenRegister, day: date, scheme: int | None = None) -> TalentFigures:
    """Of all schemes, or of one. Schemes count titles (人次); fields and townships count people (人数)."""
    with opened.database.read() as connection:
        running = [one for one in holdings(connection, opened.schema, scheme=scheme) if one.runs_on(day)]
        people = rows_where(connection, opened.schema, "people", {"id": {one.person_id for one in running}},
                            ("id", "service_field", "township"))  # fmt: skip
        schemes = values_of(
            connection, opened.schema, "talent_schemes", "title", {one.values["scheme"] for one in running}
        )
        asked = {} if scheme is None else {"scheme": [scheme]}
        appraised = Counter(
            (row["year"], row["grade"]) for row in rows_where(connection, opened.schema, "appraisals", asked)
        )
    towns = References(opened).gazetteer.by_id
    return TalentFigures(
        day, len(people), len(running),
        _bars(schemes[one.values["scheme"]] for one in running),
        _bars(row["service_field"] or UNKNOWN for row in people),
        _bars(towns[row["township"]].name if row["township"] in towns else UNKNOWN for row in people),
        tuple(_graded(opened, appraised)),
    )  # fmt: skip


def _bars(names: Iterable[object]) -> Bars:
    """The most frequent first; of two alike the one that comes first by its name."""
    counted = Counter(str(name) for name in names)
    return tuple(sorted(counted.items(), key=lambda bar: (bar[0] == UNKNOWN, -bar[1], bar[0])))


def _graded(opened: OpenRegister, counted: Counter[tuple[int, int]]) -> Iterable[GradesOf]:
    """The years in order. No grade yet is not the grade 未参加考核."""
    order = [entry.value for entry in opened.catalogue.code_lists["appraisal_grade"].entries]
    for year in sorted({year for year, _ in counted}):
        of_year = {grade or UNKNOWN: count for (at, grade), count in counted.items() if at == year}
        known = sorted(of_year, key=lambda grade: order.index(grade) if grade in order else len(order))
        yield GradesOf(year, tuple((str(grade), of_year[grade]) for grade in known))
