"""merge: two records of one person become one."""

import argparse
from typing import Any

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Context
from socialwork_app.domain.merging import Side
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.merging import Choice, Merging, Preview
from socialwork_app.services.records import Records

NAME, HELP = "merge", "把两条人员记录合并为一条"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keep", metavar="KEEP", help="保留的记录：编号或身份证号")
    parser.add_argument("drop", metavar="DROP", help="并入的记录")
    parser.add_argument("--take", action="append", default=[], metavar="FIELD=SIDE",
                        help="某项取哪一条的：keep、drop；备注和电话还可写 both；可写多次")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="只看合并后的样子，不写入")


def run(context: Context, arguments: argparse.Namespace) -> int:
    take = dict(_side(word) for word in arguments.take)
    with context.opened() as opened:
        people, merging = Records(opened, "people"), Merging(opened)
        keep, drop = people.find(arguments.keep), people.find(arguments.drop)
        preview = merging.preview(keep, drop, take)
        document, lines = _document(merging, preview), _lines(merging, preview)
        if not arguments.dry_run:
            change = merging.merge(keep, drop, take).change_id
            document["change"] = change
            lines.append(f"编号 {drop} 已并入 {keep}。如有误，可用 undo {change} 撤销。")
    context.answer(document, "\n".join(lines))
    return WITH_FINDINGS if arguments.dry_run and preview.undecided else DONE


def _side(word: str) -> tuple[str, Side]:
    key, _, side = word.partition("=")
    if side not in tuple(Side):
        raise DomainError("merge.no_choice", field=key, side=side)
    return key, Side(side)


def _document(merging: Merging, preview: Preview) -> dict[str, Any]:
    return {
        "keep": preview.keep,
        "drop": preview.drop,
        "fields": [_field(merging, one) for one in preview.fields if one.differs],
        "undecided": [one.key for one in preview.fields if one.side is None],
        "moved": dict(preview.moved),
        "same": [{"register": one.title, "record": one.label, "filled": one.filled, "left": one.left}
                 for one in preview.twins],
    }  # fmt: skip


def _field(merging: Merging, one: Choice) -> dict[str, Any]:
    kept, dropped, value = _shown(merging, one)
    return {"field": one.key, "keep": kept, "drop": dropped, "side": one.side, "value": value}


def _shown(merging: Merging, one: Choice) -> tuple[str, ...]:
    """Masked, as everything that the command line prints."""
    values = (one.kept, one.dropped, one.value)
    return tuple(merging.shown("people", one.key, value, masked=True) for value in values)


def _lines(merging: Merging, preview: Preview) -> list[str]:
    return [*(_line(merging, one) for one in preview.fields if one.differs), *preview.hanging]


def _line(merging: Merging, one: Choice) -> str:
    kept, dropped, value = _shown(merging, one)
    return f"{one.label}\t{kept or '空'}\t{dropped or '空'}\t→ {value or '空' if one.side else '须选定'}"
