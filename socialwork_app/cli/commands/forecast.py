"""forecast: who could sit in a year, who lacks what, whose passes lapse."""

import argparse

from socialwork_app.cli.context import DONE, Bar, Context, hidden, missing
from socialwork_app.domain.exams import subject_names
from socialwork_app.domain.sentences import VERDICTS
from socialwork_app.services.exam_forecast import Forecast

NAME, HELP = "forecast", "某年可报考人员预测"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, default=None, metavar="Y", help="考试年度，默认明年")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        year = arguments.year or opened.today().year + 1
        levels = opened.catalogue.code_lists["level"]
        found = list(Forecast(opened).of_year(year, Bar()))
        document = [
            {
                "person": one.name, "person_id": one.person_id, "id_number": hidden(opened, "id_number", one.id_number),
                "level": one.level, "year": year, "eligible": one.verdict.eligible,
                "rule": one.verdict.rule.rule if one.verdict.rule else None, "first_year": one.verdict.first_year,
                "missing": missing(one.verdict, levels),
                "subjects": subject_names(one.level, one.subjects), "lapsing": subject_names(one.level, one.lapsing),
                "township": one.township, "employer": one.employer, "entered": one.entered,
            }
            for one in found
        ]  # fmt: skip
    lines = [f"{one.name}\t{levels.label(one.level)}\t{VERDICTS[one.verdict.answer]}\t{one.verdict.first_year or ''}"
             for one in found]  # fmt: skip
    context.answer(document, "\n".join(lines) or "没有可预测的人员。")
    return DONE
