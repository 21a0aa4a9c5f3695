"""Room for what is filled into a form: rows whose height was set for less become as tall as their text needs."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Sequence
from typing import Any, NamedTuple

from socialwork_app.domain.sheets import line_count
from socialwork_app.excel.form_sheet import Sheet, namer

USUAL_POINTS, USUAL_WIDTH, USUAL_HEIGHT = 11.0, 8.43, 15.0
"""Of text, in points; of a column, in characters of that size; of a row, in points."""
LINE = 1.3
"""Height of a line, in sizes of its text."""
USED = 0.94
"""Share of a line that is filled on the average: no line begins with a comma."""
TALLEST = 409.0
"""What the programs allow a row."""


class Look(NamedTuple):
    points: float
    wraps: bool


def looks(styles: Any) -> list[Look]:
    """By the number that a cell names its style with."""
    tag = namer(styles)
    sizes = [font.find(tag("sz")) for font in styles.find(tag("fonts"))]
    points = [USUAL_POINTS if size is None else float(size.get("val")) for size in sizes]
    return [Look(points[int(style.get("fontId", 0))], _wraps(style.find(tag("alignment"))))
            for style in styles.find(tag("cellXfs"))]  # fmt: skip


def _wraps(alignment: Any) -> bool:
    return alignment is not None and alignment.get("wrapText") in ("1", "true")


def make_room(sheet: Sheet, known: Sequence[Look]) -> None:
    """For all that was written. A row without a height is fitted by the program that opens the form, but for merged cells."""
    texts, heights, widths = sheet.texts(), sheet.heights(), sheet.widths()
    merged = {merge[:2]: merge for merge in sheet.merges}
    for at in dict.fromkeys(sheet.written):
        look = _look(known, sheet.style(at))
        top, left, bottom, right = merged.get(at, (*at, *at))
        if not look.wraps or not (at in merged or top in heights):
            continue
        width = sum(widths.get(column, USUAL_WIDTH) for column in range(left, right + 1)) * USUAL_POINTS / look.points
        needed = line_count(texts.get(at, ""), width * USED) * look.points * LINE
        lacking = needed - sum(heights.get(row, USUAL_HEIGHT) for row in range(top, bottom + 1))
        if lacking > 0:
            heights[bottom] = min(TALLEST, heights.get(bottom, USUAL_HEIGHT) + lacking)
            sheet.set_height(bottom, heights[bottom])


def _look(known: Sequence[Look], style: int) -> Look:
    return known[style] if style < len(known) else Look(USUAL_POINTS, wraps=False)
