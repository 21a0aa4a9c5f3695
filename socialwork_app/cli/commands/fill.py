"""fill: a form about one person, such as the 考核表 of a year."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Context
from socialwork_app.services.form_files import FormFiles
from socialwork_app.services.forms import Forms
from socialwork_app.services.records import Records

NAME, HELP = "fill", "填写某人的考核表等表格"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="FORM", help="表格名称或行号，自带的为 appraisal.docx、appraisal.xlsx")
    parser.add_argument("person", metavar="PERSON", help="身份证号或行号")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--year", type=int, default=None, metavar="Y", help="年度，默认今年")
    parser.add_argument("--purpose", default="", metavar="TEXT", help="填入完整号码的用途，记入日志；不写的号码遮盖")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        form = FormFiles(opened).find(arguments.form)
        person = Records(opened, "people").find(arguments.person)
        filled = Forms(opened, form, arguments.year or opened.today().year).fill(
            person, arguments.out, arguments.purpose
        )
    blank = f"没有内容、已留空：{'、'.join(filled.blank)}" if filled.blank else ""
    document = {"file": str(arguments.out), "blank": list(filled.blank)}
    context.answer(document, "\n".join(filter(None, [f"已填写：{arguments.out}", blank])))
    return DONE
