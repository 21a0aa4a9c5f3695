"""reconcile: our passes against an official pass list."""

import argparse
from dataclasses import asdict
from pathlib import Path

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Bar, Context
from socialwork_app.domain.exams import LEVELS
from socialwork_app.services.exam_awards import Awards

NAME, HELP = "reconcile", "与上级合格名单核对"
KINDS = {"missing": "名单有而本册未合格", "extra": "本册合格而名单没有", "different": "不一致"}


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年的考试")
    parser.add_argument("--level", choices=LEVELS, default="", metavar="L", help="、".join(LEVELS))


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        found = Awards(opened).reconcile(arguments.file, arguments.year, arguments.level, Bar())
    lines = [f"{KINDS[one.kind]}\t{one.name}\t{one.what}" for one in found]
    context.answer([asdict(one) for one in found], "\n".join(lines) or "与名单一致。")
    return WITH_FINDINGS if found else DONE
