"""template: an empty sheet to fill in."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Context
from socialwork_app.services.import_templates import write_template

NAME, HELP = "template", "生成可填写的导入模板"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")


def run(context: Context, arguments: argparse.Namespace) -> int:
    file = write_template(context.files.catalogue, arguments.kind, arguments.out)
    context.answer({"file": str(file)}, f"已生成模板 {file}")
    return DONE
