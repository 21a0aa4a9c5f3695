"""A backup into a new folder, and what it holds against the register that is open."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from socialwork_app.domain.roles import RECOVERY, Permission
from socialwork_app.foundation import atomic, disk
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import comparing, migrate
from socialwork_app.persistence.comparing import Newest
from socialwork_app.persistence.database import FILE_NAME, storage_errors
from socialwork_app.security.keys import KeyFile
from socialwork_app.services.automatic_backups import QUIET, REGISTER_ID
from socialwork_app.services.backups import CHECK, scratch, unpack, verified
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import KEY_FILE, RegisterFiles

UNPACK = "取出"


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one register: how many records each has, and how many the two do not have in common or have differently."""

    kind: str
    title: str
    there: int
    here: int
    only_there: int
    only_here: int
    changed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`there` is the backup, `here` the open register. `same`: False for the backup of another register."""

    same: bool
    differences: tuple[Difference, ...]
    newest_there: Newest | None
    newest_here: Newest | None


def needs_password(source: Path) -> bool:
    """Whether the register inside a backup asks for a password."""
    with TemporaryDirectory() as folder:
        unpack(source, Path(folder), (KEY_FILE,), Control())
        return KeyFile.read(Path(folder) / KEY_FILE).needs_password


def compare(opened: OpenRegister, source: Path, password: str = "", control: Control | None = None) -> Comparison:
    """Look into a backup, by a password or the recovery code of its day. Nothing is left of it afterwards."""
    opened.require(Permission.ADMINISTER)
    reporter = control or Control()
    with scratch(opened.folder) as folder:
        reporter.step(0, 2, UNPACK)
        unpack(source, folder, (FILE_NAME, KEY_FILE), reporter)
        key = KeyFile.read(folder / KEY_FILE).unlock_with_either(password).key
        path = folder / FILE_NAME
        reporter.step(1, 2, CHECK)
        with storage_errors(path):
            verified(path, key, None, reporter)
            migrate.prepare(path, key, opened.schema)
            found = comparing.compare(opened.file, (path, key), opened.schema, QUIET, REGISTER_ID, reporter)
    titles = {register.key: register.title for register in opened.catalogue.registers}
    differences = tuple(Difference(kind, titles[kind], *figures) for kind, figures in found.figures.items())
    return Comparison(found.same, differences, found.newest_there, found.newest_here)


def restore(
    files: RegisterFiles, source: Path, folder: Path, password: str = "", control: Control | None = None
) -> Mapping[str, int]:
    """Rows by table of the register that stands in the new folder then, after it was opened with a password or the
    recovery code of an administrator of the backup. The folder comes into being whole: a failure or a kill leaves none."""
    reporter = control or Control()
    _require_new(folder)
    disk.require_local(folder)
    beside = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        reporter.step(0, 2, UNPACK)
        expected = unpack(source, beside, (FILE_NAME, KEY_FILE), reporter)
        reporter.step(1, 2, CHECK)
        counts = _opened_and_counted(files, beside, password, expected, reporter)
        _take_place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return counts


def _opened_and_counted(
    files: RegisterFiles, folder: Path, password: str, expected: Mapping[str, int], control: Control
) -> Mapping[str, int]:
    unlocked = KeyFile.read(folder / KEY_FILE).unlock_with_either(password)
    with storage_errors(folder / FILE_NAME):
        counts = verified(folder / FILE_NAME, unlocked.key, None, control).counts
    wrong = sorted(name for name, count in expected.items() if counts.get(name) != count)
    if wrong:
        raise DomainError("backup.mismatch", tables="、".join(wrong))
    account = "" if unlocked.account == RECOVERY else unlocked.account
    with closing(files.open(folder, password, account=account)) as opened:
        opened.require(Permission.ADMINISTER)
    return counts


def _require_new(folder: Path) -> None:
    """Not existing or empty."""
    if (folder / FILE_NAME).exists() or (folder / KEY_FILE).exists():
        raise DomainError("register.exists", path=str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError("restore.folder_not_empty", path=str(folder))


def _take_place(beside: Path, folder: Path) -> None:
    try:
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
        atomic.flush_folder(folder.parent)
    except OSError as error:
        raise atomic.refusal(error, folder) from error
