"""undo: take a whole import back."""

import argparse

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.services.history import History

NAME, HELP = "undo", "整批撤销一次导入；之后改过的内容保留并列出"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("batch", type=int, metavar="BATCH")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        undone = History(opened).undo(arguments.batch, Bar())
    kept = "".join(f"\n保留：{line}" for line in undone.kept)
    context.answer({"reversed": undone.reversed, "kept": list(undone.kept)}, f"已撤销 {undone.reversed} 条记录。{kept}")
    return DONE
