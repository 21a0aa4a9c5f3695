"""Signing people up for one training course: who has a place, who waits, who moves up when somebody leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialwork_app.domain import courses
from socialwork_app.domain.courses import INVITED, SIGNED_UP, WITHDRAWN, Place, Standing
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem
from socialwork_app.domain.registers.catalogue import PEOPLE
from socialwork_app.domain.sentences import sentence, sentence_of_problem
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.courses import Course, Courses, Participant, told
from socialwork_app.services.fast_entry import BlockLine, Entered, EnteredAll, enter_all, judge_block
from socialwork_app.services.levels_held import highest_held
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.references import References

KIND = "training_signups"
MOST_NAMED = 5
"""Names in a sentence about many."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What signing this person up would mean. `employer` and `phone` as they stand; `level`: of the highest certificate;
    `stood`: the sign-up that there is already, of whatever state; `standing`: where the person would come to stand."""

    person_id: int
    name: str
    employer: str
    phone: str
    level: str | None
    stood: Participant | None
    standing: Standing
    clashes: str
    odd: str

    @property
    def stands(self) -> str:
        if self.stood is None or self.stood.values["sign_up_state"] != SIGNED_UP:
            return ""
        return sentence("course.signed_up_already", told=told(self.standing))

    @property
    def in_the_way(self) -> str:
        return self.stands or self.clashes


@dataclass(frozen=True, slots=True)
class Moved:
    """`said`: who left, who moved up."""

    said: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Invited:
    """`left_out`: names of those who stood on the list already. `odd`: why it is odd to invite to this course."""

    count: int
    left_out: tuple[str, ...]
    changes: Changes
    odd: tuple[Problem, ...] = ()


class TrainingSignUp:
    """For one course at a time."""

    def __init__(self, opened: OpenRegister, course_id: int) -> None:
        self.opened = opened
        self._courses = Courses(opened)
        self.course = self._courses.course(course_id)
        self._people = Records(opened, "people")
        self._sign_ups = Records(opened, KIND)

    # what it would mean

    def propose(self, person_id: int) -> Proposal:
        return self._propose(person_id, self._participants(), 0)

    def _propose(self, person_id: int, participants: Sequence[Participant], ahead: int) -> Proposal:
        """`ahead`: how many will have signed up before."""
        person = self._people.record(person_id)
        stood = next((one for one in participants if one.person_id == person_id), None)
        clashing = self._courses.clashes(self.course, person_id)
        odd = courses.sign_up_problems(self.course.values, self.opened.today())
        return Proposal(
            person_id, str(person.values["name"]), person.labels["employer"], str(person.values["phone"] or ""),
            self._level(person_id), stood, self._standing(participants, stood, ahead),
            sentence("course.same_day", titles="、".join(one.title for one in clashing)) if clashing else "",
            "".join(map(sentence_of_problem, odd)),
        )  # fmt: skip

    def _standing(self, participants: Sequence[Participant], stood: Participant | None, ahead: int) -> Standing:
        if stood is not None and stood.values["sign_up_state"] == SIGNED_UP:
            return stood.standing
        states = [str(one.values["sign_up_state"]) for one in participants]
        return courses.standings([*states, *[SIGNED_UP] * (ahead + 1)], self.course.places)[-1]

    def _level(self, person_id: int) -> str | None:
        return highest_held(self.opened, [person_id]).get(person_id)

    def _participants(self) -> list[Participant]:
        return self._courses.participants(self.course)

    # entering

    def enter(
        self, proposal: Proposal, more: Mapping[str, object] | None = None, person: Mapping[str, object] | None = None
    ) -> Entered:
        """`more`: fields of the sign-up. `person`: fields of the person that were corrected beside it; both are one
        change."""
        checked = self._sign_ups.check(self._draft(proposal, more or {}))
        corrected = self._people.check(Draft(person or {}, id=proposal.person_id))
        problems = (*checked.problems, *(corrected.problems if person else ()))
        if checked.errors or (person and corrected.errors):
            return Entered(None, problems, Changes())
        with self.opened.change("save", KIND) as change:
            if person:
                self._correct(change, proposal.person_id, {key: corrected.values[key] for key in person})
            row_id = self._write(change, proposal, checked.values)
            change.commit()
        kinds = frozenset({KIND, *(("people", "organisations") if person else ())})
        return Entered(row_id, problems, Changes(kinds, frozenset({row_id}), change.change_id), self._told(row_id))

    def _draft(self, proposal: Proposal, more: Mapping[str, object]) -> Draft:
        raw: dict[str, object] = {
            "course": self.course.id, "sign_up_state": SIGNED_UP, "level": proposal.level,
            "signed_up_on": self.opened.today(), **more,
        }  # fmt: skip
        return Draft(raw, id=proposal.stood.id if proposal.stood else None, owner_id=proposal.person_id)

    def _correct(self, change: Transaction, person_id: int, values: Mapping[str, Value]) -> None:
        change.update("people", person_id, References(self.opened).settle(change, PEOPLE, values))

    def _write(self, change: Transaction, proposal: Proposal, values: Mapping[str, Value]) -> int:
        """Whoever was only invited, or left, comes anew as the last: nobody loses a place to somebody who says yes late."""
        owner = self.opened.schema.owner_column(self._sign_ups.register)
        row_id = change.insert(KIND, {**values, owner: proposal.person_id})
        if proposal.stood:
            give_way(self.opened, change, proposal.stood.id, row_id)
        return row_id

    def _told(self, row_id: int) -> str:
        return next((told(one.standing) for one in self._participants() if one.id == row_id), "")

    # a block

    def judge_block(self, text: str, control: Control | None = None) -> list[BlockLine[Proposal]]:
        """Each line of a block with where its person would come to stand."""
        participants = self._participants()
        finding = PeopleFinding(self.opened, numbered=False)
        twice = sentence("course.signed_up_twice")
        return judge_block(
            text, finding, lambda person, ahead: self._propose(person, participants, ahead), twice, control
        )

    def enter_all(self, proposals: Sequence[Proposal], control: Control | None = None) -> EnteredAll[Proposal]:
        return enter_all(self.opened, KIND, proposals, self._write_checked, control)

    def _write_checked(self, change: Transaction, proposal: Proposal) -> int | str:
        checked = self._sign_ups.check(self._draft(proposal, {}))
        if checked.errors:
            return "".join(map(sentence_of_problem, checked.errors))
        return self._write(change, proposal, checked.values)

    # leaving and coming back

    def withdraw(self, sign_ups: Sequence[int]) -> Moved:
        before = self._participants()
        changes = self._sign_ups.set_all(sign_ups, "sign_up_state", WITHDRAWN)
        return Moved(moves(before, self._participants()), changes)

    def confirm(self, sign_up: int) -> Entered:
        """Who was invited, or left, takes part after all."""
        person_id = self._sign_ups.record(sign_up).owner_id
        assert person_id is not None
        return self.enter(self.propose(person_id))

    def invite(self, people: Sequence[int]) -> Invited:
        """Those who do not stand on the list yet are put there as invited; they take no place until they say yes."""
        standing = {one.person_id: one.name for one in self._participants()}
        wanted = [person for person in dict.fromkeys(people) if person not in standing]
        left_out = tuple(standing[person] for person in dict.fromkeys(people) if person in standing)
        odd = tuple(courses.sign_up_problems(self.course.values, self.opened.today()))
        if not wanted:
            return Invited(0, left_out, Changes(), odd)
        levels = highest_held(self.opened, wanted)
        with self.opened.change("save", KIND) as change:
            ids = frozenset(change.insert(KIND, self._invitation(person, levels.get(person))) for person in wanted)
            change.commit()
        return Invited(len(wanted), left_out, Changes(frozenset({KIND}), ids, change.change_id), odd)

    def _invitation(self, person_id: int, level: str | None) -> dict[str, Value]:
        register = self._sign_ups.register
        defaults = {field.key: field.default for field in register.fields}
        return {**defaults, self.opened.schema.owner_column(register): person_id, "course": self.course.id,
                "sign_up_state": INVITED, "level": level}  # fmt: skip


def moves(before: Sequence[Participant], after: Sequence[Participant]) -> str:
    """Who left, who moved up or down between two readings of a course's list, in a line; "" if nobody did."""
    stood = {one.person_id: one.standing.place for one in before}
    steps: dict[tuple[Place, Place], list[str]] = {}
    for one in after:
        if one.person_id in stood:
            steps.setdefault((stood[one.person_id], one.standing.place), []).append(one.name)
    said = [sentence(code, names=_names(names)) for code, wanted in _MOVES.items()
            if (names := [name for step in wanted for name in steps.get(step, ())])]  # fmt: skip
    return "；".join(said)


