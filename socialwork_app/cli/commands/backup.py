"""backup: one file, verified; or into the folder of automatic backups, for a scheduled task."""

import argparse
from dataclasses import replace
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.services.automatic_backups import AutomaticBackups
from socialwork_app.services.backups import Backups
from socialwork_app.services.opened import OpenRegister

NAME, HELP = "backup", "备份到一个文件，或写入自动备份的文件夹，并核对"


def add(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="FILE")
    where.add_argument("--auto", action="store_true", help="写入备份文件夹和第二备份位置，清理旧备份")
    parser.add_argument("--folder", type=Path, default=None, metavar="FOLDER", help="备份文件夹，从此沿用")
    parser.add_argument("--second", default=None, metavar="FOLDER", help="第二备份位置，从此沿用；写 '' 取消")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        if arguments.auto:
            return _auto(context, arguments, opened)
        counts = Backups(opened).backup(arguments.out, Bar())
    context.answer({"file": str(arguments.out), "counts": counts}, _told(arguments.out, counts))
    return DONE


def _auto(context: Context, arguments: argparse.Namespace, opened: OpenRegister) -> int:
    automatic = AutomaticBackups(opened)
    arranged = automatic.arrangement()
    folder = arguments.folder or arranged.folder
    second = arranged.second if arguments.second is None else arguments.second
    if (folder, second) != (arranged.folder, arranged.second):
        automatic.arrange(replace(arranged, folder=folder, second=second))
    done = automatic.run(Bar())
    if done.second_problem:
        context.say(done.second_problem)
    document = {"file": str(done.file), "counts": done.counts, "second": str(done.second) if done.second else None,
                "second_problem": done.second_problem, "removed": [str(file) for file in done.removed]}  # fmt: skip
    also = f"第二备份位置：{done.second}。" if done.second else ""
    context.answer(document, _told(done.file, done.counts) + also)
    return DONE


def _told(file: Path, counts: dict[str, int]) -> str:
    return f"已备份到 {file}，打开核对 {counts['people']} 人、{counts['certificates']} 个证书。"
