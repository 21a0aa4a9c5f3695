"""log: who did what when, also as a workbook, and whether the log is whole."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Bar, Context, day
from socialwork_app.domain.fields.log import LOG_FIELDS
from socialwork_app.services.log import WHOLE, Asked, Log

NAME, HELP = "log", "日志：何人何时做了什么，可导出和校验"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="since", type=day, metavar="DATE", help="从该日起")
    parser.add_argument("--to", type=day, metavar="DATE", help="到该日止")
    parser.add_argument("--by", default="", metavar="NAME", help="操作人")
    parser.add_argument("--action", default="", metavar="ACTION", help="操作，如 save、delete、import、export")
    parser.add_argument("--limit", type=int, default=200, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="导出为工作簿")
    parser.add_argument("--verify", action="store_true", help="校验日志是否被改动过")


def run(context: Context, arguments: argparse.Namespace) -> int:
    asked = Asked(arguments.since, arguments.to, arguments.by, arguments.action)
    with context.opened() as opened:
        log = Log(opened)
        if arguments.verify:
            return _verify(context, log)
        if arguments.out:
            done = log.export(arguments.out, asked, Bar())
            context.answer({"file": str(done.file), "rows": done.rows}, f"已导出 {done.rows} 行到 {done.file}")
            return DONE
        window = log.window(asked)
        rows = window.rows(0, arguments.limit)
    lines = ["\t".join(str(row.values[field.key]) for field in LOG_FIELDS) for row in rows]
    context.answer(
        {"total": window.total, "rows": [dict(row.values) for row in rows]},
        "\n".join([*lines, f"共 {window.total} 条"]),
    )
    return DONE


def _verify(context: Context, log: Log) -> int:
    found = log.verify(Bar())
    context.answer({"log": found}, "日志完整，没有被改动过。" if found == WHOLE else found)
    return DONE if found == WHOLE else WITH_FINDINGS
