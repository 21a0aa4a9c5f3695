"""Import of a bureau's workbook against calamine and `executemany`, and its peak memory."""

from pathlib import Path

from tests.benchmark import material
from tests.benchmark.figures import Figure, in_child, medians, slower

MOST_MEGABYTES = 600


def figures(folder: Path, rows: int, times: int) -> list[Figure]:
    workbook = material.workbook(folder, rows)
    ours, bare = medians(
        times, lambda: in_child("import_workbook", workbook), lambda: in_child("bare_import", workbook)
    )
    title = f"import of {rows:,} × {len(material.HEADERS)}"
    stages = "read {read:.1f} + check {check:.1f} + apply {apply:.1f} =".format(**ours)
    return [
        slower(title, 6, (stages, ours["seconds"]), ("calamine and executemany", bare["seconds"])),
        Figure(f"{title}, peak memory", ours["peak"], MOST_MEGABYTES, "MB", f"the floor {bare['peak']:.0f} MB"),
    ]
