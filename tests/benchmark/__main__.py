"""`python -m tests.benchmark [--people N] [--quick] [--keep FOLDER]`: measures, prints, writes docs/benchmarks.md."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmark import exams, hours, imports, material, rosters, search, windows
from tests.benchmark.figures import REPOSITORY, Figure

REPORT = REPOSITORY / "docs" / "benchmarks.md"
KEPT = {True: "yes", False: "**no**", None: "–"}
HEAD = """# Speed and memory

Each figure is a ratio to its floor, measured in the same run: seconds differ from machine to machine, ratios hold.
Written by `python -m tests.benchmark`; `--people 20000 --quick` takes a minute and writes nothing.

"""
FLOORS = """
## The floors

- **Window**: a `QMainWindow` with a label, its own process, from the start of Python to its first paint. Ours is the
  program's start on a sample register of 1,000 and of the large number of people.
- **Stall**: no ratio. A timer of 5 ms notes the longest time between two of its beats while names, pinyin, initials and
  last four digits are typed sign by sign and taken away again, then while records are looked at, the list is scrolled
  and sorted. The desk is counting in its thread meanwhile. Of the list of those with too few hours: from opening its tab
  until the first of it stands, then while it is narrowed, scrolled and searched.
- **Search**: one to four characters of names, pinyin, initials and ID numbers of people in the register, and some that
  nobody has; the service call with its 200 rows, against `name LIKE … OR id_number LIKE … OR phone LIKE … LIMIT 200`
  over the same columns in the same encrypted file.
- **Import**: calamine reads the same workbook, `executemany` puts its texts into one plain table of a new encrypted
  file. Ours is read, checked and committed with history, indexes and search keys.
- **Eligibility**: one query that joins people, studies, spells of work and certificates, its rows read one by one. Ours
  gives the verdict of everybody who is here and does not hold the level. Python's cyclic collector is paused in both, as
  window and commands pause it.
- **Hours**: one query that gives count and sum of every person's records of learning, its rows read one by one. In this
  register everybody has a registration period that runs, one in seven a second one that is over; four in a hundred
  records have an imprecise date, three no proof, one is left out. Six people in a thousand have a degree among them and
  are worked out one by one, so that the time grows with their number. Ours gives everybody's period with what is asked
  for, earned and short. The collector is paused in both.
- **Scores**: a list with as many columns as the import of people has: who, of which unit, year and level, the numbers
  of the sign-up and the ticket, three scores. Ours finds the people and their entries in a register of eight times as
  many people, changes the entries with history and finds out who is missing. The fewer columns a list has, the smaller
  is the floor, while finding and changing stay: with the seven that are needed the ratio is 8.2. Once against calamine
  and `executemany` into an empty table, as for the import, which finds and changes nothing; once against the same job
  without a check or a word of history: calamine, and `executemany` of an update by ID number, year and level in a copy
  of the register. The limit is that of the first; the second has none and only says what of it is the changing.
- **Roster**: the cells of the same roster, already in memory, written by `worksheet.write` one by one in
  `constant_memory`, without formats. Ours reads and computes them too.
"""


def main() -> int:
    arguments = _arguments()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with TemporaryDirectory() as own:
        folder = arguments.keep or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        figures: list[Figure] = []
        for figure in _measured(folder, arguments.people, arguments.only, quick=arguments.quick):
            print(" | ".join(_cells(figure)), flush=True)
            figures.append(figure)
    if not arguments.quick and not arguments.only:
        REPORT.write_text(HEAD + _table(figures, arguments.people) + FLOORS, encoding="utf-8")
    return 1 if any(figure.kept is False for figure in figures) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark")
    parser.add_argument("--people", type=int, default=1_000_000, help="people in the large register")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, each step once; writes nothing")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the registers here for the next run")
    parser.add_argument(
        "--only", choices=("search", "import", "roster", "exams", "hours", "window"), help="one of the figures"
    )
    return parser.parse_args()


def _measured(folder: Path, people: int, only: str | None, *, quick: bool) -> Iterator[Figure]:
    rows, times = (10_000, 1) if quick else (100_000, 3)
    parts: dict[str, Callable[[], list[Figure]]] = {
        "search": lambda: search.figures(material.register(folder, people), *((200, 20) if quick else (2_000, 100))),
        "import": lambda: imports.figures(folder, rows, times),
        "roster": lambda: rosters.figures(folder, rows, times),
        "exams": lambda: exams.figures(folder, people, rows // 2, times),
        "hours": lambda: hours.figures(folder, people, times),
        "window": lambda: windows.figures(folder, people, 3 if quick else 7),
    }
    for name, measure in parts.items():
        if only in (None, name):
            yield from measure()


def _cells(figure: Figure) -> tuple[str, ...]:
    form = "{:.0f} {}" if figure.unit in ("MB", "ms") or figure.at_least else "{:.2f} {}"
    limit = "none" if figure.limit is None else f"{'≥' if figure.at_least else '≤'} {figure.limit:g} {figure.unit}"
    return figure.name, form.format(figure.value, figure.unit), limit, KEPT[figure.kept], figure.detail


def _table(figures: list[Figure], people: int) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    lines = ["| figure | measured | limit | kept | from |", "|---|---|---|---|---|"]
    lines += [f"| {' | '.join(_cells(figure))} |" for figure in figures]
    return f"{machine}; the large register has {people:,} people.\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
