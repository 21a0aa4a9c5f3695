"""expire: titles whose term is over are said to have run out."""

import argparse

from socialwork_app.cli.context import DONE, Context, day
from socialwork_app.services import talents

NAME, HELP = "expire", "管理期已过、状态还是在管的称号，全部转为期满"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="按哪一天算，默认今天")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        changes = talents.expire(opened, arguments.on or opened.today())
    document = {"change": changes.change_id, "titles": len(changes.ids)}
    context.answer(document, f"{len(changes.ids)} 个称号已转为期满。")
    return DONE
