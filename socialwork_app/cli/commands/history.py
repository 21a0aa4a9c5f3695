"""history: who changed what when."""

import argparse

from socialwork_app.cli.context import DONE, Context, register_kind
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.services.history import History
from socialwork_app.services.records import Records

NAME, HELP = "history", "一条记录的修改历史"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("key", metavar="KEY")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        row_id = Records.of(opened, arguments.kind).find(arguments.key)
        found = History(opened).of(arguments.kind, row_id)
    document = [
        {"at": one.at, "by": one.by, "action": one.action, "record": one.title, "field": one.field, "old": one.old,
         "new": one.new, "change": one.change_id, "file": one.file or None, "batch": one.change_id if one.is_import else None}
        for one in found
    ]  # fmt: skip
    lines = [
        f"{to_the_minute(one.at)}\t{one.by}\t{one.action}\t{one.title}\t{one.field_label}\t{one.old} → {one.new}"
        for one in found
    ]
    context.answer(document, "\n".join(lines))
    return DONE
