"""`python -m tests.fuzz [--inputs N] [--seed N] [--only NAME] [--number N] [--write]`."""

import argparse
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.fuzz.runs import Result, again, run_all
from tests.fuzz.targets import targets

FIGURES = Path(__file__).parents[2] / "docs" / "reliability.md"
SECTION = re.compile(r"## Fuzz\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)


def main() -> int:
    arguments = _arguments()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    chosen = [target for target in targets() if arguments.only in target.name]
    if arguments.number is not None:
        print(*again(chosen[0].name, arguments.number, arguments.seed))
        return 0
    began = time.monotonic()
    results = run_all(chosen, arguments.inputs, arguments.seed, arguments.processes)
    table = "\n".join(_table(results))
    print(table)
    print(f"\n{time.monotonic() - began:.0f} s")
    bad = [(name, *one) for name, result in results.items() for one in result.bad]
    for name, number, why in bad:
        print(f"{name} --number {number}: {why}")
    if arguments.write:
        _write(table, arguments.inputs, arguments.seed)
    return 1 if bad else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.fuzz")
    parser.add_argument("--inputs", type=int, default=120_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a reader's name")
    parser.add_argument("--number", type=int, help="one input once more")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="the figures into docs/reliability.md")
    return parser.parse_args()


def _table(results: Mapping[str, Result]) -> list[str]:
    lines = ["| reader or parser | inputs | taken | refused with a sentence | ended by a limit | bad | slowest |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, one in results.items():
        lines.append(f"| {name} | {one.inputs:,} | {one.taken:,} | {one.refused:,} | {one.ended:,} | {len(one.bad)} "
                     f"| {one.slowest * 1000:.0f} ms |")  # fmt: skip
    every = results.values()
    counts = (sum(one.inputs for one in every), sum(one.taken for one in every), sum(one.refused for one in every),
              sum(one.ended for one in every), sum(len(one.bad) for one in every))  # fmt: skip
    return [*lines, "| **all** | " + " | ".join(f"{count:,}" for count in counts) + " | |"]


def _write(table: str, inputs: int, seed: int) -> None:
    text = FIGURES.read_text(encoding="utf-8") if FIGURES.exists() else "# Reliability\n\n"
    section = f"## Fuzz\n\n{EXPLAINED}\n`python -m tests.fuzz --inputs {inputs} --seed {seed}`:\n\n{table}\n\n"
    text = SECTION.sub(lambda _found: section, text) if SECTION.search(text) else f"{text.rstrip()}\n\n{section}"
    FIGURES.write_text(text.rstrip("\n") + "\n", encoding="utf-8")


EXPLAINED = """\
Whole files and entries, made by the tests' own writers, are damaged at random: bytes turned, set, cut out, put in twice,
put in from elsewhere, cut off; in packed files inside of a part, so that the checksums are right. Each is given to the reader
or parser as the program would. An input is bad when anything comes of it but a value or an error with a code and a
sentence, when it takes longer than its limit (10 s for a file, 60 s for a locked one and for a pasted block, 1 s for an entry),
or when the register has changed though it was refused. What the program reads in a process of its own may be ended there,
which is a sentence too.

Found so and kept as tests: an encoding that nobody knows in a part of a workbook, a byte turned deep in a part of a letter, a
length of time beyond all days, half a character in a pasted line.
"""


if __name__ == "__main__":
    sys.exit(main())
