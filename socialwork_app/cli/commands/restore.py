"""restore: a backup into a new folder, verified. What is given as the password may be the recovery code."""

import argparse
from dataclasses import asdict
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.services import restoring
from socialwork_app.services.restoring import Comparison

NAME, HELP = "restore", "把备份恢复到新文件夹并核对，或先与登记册比较"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--compare", action="store_true", help="只比较备份与 --register 的登记册，不恢复")


def run(context: Context, arguments: argparse.Namespace) -> int:
    if arguments.compare:
        return _compare(context, arguments.file)
    password = context.password() if restoring.needs_password(arguments.file) else ""
    counts = restoring.restore(context.files, arguments.file, context.folder, password, Bar())
    context.answer({"file": str(arguments.file), "register": str(context.folder), "counts": counts},
                   f"已恢复到 {context.folder}，核对 {counts['people']} 人、{counts['certificates']} 个证书。")  # fmt: skip
    return DONE


def _compare(context: Context, file: Path) -> int:
    """The backup is opened with the register's own password; one of another day is not known to a script."""
    password = context.password() if restoring.needs_password(file) else ""
    with context.opened() as opened:
        found = restoring.compare(opened, file, password, Bar())
    context.answer(asdict(found), "\n".join(_lines(found)))
    return DONE


def _lines(found: Comparison) -> list[str]:
    lines = [] if found.same else ["这是另一个登记册的备份。"]
    for title, newest in (("备份", found.newest_there), ("登记册", found.newest_here)):
        lines.append(f"{title}最后修改：{to_the_minute(newest.at)} {newest.by}" if newest else f"{title}没有修改记录")
    return lines + [
        f"{one.title}\t备份 {one.there}\t登记册 {one.here}\t只在备份 {one.only_there}\t只在登记册 {one.only_here}"
        f"\t不同 {one.changed}"
        for one in found.differences
        if one.there or one.here
    ]
