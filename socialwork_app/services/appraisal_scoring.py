"""Scores and grades of a year: the sheet that they are entered in, the grade that follows, how many may be 优秀."""

from collections.abc import Sequence
from dataclasses import dataclass

from socialwork_app.domain import appraisals
from socialwork_app.domain.appraisals import EXCELLENT, MEANINGS, Item
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import appraisals as stored
from socialwork_app.persistence import rows
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.appraisal_begin import holders
from socialwork_app.services.appraisal_criteria import Version
from socialwork_app.services.appraisal_rules import score_problem, version_of
from socialwork_app.services.appraisals import KIND, SCORES, Appraisals, Appraised
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records


@dataclass(frozen=True, slots=True)
class Cap:
    """How many of those graded are 优秀, and how many may be by the version; `places` None without a cap. `beyond`: who is
    over it, those with the lowest totals."""

    graded: int
    excellent: int
    places: int | None
    share: int | None
    rounding: str
    beyond: tuple[str, ...] = ()

    @property
    def over(self) -> int:
        return len(self.beyond)


@dataclass(frozen=True, slots=True)
class YearSheet:
    """`people` unit by unit; `items` of all the versions by which they are scored; `missing`: holders without an appraisal.

    `appraisers`: those named in the version and those who gave a score; "" where a score has no name.
    """

    scheme: int
    year: int
    version: Version | None
    people: tuple[Appraised, ...]
    items: tuple[Item, ...]
    appraisers: tuple[str, ...]
    missing: tuple[str, ...]
    cap: Cap


def year_sheet(opened: OpenRegister, scheme: int, year: int) -> YearSheet:
    known = Appraisals(opened)
    version = known.versions.in_force(scheme, year)
    people = tuple(known.of_year(scheme, year))
    versions = {one.version.id: one.version for one in people if one.version} or (
        {version.id: version} if version else {}
    )
    items = {item.title: item for one in versions.values() for item in one.criteria.items}
    named = [name for one in versions.values() for name in one.appraisers]
    named += sorted(score.appraiser for one in people for score in one.scores)
    waiting = holders(opened, scheme, year)
    missing = tuple(waiting.names[person] for person in waiting.due)
    used = next(iter(versions.values()), None)
    return YearSheet(scheme, year, used, people, tuple(items.values()), tuple(dict.fromkeys(named)), missing,
                     cap_of(people, used))  # fmt: skip


def cap_of(people: Sequence[Appraised], version: Version | None) -> Cap:
    graded = sum(appraisals.is_graded(one.grade) for one in people)
    excellent = [one for one in people if MEANINGS.get(one.grade or "") == EXCELLENT]
    excellent.sort(key=lambda one: -(one.total or 0))
    share = version.criteria.cap_share if version else None
    rounding = version.criteria.cap_rounding if version else appraisals.DOWN
    places = appraisals.excellent_places(graded, share, rounding)
    beyond = () if places is None else tuple(one.name for one in excellent[places:])
    return Cap(graded, len(excellent), places, share, rounding, beyond)


def set_score(opened: OpenRegister, appraisal: int, appraiser: str, item: str, typed: str) -> Changes:
    """The points that an appraiser gives for an item, as typed; an empty text takes them away."""
    version = version_of(opened, appraisal)
    if version is None:
        raise DomainError("criteria.none")
    points = points_of(opened, version, item, typed)
    same: dict[str, Value] = {"appraisal_id": appraisal, "appraiser": appraiser or None, "item": item}
    with opened.change("save", SCORES, item) as change:
        _write(opened, change, same, points)
        change.commit()
    return Changes(frozenset({SCORES, KIND}), frozenset({appraisal}), change.change_id)


def points_of(opened: OpenRegister, version: Version, item: str, typed: str) -> float | None:
    """What was typed, as points; DomainError for what is no number, or none that can be given for the item."""
    field = opened.catalogue[SCORES].field("score")
    parsed = opened.parser.parse(field, typed)
    if parsed.problems:
        raise DomainError("appraisal.no_points", item=item)
    points = parsed.value
    if not isinstance(points, int | float):
        return None
    if problem := score_problem(version, item, points):
        raise DomainError(problem.code, **problem.values)
    return points


def _write(opened: OpenRegister, change: Transaction, same: dict[str, Value], points: float | None) -> None:
    stand = rows.find_ids(change.connection, opened.schema, SCORES, same)
    for row_id in stand:
        if points is None:
            change.delete(SCORES, row_id)
        else:
            change.update(SCORES, row_id, {"score": points})
    if points is not None and not stand:
        change.insert(SCORES, {**same, "score": points})


def set_grade(opened: OpenRegister, ids: Sequence[int], typed: str) -> Changes:
    """By decision, whatever the score says."""
    return Records(opened, KIND).set_all(ids, "grade", typed)


@dataclass(frozen=True, slots=True)
class Graded:
    """`left_out`: names of those of whom an item is not scored yet that others have been scored for."""

    changes: Changes
    left_out: tuple[str, ...]


def grade_all(opened: OpenRegister, scheme: int, year: int) -> Graded:
    """The grade of the bands for everybody who is scored as the others are and has no grade yet, as one change."""
    opened.require_for("grade", KIND)
    everybody = Appraisals(opened).of_year(scheme, year)
    used = {score.item for one in everybody for score in one.scores}
    scored = [one for one in everybody if not one.grade and one.grade_by_score]
    found = [one for one in scored if not one.scores or used <= {score.item for score in one.scores}]
    left_out = tuple(one.name for one in scored if one not in found)
    if not found:
        code = "appraisal.nobody_scored" if left_out else "appraisal.nobody_to_grade"
        raise DomainError(code, year=year, names="、".join(left_out))
    with opened.change("grade", KIND, f"按分定等，{len(found)} 人") as change:
        change.update_many(KIND, [(one.id, {"grade": one.grade_by_score}) for one in found])
        change.commit()
    return Graded(Changes(frozenset({KIND}), frozenset(one.id for one in found), change.change_id), left_out)


def told_graded(graded: Graded) -> str:
    names = "、".join(graded.left_out)
    return sentence("appraisal.graded", count=len(graded.changes.ids)) + (
        sentence("appraisal.not_all_scored", names=names) if names else ""
    )


def told_cap(opened: OpenRegister, cap: Cap) -> str:
    """优秀 3 / 上限 2（10 人×20%，舍去尾数）."""
    if cap.places is None:
        return sentence("appraisal.uncapped", excellent=cap.excellent, graded=cap.graded)
    rounding = opened.catalogue.code_lists["cap_rounding"].label(cap.rounding)
    told = sentence("appraisal.capped", excellent=cap.excellent, places=cap.places, graded=cap.graded, share=cap.share,
                    rounding=rounding)  # fmt: skip
    return told + (sentence("appraisal.beyond_cap", names="、".join(cap.beyond), over=cap.over) if cap.over else "")


@dataclass(frozen=True, slots=True)
class Latest:
    """A scheme and a year of which there are appraisals."""

    scheme: int
    year: int


def open_year(opened: OpenRegister) -> Latest | None:
    """The only scheme and year of which somebody has no grade yet."""
    with opened.database.read() as connection:
        found = stored.ungraded_years(connection, opened.schema)
    return Latest(*found[0]) if len(found) == 1 else None


def latest(opened: OpenRegister) -> Latest | None:
    """The scheme that was appraised last, and of which year."""
    with opened.database.read() as connection:
        found = stored.latest(connection, opened.schema)
    return Latest(*found) if found else None
