"""What is wrong with a record of the appraisal that is to be saved, and what follows for it: version and facts of the time."""

from collections.abc import Sequence

from socialwork_app.domain.appraisals import Score, over_maximum
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem, error
from socialwork_app.persistence import rows
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.appraisal_criteria import (
    APPRAISERS,
    CRITERIA,
    FREE,
    ITEMS,
    OWNER,
    Version,
    Versions,
    frozen,
)
from socialwork_app.services.appraisal_facts import facts_of
from socialwork_app.services.opened import OpenRegister

Values = dict[str, Value]
WHOLE = 100


def check_criteria(opened: OpenRegister, values: Values, row_id: int | None) -> Sequence[Problem]:
    share = values.get("cap_share")
    if isinstance(share, int) and not 0 <= share <= WHOLE:
        return [error("criteria.share", "cap_share")]
    return _if_frozen(opened, CRITERIA, values, row_id, row_id)


def check_part(
    opened: OpenRegister, kind: str, values: Values, row_id: int | None, criteria: int | None
) -> Sequence[Problem]:
    """Of an item, a band or an appraiser. Of an appraiser who is named twice one weight would be lost."""
    if kind == ITEMS:
        if isinstance(values["maximum"], int | float) and values["maximum"] <= 0:
            return [error("criteria.maximum", "maximum")]
        if _stands(opened, kind, {OWNER: criteria, "title": values["title"]}, row_id):
            return [error("criteria.item_twice", "title", item=values["title"])]
    if kind == APPRAISERS and _stands(opened, kind, {OWNER: criteria, "appraiser": values["appraiser"]}, row_id):
        return [error("criteria.appraiser_twice", "appraiser", appraiser=values["appraiser"])]
    return _if_frozen(opened, kind, values, row_id, criteria)


def _if_frozen(
    opened: OpenRegister, kind: str, values: Values, row_id: int | None, criteria: int | None
) -> Sequence[Problem]:
    title = frozen(opened, criteria)
    changed = _changed(opened, kind, values, row_id) if title else ()
    return [error("criteria.frozen", changed[0], title=title)] if changed else ()


def _changed(opened: OpenRegister, kind: str, values: Values, row_id: int | None) -> list[str]:
    """The keys that would come to read otherwise; of a new record all."""
    with opened.database.read() as connection:
        stands = rows.record(connection, opened.schema, kind, row_id) if row_id is not None else None
    keys = opened.catalogue[kind].field_keys()
    return [key for key in keys if key not in FREE[kind] and (stands is None or stands[key] != values.get(key))]


def _stands(opened: OpenRegister, kind: str, same: Values, row_id: int | None) -> bool:
    """Whether another record has just these values."""
    with opened.database.read() as connection:
        return any(found != row_id for found in rows.find_ids(connection, opened.schema, kind, same))


def check_appraisal(opened: OpenRegister, values: Values, row_id: int | None, person: int | None) -> Sequence[Problem]:
    """A new one gets the version in force and the facts of the day; both can be corrected later."""
    scheme, year, score = values["scheme"], values["year"], values.get("score")
    if not isinstance(scheme, int) or not isinstance(year, int):
        return ()
    if _stands(opened, "appraisals", {"person_id": person, "scheme": scheme, "year": year}, row_id):
        return [error("appraisal.twice", "year", year=year)]
    version = Versions(opened).of({"criteria": values.get("criteria"), "scheme": scheme, "year": year})
    values["criteria"] = version.id if version else None
    if row_id is None and person is not None:
        values.update({key: values.get(key) or fact for key, fact in facts_of(opened, [person])[person].items()})
    return beyond_full_mark(version, score)


def beyond_full_mark(version: Version | None, score: Value) -> Sequence[Problem]:
    """What is wrong with a score that was entered as a whole."""
    full = version.criteria.full_mark if version and version.criteria.items else None
    if not isinstance(score, int | float) or (score >= 0 and (full is None or score <= full)):
        return ()
    return [error("appraisal.over_full_mark", "score", score=score, full=full or WHOLE)]


def check_score(opened: OpenRegister, values: Values, row_id: int | None, appraisal: int | None) -> Sequence[Problem]:
    """Within its item's maximum, for an item of the version, and one of each appraiser for each item."""
    item, points = str(values["item"]), values["score"]
    version = version_of(opened, appraisal)
    if not isinstance(points, int | float) or version is None:
        return ()
    if problem := score_problem(version, item, points):
        return [problem]
    same = {"appraisal_id": appraisal, "appraiser": values.get("appraiser"), "item": item}
    return (
        [error("appraisal.scored_twice", "item", item=item)]
        if _stands(opened, "appraisal_scores", same, row_id)
        else ()
    )


def score_problem(version: Version, item: str, points: float) -> Problem | None:
    """What keeps points from being given for an item."""
    known = {one.title: one.maximum for one in version.criteria.items}
    if item not in known:
        return error("appraisal.unknown_item", "item", item=item, title=version.title, known="、".join(known))
    if over_maximum(version.criteria, Score("", item, points)):
        return error("appraisal.over_maximum", "score", item=item, points=points, maximum=known[item])
    return None


def version_of(opened: OpenRegister, appraisal: int | None) -> Version | None:
    """The version that an appraisal goes by."""
    with opened.database.read() as connection:
        found = rows_where(connection, opened.schema, "appraisals", {"id": [appraisal]})
    return Versions(opened).of(found[0]) if found else None
