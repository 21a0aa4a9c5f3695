"""Backups that nobody has to think of: into a folder of their own and onto a second disk, the older ones thinned out."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from socialwork_app.domain import backup_rotation as rotation
from socialwork_app.domain.backup_rotation import Keeping
from socialwork_app.domain.moments import to_the_minute
from socialwork_app.domain.roles import Permission
from socialwork_app.domain.sentences import sentence, sentence_of
from socialwork_app.foundation import atomic, disk
from socialwork_app.foundation.errors import CodedError, DomainError, EnvironmentRefused
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import proof, rows
from socialwork_app.services.backups import AT_ONCE, CHANGES, LAST_BACKUP, LAST_CHANGE, LAST_FILE, Backups
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister

REGISTER_ID, FOLDER, SECOND, KEEP = "register_id", "backup_folder", "backup_second", "backup_keep"
SECOND_SINCE, SECOND_LAST, PROBLEM, LOG_BROKEN = (
    "backup_second_since", "backup_second_last", "backup_problem", "backup_log_broken",
)  # fmt: skip
QUIET = ("backup", "sign_in", "sign_in_failed")
"""Actions after which there is nothing new to keep."""
OLD, SECOND_MISSING = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where backups go: `second` is a stick or another disk, "" for none."""

    folder: Path
    second: str
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class BackedUp:
    """`second_problem`: in words, why the second disk has none. `removed`: files of older backups that went."""

    file: Path
    counts: dict[str, int]
    second: Path | None
    second_problem: str
    removed: tuple[Path, ...]

    @property
    def changes(self) -> Changes:
        return CHANGES


@dataclass(frozen=True, slots=True)
class BackupState:
    """The last good backup: when, as ISO to the minute, and where; when it was last on the second disk. "" for never."""

    at: str
    file: str
    second: str
    second_at: str
    warnings: tuple[str, ...]


