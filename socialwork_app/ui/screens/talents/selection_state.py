"""The rounds and one round's candidates, read in one go away from the window's thread, and the lines that sum them up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.selection import Publication
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.selection import Candidate, Round, Selection


@dataclass(frozen=True, slots=True)
class SelectionState:
    """`round`: the one that is shown; None where there is none yet."""

    selection: Selection
    rounds: tuple[Round, ...]
    round: Round | None
    candidates: tuple[Candidate, ...]

    def in_state(self, state: str) -> list[Candidate]:
        return [one for one in self.candidates if one.state == state]


def read(opened: OpenRegister, wanted: int | None, control: Control) -> SelectionState:
    """The round that is wanted, or the latest."""
    control.step(0)
    selection = Selection(opened)
    rounds = tuple(selection.rounds())
    chosen = next((one for one in rounds if one.id == wanted), rounds[0] if rounds else None)
    candidates = tuple(selection.candidates(chosen.id)) if chosen else ()
    return SelectionState(selection, rounds, chosen, candidates)


def figures(candidates: Sequence[Candidate], states: CodeList) -> str:
    """How many stand at which stage."""
    counted = Counter(one.state for one in candidates)
    parts = [f"{entry.label} {counted[entry.value]}" for entry in states.entries if counted[entry.value]]
    return f"候选人 {len(candidates)} 人：{'，'.join(parts)}" if parts else ""


def about(round_: Round) -> str:
    """What the scheme lays down and how far the round is."""
    scheme, values = round_.scheme, round_.values
    parts = [str(scheme["title"])] if scheme["title"] not in round_.title else []
    parts += [f"名额 {scheme['cap']} 人"] if scheme["cap"] is not None else []
    parts += [f"管理期 {scheme['term_years']} 年"] if scheme["term_years"] else []
    parts += [f"不参评：{scheme['excluded']}"] if scheme["excluded"] else []
    parts += [f"公示 {span(round_.publication)}"] if round_.publication.first else []
    parts += [f"决定 {values['decision']} {values['decided_on'] or ''}".rstrip()] if values["decision"] else []
    return "　".join(parts)


def span(publication: Publication) -> str:
    return f"{publication.first} 至 {publication.last or '（结束日期未填）'}"
