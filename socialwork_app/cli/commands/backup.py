"""backup: one file, verified."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.services.backups import Backups

NAME, HELP = "backup", "备份到一个文件并核对"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        counts = Backups(opened).backup(arguments.out, Bar())
    context.answer({"file": str(arguments.out), "counts": counts},
                   f"已备份到 {arguments.out}，打开核对 {counts['people']} 人、{counts['certificates']} 个证书。")  # fmt: skip
    return DONE
