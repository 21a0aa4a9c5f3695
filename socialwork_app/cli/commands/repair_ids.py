"""repair-ids: ID numbers that lost their end, with what another list says."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from socialwork_app.cli.context import DONE, WITH_FINDINGS, Bar, Context, hidden
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.id_repair import IdRepair, Proposal
from socialwork_app.services.opened import OpenRegister

NAME, HELP = "repair-ids", "按另一份名册找回末三位为 000 的身份证号，把 15 位升为 18 位"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="有姓名和完整身份证号的表格")
    parser.add_argument("--accept", type=int, action="append", default=[], metavar="PERSON",
                        help="采用此人的建议号码（人员编号），可写多次；不写则只列出")  # fmt: skip


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        repair = IdRepair(opened)
        found = repair.proposals(arguments.file, control=Bar())
        if arguments.accept:
            accepted = [_of(found, person) for person in arguments.accept]
            change = repair.accept(accepted).change_id
            context.answer({"change": change, "accepted": arguments.accept}, f"已采用 {len(accepted)} 个号码。")
            return DONE
        document = [_shown(opened, one) for one in found]
    lines = [f"{one['person']} {one['name']}\t{one['stands']}\t{one['proposed'] or '无建议'}\t{one['source']}"
             for one in document]  # fmt: skip
    context.answer(document, "\n".join([f"需要核对 {len(found)} 个号码。", *lines]))
    return WITH_FINDINGS if found else DONE


def _of(found: Sequence[Proposal], person: int) -> Proposal:
    fitting = [one for one in found if one.person_id == person and one.acceptable]
    if len(fitting) != 1:
        raise DomainError("repair.not_proposed", person=person)
    return fitting[0]


def _shown(opened: OpenRegister, one: Proposal) -> dict[str, Any]:
    return {"person": one.person_id, "name": one.name, "stands": hidden(opened, "id_number", one.stands),
            "proposed": hidden(opened, "id_number", one.number), "source": one.source,
            "acceptable": one.acceptable}  # fmt: skip
