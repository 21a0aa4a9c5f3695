"""rosters: what can be exported."""

import argparse

from socialwork_app.cli.context import DONE, Context
from socialwork_app.services.exports import rosters_of

NAME, HELP = "rosters", "列出可导出的名册"


def add(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, arguments: argparse.Namespace) -> int:
    del arguments
    found = rosters_of(context.files.catalogue)
    document = [{"roster": one.key, "title": one.title, "columns": list(one.columns)} for one in found]
    context.answer(document, "\n".join(f"{one.key}\t{one.title}\t{'、'.join(one.columns)}" for one in found))
    return DONE
