"""import: take a workbook in, as one batch."""

import argparse
from dataclasses import asdict
from pathlib import Path

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Bar, Context, read_line
from socialwork_app.domain.imports import Mode
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.changes import Changes
from socialwork_app.services.import_tables import Reading, RowProblem
from socialwork_app.services.imports import ImportResult, Imports, kinds, result

TOLD = {"scheme": "S", "year": "Y", "appraiser": "NAME"}
"""What may be told for a whole file, and the word for it in the help."""
NAME, HELP = "import", "导入工作簿（一次导入为一个批次，可整批撤销）"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="、".join(key for key, _ in kinds()))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--sheet", default="", metavar="NAME", help="只读这张工作表")
    parser.add_argument("--mode", choices=[mode.value for mode in Mode], default=Mode.FILL.value,
                        help="已有人员：skip 跳过，fill 补空，update 覆盖")  # fmt: skip
    parser.add_argument("--workbook-password-file", type=Path, metavar="F", help="工作簿密码文件")
    parser.add_argument("--map", action="append", default=[], metavar="HEADER=FIELD", help="指定表头对应的字段")
    parser.add_argument(
        "--course", default="", metavar="TITLE", help="培训报名、签到：表中没有写明的行属于这个培训班（名称或编号）"
    )
    for key, word in TOLD.items():
        parser.add_argument(f"--{key}", default="", metavar=word, help="年度考核：表中没有写明的行，按此处所写")
    parser.add_argument("--partial", action="store_true", help="有问题的行不收，其余照收")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")


def run(context: Context, arguments: argparse.Namespace) -> int:
    password = read_line(arguments.workbook_password_file) if arguments.workbook_password_file else None
    with context.opened() as opened:
        imports = Imports(opened)
        reading = imports.read(arguments.file, arguments.kind, sheet=arguments.sheet, password=password, control=Bar())
        reading = _mapped(imports, reading, arguments.map)
        if arguments.course:
            reading = imports.with_course(reading, arguments.course)
        told = {key: getattr(arguments, key) for key in TOLD if getattr(arguments, key)}
        reading = imports.with_told(reading, told)
        preview = imports.check(reading, arguments.mode, Bar())
        done = result(preview, None, Changes()) if arguments.dry_run else imports.apply(
            preview, partial=arguments.partial, control=Bar())  # fmt: skip
    _tell(context, done)
    return WITH_FINDINGS if done.rejected else DONE


def _mapped(imports: Imports, reading: Reading, words: list[str]) -> Reading:
    known = {field.key for field in imports.importable(reading.kind.key)}
    for word in words:
        header, parted, field = word.rpartition("=")
        if not parted or (field and field not in known):
            raise DomainError("words.no_mapping", word=word, known="、".join(sorted(known)))
        if not any(column.header == header for table in reading.tables for column in table.columns):
            raise DomainError("words.no_header", header=header)
        for table in reading.tables:
            reading = reading.with_match(table.sheet, header, field)
    return reading


def _tell(context: Context, done: ImportResult) -> None:
    document = {
        "batch": done.batch, "read": done.read, "created": done.created, "updated": done.updated,
        "unchanged": done.unchanged, "skipped": done.skipped, "rejected": done.rejected,
        "problems": [asdict(problem) for problem in done.problems],
        "left_out": [asdict(row) for row in done.left_out],
    }  # fmt: skip
    lines = [_told(problem) for problem in done.problems]
    lines += [f"{row.sheet} 第{row.row}行：{row.message}" for row in done.left_out]
    lines.append(
        f"读取 {done.read} 行：新增 {done.created}，更新 {done.updated}，无变化 {done.unchanged}，"
        f"跳过 {done.skipped}，未收 {done.rejected}。" + _verdict(done)
    )
    context.answer(document, "\n".join(lines))


def _verdict(done: ImportResult) -> str:
    if done.batch is not None:
        return f"已导入为第 {done.batch} 批，可用 undo {done.batch} 撤销。"
    return "未写入：请先改正有问题的行，或加 --partial 只收其余行。" if done.rejected else "只作检查，未写入。"


def _told(problem: RowProblem) -> str:
    """What concerns a whole file stands in no row."""
    where = " ".join(filter(None, (problem.sheet, f"第{problem.row}行", problem.column))) if problem.row else ""
    return f"{where}：{problem.message}" if where else problem.message
