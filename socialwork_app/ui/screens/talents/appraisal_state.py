"""A year's appraisal of a scheme with what can be chosen instead, read in one go away from the window's thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from socialwork_app.domain.appraisals import Item, item_points
from socialwork_app.domain.registers.catalogue import APPRAISALS
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.appraisal_scoring import YearSheet, latest, told_cap, year_sheet
from socialwork_app.services.appraisals import Appraised
from socialwork_app.services.appraisals_due import NO_EVIDENCE, appraisals_due
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

Combined = None
"""Instead of an appraiser: what the scores of all of them come to."""
NAMELESS = "未署名"
FIRST_NAMED = 6
"""Of those who lack something, so many are named."""


@dataclass(frozen=True, slots=True)
class AppraisalState:
    """`schemes`: title and row id. `sheet` None while there is no scheme. `unproven`: of whom evidence is due."""

    schemes: tuple[tuple[str, int], ...]
    sheet: YearSheet | None
    cap: str
    unproven: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """Who holds a title in the year and has no appraisal of it, and who is graded without evidence, in words."""
        told = (("尚未建立考核", self.sheet.missing if self.sheet else ()), ("没有附佐证材料", self.unproven))
        return "　".join(f"{what}：{_named(names)}" for what, names in told if names)


def _named(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 人" if len(names) > FIRST_NAMED else ""
    return "、".join(names[:FIRST_NAMED]) + more


def read(opened: OpenRegister, scheme: int | None, year: int | None, control: Control) -> AppraisalState:
    """Of a scheme and year, or of the one that was appraised last."""
    control.step(0)
    choices = References(opened).choices(APPRAISALS.field("scheme"))
    schemes = tuple((one.label, one.id) for one in choices)
    last = latest(opened)
    if scheme is None and schemes:
        scheme = last.scheme if last else schemes[0][1]
    if scheme is None:
        return AppraisalState((), None, "")
    default = last.year if last and last.scheme == scheme else opened.today().year
    sheet = year_sheet(opened, scheme, year or default)
    cap = told_cap(opened, sheet.cap) if sheet.people else ""
    return AppraisalState(schemes, sheet, cap, _unproven(opened, sheet))


def _unproven(opened: OpenRegister, sheet: YearSheet) -> tuple[str, ...]:
    """As the desk and the list of what is due have it."""
    shown = {one.id for one in sheet.people}
    return tuple(
        one.person
        for one in appraisals_due(opened, opened.today())
        if one.kind == NO_EVIDENCE and one.record_id in shown
    )


def points(one: Appraised, item: Item, appraiser: str | None) -> float | None:
    """Of one appraiser, or of all together."""
    if appraiser is Combined:
        return item_points(one.version.criteria, item.title, one.scores) if one.version else None
    return next(
        (score.points for score in one.scores if (score.appraiser, score.item) == (appraiser, item.title)), None
    )


def appraiser_entries(sheet: YearSheet | None, added: Sequence[str]) -> list[tuple[str, str | None]]:
    """What the chooser of appraisers offers: all together, those known, those added here, a score without a name."""
    known = [*(sheet.appraisers if sheet else ()), *added]
    named = [(name, name) for name in dict.fromkeys(known) if name]
    return [("综合得分", Combined), *named, (NAMELESS, "")]
