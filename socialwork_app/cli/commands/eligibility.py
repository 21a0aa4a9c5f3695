"""eligibility: who may sit, with the rule or what is missing."""

import argparse
from typing import Any

from socialwork_app.cli.context import DONE, Bar, Context, hidden, missing
from socialwork_app.domain.exams import LEVELS
from socialwork_app.domain.sentences import VERDICTS
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exams import Candidate, Exams
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

NAME, HELP = "eligibility", "是否符合报考条件"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", nargs="?", metavar="PERSON", help="身份证号或编号")
    parser.add_argument("--all", action="store_true", help="全部在册人员（已持有该级别的除外）")
    parser.add_argument("--level", choices=LEVELS, default=None, metavar="L", help="、".join(LEVELS))
    parser.add_argument("--year", type=int, default=None, metavar="Y", help="考试年度，默认今年")


def run(context: Context, arguments: argparse.Namespace) -> int:
    if bool(arguments.person) == arguments.all:
        raise DomainError("words.person_or_all")
    levels = [arguments.level] if arguments.level else list(LEVELS)
    with context.opened() as opened:
        year = arguments.year or opened.today().year
        ids = None if arguments.all else [Records(opened, "people").find(arguments.person)]
        exams = Exams(opened)
        rows = [row_of(opened, one) for level in levels for one in exams.candidates(level, year, ids, Bar())]
        label = opened.catalogue.code_lists["level"].label
    lines = [f"{row['person']}\t{year}\t{label(row['level'])}\t{row['verdict']}\t{row['rule'] or ''}"
             f"{''.join(row['missing'])}" for row in rows]  # fmt: skip
    context.answer([{key: row[key] for key in row if key != "verdict"} for row in rows], "\n".join(lines))
    return DONE


def row_of(opened: OpenRegister, one: Candidate) -> dict[str, Any]:
    verdict = one.verdict
    return {
        "person": one.name, "person_id": one.person_id, "id_number": hidden(opened, "id_number", one.id_number),
        "level": one.level, "year": one.year, "eligible": verdict.eligible,
        "rule": verdict.rule.rule if verdict.rule else None, "years": verdict.years,
        "missing": missing(verdict, opened.catalogue.code_lists["level"]),
        "first_year": verdict.first_year, "verdict": VERDICTS[verdict.answer],
    }  # fmt: skip
