"""due: what falls due."""

import argparse

from socialwork_app.cli.context import DONE, Context
from socialwork_app.cli.context import day as day_word
from socialwork_app.services.open_matters import open_matters

NAME, HELP = "due", "到期和逾期事项"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day_word, default=None, metavar="DATE", help="按哪一天算")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        found = open_matters(opened, arguments.on or opened.today())
    document = [
        {"kind": one.kind, "person": one.person, "person_id": one.person_id, "level": one.level,
         "due": one.due.isoformat(), "overdue": one.overdue, "message": one.message}
        for one in found
    ]  # fmt: skip
    context.answer(
        document, "\n".join(f"{one.due}\t{one.person or one.title}\t{one.message}" for one in found) or "没有到期事项。"
    )
    return DONE
