"""set: edit a record through the same rules as the form."""

import argparse

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Context, register_kind, shown
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.records import Draft, Records, Saved

NAME, HELP = "set", "修改一条记录"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("key", metavar="KEY")
    parser.add_argument("values", nargs="+", metavar="FIELD=VALUE")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        records = Records.of(opened, arguments.kind)
        return save(context, records, Draft(raw(records, arguments.values), id=records.find(arguments.key)))


def save(context: Context, records: Records, draft: Draft) -> int:
    """And say what became of it."""
    return answer(context, records, records.save(draft))


def answer(context: Context, records: Records, saved: Saved) -> int:
    problems = [{"field": one.field, "code": one.code, "severity": one.severity, "message": sentence_of_problem(one)}
                for one in saved.problems]  # fmt: skip
    document: dict[str, object] = {"saved": saved.id is not None, "problems": problems}
    if saved.id is not None:
        row = records.rows_by_id([saved.id], tuple(field.key for field in records.listed))[0]
        document.update(shown(records, row.id, row.values))
    lines = [str(problem["message"]) for problem in problems]
    context.answer(document, "\n".join([*lines, "已保存。" if saved.id is not None else "未保存。"]))
    return DONE if saved.id is not None else WITH_FINDINGS


def raw(records: Records, words: list[str]) -> dict[str, object]:
    given: dict[str, object] = {}
    for word in words:
        key, parted, value = word.partition("=")
        if not parted:
            raise DomainError("words.no_condition", word=word)
        if key not in records.register.field_keys():
            raise DomainError("field.unknown", field=key, register=records.register.title)
        given[key] = value or None
    return given
