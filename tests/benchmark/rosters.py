"""Export of the roster against XlsxWriter's plainest loop, and its memory at ten times the rows."""

from pathlib import Path

from tests.benchmark import material
from tests.benchmark.figures import Figure, in_child, medians, slower

PEOPLE_A_ROW = 1.82
"""Of the invented people a little more than half have a certificate."""
MOST_GROWTH = 1.1
"""Ten times the rows may hold so many times the memory: what a larger file keeps in its page cache and no more."""


def figures(folder: Path, rows: int, times: int) -> list[Figure]:
    few, many = (material.register(folder, int(count * PEOPLE_A_ROW)) for count in (rows // 10, rows))
    small, ours, bare = medians(
        times,
        lambda: in_child("export_roster", few),
        lambda: in_child("export_roster", many),
        lambda: in_child("bare_export", many),
    )
    growth = f"{ours['peak']:.0f} MB at {ours['rows']:,.0f} rows / {small['peak']:.0f} MB at {small['rows']:,.0f}"
    return [
        slower(
            f"roster export of {ours['rows']:,.0f} rows",
            1.5,
            ("export", ours["seconds"]),
            ("bare loop", bare["seconds"]),
        ),
        Figure("roster export, memory", ours["peak"] / small["peak"], MOST_GROWTH, "×", growth),
    ]
