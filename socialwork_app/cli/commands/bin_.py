"""bin: what was deleted and can be brought back."""

import argparse

from socialwork_app.cli.context import DONE, Context, register_kind
from socialwork_app.services.bin import Bin
from socialwork_app.services.records import Records

NAME, HELP = "bin", "回收站：已删除、可以恢复的记录"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", type=register_kind, default="", metavar="KIND")
    parser.add_argument("--search", default="", metavar="TEXT", help="记录名称中的文字")
    parser.add_argument("--limit", type=int, default=200, metavar="N")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        if arguments.kind:
            Records.of(opened, arguments.kind)
        window = Bin(opened).window(arguments.search, arguments.kind)
        rows = window.rows(0, arguments.limit)
    found = [
        {"kind": gone.kind, "id": gone.row_id, "record": row.values["name"], "with": row.values["with"],
         "at": row.values["at"], "by": gone.by}
        for gone, row in zip(window.gone, rows, strict=False)
    ]  # fmt: skip
    lines = ["\t".join(str(value) for value in one.values()) for one in found]
    context.answer({"total": window.total, "rows": found}, "\n".join([*lines, f"共 {window.total} 条"]))
    return DONE
