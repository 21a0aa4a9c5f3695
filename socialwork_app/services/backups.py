"""Backup to one file and back, each proved by opening and counting."""

import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from socialwork_app import __version__
from socialwork_app.foundation import atomic, disk
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import backup as copying
from socialwork_app.persistence import migrate
from socialwork_app.persistence.database import FILE_NAME, storage_errors
from socialwork_app.security.keys import KeyFile
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import KEY_FILE, RegisterFiles

MANIFEST = "manifest.json"
LAST_BACKUP = "last_backup"
NAMES = {FILE_NAME, KEY_FILE, MANIFEST}
LARGEST = 64_000_000_000  # bytes unpacked; more is no register of a district


class Backups:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def backup(self, target: Path, control: Control | None = None) -> dict[str, int]:
        """Rows by table of the copy, after it was opened and compared with the register."""
        reporter, database = control or Control(), self.opened.database
        disk.require_free(target.parent, 2 * database.path.stat().st_size)
        reporter.step(0, 3, "copy")
        with TemporaryDirectory(dir=self.opened.folder) as folder, storage_errors(target):
            copy = Path(folder) / FILE_NAME
            copying.copy(database.path, copy, database.key)
            reporter.step(1, 3, "verify")
            counts = _verified(copy, database.key)
            reporter.step(2, 3, "pack")
            with atomic.replacing(target) as temporary:
                _pack(temporary, copy, self.opened.folder / KEY_FILE, counts)
        self.opened.set_setting(LAST_BACKUP, self.opened.now().isoformat(timespec="minutes"), "backup")
        return counts

    def last(self) -> str:
        return self.opened.settings().get(LAST_BACKUP, "")


def _verified(copy: Path, key: bytes) -> dict[str, int]:
    found = migrate.integrity(copy, key)
    if found != "ok":
        raise DomainError("backup.mismatch", tables=found)
    return migrate.row_counts(copy, key)


def _pack(target: Path, database: Path, keys: Path, counts: dict[str, int]) -> None:
    manifest = {"program": __version__, "counts": counts}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.write(database, FILE_NAME)
        archive.write(keys, KEY_FILE)
        archive.writestr(MANIFEST, json.dumps(manifest))


def needs_password(source: Path) -> bool:
    """Whether the register inside a backup asks for a password."""
    with TemporaryDirectory() as folder:
        _unpack(source, Path(folder), (KEY_FILE,))
        return KeyFile.read(Path(folder) / KEY_FILE).needs_password


def restore(
    files: RegisterFiles, source: Path, folder: Path, password: str = "", control: Control | None = None
) -> dict[str, int]:
    """Unpack into a new folder, open with the password or recovery code of the backup, count, compare.

    A failure leaves no folder.
    """
    reporter = control or Control()
    if (folder / FILE_NAME).exists() or (folder / KEY_FILE).exists():
        raise DomainError("register.exists", path=str(folder))
    made = not folder.exists()
    reporter.step(0, 2, "unpack")
    try:
        expected = _unpack(source, folder)
        reporter.step(1, 2, "verify")
        key = KeyFile.read(folder / KEY_FILE).unlock_with_either(password)
        with storage_errors(folder / FILE_NAME):
            counts = _verified(folder / FILE_NAME, key)
        wrong = sorted(name for name, count in expected.items() if counts.get(name) != count)
        if wrong:
            raise DomainError("backup.mismatch", tables="、".join(wrong))
        files.open(folder, password).close()
    except BaseException:
        _remove(folder, whole=made)
        raise
    return counts


def _unpack(source: Path, folder: Path, names: Sequence[str] = (FILE_NAME, KEY_FILE)) -> dict[str, int]:
    try:
        with zipfile.ZipFile(source) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if set(sizes) != NAMES or sum(sizes.values()) > LARGEST:
                raise DomainError("backup.damaged", path=str(source))
            disk.require_free(folder, sum(sizes.values()))
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                with archive.open(name) as packed, (folder / name).open("wb") as file:
                    shutil.copyfileobj(packed, file)
            counts: dict[str, int] = json.loads(archive.read(MANIFEST))["counts"]
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, TypeError) as error:
        raise DomainError("backup.damaged", path=str(source)) from error
    except OSError as error:
        raise atomic.refusal(error, source) from error
    return counts


def _remove(folder: Path, *, whole: bool) -> None:
    if whole:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
