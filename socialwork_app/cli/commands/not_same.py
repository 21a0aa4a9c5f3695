"""not-same: two records that look like one person are two people."""

import argparse

from socialwork_app.cli.context import DONE, Context
from socialwork_app.services.duplicates import Duplicates
from socialwork_app.services.records import Records

NAME, HELP = "not-same", "两条记录不是同一人，以后不再提示"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("one", metavar="A", help="编号或身份证号")
    parser.add_argument("other", metavar="B")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        people = Records(opened, "people")
        one, other = people.find(arguments.one), people.find(arguments.other)
        changes = Duplicates(opened).not_same(one, other)
    text = f"编号 {one} 和 {other} 记为两人。如有误，可用 undo {changes.change_id} 撤销。"
    context.answer({"change": changes.change_id, "people": [one, other]}, text)
    return DONE
