"""stats: figures as of a day."""

import argparse

from socialwork_app.cli.context import DONE, Context, day
from socialwork_app.services.statistics import Statistics

NAME, HELP = "stats", "截至某日的人数"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=day, default=None, metavar="DATE", help="截至日期")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        figures = Statistics(opened).as_of(arguments.as_of or opened.today())
        level = opened.catalogue.code_lists["level"].label
    document = {
        "as_of": figures.as_of.isoformat(), "people": figures.people, "certified": figures.certified,
        "by_township": dict(figures.by_township), "registration": figures.registration, "undated": figures.undated,
    }  # fmt: skip
    levels = [f"{level(key)} {count} 人" for key, count in figures.certified.items() if key != "total"]
    total = figures.certified["total"]
    context.answer(document, f"截至 {figures.as_of}：在册 {figures.people} 人，持证 {total} 人（{'，'.join(levels)}）")
    return DONE
