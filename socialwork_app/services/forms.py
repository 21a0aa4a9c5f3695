"""Forms about people, filled: what each name in a form says about somebody, masked where no purpose is given."""

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from socialwork_app.domain import forms as naming
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.forms import Group, Meaning, NameBook
from socialwork_app.excel import document_text, documents, form_sheet, forms
from socialwork_app.excel.documents import Letter
from socialwork_app.excel.forms import Written
from socialwork_app.foundation import atomic
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.form_facts import Facts, FormFacts, Values
from socialwork_app.services.form_files import KIND, Form, FormFiles, names_in_file, names_of
from socialwork_app.services.letter_facts import LetterFacts
from socialwork_app.services.opened import OpenRegister

LINE_END, BETWEEN = "\n", "  "
OF_MONTHS, MONTH = "年月", len("2026-11")
"""What is called 出生年月 and the like is written without the day, however well it is known."""
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
Meanings = Mapping[str, Meaning]
"""By the name that a form has."""


@dataclass(frozen=True, slots=True)
class Filled:
    """`blank`: the names for which somebody's form has nothing."""

    files: tuple[Path, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a form has; `meaning` None where it is no name that can be filled in."""

    name: str
    meaning: Meaning | None

    @property
    def sensitive(self) -> bool:
        return self.meaning is not None and self.meaning.sensitive


class Forms:
    """Of one form and year. Reads rules and criteria once: make a new one for each run."""

    def __init__(self, opened: OpenRegister, form: Form, year: int) -> None:
        self.opened, self.form = opened, form
        self.files = FormFiles(opened)
        self._facts = FormFacts(opened, form.scheme, year)
        self.groups: tuple[Group, ...] = naming.groups(opened.catalogue, self._facts.items())
        self.book = NameBook(self.groups)
        self._words = LetterFacts(opened, self._facts.day)

    def names(self) -> tuple[Named, ...]:
        """In the file and in what is filled into its cells."""
        found = list(names_in_file(self.form, self.files.content(self.form)))
        found += [name for value in self._cells().values() for name in names_of(value)]
        return tuple(Named(name, self.book.meaning(name)) for name in dict.fromkeys(found))

    def fill(self, person: int, target: Path, purpose: str = "") -> Filled:
        return self._fill({target: person}, purpose, Control())

    def fill_all(
        self, people: Sequence[int], folder: Path, purpose: str = "", control: Control | None = None
    ) -> Filled:
        """A file for each, named by form and person: all of them or, where something stops it, none."""
        targets = self.targets(people, folder)
        with _beside(folder) as scratch:
            made = {scratch / target.name: person for target, person in targets.items()}
            filled = self._fill(made, purpose, control or Control())
            for target in targets:
                (scratch / target.name).replace(target)
        return replace(filled, files=tuple(targets))

    def targets(self, people: Sequence[int], folder: Path) -> dict[Path, int]:
        """The file of each; namesakes get a number."""
        found: dict[Path, int] = {}
        for person in people:
            stem = _NOT_IN_FILE_NAMES.sub("_", f"{self.form.title}_{self._facts.name(person)}")
            names = (f"{stem}{f'_{number}' if number else ''}{self.form.suffix}" for number in range(len(people)))
            found[next(folder / name for name in names if folder / name not in found)] = person
        return found

    def _fill(self, targets: Mapping[Path, int], purpose: str, control: Control) -> Filled:
        self.opened.require_for("export", KIND)
        template, meanings = self.files.content(self.form), self._meanings()
        full, blank = bool(purpose.strip()), dict[str, None]()
        for target, person in control.each(list(targets.items()), len(targets), every=1):
            facts = self._facts.of(person)
            said = {name: self._said(meaning, facts, full=full) for name, meaning in meanings.items()}
            blank |= dict.fromkeys(name for name, text in said.items() if text == "")
            if self.form.is_sheet:
                forms.fill(template, self._written(said), said, target)
            else:
                self._fill_document(template, meanings, said, facts, target, full=full)
        self._log(meanings, targets, purpose.strip())
        return Filled(tuple(targets), tuple(blank))

    def _meanings(self) -> dict[str, Meaning]:
        found: dict[str, Meaning] = {}
        for one in self.names():
            if one.meaning is None:
                raise DomainError("form.name_unknown", title=self.form.title, name=one.name)
            found[one.name] = one.meaning
        return found

    def _cells(self) -> Mapping[tuple[str, str], str]:
        return self.files.cells(self.form) if self.form.is_sheet else {}

    def _written(self, said: Mapping[str, Written]) -> dict[tuple[str, str], Written]:
        return {cell: _put_in(value, said) for cell, value in self._cells().items()}

    def _fill_document(
        self, template: bytes, meanings: Meanings, said: Mapping[str, Written], facts: Facts, target: Path, *, full: bool
    ) -> None:  # fmt: skip
        """A table row with fields of a list comes once for each of its rows; elsewhere they are lines."""
        outside = documents.names(template).outside
        listed = {name: one for name, one in meanings.items() if one.row and name not in outside}
        items: list[dict[str, str]] = []
        for group in {one.group.key for one in listed.values()}:
            for row in facts.lists.get(group, ()):
                own = {name: one.field for name, one in listed.items() if one.group.key == group and one.field}
                items.append({name: self._text(field, row, full=full) for name, field in own.items()})
        texts = {name: form_sheet.worded(text) for name, text in said.items()}
        documents.fill(template, [Letter(texts, items)], frozenset(listed), target)

    # what is said

    def _said(self, meaning: Meaning, facts: Facts, *, full: bool) -> Written:
        group, field = meaning.group, meaning.field
        if not group.line and field:
            value = facts.single.get(group.key, {}).get(field.key)
            if field.kind in (Kind.HOURS, Kind.INTEGER) and isinstance(value, int | float):
                return value
            return self._text(field, {field.key: value}, full=full)
        rows = facts.lists.get(group.key, ())
        lines = [self._text(field, row, full=full) if field else self._line(group, row, full=full) for row in rows]
        return LINE_END.join(lines)

    def _line(self, group: Group, row: Values, *, full: bool) -> str:
        fields = {field.key: field for field in group.fields}
        texts = (self._text(fields[key], row, full=full) for key in group.line)
        return BETWEEN.join(text for text in texts if text)

    def _text(self, field: Field, values: Values, *, full: bool) -> str:
        value: Value = values.get(field.key)
        if field.sensitive and not full:
            return self.opened.parser.display(field, value, masked=True)
        if field.label.endswith(OF_MONTHS) and isinstance(value, str):
            value = value[:MONTH]
        return self._words.text(field, value)

    def _log(self, meanings: Meanings, targets: Mapping[Path, int], purpose: str) -> None:
        sensitive = any(one.sensitive for one in meanings.values())
        numbers = (f"完整号码，用途：{purpose}" if purpose else "号码已遮盖") if sensitive else "不含号码"
        named = next(iter(targets)).name if len(targets) == 1 else f"{len(targets)} 人"
        with self.opened.change("export", KIND, f"{self.form.title}，{named}，{numbers}") as change:
            change.commit()


@contextmanager
def _beside(folder: Path) -> Generator[Path]:
    """A folder inside, for as long as it is needed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".") as scratch:
            yield Path(scratch)
    except OSError as error:
        raise atomic.refusal(error, folder) from error


def _put_in(value: str, said: Mapping[str, Written]) -> Written:
    """What a cell is to hold: of a single name also a number."""
    alone = document_text.sole_name(value) or (value if not document_text.names_in(value) else "")
    if alone:
        return said[alone]
    return document_text.filled(value, {name: form_sheet.worded(text) for name, text in said.items()})
