"""The templates of letters: those delivered with the program, and what the officer put in their place.

An own template stands inside the register, so that it goes with it and into its backups.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from socialwork_app.domain.letters import KINDS, LetterKind, Meaning, NameBook
from socialwork_app.excel import documents
from socialwork_app.foundation import atomic, file_names, paths
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows
from socialwork_app.services.opened import OpenRegister

SETTING = "letter_template."
"""With the kind of letter the key of a setting: digest and file name of the own template, "" where there is none."""


def letter_kind(key: str) -> LetterKind:
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise DomainError("kind.unknown", kind=key, known="、".join(kind.key for kind in KINDS))


class LetterTemplates:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def own_file(self, kind: LetterKind) -> str:
        """The name of the file that the own template came from; "" where the delivered one is used."""
        return self._own(kind)[1]

    def content(self, kind: LetterKind) -> bytes:
        digest, _ = self._own(kind)
        if not digest:
            return (paths.resources() / "letters" / f"{kind.key}.docx").read_bytes()
        with self.opened.database.read() as connection:
            data = rows.content(connection, self.opened.schema, digest)
        if data is None:
            raise DomainError("letter.template_gone", title=kind.title)
        return data

    def replace(self, kind: LetterKind, path: Path) -> None:
        """Raises DomainError where the file can't serve as a template of this kind; then the one that stood stays."""
        data = _read(path)
        self.meanings(kind, data)
        digest, name = hashlib.sha256(data).hexdigest(), file_names.safe(path.name)
        with self.opened.change("setting", detail=f"{kind.title}模板：{name}") as change:
            rows.store_content(change.connection, self.opened.schema, digest, data)
            rows.set_setting(change.connection, self.opened.schema, SETTING + kind.key, f"{digest} {name}")
            change.commit()

    def reset(self, kind: LetterKind) -> None:
        with self.opened.change("setting", detail=f"{kind.title}模板：自带") as change:
            rows.set_setting(change.connection, self.opened.schema, SETTING + kind.key, "")
            change.commit()

    def export(self, kind: LetterKind, target: Path) -> None:
        """The template in use, to be edited."""
        atomic.write_bytes(target, self.content(kind))

    def meanings(self, kind: LetterKind, template: bytes) -> Mapping[str, Meaning]:
        """What each name in the template means."""
        book, names = NameBook(kind, self.opened.catalogue), documents.names(template)
        found: dict[str, Meaning] = {}
        for name in names.all:
            meaning = book.meaning(name)
            if meaning is None:
                raise DomainError("letter.name_unknown", name=name, title=kind.title)
            if meaning.listed and name in names.outside:
                raise DomainError("letter.outside_row", name=name)
            found[name] = meaning
        return found

    def _own(self, kind: LetterKind) -> tuple[str, str]:
        digest, _, file = self.opened.settings().get(SETTING + kind.key, "").partition(" ")
        return digest, file


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > documents.MAX_FILE_BYTES:
            raise DomainError("document.too_large")
        return path.read_bytes()
    except OSError as error:
        raise atomic.refusal(error, path) from error
