"""Backup to one file, proved by opening that very file again, counting its rows and comparing them with the register."""

import json
import shutil
import threading
import zipfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from socialwork_app import __version__
from socialwork_app.domain.roles import Permission
from socialwork_app.foundation import atomic, disk
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import migrate, proof, rows
from socialwork_app.persistence.database import FILE_NAME, storage_errors
from socialwork_app.persistence.proof import Held
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import KEY_FILE

MANIFEST = "manifest.json"
NAMES = (FILE_NAME, KEY_FILE, MANIFEST)
LAST_BACKUP, LAST_FILE, LAST_CHANGE = "last_backup", "last_backup_file", "last_backup_change"
LARGEST = 64_000_000_000  # bytes unpacked; more is no register of a district
LARGEST_BESIDE = 1_000_000  # of the two small files
AT_ONCE = 1_000_000  # bytes copied between two looks whether to stop
WORK = ".backup"
PACK, CHECK = "写入", "核对"

CHANGES = Changes(frozenset({"backups"}))
"""No record: what stands about the last backup."""

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was opened again. `broken`: in how many places its log does not hold."""

    file: Path
    held: Held
    broken: int

    @property
    def changes(self) -> Changes:
        return CHANGES


class Backups:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def backup(self, target: Path, control: Control | None = None) -> dict[str, int]:
        """Rows by table of the file, after it was opened and compared with the register as it was copied."""
        return dict(self.keep(target, control or Control()).held.counts)

    def keep(self, target: Path, control: Control) -> Made:
        made = self.make(target, control)
        self.note(made, {})
        return made

    def last(self) -> str:
        """When, as ISO to the minute; "" for never."""
        return self.opened.settings().get(LAST_BACKUP, "")

    def make(self, target: Path, control: Control) -> Made:
        """The same without a word in the log. What is wrong with the file keeps it from taking the target's place."""
        self.opened.require(Permission.BACKUP)
        database = self.opened.file
        size = _size(database.path)
        disk.require_free(self.opened.folder, 2 * size)  # a copy and, where it is the same disk, the file
        disk.require_free(target.parent, size)
        with scratch(self.opened.folder) as folder, storage_errors(target), atomic.replacing(target) as temporary:
            standing = proof.copy(database.path, folder / FILE_NAME, database.key, control)
            control.step(1, 3, PACK)
            pack(temporary, folder / FILE_NAME, self.opened.folder / KEY_FILE, standing.counts, control)
            (folder / FILE_NAME).unlink()
            control.step(2, 3, CHECK)
            unpack(temporary, folder, (FILE_NAME,), control)
            held = verified(folder / FILE_NAME, database.key, standing, control)
            broken = len(proof.breaks(folder / FILE_NAME, database.key, control))
        return Made(target, held, broken)

    def note(self, made: Made, settings: Mapping[str, str]) -> None:
        """In the log and in the settings: there is a good backup."""
        now = self.opened.now().isoformat(timespec="minutes")
        values = {LAST_BACKUP: now, LAST_FILE: str(made.file), LAST_CHANGE: str(made.held.newest), **settings}
        with self.opened.change("backup", detail=f"{made.file}，人员 {made.held.counts['people']}") as change:
            for key, value in values.items():
                rows.set_setting(change.connection, self.opened.schema, key, value)
            change.commit()


@contextmanager
def scratch(folder: Path) -> Generator[Path, None, None]:
    """A folder for encrypted copies, inside the register's own: one job at a time has it, and what a job left that
    was killed goes first."""
    work = folder / WORK
    with _one_at_a_time:
        shutil.rmtree(work, ignore_errors=True)
        try:
            work.mkdir()
            yield work
        except OSError as error:
            raise atomic.refusal(error, work) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)


def verified(file: Path, key: bytes, expected: Held | None, control: Control) -> Held:
    """What the file holds. DomainError("backup.mismatch") where it is not whole or not what was expected."""
    found = migrate.integrity(file, key, control)
    if found != "ok":
        raise DomainError("backup.mismatch", tables=found)
    held = proof.held(file, key)
    if expected and (tables := held.differs_from(expected)):
        raise DomainError("backup.mismatch", tables=tables)
    return held


def pack(target: Path, database: Path, keys: Path, counts: Mapping[str, int], control: Control) -> None:
    """Nothing is compressed: what is encrypted does not shrink."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        with database.open("rb") as source, archive.open(FILE_NAME, "w", force_zip64=True) as packed:
            for part in _parts(source, control):
                packed.write(part)
        archive.write(keys, KEY_FILE)
        archive.writestr(MANIFEST, json.dumps({"program": __version__, "counts": dict(counts)}))


def unpack(source: Path, folder: Path, names: Sequence[str], control: Control) -> dict[str, int]:
    """These members into the folder, which is made; gives the rows by table that the file says it has.

    Nothing else is ever written than the members of a backup, whose names are ours and no paths.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            require_backup(archive)
            disk.require_free(folder, sum(archive.getinfo(name).file_size for name in names))
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                with archive.open(name) as packed, (folder / name).open("wb") as file:
                    for part in _parts(packed, control):
                        file.write(part)
            return _counts(json.loads(archive.read(MANIFEST)))
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, TypeError, RecursionError) as error:
        raise DomainError("backup.damaged", path=str(source)) from error
    except OSError as error:
        raise atomic.refusal(error, source) from error


def require_backup(archive: zipfile.ZipFile) -> None:
    """Raises ValueError for whatever this program never writes: other members, packed or locked ones, too large ones."""
    members = archive.infolist()
    sizes = {member.filename: member.file_size for member in members}
    plain = all(member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 0x1 for member in members)
    if not plain or sorted(member.filename for member in members) != sorted(NAMES):
        raise ValueError("members")
    if sizes[FILE_NAME] > LARGEST or max(sizes[KEY_FILE], sizes[MANIFEST]) > LARGEST_BESIDE:
        raise ValueError("size")


def _counts(manifest: dict[str, dict[str, int]]) -> dict[str, int]:
    return {str(name): int(count) for name, count in manifest["counts"].items()}


def _parts(source: IO[bytes], control: Control) -> Iterator[bytes]:
    while part := source.read(AT_ONCE):
        control.step(0)
        yield part


def _size(database: Path) -> int:
    """Of the file with what is still to be written into it."""
    beside = database.with_name(f"{database.name}-wal")
    return database.stat().st_size + (beside.stat().st_size if beside.exists() else 0)
