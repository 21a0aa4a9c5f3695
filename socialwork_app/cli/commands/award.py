"""award: those who passed get their certificates."""

import argparse

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exam_awards import Awards
from socialwork_app.services.exams import Exams

NAME, HELP = "award", "把考试合格人员生成证书（管理号以后补填）"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年的考试")
    parser.add_argument("--approved-on", default="", metavar="DATE", help="批准日期，默认考试最后一天")
    parser.add_argument("--dry-run", action="store_true", help="只列出，不写入")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        awards = Awards(opened)
        waiting = awards.waiting(arguments.year)
        day = arguments.approved_on or Exams(opened).sittings[arguments.year].exam_to
        parsed = opened.parser.parse(opened.catalogue["certificates"].field("approved_on"), day)
        if not parsed.value:
            raise DomainError("exam.no_approval_day", year=arguments.year)
        change = None if arguments.dry_run else awards.award(waiting, str(parsed.value), Bar()).change_id
    document = {"change": change, "created": 0 if arguments.dry_run else len(waiting),
                "people": [{"person": one.name, "level": one.level, "scope": one.scope} for one in waiting]}  # fmt: skip
    context.answer(document, "\n".join(one.name for one in waiting) + f"\n共 {len(waiting)} 人")
    return DONE
