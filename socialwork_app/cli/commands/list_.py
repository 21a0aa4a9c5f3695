"""list: rows of a register, as the window shows them."""

import argparse

from socialwork_app.cli.context import DONE, Context, conditions, register_kind, shown
from socialwork_app.domain.filters import Filter
from socialwork_app.services.records import Records

NAME, HELP = "list", "列出一个登记表的行"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("--search", default="", metavar="TEXT", help="姓名、拼音、首字母、号码后四位")
    parser.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    parser.add_argument("--sort", default="", metavar="FIELD", help="前加 - 为降序")
    parser.add_argument("--limit", type=int, default=200, metavar="N")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        records = Records.of(opened, arguments.kind)
        sort = arguments.sort
        where = records.understood(conditions(arguments.where))
        asked = Filter(arguments.search, where, sort.removeprefix("-"), sort.startswith("-"))
        keys = tuple(field.key for field in records.listed)
        total = records.count(asked)
        rows = records.first_rows(asked, keys, arguments.limit)
        document = {"total": total, "rows": [shown(records, row.id, row.values) for row in rows]}
        lines = ["\t".join(records.display(key, row.values[key]) for key in records.register.columns) for row in rows]
    context.answer(document, "\n".join([*lines, f"共 {total} 条"]))
    return DONE
