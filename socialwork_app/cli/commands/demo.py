"""demo: a sample register of invented people, opened in the window."""

import argparse
from pathlib import Path

from socialwork_app.cli.context import DONE, Bar, Context
from socialwork_app.foundation import paths
from socialwork_app.services import samples
from socialwork_app.services.register_files import holds_register

NAME, HELP = "demo", "建立并打开示例登记册（虚构人员，无需密码）"
PEOPLE = 400
OWNER = "昆明市晋宁区示例单位"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=None, metavar="FOLDER", help="放在哪里")
    parser.add_argument("--people", type=int, default=PEOPLE, help=argparse.SUPPRESS)
    parser.add_argument("--no-window", action="store_true", help="只建立，不打开窗口")


def run(context: Context, arguments: argparse.Namespace) -> int | Path:
    folder = (arguments.folder or paths.demo_register()).absolute()
    if not holds_register(folder):
        opened, _ = context.files.create(folder, OWNER, None)
        samples.fill(opened, arguments.people, control=Bar(), subjects=True)
        opened.close()
    context.answer({"register": str(folder)}, f"示例登记册：{folder}")
    return DONE if arguments.no_window else folder
