"""results: passes, carry-over and what lapses when."""

import argparse

from socialwork_app.cli.context import DONE, Context, hidden
from socialwork_app.domain.exams import subject_names
from socialwork_app.domain.sentences import OUTCOMES
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exam_results import ExamResults
from socialwork_app.services.records import Records

NAME, HELP = "results", "考试结果与成绩滚动"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", nargs="?", metavar="PERSON", help="身份证号或编号")
    parser.add_argument("--all", action="store_true", help="该年度全部报考人员")
    parser.add_argument("--year", type=int, default=None, metavar="Y", help="哪一年的考试")


def run(context: Context, arguments: argparse.Namespace) -> int:
    if bool(arguments.person) == arguments.all:
        raise DomainError("words.person_or_all")
    with context.opened() as opened:
        results = ExamResults(opened)
        if arguments.all:
            found = results.of_year(arguments.year or opened.today().year)
        else:
            found = results.of_people([Records(opened, "people").find(arguments.person)])
            found = [one for one in found if arguments.year in (None, one.result.year)]
        label = opened.catalogue.code_lists["level"].label
        document = [
            {
                "person": one.name, "person_id": one.person_id,
                "id_number": hidden(opened, "id_number", one.entry["id_number"]), "level": one.result.level,
                "year": one.result.year, "passed": subject_names(one.result.level, one.result.passed),
                "carried": subject_names(one.result.level, one.result.carried), "outcome": one.result.outcome.value,
                "scope": one.result.scope, "open": subject_names(one.result.level, one.result.open),
                "lapses": one.result.lapses,
            }
            for one in found
        ]  # fmt: skip
    lines = [
        f"{one.name}\t{one.result.year}\t{label(one.result.level)}\t{OUTCOMES[one.result.outcome]}" for one in found
    ]
    context.answer(document, "\n".join(lines) or "没有报考记录。")
    return DONE
