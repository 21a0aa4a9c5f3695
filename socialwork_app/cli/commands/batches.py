"""batches: the imports so far."""

import argparse
from dataclasses import asdict

from socialwork_app.cli.context import DONE, Context
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.services.history import History

NAME, HELP = "batches", "列出导入批次"


def add(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, arguments: argparse.Namespace) -> int:
    del arguments
    with context.opened() as opened:
        found = History(opened).batches()
    lines = [f"{one.batch}\t{to_the_minute(one.at)}\t{one.by}\t{one.kind}\t{one.file}\t新增 {one.created} 更新 {one.updated}"
             f"{' 已撤销' if one.undone else ''}" for one in found]  # fmt: skip
    context.answer([asdict(one) for one in found], "\n".join(lines) or "还没有导入过。")
    return DONE
