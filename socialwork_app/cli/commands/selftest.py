"""selftest: what the program does on this machine, tried on invented people in a folder of their own."""

import argparse
import locale
import platform
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from socialwork_app import __version__
from socialwork_app.cli.context import DONE, WITH_FINDINGS, Context
from socialwork_app.services import self_test
from socialwork_app.services.self_test import Step

NAME, HELP = "selftest", "自检：用虚构人员试一遍建册、导入、导出、交接、备份和恢复"
PICTURE = "窗口.png"
TITLES = {"import": "导入", "import_apart": "另一进程读表", "export": "导出", "hand_over": "交接包", "backup": "备份",
          "restore": "恢复", "recovery_code": "用恢复码打开"}  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=None, metavar="FOLDER", help="所建文件留在这里；不写则用后删除")
    parser.add_argument("--window", action="store_true", help="再打开窗口，把它存为图片")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with _place(arguments.folder) as folder:
        steps = self_test.run(context.files, folder)
        window = _window(context, folder) if arguments.window else None
    document = {
        "folder": str(folder), "version": __version__, "python": platform.python_version(),
        "system": platform.platform(), "encoding": locale.getencoding(),
        "steps": [asdict(step) for step in steps], "window": window,
    }  # fmt: skip
    shown = [f"窗口：正常，{window['width']}×{window['height']}，{window['seconds']} 秒"] if window else []
    context.answer(document, "\n".join([*map(_told, steps), *shown]))
    return DONE if all(step.passed for step in steps) else WITH_FINDINGS


@contextmanager
def _place(folder: Path | None) -> Generator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.absolute()
        return
    with TemporaryDirectory() as made:
        yield Path(made)


def _window(context: Context, folder: Path) -> dict[str, object]:
    started = perf_counter()
    with closing(self_test.open_made(context.files, folder)) as opened:
        width, height = context.picture(opened, folder / PICTURE)
    seconds = round(perf_counter() - started, 2)
    return {"file": str(folder / PICTURE), "width": width, "height": height, "seconds": seconds}


def _told(step: Step) -> str:
    verdict = "正常" if step.passed else "不符"
    return f"{TITLES[step.name]}：{verdict}，应有 {step.expected} 条，实有 {step.found} 条，{step.seconds} 秒"
