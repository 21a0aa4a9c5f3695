"""hand-over: one encrypted file with everything, to be read without the program."""

import argparse
from dataclasses import asdict
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context, day, read_line
from socialwork_app.services import hand_over
from socialwork_app.services.hand_over import HandOver

NAME, HELP = "hand-over", "制作交接包：一个加密压缩包，不用本程序也能读"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    parser.add_argument("--purpose", required=True, metavar="TEXT", help="用途，记入日志（包内是完整号码）")
    parser.add_argument(
        "--pack-password-file", type=Path, default=None, metavar="FILE", help="交接包的密码；不给则生成一个，只显示一次"
    )
    parser.add_argument("--from", dest="since", type=day, default=None, metavar="DATE", help="日志从哪一天起")
    parser.add_argument("--to", type=day, default=None, metavar="DATE", help="日志到哪一天止")


def run(context: Context, arguments: argparse.Namespace) -> int:
    given = arguments.pack_password_file
    password = read_line(given) if given else hand_over.new_password()
    with context.opened() as opened:
        done = HandOver(opened).pack(
            arguments.out, password, arguments.purpose, since=arguments.since, to=arguments.to, control=Bar()
        )
    told = {"file": str(done.file), **{key: value for key, value in asdict(done).items() if key != "file"}}
    made = "" if given else f"\n交接包密码（只显示这一次，请与交接包分开保管）：{password}"
    context.answer(
        told if given else {**told, "password": password},
        f"已制作交接包 {done.file}：{done.files} 个文件，记录 {done.rows} 条，附件 {done.scans} 个，已逐个打开核对。{made}",
    )
    return DONE
