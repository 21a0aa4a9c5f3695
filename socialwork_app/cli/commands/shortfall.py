"""shortfall: who has too few hours of continuing education until when."""

import argparse

from socialwork_app.cli.context import DONE, Bar, Context, day, days
from socialwork_app.services.shortfall import Shortfall

NAME, HELP = "shortfall", "继续教育不足的人员"
ALL_THAT_RUN = 1_500
"""Days; longer than any period."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="按哪一天算")
    parser.add_argument("--within", type=days, default=ALL_THAT_RUN, metavar="DAYS", help="多少天内到期的，默认全部")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        asked = arguments.on or opened.today()
        found = Shortfall(opened).short(asked, arguments.within, Bar())
    document = [
        {"person": one.name, "person_id": one.person_id, "level": one.period.level, "short": one.total.short,
         "until": one.period.until.isoformat(), "per_month": pace.per_month, "expected": pace.expected}
        for one in found for pace in [one.pace(asked)]
    ]  # fmt: skip
    lines = [f"{row['until']}\t{row['person']}\t差 {row['short']:g} 小时" for row in document]
    context.answer(document, "\n".join(lines) or "没有学时不足的人员。")
    return DONE
