"""restore-record: a deleted record back from the bin, with what went with it."""

import argparse

from socialwork_app.cli.context import DONE, Context, register_kind
from socialwork_app.services.bin import Bin
from socialwork_app.services.records import Records

NAME, HELP = "restore-record", "从回收站恢复一条记录及一同删除的内容"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("id", type=int, metavar="ID", help="bin 列出的行号")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        Records.of(opened, arguments.kind)
        restored = Bin(opened).restore(arguments.kind, arguments.id)
    document = {"restored": dict(restored.counts), "change": restored.changes.change_id}
    context.answer(document, f"已恢复 {sum(restored.counts.values())} 条记录。")
    return DONE
