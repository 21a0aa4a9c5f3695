"""new: a record of any register, through the same rules as the form."""

import argparse

from socialwork_app.cli.commands.set_ import raw, save
from socialwork_app.cli.context import Context, register_kind
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.records import Draft, Records

NAME, HELP = "new", "新增一条记录"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", type=register_kind, metavar="KIND")
    parser.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    parser.add_argument("--of", default="", metavar="KEY", help="属于哪条记录：人员写身份证号或编号，其他写行号 id")


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        records = Records.of(opened, arguments.kind)
        draft = Draft(raw(records, arguments.values), owner_id=_owner(records, arguments.of))
        return save(context, records, draft)


def _owner(records: Records, key: str) -> int | None:
    owner, title = records.register.owner, records.register.title
    if owner and not key:
        raise DomainError("words.owner_missing", title=title, owner=records.opened.catalogue[owner].title)
    if key and not owner:
        raise DomainError("words.owner_given", title=title)
    return Records(records.opened, owner).find(key) if owner else None
