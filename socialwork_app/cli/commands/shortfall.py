"""shortfall: who has too few hours of continuing education until when."""

import argparse

from socialwork_app.cli.context import DONE, Bar, Context, day
from socialwork_app.services.hours import Hours

NAME, HELP = "shortfall", "继续教育不足的人员"
ALL_THAT_RUN = 1_500
"""Days; longer than any period."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="按哪一天算")
    parser.add_argument("--within", type=int, default=ALL_THAT_RUN, metavar="DAYS", help="多少天内到期的，默认全部")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        found = Hours(opened).short(arguments.on or opened.today(), arguments.within, Bar())
    document = [
        {"person": one.name, "person_id": one.person_id, "level": one.level, "short": one.short,
         "until": one.period.until.isoformat(), "per_month": one.pace.per_month, "expected": one.pace.expected}
        for one in found if one.period and one.pace
    ]  # fmt: skip
    lines = [f"{row['until']}\t{row['person']}\t差 {row['short']:g} 小时" for row in document]
    context.answer(document, "\n".join(lines) or "没有学时不足的人员。")
    return DONE
