"""course: the steps of a training course that concern many records at once."""

import argparse
from datetime import date
from typing import Any

from socialwork_app.cli.context import DONE, Context, day, days
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References
from socialwork_app.services.shortfall import Shortfall
from socialwork_app.services.training_signup import TrainingSignUp

NAME, HELP = "course", "培训班：排日程、邀请学时不足的人员、编结业证书号、计入学时"
Answer = tuple[dict[str, Any], str]


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", help="培训班名称或行号")
    parser.add_argument("step", choices=("plan", "invite", "number", "credit"),
                        help="plan 按起止日期排日程，invite 邀请学时不足的人员，number 编号，credit 计入学时")  # fmt: skip
    parser.add_argument("--within", type=days, default=None, metavar="DAYS", help="只邀请多少天内届满的")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="按哪一天算学时不足，默认今天")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        course = References(opened).find(opened.catalogue["training_signups"].field("course"), arguments.title)
        if arguments.step == "invite":
            document, text = _invite(opened, course, arguments.on or opened.today(), arguments.within)
        elif arguments.step == "credit":
            document, text = _credit(opened, course)
        else:
            document, text = _change(opened, course, arguments.step)
    context.answer(document, text)
    return DONE


def _change(opened: OpenRegister, course: int, step: str) -> Answer:
    changes = course_plan.plan(opened, course) if step == "plan" else Attendance(opened, course).give_numbers()
    told = (
        "没有需要编号的人员。"
        if changes.change_id is None
        else "已排好日程。"
        if step == "plan"
        else f"已编号 {len(changes.ids)} 人。"
    )
    return {"change": changes.change_id}, told


def _invite(opened: OpenRegister, course: int, on: date, within: int | None) -> Answer:
    people = [one.person_id for one in Shortfall(opened).short(on, within)]
    done = TrainingSignUp(opened, course).invite(people)
    problems = [{"code": one.code, "severity": one.severity, "message": sentence_of_problem(one)} for one in done.odd]
    document = {"change": done.changes.change_id, "invited": done.count, "left_out": list(done.left_out),
                "problems": problems}  # fmt: skip
    odd = "".join(str(one["message"]) for one in problems)
    return document, f"{odd}已邀请 {done.count} 人，{len(done.left_out)} 人原已在名单中。"


def _credit(opened: OpenRegister, course: int) -> Answer:
    done = Attendance(opened, course).credit()
    document = {"change": done.changes.change_id, "made": done.made, "changed": done.changed, "removed": done.removed}
    return document, f"新记 {done.made} 人，更正 {done.changed} 人，取消 {done.removed} 人。"
