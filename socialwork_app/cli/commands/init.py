"""init: make a register."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Context
from socialwork_app.domain.roles import FIRST
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation import atomic

NAME, HELP = "init", "新建加密的登记册"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--owner", required=True, metavar="NAME", help="登记单位，印在名册上")
    parser.add_argument("--recovery-file", type=Path, metavar="FILE", help="把恢复码写入文件")


def run(context: Context, arguments: argparse.Namespace) -> int:
    password = context.password()
    weak = context.files.weakness(password, arguments.owner)
    if weak:
        context.say(sentence(weak))
    opened, code = context.files.create(context.folder, arguments.owner, password, account=context.account or FIRST)
    opened.close()
    if arguments.recovery_file:
        atomic.write_bytes(arguments.recovery_file, (code + "\n").encode())
    told = f"恢复码（只显示这一次，请打印或抄存，与登记册分开保管）：{code}"
    context.answer({"register": str(context.folder), "recovery_code": code}, f"已建立登记册 {context.folder}\n{told}")
    return DONE
