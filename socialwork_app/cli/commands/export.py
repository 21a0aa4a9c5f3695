"""export: write a roster."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context, conditions, day
from socialwork_app.domain.filters import Filter
from socialwork_app.services.exports import Exports
from socialwork_app.services.records import Records

NAME, HELP = "export", "导出名册（默认遮盖号码）"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("roster", metavar="ROSTER")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    parser.add_argument(
        "--as-of", type=day, default=None, metavar="DATE", help="截至日期，默认今天；写明往年的，默认该年 12 月 31 日"
    )
    parser.add_argument("--year", type=int, default=None, metavar="Y", help="名册的年度，默认今年")
    parser.add_argument("--search", default="", metavar="TEXT")
    parser.add_argument(
        "--where", action="append", default=[], metavar="FIELD=VALUE", help="培训班名册须写 course=名称或编号"
    )
    parser.add_argument("--sort", default="", metavar="FIELD", help="前加 - 为降序")
    parser.add_argument("--full-numbers", action="store_true", help="导出完整号码，须说明用途")
    parser.add_argument("--purpose", default="", metavar="TEXT", help="用途，记入日志")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        exports = Exports(opened)
        declared = exports.declared(arguments.roster.replace("exam-entries", "exam_entries"))
        where = Records(opened, declared.register).understood(conditions(arguments.where))
        sort = arguments.sort
        asked = Filter(arguments.search, where, sort.removeprefix("-"), sort.startswith("-"))
        done = exports.export(
            declared.key, arguments.out, asked=asked, as_of=arguments.as_of, year=arguments.year,
            full_numbers=arguments.full_numbers, purpose=arguments.purpose, control=Bar(),
        )  # fmt: skip
    context.answer({"file": str(done.file), "rows": done.rows}, f"已导出 {done.rows} 行到 {done.file}")
    return DONE
