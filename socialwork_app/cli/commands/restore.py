"""restore: a backup into a new folder, verified. What is given as the password may be the recovery code."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.services import backups

NAME, HELP = "restore", "把备份恢复到新文件夹并核对"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def run(context: Context, arguments: argparse.Namespace) -> int:
    password = context.password() if backups.needs_password(arguments.file) else ""
    counts = backups.restore(context.files, arguments.file, context.folder, password, Bar())
    context.answer({"file": str(arguments.file), "register": str(context.folder), "counts": counts},
                   f"已恢复到 {context.folder}，核对 {counts['people']} 人、{counts['certificates']} 个证书。")  # fmt: skip
    return DONE
