"""rekey: another key for the whole register, and another recovery code."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.foundation import atomic
from socialwork_app.services import rekeying
from socialwork_app.services.accounts import Accounts

NAME, HELP = "rekey", "更换密钥，整册重新加密；其他帐户须重设密码，恢复码换新"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--recovery-file", type=Path, metavar="FILE", help="把新的恢复码写入文件")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        others = Accounts(opened).others()
        code = rekeying.rekey(opened, context.password(), Bar())
    if arguments.recovery_file:
        atomic.write_bytes(arguments.recovery_file, (code + "\n").encode())
    lines = ["密钥已更换。", f"恢复码（只显示这一次，请打印或抄存，与登记册分开保管）：{code}"]
    if others:
        lines.append(f"须重设密码的帐户：{'、'.join(others)}。")
    context.answer({"recovery_code": code, "without_password": list(others)}, "\n".join(lines))
    return DONE
