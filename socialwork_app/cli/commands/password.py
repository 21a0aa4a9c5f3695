"""password: one's own, changed; the old one opens the register."""

import argparse
from pathlib import Path

from socialwork_app.cli.commands.account import told_if_weak
from socialwork_app.cli.context import DONE, Context, read_line
from socialwork_app.services.accounts import Accounts

NAME, HELP = "password", "更改自己的密码"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-password-file", type=Path, required=True, metavar="FILE", help="新密码所在的文件")


def run(context: Context, arguments: argparse.Namespace) -> int:
    new = told_if_weak(context, read_line(arguments.new_password_file))
    with context.opened() as opened:
        accounts = Accounts(opened)
        accounts.change_password(context.password(), new)
        name = accounts.own
    context.answer({"account": name}, f"帐户“{name}”的密码已更改。")
    return DONE
