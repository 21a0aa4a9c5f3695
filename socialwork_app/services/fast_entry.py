"""Signing people up one after the other or a pasted block at once: what exams and courses have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from socialwork_app.domain.problems import Problem
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import PastedLine, PeopleFinding, block_lines


class Proposed(Protocol):
    """What signing somebody up would mean."""

    @property
    def person_id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def stands(self) -> str:
        """That the person is signed up already, so that nothing is to be written; "" otherwise."""
        ...

    @property
    def in_the_way(self) -> str:
        """Why it can't be done in passing, as one of a block; "" where it can."""
        ...


P = TypeVar("P", bound=Proposed)


@dataclass(frozen=True, slots=True)
class Entered:
    """`entry_id` is None where errors kept it from being written; `said`: what became of it, where that is not known
    before."""

    entry_id: int | None
    problems: tuple[Problem, ...]
    changes: Changes
    said: str = ""


@dataclass(frozen=True, slots=True)
class BlockLine(Generic[P]):
    """A pasted line with what signing its person up would mean; `problem` says why it can't be done in passing."""

    pasted: PastedLine
    proposal: P | None
    problem: str


@dataclass(frozen=True, slots=True)
class EnteredAll(Generic[P]):
    """`refused`: who was not signed up after all, with the reason."""

    entered: tuple[P, ...]
    refused: tuple[tuple[P, str], ...]
    changes: Changes


def judge_block(
    text: str, finding: PeopleFinding, propose: Callable[[int, int], P], twice: str, control: Control | None = None
) -> list[BlockLine[P]]:
    """Each line of a block with its proposal; a person is taken once. `propose` is given a person and how many would be
    signed up before; `twice` is said of who came in an earlier line."""
    judged: list[BlockLine[P]] = []
    met: set[int] = set()
    lines = block_lines(text)
    ready = 0
    for line in (control or Control()).each(lines, len(lines), every=10):
        pasted = finding.pasted(line)
        proposal = propose(pasted.person_id, ready) if pasted.person_id is not None else None
        problem = pasted.problem
        if proposal is not None:
            problem = twice if proposal.person_id in met else proposal.in_the_way
            met.add(proposal.person_id)
        judged.append(BlockLine(pasted, proposal, problem))
        ready += not problem
    return judged


def enter_all(
    opened: OpenRegister,
    kind: str,
    proposals: Sequence[P],
    write: Callable[[Transaction, P], int | str],
    control: Control | None = None,
) -> EnteredAll[P]:
    """Sign them up as one change, so that one undo takes all of them back. `write` gives the new row or why there is
    none."""
    entered: list[P] = []
    refused: list[tuple[P, str]] = []
    ids: set[int] = set()
    with opened.change("save", kind) as change:
        for proposal in (control or Control()).each(proposals, len(proposals), every=10):
            written = write(change, proposal)
            if isinstance(written, str):
                refused.append((proposal, written))
            else:
                ids.add(written)
                entered.append(proposal)
        if not ids:
            return EnteredAll((), tuple(refused), Changes())
        change.commit()
    return EnteredAll(tuple(entered), tuple(refused), Changes(frozenset({kind}), frozenset(ids), change.change_id))
