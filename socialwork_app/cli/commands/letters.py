"""letters: certificates of completion and statements of hours, from their templates."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context, day
from socialwork_app.domain.letters import HOURS, KINDS
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.courses import Courses
from socialwork_app.services.letters import Letters, Order, Written
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.references import References

NAME, HELP = "letters", "结业证书、学时证明，一次生成一个文档，每人一页"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=[kind.key for kind in KINDS], help="completion 结业证书，hours 学时证明")
    parser.add_argument(
        "--course", default="", metavar="TITLE", help="培训班名称或行号；学时证明不写的，取登记有效期内的全部学时"
    )
    parser.add_argument(
        "--person", action="append", default=[], metavar="KEY", help="身份证号或编号，可写多个，默认全班"
    )
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="签发日期，学时也算到这一天，默认今天")
    parser.add_argument("--purpose", default="", metavar="TEXT", help="模板中有身份证号或电话时的用途，记入日志")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.docx")


def run(context: Context, arguments: argparse.Namespace) -> int:
    if not arguments.course and (arguments.kind != HOURS or not arguments.person):
        raise DomainError("words.course_or_person")
    with context.opened() as opened:
        people = [Records(opened, "people").find(key) for key in arguments.person]
        order = Order(arguments.out, arguments.on or opened.today(), arguments.purpose)
        if arguments.course:
            done = _of_course(opened, arguments.kind, arguments.course, people, order)
        else:
            done = Letters(opened).of_people(people, order, Bar())
    document = {"file": str(done.file), "letters": done.letters, "blank": list(done.blank),
                "left_out": [{"person": one.name, "reason": sentence(one.reason)} for one in done.left_out]}  # fmt: skip
    context.answer(document, _told(done))
    return DONE


def _of_course(opened: OpenRegister, kind: str, title: str, people: list[int], order: Order) -> Written:
    course = References(opened).find(opened.catalogue["training_signups"].field("course"), title)
    return Letters(opened).of_course(kind, course, order, sign_ups=_sign_ups(opened, course, people), control=Bar())


def _sign_ups(opened: OpenRegister, course_id: int, people: list[int]) -> list[int]:
    known = Courses(opened)
    course = known.course(course_id)
    of = {one.person_id: one.id for one in known.participants(course)}
    for row_id in people:
        if row_id not in of:
            name = Records(opened, "people").record(row_id).values["name"]
            raise DomainError("letter.not_signed_up", name=name, course=course.title)
    return [of[row_id] for row_id in people]


def _told(done: Written) -> str:
    lines = [f"已生成 {done.letters} 份到 {done.file}"]
    left_out: dict[str, list[str]] = {}
    for one in done.left_out:
        left_out.setdefault(one.reason, []).append(one.name)
    lines += [f"未出具 {len(names)} 人（{sentence(reason)}）：{'、'.join(names)}" for reason, names in left_out.items()]
    return "\n".join([*lines, *([f"有人未填、已留空：{'、'.join(done.blank)}"] if done.blank else [])])
