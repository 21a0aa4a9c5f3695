"""`python -m tests.reliability [--kills N] [--cuts N] [--surroundings] [--only JOB] [--seed N] [--keep FOLDER]`."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.kills import Outcome, kill
from tests.reliability.power import cut
from tests.reliability.surroundings import all_of


def main() -> int:
    arguments = _arguments()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with TemporaryDirectory() as own:
        folder = arguments.keep or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        wrong = 0
        if arguments.kills:
            wrong += _told("kills", kill(folder, arguments.kills, arguments.seed, arguments.only))
        if arguments.cuts:
            wrong += _told("power cuts", cut(folder, arguments.cuts, arguments.seed, arguments.only))
        if arguments.surroundings:
            wrong += _surroundings(folder)
    return 1 if wrong else 0


def _told(what: str, outcomes: Iterable[Outcome]) -> int:
    """How many rounds ended wrong."""
    print(f"| job | {what} | before its end | wrong |\n|---|---|---|---|", flush=True)
    found = list[Outcome]()
    for one in outcomes:
        print(f"| {one.job} | {one.rounds} | {one.cut_off} | {len(one.wrong)} |", flush=True)
        found.append(one)
    wrong = sum(len(one.wrong) for one in found)
    print(f"| all | {sum(one.rounds for one in found)} | {sum(one.cut_off for one in found)} | {wrong} |\n")
    return wrong


def _surroundings(folder: Path) -> int:
    print("| what fails | said | wrong |\n|---|---|---|", flush=True)
    tried = list(all_of(folder))
    for one in tried:
        print(f"| {one.name} | {'、'.join(one.refused)} | {one.wrong or 0} |")
    return sum(bool(one.wrong) for one in tried)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument("--kills", type=int, default=30, help="of each job")
    parser.add_argument("--cuts", type=int, default=30, help="power cuts of each job; needs Linux and a C compiler")
    parser.add_argument(
        "--surroundings", action="store_true", help="full disk, read-only folder; needs the right to mount"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep here what was found wrong")
    parser.add_argument("--only", help="one job")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
