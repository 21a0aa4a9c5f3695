"""Whom a typed or pasted line means: a name, a number, pinyin, or all that stands in a row of a workbook."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.fields.people import PEOPLE_FIELDS
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.sentences import sentence
from socialwork_app.persistence.listing import Row
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records, Saved

MOST_FOUND = 8
SHOWN = ("name", "id_number", "gender", "birth_date", "education", "employer", "phone")
NEW_PERSON_KEYS = ("name", "id_number", "phone", "employer")
_SEPARATORS = re.compile(r"[\s、，,;；]+")
_NUMBER_OF_A_PERSON = re.compile(r"\d{15}|\d{17}[\dXx]")
_HEADINGS = {heading for field in PEOPLE_FIELDS if field.key in NEW_PERSON_KEYS[:2]
             for heading in (field.label, *field.synonyms)}  # fmt: skip
_NO_NAMES = ("男", "女")
LONGEST_NAME = 4
"""Characters of a Chinese name; longer is a unit where a shorter word follows."""
LONGEST_SHORT_WORD = 3
"""Characters of what is no name of a unit, such as 汉族."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person to choose; `told` says in a line who it is, numbers masked."""

    id: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom a typed line may mean. `new` is what it says of somebody who is not in the register yet, None where it says
    too little or the person is there."""

    people: tuple[Found, ...]
    new: Mapping[str, object] | None = None
    new_told: str = ""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of a block from a workbook: the one person that it means, or why there is none."""

    text: str
    person_id: int | None
    name: str
    problem: str


