"""restore-field: one field back to the value that a change took from it."""

import argparse

from socialwork_app.cli.commands.set_ import answer
from socialwork_app.cli.context import Context, register_kind
from socialwork_app.services.history import History
from socialwork_app.services.records import Records

NAME, HELP = "restore-field", "把一个字段恢复为某次改动之前的值"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("key", metavar="KEY")
    parser.add_argument("field", metavar="FIELD")
    parser.add_argument("--change", type=int, required=True, metavar="N", help="history 列出的改动编号")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        records = Records.of(opened, arguments.kind)
        row_id = records.find(arguments.key)
        saved = History(opened).restore_field(arguments.kind, row_id, arguments.field, arguments.change)
        return answer(context, records, saved)
