"""Make, open and close a register folder."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.domain.roles import FIRST, fit_name
from socialwork_app.domain.values import Parser
from socialwork_app.foundation import disk
from socialwork_app.foundation.errors import DomainError, RegisterUnavailable
from socialwork_app.foundation.locking import FolderLock
from socialwork_app.persistence import migrate
from socialwork_app.persistence.database import FILE_NAME, Database, storage_errors
from socialwork_app.persistence.schema import build
from socialwork_app.security import passwords
from socialwork_app.security.keys import KeyFile, Unlocked
from socialwork_app.services import rekeying, seeding, signing_in
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.seeding import Seeds
from socialwork_app.services.signing_in import KEY_FILE

SPACE_FOR_NEW = 20_000_000


def read_csv(path: Path) -> tuple[Mapping[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def holds_register(folder: Path) -> bool:
    return (folder / FILE_NAME).is_file() and (folder / KEY_FILE).is_file()


class RegisterFiles:
    """Opens registers with the program's catalogue."""

    def __init__(self, catalogue: Catalogue, seeds: Seeds) -> None:
        self.catalogue = catalogue
        self.seeds = seeds

    def create(
        self, folder: Path, owner: str, password: str | None, *, account: str = FIRST
    ) -> tuple[OpenRegister, str]:
        """A new register, open, and its recovery code. Without a password it is a sample register.

        `account`: the name of its first administrator.
        """
        disk.require_local(folder)
        account = fit_name(account)
        if (folder / FILE_NAME).exists() or (folder / KEY_FILE).exists():
            raise DomainError("register.exists", path=str(folder))
        keys, raw_key, code = KeyFile.create(password, account=account)
        disk.require_free(folder, SPACE_FOR_NEW)
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock.acquire(folder)
        try:
            opened = self._build(folder, raw_key, lock, account, lambda: keys.write(folder / KEY_FILE))
        except BaseException:
            lock.release()
            raise
        seeding.seed(opened, self.seeds, owner, demo=password is None)
        return opened, code

    def weakness(self, password: str, owner: str = "") -> str | None:
        """The code of the warning that a password deserves, None when it deserves none."""
        return passwords.weakness(password, (owner,))

    def needs_password(self, folder: Path) -> bool:
        self._require(folder)
        return KeyFile.read(folder / KEY_FILE).needs_password

    def accounts(self, folder: Path) -> tuple[str, ...]:
        """Those that can sign in."""
        self._require(folder)
        return KeyFile.read(folder / KEY_FILE).accounts

    def open(self, folder: Path, password: str = "", *, recovery_code: str = "", account: str = "") -> OpenRegister:
        """`password` may be the recovery code too; `account` need not be told where there is one.

        Raises RegisterUnavailable with a code of its own for each reason.
        """
        disk.require_local(folder)
        self._require(folder)
        if recovery_code:
            unlocked = signing_in.unlock_with_recovery(folder, recovery_code)
        else:
            unlocked = signing_in.unlock(folder, password, account)
        lock = FolderLock.acquire(folder)
        try:
            return self._opened(folder, unlocked, lock)
        except BaseException:
            lock.release()
            raise

    def _opened(self, folder: Path, unlocked: Unlocked, lock: FolderLock) -> OpenRegister:
        path, schema, parser = folder / FILE_NAME, build(self.catalogue), Parser(self.catalogue.code_lists)
        raw_key, notices = rekeying.finish(folder, unlocked)
        with storage_errors(path):
            migrate.prepare(path, raw_key, schema)
        opened = OpenRegister(folder, Database(path, raw_key), schema, parser, lock, unlocked.account, notices=notices)
        try:
            seeding.seed_what_is_new(opened, self.seeds)
            signing_in.admit(opened, unlocked.account)
        except BaseException:
            opened.file.close()
            raise
        return opened

    def _require(self, folder: Path) -> None:
        if not (folder / FILE_NAME).is_file():
            code = "register.file_missing" if (folder / KEY_FILE).is_file() else "register.missing"
            raise RegisterUnavailable(code, path=str(folder))

    def _build(
        self, folder: Path, raw_key: bytes, lock: FolderLock, account: str, write_keys: Callable[[], None]
    ) -> OpenRegister:
        path = folder / FILE_NAME
        schema = build(self.catalogue)
        with storage_errors(path):
            migrate.create(path, raw_key, schema)
        write_keys()
        return OpenRegister(folder, Database(path, raw_key), schema, Parser(self.catalogue.code_lists), lock, account)