class PeopleFinding:
    """`numbered`: lists come with ID numbers, and somebody new needs one. Without, phone and unit tell namesakes apart
    and are enough to enter somebody new."""

    def __init__(self, opened: OpenRegister, *, numbered: bool = True) -> None:
        self._parser = opened.parser
        self._people = Records(opened, "people")
        self._numbered = numbered

    def find(self, typed: str) -> list[Found]:
        """A few people whom a name, pinyin, initials or number finds."""
        return list(self.look_up(typed).people)

    def look_up(self, typed: str) -> Sought:
        """The same for a line that may hold a name, a number and more, and what is new in it."""
        rows = self._rows(typed)
        if rows:
            return self._sought(rows)
        given = self.read_typed(typed)
        name, number = self._name(given), self._number(given)
        if not name or len(given) == 1:
            return self._sought(self._rows(number))
        rows = self._rows(number)
        if rows:
            return self._sought(rows)
        namesakes = self._namesakes(name, given)
        if number:
            return self._sought([row for row in namesakes if not row.values["id_number"]], given)
        new = not self._numbered and not any(self._same_contact(row, given) for row in namesakes)
        return self._sought(namesakes, given if new else None)

    def _rows(self, typed: str) -> list[Row]:
        return self._people.first_rows(Filter(typed.strip()), SHOWN, MOST_FOUND) if typed.strip() else []

    def _namesakes(self, name: str, given: Mapping[str, object]) -> list[Row]:
        """Those of just this name; where a phone is given, only those who have it, if there are any."""
        rows = [row for row in self._rows(name) if row.values["name"] == name]
        phone = self._read("phone", given.get("phone"))
        return [row for row in rows if phone and row.values["phone"] == phone] or rows

    def _same_contact(self, row: Row, given: Mapping[str, object]) -> bool:
        """Whether the phone says that it is this one; the unit where one of both has no phone."""
        phone, known = self._read("phone", given.get("phone")), row.values["phone"]
        if phone and known:
            return phone == known
        unit = given.get("employer")
        return bool(unit) and str(row.values["employer"] or "") == without_blanks(str(unit))

    def _doubtful(self, row: Row, given: Mapping[str, object]) -> bool:
        """Whether a namesake may be somebody else: nobody is taken for another in passing."""
        told_apart = not self._numbered and ("phone" in given or "employer" in given)
        return told_apart and not self._same_contact(row, given)

    def _name(self, given: Mapping[str, object]) -> str:
        return str(self._read("name", given.get("name")) or "")

    def _number(self, given: Mapping[str, object]) -> str:
        """As it would stand; as it was typed where it is not understood."""
        typed = given.get("id_number")
        return str(self._read("id_number", typed) or typed or "")

    def _read(self, key: str, typed: object) -> Value:
        return self._parser.parse(self._people.register.field(key), typed).value

    def _sought(self, rows: Iterable[Row], new: Mapping[str, object] | None = None) -> Sought:
        people = tuple(Found(row.id, str(row.values["name"]), self._told(row.values)) for row in rows)
        if new is None:
            return Sought(people)
        read = ((key, self._read(key, new[key]) or str(new[key])) for key in NEW_PERSON_KEYS if key in new)
        return Sought(people, new, "  ".join(self._people.display(key, value) if key in ("id_number", "phone")
                                             else str(value) for key, value in read))  # fmt: skip

    def _told(self, values: Mapping[str, Value]) -> str:
        shown = (
            self._people.display(key, values[key]) for key in SHOWN if key not in ("name", "phone") and values[key]
        )
        return "  ".join(shown)

    # somebody new

    def make_person(self, raw: Mapping[str, object]) -> Saved:
        """A person who is not in the register yet, from what the line gives."""
        return self._people.save(Draft(raw))

    # the parts of a line

    def read_typed(self, text: str) -> dict[str, object]:
        """Name, ID number, phone and unit of a line as it was typed or pasted, told apart by what they look like."""
        found: dict[str, object] = {}
        for part in text.split("\t") if "\t" in text else _SEPARATORS.split(text):
            word = part.strip()
            if word:
                self._sort(word, found)
        return found

    def _sort(self, word: str, found: dict[str, object]) -> None:
        digits = _digits(word)
        if _NUMBER_OF_A_PERSON.fullmatch(word) or (digits >= 15 and self._read("id_number", word)):
            found.setdefault("id_number", word)
        elif digits >= 7:
            found.setdefault("phone", word)
        elif not digits and word not in _NO_NAMES:
            self._sort_word(word, found)

    def _sort_word(self, word: str, found: dict[str, object]) -> None:
        """A name comes first, but for the name of a unit that stands before it."""
        first = str(found.get("name") or "")
        if not first:
            found["name"] = word
        elif len(first) > LONGEST_NAME >= len(word) and "employer" not in found and "·" not in first:
            found["name"], found["employer"] = word, first
        elif len(word) > LONGEST_SHORT_WORD:
            found.setdefault("employer", word)

    # a block

    def pasted(self, line: str) -> PastedLine:
        """A line pasted from Excel or WPS, with its person where exactly one fits."""
        given = self.read_typed(line)
        name, number = self._name(given), self._number(given)
        if not name and not number:
            return PastedLine(line, None, "", sentence("person.unreadable", text=line.strip()[:12]))
        rows = self._rows(number)
        same = [row for row in rows if not name or row.values["name"] == name]
        if rows and not same:
            return PastedLine(line, None, name, sentence("person.other_name"))
        if not rows:
            same = [row for row in self._namesakes(name, given) if not (number and row.values["id_number"])]
            if len(same) == 1 and self._doubtful(same[0], given):
                return PastedLine(line, None, name, sentence("person.doubtful"))
        if len(same) == 1:
            return PastedLine(line, same[0].id, name or str(same[0].values["name"]), "")
        unknown = "person.unknown" if self._numbered else "person.unknown_here"
        return PastedLine(line, None, name, sentence("person.several" if same else unknown, count=len(same)))


def block_lines(text: str) -> list[str]:
    """Those of a block, without blank ones and headings."""
    return [line for line in text.splitlines() if line.strip() and not set(_SEPARATORS.split(line)) & _HEADINGS]


def _digits(word: str) -> int:
    return sum(character.isdecimal() for character in word)
