"""show: one record with all that hangs on it."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from socialwork_app.cli.context import DONE, Context, day, register_kind, shown
from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.history import History, Stood
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

NAME, HELP = "show", "显示一条记录及其所属内容"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("key", metavar="KEY", help="身份证号、管理号、代码或行号 id")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="该日结束时的样子")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        row_id = Records.of(opened, arguments.kind).find(arguments.key)
        if arguments.on:
            return _then(context, opened, arguments.kind, row_id, arguments.on)
        document = _tree(opened, arguments.kind, row_id)
        text = "\n".join(_lines(opened, arguments.kind, document, ""))
    context.answer(document, text)
    return DONE


def _then(context: Context, opened: OpenRegister, kind: str, row_id: int, on: date) -> int:
    stood = History(opened).on(kind, row_id, on)
    if stood is None:
        raise DomainError("record.not_on", register=opened.catalogue[kind].title, day=on)
    context.answer(_document_then(stood), "\n".join(_lines_then(stood, "")))
    return DONE


def _document_then(stood: Stood) -> dict[str, Any]:
    document: dict[str, Any] = {key: text for key, _, text in stood.fields}
    for child in stood.children:
        document.setdefault(child.kind, []).append(_document_then(child))
    return document


def _lines_then(stood: Stood, indent: str) -> Iterator[str]:
    yield from (f"{indent}{label}：{text}" for _, label, text in stood.fields)
    for child in stood.children:
        yield f"{indent}【{child.title}】"
        yield from _lines_then(child, indent + "  ")


def _tree(opened: OpenRegister, kind: str, row_id: int) -> dict[str, Any]:
    records = Records(opened, kind)
    keys = tuple(field.key for field in records.listed)
    row = records.rows_by_id([row_id], keys)[0]
    document = shown(records, row.id, row.values)
    for child in opened.catalogue.children(kind):
        asked = Filter(where=(Condition(opened.schema.owner_column(child), row_id),))
        ids = [found.id for found in Records(opened, child.key).all_rows(asked, ())]
        document[child.key] = [_tree(opened, child.key, child_id) for child_id in ids]
    return document


def _lines(opened: OpenRegister, kind: str, document: dict[str, Any], indent: str) -> list[str]:
    records = Records(opened, kind)
    lines: list[str] = []
    for field in records.register.fields:
        if document.get(field.key) not in (None, ""):
            lines.append(f"{indent}{field.label}：{records.display(field.key, document[field.key], masked=False)}")
    for child in opened.catalogue.children(kind):
        for number, row in enumerate(document[child.key], start=1):
            lines.append(f"{indent}【{child.title} {number}】")
            lines += _lines(opened, child.key, row, indent + "  ")
    return lines