def _names(names: Sequence[str]) -> str:
    shown = "、".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown}等 {len(names)} 人"


_MOVES = {
    "course.withdrew": (
        (Place.TAKEN, Place.WITHDRAWN),
        (Place.WAITING, Place.WITHDRAWN),
        (Place.INVITED, Place.WITHDRAWN),
    ),
    "course.came_back": ((Place.WITHDRAWN, Place.TAKEN), (Place.WITHDRAWN, Place.WAITING)),
    "course.moved_up": ((Place.WAITING, Place.TAKEN),),
    "course.moved_down": ((Place.TAKEN, Place.WAITING),),
}


def counts(course: Course, participants: Sequence[Participant]) -> str:
    """已报 12 / 计划 50，候补 0."""
    places = [one.standing.place for one in participants]
    planned = "不限" if course.places is None else str(course.places)
    invited = places.count(Place.INVITED)
    return f"已报 {places.count(Place.TAKEN)} / 计划 {planned}，候补 {places.count(Place.WAITING)}" + (
        f"，拟邀请 {invited}" if invited else ""
    )


def give_way(opened: OpenRegister, change: Transaction, old: int, new: int) -> None:
    """A later sign-up takes the place of a former one, with what hangs on it."""
    schema, connection = opened.schema, change.connection
    for child in opened.catalogue.children(KIND):
        column = schema.owner_column(child)
        for row_id in rows.child_rows(connection, schema, child.key, column, old):
            change.update(child.key, row_id, {column: new})
    for scan in rows.find_ids(connection, schema, "attachments", {"record_kind": KIND, "record_id": old}):
        change.update("attachments", scan, {"record_id": new})
    change.delete(KIND, old)
