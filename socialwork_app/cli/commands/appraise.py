"""appraise: a year's appraisal from its beginning to the decisions, and new criteria for the next one."""

import argparse
from pathlib import Path
from typing import Any

from socialwork_app.cli.context import DONE, Context, day
from socialwork_app.domain.registers.catalogue import APPRAISALS
from socialwork_app.domain.talents import LEFT, REVOKED, Decision
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import appraisal_scoring, appraisal_sheet
from socialwork_app.services.appraisal_begin import begin
from socialwork_app.services.appraisal_criteria import Versions, copy_version
from socialwork_app.services.appraisal_decisions import Decided, Suggested, decide, suggest
from socialwork_app.services.appraisals import Appraisals
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.references import References

NAME, HELP = "appraise", "年度考核：建立、评分表、按分定等、处理建议和决定、下一年的标准"


def _suggest(opened: OpenRegister, scheme: int | None, arguments: argparse.Namespace) -> tuple[Any, str]:
    label = opened.catalogue.code_lists["talent_decision"].label
    found = suggest(opened, scheme, arguments.year)
    document = [
        {"person": one.name, "person_id": one.person_id, "scheme": one.scheme, "score": one.score, "grade": one.grade,
         "suggestion": one.suggestion.decision.value if one.suggestion else None, "reason": one.reason}
        for one in found
    ]  # fmt: skip
    return document, "\n".join(_line(one, label(one.suggestion.decision) if one.suggestion else "") for one in found)


def _line(one: Suggested, suggestion: str) -> str:
    score = "" if one.score is None else f"{one.score:g}"
    return "\t".join((one.scheme, one.name, score, one.grade or "", suggestion, one.reason))


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


def _grade(opened: OpenRegister, scheme: int, arguments: argparse.Namespace) -> tuple[Any, str]:
    graded = appraisal_scoring.grade_all(opened, scheme, arguments.year)
    cap = appraisal_scoring.told_cap(opened, appraisal_scoring.year_sheet(opened, scheme, arguments.year).cap)
    changes = graded.changes
    document = {"change": changes.change_id, "graded": len(changes.ids), "left_out": list(graded.left_out), "cap": cap}
    return document, appraisal_scoring.told_graded(graded) + cap


def _decide(opened: OpenRegister, scheme: int, arguments: argparse.Namespace) -> tuple[Any, str]:
    if not arguments.person or not arguments.decision:
        raise DomainError("words.no_decision")
    ids = [_appraisal_of(opened, scheme, arguments.year, key) for key in arguments.person]
    day = (arguments.on or opened.today()).isoformat()
    decided = Decided(Decision(arguments.decision), day, arguments.document, arguments.reason, arguments.state)
    changes = decide(opened, ids, decided)
    return {"change": changes.change_id, "people": len(ids)}, f"已记录 {len(ids)} 人的处理决定。"


def _appraisal_of(opened: OpenRegister, scheme: int, year: int, key: str) -> int:
    people = Records(opened, "people")
    person = people.find(key)
    for one in Appraisals(opened).of_year(scheme, year):
        if one.person_id == person:
            return one.id
    raise DomainError("appraisal.not_appraised", name=people.record(person).values["name"], year=year)


def _copy(opened: OpenRegister, scheme: int, arguments: argparse.Namespace) -> tuple[Any, str]:
    """The version in force in the year before."""
    year = arguments.year
    version = Versions(opened).in_force(scheme, year - 1)
    if version is None:
        raise DomainError("criteria.none_in_force", year=year - 1)
    title = arguments.title or f"{version.title}（{year}年）"
    changes = copy_version(opened, version.id, year, title)
    return {"change": changes.change_id, "criteria": title}, f"已复制为“{title}”，{year} 年起用。"


SUGGEST = "suggest"
_STEPS = {"begin": _begin, "sheet": _sheet, "grade": _grade, "decide": _decide, "copy": _copy}


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=(*_STEPS, SUGGEST),
                        help="begin 为在管人员建立考核；sheet 写出评分表；grade 按分定等；suggest 列出处理建议；"
                             "decide 记录处理决定；copy 把上一年的标准复制为从该年起用的新标准")  # fmt: skip
    parser.add_argument("--scheme", default=None, metavar="S",
                        help=f"{APPRAISALS.field('scheme').label}的名称或编号；{SUGGEST} 不写的，列出全部项目")  # fmt: skip
    parser.add_argument("--year", type=int, required=True, metavar="Y", help=APPRAISALS.field("year").label)
    parser.add_argument("--appraiser", default="", metavar="NAME", help="评分表上的评分人")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="评分表写到哪里")
    parser.add_argument("--title", default="", metavar="TITLE", help="新标准的名称")
    decisions = parser.add_argument_group(APPRAISALS.field("decision").label)
    decisions.add_argument("--person", action="append", default=[], metavar="KEY", help="身份证号或编号，可写多个")
    decisions.add_argument("--decision", choices=[one.value for one in Decision],
                           help="keep 继续管理，talk 谈话提醒，suspend 停发津贴，withdraw 退出管理")  # fmt: skip
    decisions.add_argument("--on", type=day, default=None, metavar="DATE", help="决定日期，默认今天")
    decisions.add_argument("--document", default="", metavar="NUMBER", help=APPRAISALS.field("decision_document").label)
    decisions.add_argument("--reason", default="", metavar="TEXT", help="与建议不同的，须写明理由")
    decisions.add_argument(
        "--state", choices=(LEFT, REVOKED), default=LEFT, help="退出管理的称号：left 退出，revoked 取消"
    )


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        named = arguments.scheme is not None
        scheme = References(opened).find(APPRAISALS.field("scheme"), arguments.scheme) if named else None
        if arguments.what == SUGGEST:
            document, text = _suggest(opened, scheme, arguments)
        elif scheme is None:
            raise DomainError("words.missing", word="--scheme")
        else:
            document, text = _STEPS[arguments.what](opened, scheme, arguments)
    context.answer(document, text)
    return DONE
