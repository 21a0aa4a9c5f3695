"""due: what falls due."""

import argparse

from socialwork_app.cli.context import DONE, Context
from socialwork_app.cli.context import day as day_word
from socialwork_app.services.appraisals_due import appraisals_due
from socialwork_app.services.contacts_due import contacts_due
from socialwork_app.services.due import DueList
from socialwork_app.services.exam_due import ExamDueList
from socialwork_app.services.hours_due import hours_due
from socialwork_app.services.talents_due import talents_due
from socialwork_app.services.training_due import training_due

NAME, HELP = "due", "到期和逾期事项"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day_word, default=None, metavar="DATE", help="按哪一天算")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        day = arguments.on or opened.today()
        found = sorted(
            [
                *DueList(opened).on(day),
                *ExamDueList(opened).on(day),
                *hours_due(opened, day),
                *training_due(opened, day),
                *contacts_due(opened, day),
                *talents_due(opened, day),
                *appraisals_due(opened, day),
            ],
            key=lambda one: (one.due, one.person_id),
        )
    document = [
        {"kind": one.kind, "person": one.person, "person_id": one.person_id, "level": one.level,
         "due": one.due.isoformat(), "overdue": one.overdue, "message": one.message}
        for one in found
    ]  # fmt: skip
    context.answer(
        document, "\n".join(f"{one.due}\t{one.person or one.title}\t{one.message}" for one in found) or "没有到期事项。"
    )
    return DONE
