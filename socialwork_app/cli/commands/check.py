"""check: the file's integrity and the data's quality."""

import argparse
from dataclasses import asdict

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Bar, Context
from socialwork_app.services.log import WHOLE
from socialwork_app.services.quality import Quality

NAME, HELP = "check", "检查文件完整性和数据质量"


def add(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, arguments: argparse.Namespace) -> int:
    del arguments
    with context.opened() as opened:
        quality = Quality(opened)
        integrity, log, findings = quality.integrity(), quality.log(Bar()), quality.findings(Bar())
    lines = [f"{one.kind} {one.row_id} {one.name}：{one.message}" for one in findings]
    document = {"integrity": integrity, "log": log, "findings": [asdict(one) for one in findings]}
    context.answer(document, "\n".join([f"文件完整性：{integrity}", f"日志：{log}", *lines]))
    return WITH_FINDINGS if findings or (integrity, log) != (WHOLE, WHOLE) else DONE
