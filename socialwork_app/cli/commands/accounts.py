"""accounts: who may sign in, and as what."""

import argparse
from dataclasses import asdict

from socialwork_app.cli.context import DONE, Context
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.services.accounts import Account, Accounts

NAME, HELP = "accounts", "列出帐户"


def add(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, arguments: argparse.Namespace) -> int:
    del arguments
    with context.opened() as opened:
        found = Accounts(opened).list()
    context.answer([asdict(one) for one in found], "\n".join(map(_line, found)))
    return DONE


def _line(one: Account) -> str:
    return f"{one.name}\t{one.role.label}\t{one.state}\t{to_the_minute(one.last_here) or '从未登录'}"
