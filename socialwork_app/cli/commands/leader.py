"""leader: another leader keeps contact with some people, or with all whom a leader has kept contact with."""

import argparse

from socialwork_app.cli.context import DONE, Context, day
from socialwork_app.domain.registers.catalogue import LEADER_CONTACTS
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.leader_changes import Handing, change_leader, replace_leader
from socialwork_app.services.records import Records
from socialwork_app.services.references import References

NAME, HELP = "leader", "更换联系领导：给几个人更换，或在领导离任时全部移交；原来的联系保留"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="LEADER", help="新的联系领导，姓名或行号")
    parser.add_argument("--person", action="append", default=[], metavar="KEY", help="身份证号或编号，可写多个")
    parser.add_argument("--of", default="", metavar="LEADER", help="离任的领导：其联系的人员全部移交")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="自何日起，默认今天")
    parser.add_argument("--document", default="", metavar="NUMBER", help=LEADER_CONTACTS.field("document").label)


def run(context: Context, arguments: argparse.Namespace) -> int:
    if bool(arguments.of) == bool(arguments.person):
        raise DomainError("words.person_or_leader")
    with context.opened() as opened:
        named, leader = References(opened), LEADER_CONTACTS.field("leader")
        to = Handing(named.find(leader, arguments.name), arguments.on or opened.today(), arguments.document)
        if arguments.of:
            handed = replace_leader(opened, named.find(leader, arguments.of), to)
        else:
            handed = change_leader(opened, [Records(opened, "people").find(key) for key in arguments.person], to)
    document = {"change": handed.changes.change_id, "people": handed.people}
    context.answer(document, f"已更换联系领导 {handed.people} 人。")
    return DONE
