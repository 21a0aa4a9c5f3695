"""The sheet that an appraiser fills in: everybody of the year with a column an item. `import appraisals` reads it back."""

from pathlib import Path

from socialwork_app.domain.imports import APPRAISER
from socialwork_app.domain.registers.catalogue import APPRAISALS, PEOPLE
from socialwork_app.domain.sheets import NUMBER, Sheet, SheetColumn
from socialwork_app.excel import writing
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.appraisal_scoring import YearSheet, year_sheet
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

TOTAL = "合计得分"
ITEM_WIDTH = 9
SIGNATURE = ("评分人签字：", "日期：")
NOTE = "填表说明：每项不超过表头所注满分，可打半分；不评的项目留空，不按零分计算。未参加考核的在任一项中写“未参加”。"


def write(opened: OpenRegister, scheme: int, year: int, appraiser: str, target: Path) -> int:
    """The number of people on it. DomainError where the year has not been begun or has no criteria."""
    found = year_sheet(opened, scheme, year)
    if not found.people or not found.items:
        raise DomainError("appraisal.not_begun", year=year)
    title = References(opened).label(APPRAISALS.field("scheme"), scheme)
    rows = [[number, one.name, one.unit, title, year, appraiser, *[None] * (len(found.items) + 1)]
            for number, one in enumerate(found.people, start=1)]  # fmt: skip
    return writing.write_roster(_sheet(opened, found, title), rows, target)


def _sheet(opened: OpenRegister, found: YearSheet, title: str) -> Sheet:
    told = (
        PEOPLE.field("name"),
        PEOPLE.field("employer"),
        APPRAISALS.field("scheme"),
        APPRAISALS.field("year"),
        APPRAISER,
    )
    columns = [NUMBER, *(SheetColumn(field.label, min(field.width, 16)) for field in told)]
    columns += [SheetColumn(f"{item.title}\n({item.maximum:g}分)", ITEM_WIDTH) for item in found.items]
    columns += [SheetColumn(TOTAL, ITEM_WIDTH)]
    return Sheet(
        f"{found.year}年度{title}考核评分表",
        tuple(columns),
        f"填报单位：{opened.owner}",
        "",
        SIGNATURE,
        note=NOTE,
        lines=2,
    )
