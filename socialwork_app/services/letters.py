"""Letters in one run: certificates of completion and statements of hours, from templates that the officer can change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.letters import HOURS, OWN, LetterKind, Meaning
from socialwork_app.excel import documents
from socialwork_app.excel.documents import Letter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.courses import Courses
from socialwork_app.services.hours import Hours, PersonHours
from socialwork_app.services.letter_facts import About, LeftOut, LetterFacts
from socialwork_app.services.letter_templates import LetterTemplates, letter_kind
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

NOTHING = "-"
LETTERS = "letters"
Stored = Mapping[str, Mapping[int, Mapping[str, Value]]]
"""By register and row id."""


@dataclass(frozen=True, slots=True)
class Order:
    """How letters are wanted. `day`: on which they are issued, and up to which hours are counted. A template that names
    what is shown masked elsewhere needs a purpose, which is logged."""

    target: Path
    day: date
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """`blank`: the names in the template for which somebody's letter has nothing."""

    file: Path
    letters: int
    left_out: tuple[LeftOut, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """A template: the file it came from, "" for the delivered one; whether it names numbers and so needs a purpose."""

    own_file: str
    full_numbers: bool


class Letters:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self.templates = LetterTemplates(opened)

    def of_course(
        self, key: str, course_id: int, order: Order, *, sign_ups: Sequence[int] = (), control: Control | None = None
    ) -> Written:
        """For these sign-ups of a course, in their order, or for all unit by unit; who was not there or failed is left out."""
        kind, known, facts = letter_kind(key), Courses(self.opened), LetterFacts(self.opened, order.day)
        course = known.course(course_id)
        those = {one.id: one for one in known.unit_by_unit(known.participants(course))}
        wanted = [row_id for row_id in sign_ups if row_id in those] if sign_ups else list(those)
        found = [facts.of_participant(kind, course, those[row_id]) for row_id in wanted]
        return self._write(kind, found, order, f"{course.title}，", control)

    def of_people(self, people: Sequence[int], order: Order, control: Control | None = None) -> Written:
        """Statements of all hours that count in the registration period of each, of several the highest level's."""
        facts, best = LetterFacts(self.opened, order.day), dict[int, PersonHours]()
        for one in Hours(self.opened).of_people(order.day, people):
            best[one.person_id] = max(best.get(one.person_id, one), one, key=attrgetter("rank"))
        found = [facts.of_person(best[row_id]) for row_id in people if row_id in best]
        return self._write(letter_kind(HOURS), found, order, "", control)

    def in_use(self, key: str) -> InUse:
        kind = letter_kind(key)
        meanings = self.templates.meanings(kind, self.templates.content(kind))
        return InUse(self.templates.own_file(kind), _sensitive(meanings))

    def _write(
        self, kind: LetterKind, found: Sequence[About | LeftOut], order: Order, matter: str, control: Control | None
    ) -> Written:
        self.opened.require_for("export", LETTERS)
        template = self.templates.content(kind)
        meanings = self.templates.meanings(kind, template)
        full_numbers, purpose = _sensitive(meanings), order.purpose.strip()
        if full_numbers and not purpose:
            raise DomainError("letter.purpose_missing", title=kind.title)
        letters = self._letters(meanings, [one for one in found if isinstance(one, About)], order.day)
        if not letters:
            raise DomainError("letter.nobody", title=kind.title)
        listed = frozenset(name for name, meaning in meanings.items() if meaning.listed)
        documents.fill(template, letters, listed, order.target, control)
        numbers = f"完整号码，用途：{purpose}" if full_numbers else "不含号码"
        self._log(f"{kind.title}，{matter}{len(letters)} 份，{numbers}，{order.target.name}")
        left_out = tuple(one for one in found if isinstance(one, LeftOut))
        return Written(order.target, len(letters), left_out, _blank(meanings, letters))

    def _letters(self, meanings: Mapping[str, Meaning], about: Sequence[About], day: date) -> list[Letter]:
        facts, stored = LetterFacts(self.opened, day), self._stored(meanings, about)

        def said(meaning: Meaning, one: About) -> str:
            if meaning.register == OWN:
                return one.own[meaning.field.key]
            values = stored[meaning.register][one.rows[meaning.register]]
            return facts.text(meaning.field, values[meaning.field.key])

        single = {name: one for name, one in meanings.items() if not one.listed}
        listed = {name: one.field.key for name, one in meanings.items() if one.listed}
        return [
            Letter({name: said(meaning, one) for name, meaning in single.items()},
                   [{name: item[key] for name, key in listed.items()} for item in one.items])
            for one in about
        ]  # fmt: skip

    def _stored(self, meanings: Mapping[str, Meaning], about: Sequence[About]) -> Stored:
        """Of the rows that the letters are about, what the template names and nothing more."""
        keys: dict[str, list[str]] = {}
        for meaning in meanings.values():
            if meaning.register != OWN and not meaning.listed:
                keys.setdefault(meaning.register, []).append(meaning.field.key)
        ids = {register: list({one.rows[register]: None for one in about}) for register in keys}
        return {
            register: {row.id: row.values for row in Records(self.opened, register).rows_by_id(ids[register], wanted)}
            for register, wanted in keys.items()
        }

    def _log(self, detail: str) -> None:
        with self.opened.change("export", LETTERS, detail) as change:
            change.commit()


def _sensitive(meanings: Mapping[str, Meaning]) -> bool:
    return any(meaning.field.sensitive for meaning in meanings.values())


def _blank(meanings: Mapping[str, Meaning], letters: Sequence[Letter]) -> tuple[str, ...]:
    def is_blank(name: str) -> bool:
        return any(not each.get(name, NOTHING) for letter in letters for each in (letter.texts, *letter.items))

    return tuple(filter(is_blank, meanings))
