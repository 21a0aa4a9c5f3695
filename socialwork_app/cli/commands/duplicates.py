"""duplicates: who may stand in the register twice."""

import argparse
from dataclasses import asdict

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Bar, Context
from socialwork_app.services.duplicates import Duplicates, Suggestion

NAME, HELP = "duplicates", "可能重复的人员，最像的在前"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="最多列出多少对，默认 100")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        found = Duplicates(opened).suggested(Bar())
    shown = found.pairs[: arguments.limit]
    lines = [f"可能重复 {found.total} 对。", *map(_line, shown)]
    context.answer({"total": found.total, "pairs": [asdict(one) for one in shown]}, "\n".join(lines))
    return WITH_FINDINGS if found.total else DONE


def _line(one: Suggestion) -> str:
    return f"{one.one} {one.name}\t{one.other} {one.other_name}\t{one.score}\t{one.reasons}"
