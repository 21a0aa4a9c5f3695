"""round: a round of a talent scheme, from stage to stage until its decision."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from socialwork_app.cli.context import DONE, Context, day
from socialwork_app.domain.registers.catalogue import TALENT_CANDIDATES, TALENT_ROUNDS
from socialwork_app.domain.selection import REJECTED, WITHDRAWN
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.domain.talents import PUBLISHED, REVIEWED
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.references import References
from socialwork_app.services.selection import Round, Selection

NAME, HELP = "round", "评选届次：评审、公示、表彰决定"
MOVES = {"review": REVIEWED, "reject": REJECTED, "withdraw": WITHDRAWN}
Answer = tuple[dict[str, Any], str]


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", help="届次名称或行号")
    parser.add_argument("step", choices=(*MOVES, "publish", "decide"),
                        help="review 通过评审，reject 未入选，withdraw 放弃，publish 公示，decide 表彰决定")  # fmt: skip
    parser.add_argument("--person", action="append", default=[], metavar="KEY",
                        help="身份证号或编号，可写多个；公示默认为全部通过评审的，决定默认为全部公示的")  # fmt: skip
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="公示开始或决定的日期，默认今天")
    parser.add_argument("--until", type=day, default=None, metavar="DATE", help="公示结束，默认按公示工作日推算")
    parser.add_argument("--document", default="", metavar="NUMBER", help=TALENT_ROUNDS.field("decision").label)


def run(context: Context, arguments: argparse.Namespace) -> int:
    with context.opened() as opened:
        selection = Selection(opened)
        of = selection.round(References(opened).find(TALENT_CANDIDATES.field("round"), arguments.title))
        on = arguments.on or opened.today()
        if arguments.step == "publish":
            document, text = _publish(
                selection, of, _chosen(selection, of, arguments.person, REVIEWED), on, arguments.until
            )
        elif arguments.step == "decide":
            document, text = _decide(
                selection, of, _chosen(selection, of, arguments.person, PUBLISHED), on, arguments.document
            )
        else:
            document, text = _move(selection, of, _chosen(selection, of, arguments.person, ""), MOVES[arguments.step])
    context.answer(document, text)
    return DONE


def _chosen(selection: Selection, of: Round, keys: Sequence[str], state: str) -> list[int]:
    """The candidacies of those named, else of all who are at this stage."""
    candidates = selection.candidates(of.id)
    if not keys:
        return [one.id for one in candidates if one.state == state]
    by_person = {one.person_id: one.id for one in candidates}
    return [by_person[person] for person in _people(selection.opened, of, keys, set(by_person))]


def _people(opened: OpenRegister, of: Round, keys: Sequence[str], known: set[int]) -> list[int]:
    people = Records(opened, "people")
    found = [people.find(key) for key in keys]
    for person in found:
        if person not in known:
            raise DomainError("selection.no_candidate", name=people.record(person).values["name"], round=of.title)
    return found


def _move(selection: Selection, of: Round, ids: list[int], state: str) -> Answer:
    changes = selection.move(of, ids, state)
    label = selection.opened.catalogue.code_lists["candidate_state"].label(state)
    return {"change": changes.change_id, "people": len(ids)}, f"{of.title}：{label} {len(ids)} 人。"


def _publish(selection: Selection, of: Round, ids: list[int], first: date, until: date | None) -> Answer:
    last = until.isoformat() if until else selection.published_from(of, first).last
    if until and until < first:
        raise DomainError("selection.until_before")
    changes = selection.publish(of, ids, first.isoformat(), last)
    document = {"change": changes.change_id, "people": len(ids), "from": first.isoformat(), "until": last}
    return document, f"{of.title}：公示 {len(ids)} 人，{first} 至 {last or '（结束日期未填）'}。"


def _decide(selection: Selection, of: Round, ids: list[int], on: date, document: str) -> Answer:
    """What is odd is told and hinders nothing."""
    odd = [sentence_of_problem(problem) for problem in selection.odd(of, ids, on)]
    changes = selection.decide(of, ids, document, on)
    told = "\n".join([f"{of.title}：授予 {len(ids)} 人。", *odd])
    return {"change": changes.change_id, "people": len(ids), "warnings": odd}, told
