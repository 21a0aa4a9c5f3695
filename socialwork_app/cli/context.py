"""What every command is given: where the register is, how to open it, how to answer."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from socialwork_app.domain.code_lists import CodeList
from socialwork_app.domain.exam_eligibility import Verdict
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Condition, Operator
from socialwork_app.domain.sentences import sentences_of_missing
from socialwork_app.foundation import atomic, paths
from socialwork_app.foundation.errors import DomainError, EnvironmentRefused
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.register_files import RegisterFiles

DONE, WITH_FINDINGS, WRONG_WORDS, UNAVAILABLE, REFUSED = range(5)
SIGNS: tuple[Operator, ...] = ("<=", ">=", "=")
ALSO = {"candidates": "exam_entries", "scores": "exam_entries"}
PASSWORD_VARIABLE = "SOCIALWORK_PASSWORD"  # noqa: S105 - the variable's name
ACCOUNT_VARIABLE = "SOCIALWORK_ACCOUNT"


Picture = Callable[[OpenRegister, Path], tuple[int, int]]
"""Shows the window on a register, keeps it as a PNG, gives width and height."""


def no_picture(_opened: OpenRegister, _target: Path) -> tuple[int, int]:
    raise EnvironmentRefused("window.no_screen")


class Bar(Control):
    """Progress on a terminal; silent elsewhere."""

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        del what
        if sys.stderr.isatty():
            end = "\n" if total and done >= total else ""
            print(f"\r{done}/{total or '?'}", end=end, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Context:
    files: RegisterFiles
    folder: Path
    password_file: Path | None
    as_json: bool
    picture: Picture = no_picture
    named: str | None = None
    """The account in the words of the command."""

    @property
    def account(self) -> str:
        """From the words, else the variable; "" where it need not be told."""
        return self.named or os.environ.get(ACCOUNT_VARIABLE, "")

    @contextmanager
    def opened(self) -> Generator[OpenRegister, None, None]:
        password = self.password() if self.files.needs_password(self.folder) else ""
        opened = self.files.open(self.folder, password, account=self.account)
        for notice in opened.notices:
            self.say(notice)
        try:
            yield opened
        finally:
            opened.close()

    def password(self) -> str:
        """From the file, else the variable, else asked for on a terminal; never from an argument."""
        if self.password_file is not None:
            return read_line(self.password_file)
        if PASSWORD_VARIABLE in os.environ:
            return os.environ[PASSWORD_VARIABLE]
        if sys.stdin.isatty():
            return getpass.getpass("密码：")
        raise DomainError("password.not_given", variable=PASSWORD_VARIABLE)

    def answer(self, document: Any, text: str) -> None:
        """One JSON document on standard output, or the same in words."""
        print(json.dumps(document, ensure_ascii=False, default=str) if self.as_json else text)

    def say(self, text: str) -> None:
        print(text, file=sys.stderr)


def default_folder() -> Path:
    return paths.default_register()


def read_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise atomic.refusal(error, path) from error


def conditions(words: list[str]) -> tuple[Condition, ...]:
    """FIELD=VALUE, FIELD<=VALUE, FIELD>=VALUE; FIELD= means empty."""
    found: list[Condition] = []
    for word in words:
        for sign in SIGNS:
            key, parted, value = word.partition(sign)
            if parted:
                found.append(Condition(key, value or None, sign if value else "empty"))
                break
        else:
            raise DomainError("words.no_condition", word=word)
    return tuple(found)


def shown(records: Records, row_id: int, values: Mapping[str, Value]) -> dict[str, Any]:
    """A row as the window shows it: codes as they are stored, sensitive numbers masked."""
    masked = {field.key for field in records.listed if field.sensitive}
    return {"id": row_id, **{key: records.display(key, value) if key in masked and value else value
                             for key, value in values.items()}}  # fmt: skip


def hidden(opened: OpenRegister, key: str, value: str | None) -> str | None:
    """A person's sensitive value, masked as in the window."""
    return opened.parser.display(opened.catalogue["people"].field(key), value, masked=True) if value else None


def missing(verdict: Verdict, levels: CodeList) -> list[str]:
    """Why somebody may not sit; what is only not known says so in the word that programs look for."""
    said = zip(verdict.missing, sentences_of_missing(verdict, levels), strict=True)
    return [f"unknown: {text}" if one.unknown else text for one, text in said]


def register_kind(word: str) -> str:
    """For argparse: a register by its key, with hyphens, or by what its rows are in other words."""
    return ALSO.get(word, word.replace("-", "_"))


def day(text: str) -> date:
    """For argparse: an exact ISO day."""
    return date.fromisoformat(text)


def days(text: str) -> int:
    """For argparse: how many days ahead."""
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count
