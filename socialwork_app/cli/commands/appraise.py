"""appraise: the yearly appraisal: begin a year's, sheets for its appraisers, and what its results suggest."""

import argparse
from pathlib import Path
from typing import Any

from socialwork_app.cli.context import DONE, Context
from socialwork_app.domain.registers.catalogue import APPRAISALS
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import appraisal_sheet
from socialwork_app.services.appraisal_begin import begin
from socialwork_app.services.appraisal_decisions import Suggested, suggest
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

NAME, HELP = "appraise", "年度考核：建立（begin）、评分表（sheet）、按结果给出处理建议（suggest）"


def _suggest(opened: OpenRegister, scheme: int, arguments: argparse.Namespace) -> tuple[Any, str]:
    label = opened.catalogue.code_lists["talent_decision"].label
    found = suggest(opened, scheme, arguments.year)
    document = [
        {"person": one.name, "person_id": one.person_id, "score": one.score, "grade": one.grade,
         "suggestion": one.suggestion.decision.value if one.suggestion else None, "reason": one.reason}
        for one in found
    ]  # fmt: skip
    return document, "\n".join(_line(one, label(one.suggestion.decision) if one.suggestion else "") for one in found)


def _line(one: Suggested, suggestion: str) -> str:
    score = "" if one.score is None else f"{one.score:g}"
    return "\t".join((one.name, score, one.grade or "", suggestion, one.reason))


def _begin(opened: OpenRegister, scheme: int, arguments: argparse.Namespace) -> tuple[Any, str]:
    begun = begin(opened, scheme, arguments.year)
    left_out = [{"person": one.name, "reason": one.reason} for one in begun.left_out]
    lines = [
        f"已建立 {arguments.year} 年度考核 {begun.made} 人。",
        *(f"{one.name}：{one.reason}" for one in begun.left_out),
    ]
    return {"made": begun.made, "change": begun.changes.change_id, "left_out": left_out}, "\n".join(lines)


def _sheet(opened: OpenRegister, scheme: int, arguments: argparse.Namespace) -> tuple[Any, str]:
    if arguments.out is None:
        raise DomainError("words.no_target")
    rows = appraisal_sheet.write(opened, scheme, arguments.year, arguments.appraiser, arguments.out)
    return {"file": str(arguments.out), "rows": rows}, f"已写出 {rows} 人的评分表 {arguments.out}"


_STEPS = {"begin": _begin, "sheet": _sheet, "suggest": _suggest}


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(_STEPS),
                        help="begin 为在管人员建立考核；sheet 写出评分表；suggest 列出处理建议")  # fmt: skip
    parser.add_argument("--scheme", required=True, metavar="S", help=f"{APPRAISALS.field('scheme').label}的名称或编号")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help=APPRAISALS.field("year").label)
    parser.add_argument("--appraiser", default="", metavar="NAME", help="评分表上的评分人")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="评分表写到哪里")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        scheme = References(opened).find(APPRAISALS.field("scheme"), arguments.scheme)
        document, text = _STEPS[arguments.what](opened, scheme, arguments)
    context.answer(document, text)
    return DONE