class AutomaticBackups:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def arrangement(self) -> Arrangement:
        told = self.opened.settings()
        return Arrangement(Path(told.get(FOLDER) or self.usual_folder()), told.get(SECOND, ""), _keeping(told))

    def usual_folder(self) -> Path:
        """Beside the register."""
        folder = self.opened.folder.absolute()
        return folder.parent / f"{folder.name or '登记册'}备份"

    def arrange(self, wanted: Arrangement) -> None:
        self._require_apart(wanted)
        before = self.arrangement()
        folder = "" if wanted.folder == self.usual_folder() else str(wanted.folder)
        keeping = wanted.keeping
        values = {FOLDER: folder, SECOND: wanted.second, KEEP: f"{keeping.daily} {keeping.weekly} {keeping.monthly}"}
        if wanted.second != before.second:
            values |= {SECOND_SINCE: self._now(), SECOND_LAST: ""}
        self._set("setting", "备份", values)

    def _require_apart(self, wanted: Arrangement) -> None:
        places = [wanted.folder.absolute(), *([Path(wanted.second).absolute()] if wanted.second else [])]
        if len(set(places)) < len(places) or any(self.opened.folder.absolute() == place for place in places):
            raise DomainError("backup.places_alike")

    def run(self, control: Control | None = None) -> BackedUp:
        """Raises what kept it from being made, which `state` tells until the next one succeeds."""
        control = control or Control()
        try:
            return self._run(control)
        except CodedError as error:
            with suppress(CodedError):  # a full disk takes no word of it either
                self._set("backup", sentence_of(error), {PROBLEM: f"{self._now()} {sentence_of(error)}"})
            raise

    def _run(self, control: Control) -> BackedUp:
        arranged, register = self.arrangement(), self._register_id()
        backups = Backups(self.opened)
        file = arranged.folder / rotation.file_name(register, self.opened.now())
        made = backups.make(file, control)
        second, problem = self._second(file, arranged.second, control)
        told = {PROBLEM: "", LOG_BROKEN: str(made.broken or "")}
        backups.note(made, told | ({SECOND_LAST: self._now()} if second else {}))
        removed = [one for place in (file, second) if place for one in _thin_out(place, register, arranged.keeping)]
        return BackedUp(file, dict(made.held.counts), second, problem, tuple(removed))

    def _second(self, made: Path, folder: str, control: Control) -> tuple[Path | None, str]:
        """The file on the second disk; where that can't be, why. It is never made there: an empty mount point is no disk."""
        if not folder:
            return None, ""
        if not Path(folder).is_dir():
            return None, sentence("backup.second_absent", folder=folder)
        target = Path(folder) / made.name
        try:
            disk.require_free(target.parent, made.stat().st_size)
            _copy(made, target, control)
        except (EnvironmentRefused, DomainError) as error:
            return None, sentence_of(error)
        return target, ""

    def wanted(self) -> bool:
        """Whether something changed since the last one, and who works here may make one. A sample register needs none."""
        told = self.opened.settings()
        if self.opened.is_demo or not self.opened.may(Permission.BACKUP):
            return False
        with self.opened.file.read() as connection:
            return proof.changed_since(connection, int(told.get(LAST_CHANGE) or 0), QUIET)

    def due(self) -> bool:
        """Whether today has none yet, though there is something to keep."""
        last = self.opened.settings().get(LAST_BACKUP, "")
        return last[:10] != self.opened.today().isoformat() and self.wanted()

    def state(self) -> BackupState:
        told = self.opened.settings()
        warnings = () if self.opened.is_demo else tuple(self._warnings(told))
        at, file, second, second_at = (told.get(key, "") for key in (LAST_BACKUP, LAST_FILE, SECOND, SECOND_LAST))
        return BackupState(at, file, second, second_at, warnings)

    def _warnings(self, told: dict[str, str]) -> Iterator[str]:
        if service := disk.synced_by(self.opened.folder):
            yield sentence("register.synced", service=service)
        last = told.get(LAST_BACKUP)
        if not last:
            yield sentence("backup.never")
        elif (age := self._age(last)) > OLD:
            yield sentence("backup.old", days=age.days)
        since = told.get(SECOND_LAST) or told.get(SECOND_SINCE)
        if told.get(SECOND) and since and (age := self._age(since)) > SECOND_MISSING:
            yield sentence("backup.second_missing", folder=told[SECOND], days=age.days)
        if problem := told.get(PROBLEM):
            at, _, said = problem.partition(" ")
            yield sentence("backup.failed", at=to_the_minute(at), said=said)
        if told.get(LOG_BROKEN):
            yield sentence("backup.log_broken", count=told[LOG_BROKEN])

    def _age(self, at: str) -> timedelta:
        return self.opened.now() - datetime.fromisoformat(at)

    def _register_id(self) -> str:
        """What tells this register's files from another's on the same stick; made once."""
        known = self.opened.settings().get(REGISTER_ID)
        if not known:
            known = secrets.token_hex(4)
            self._set("backup", "登记册标识", {REGISTER_ID: known})
        return known

    def _now(self) -> str:
        return self.opened.now().isoformat(timespec="minutes")

    def _set(self, action: str, detail: str, values: dict[str, str]) -> None:
        with self.opened.change(action, detail=detail) as change:
            for key, value in values.items():
                rows.set_setting(change.connection, self.opened.schema, key, value)
            change.commit()


def _keeping(told: dict[str, str]) -> Keeping:
    numbers = [int(part) for part in told.get(KEEP, "").split()]
    return Keeping(*numbers) if len(numbers) == 3 else Keeping()


def _copy(made: Path, target: Path, control: Control) -> None:
    """Byte for byte what was opened and counted: it is read again from where it was written."""
    with atomic.replacing(target) as temporary:
        with made.open("rb") as source, temporary.open("wb") as file:
            while part := source.read(AT_ONCE):
                control.step(0)
                file.write(part)
        if _digest(made, control) != _digest(temporary, control):
            raise DomainError("backup.mismatch", tables=target.name)


def _digest(file: Path, control: Control) -> str:
    found = hashlib.sha256()
    with file.open("rb") as source:
        while part := source.read(AT_ONCE):
            control.step(0)
            found.update(part)
    return found.hexdigest()


def _thin_out(made: Path, register: str, keeping: Keeping) -> list[Path]:
    """Take away what need not stay beside the backup just made. Only files named by us, of this register."""
    with suppress(OSError):  # what is open elsewhere goes next time
        for left in made.parent.glob(f".{rotation.prefix(register)}*"):  # by a backup that was killed
            left.unlink(missing_ok=True)
    files = {at: file for file in made.parent.iterdir() if (at := rotation.made_at(register, file.name))}
    staying = rotation.kept(files, keeping)
    gone = [file for at, file in sorted(files.items()) if at not in staying and file != made and file.is_file()]
    for file in gone:
        with suppress(OSError):
            file.unlink()
    return [file for file in gone if not file.exists()]
