"""appraise: the yearly appraisal: begin a year's, and what its results suggest."""

import argparse
from typing import Any

from socialwork_app.cli.context import DONE, Context
from socialwork_app.services.appraisal_begin import begin
from socialwork_app.services.appraisal_decisions import Suggested, suggest
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

NAME, HELP = "appraise", "年度考核：建立（begin）、按结果给出处理建议（suggest）"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("begin", "suggest"), help="begin 为在管人员建立考核；suggest 列出处理建议")
    parser.add_argument("--scheme", required=True, metavar="S", help="人才项目的名称或编号")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="考核年度")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        scheme = References(opened).find(opened.catalogue["appraisals"].field("scheme"), arguments.scheme)
        tell = _suggest if arguments.what == "suggest" else _begin
        document, text = tell(opened, scheme, arguments.year)
    context.answer(document, text)
    return DONE


def _suggest(opened: OpenRegister, scheme: int, year: int) -> tuple[Any, str]:
    label = opened.catalogue.code_lists["talent_decision"].label
    found = suggest(opened, scheme, year)
    document = [
        {"person": one.name, "person_id": one.person_id, "score": one.score, "grade": one.grade,
         "suggestion": one.suggestion.decision.value if one.suggestion else None, "reason": one.reason}
        for one in found
    ]  # fmt: skip
    return document, "\n".join(_line(one, label(one.suggestion.decision) if one.suggestion else "") for one in found)


def _line(one: Suggested, suggestion: str) -> str:
    score = "" if one.score is None else f"{one.score:g}"
    return "\t".join((one.name, score, one.grade or "", suggestion, one.reason))


def _begin(opened: OpenRegister, scheme: int, year: int) -> tuple[Any, str]:
    begun = begin(opened, scheme, year)
    left_out = [{"person": one.name, "reason": one.reason} for one in begun.left_out]
    lines = [f"已建立 {year} 年度考核 {begun.made} 人。", *(f"{one.name}：{one.reason}" for one in begun.left_out)]
    return {"made": begun.made, "change": begun.changes.change_id, "left_out": left_out}, "\n".join(lines)
