"""Make, open and close a register folder."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.domain.values import Parser
from socialwork_app.foundation import disk
from socialwork_app.foundation.errors import DomainError, RegisterUnavailable
from socialwork_app.foundation.locking import FolderLock
from socialwork_app.persistence import migrate
from socialwork_app.persistence.database import FILE_NAME, Database, storage_errors
from socialwork_app.persistence.schema import build
from socialwork_app.security import passwords
from socialwork_app.security.keys import KeyFile
from socialwork_app.services import seeding
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.seeding import Seeds

KEY_FILE = "keys.json"
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
        self, folder: Path, owner: str, password: str | None, *, user: str = "管理员"
    ) -> tuple[OpenRegister, str]:
        """A new register, open, and its recovery code. Without a password it is a sample register."""
        disk.require_local(folder)
        if (folder / FILE_NAME).exists() or (folder / KEY_FILE).exists():
            raise DomainError("register.exists", path=str(folder))
        keys, raw_key, code = KeyFile.create(password)
        disk.require_free(folder, SPACE_FOR_NEW)
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock.acquire(folder)
        try:
            opened = self._build(folder, raw_key, lock, user, lambda: keys.write(folder / KEY_FILE))
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

    def open(self, folder: Path, password: str = "", *, recovery_code: str = "", user: str = "管理员") -> OpenRegister:
        """`password` may be the recovery code too. Raises RegisterUnavailable with a code of its own for each reason."""
        disk.require_local(folder)
        self._require(folder)
        keys = KeyFile.read(folder / KEY_FILE)
        raw_key = keys.unlock_with_recovery(recovery_code) if recovery_code else keys.unlock_with_either(password)
        lock = FolderLock.acquire(folder)
        path = folder / FILE_NAME
        try:
            schema = build(self.catalogue)
            with storage_errors(path):
                migrate.prepare(path, raw_key, schema)
            parser = Parser(self.catalogue.code_lists)
            opened = OpenRegister(folder, Database(path, raw_key), schema, parser, lock, user)
            seeding.seed_what_is_new(opened, self.seeds)
        except BaseException:
            lock.release()
            raise
        return opened

    def change_password(self, opened: OpenRegister, old: str, new_password: str) -> None:
        """Only for who knows the old password or the recovery code; else DomainError("password.old_wrong")."""
        self._require_secret(opened, old)
        self.set_password(opened, new_password)

    def set_password(self, opened: OpenRegister, new_password: str) -> None:
        """The key stays, only its wrap is new; nothing is encrypted again."""
        path = opened.folder / KEY_FILE
        KeyFile.read(path).with_password(opened.database.key, new_password).write(path)

    def new_recovery_code(self, opened: OpenRegister, password: str) -> str:
        """Only for who knows the password or the present code: who finds a register open could else make it theirs."""
        self._require_secret(opened, password)
        path = opened.folder / KEY_FILE
        keys, code = KeyFile.read(path).with_new_recovery(opened.database.key)
        keys.write(path)
        return code

    def _require_secret(self, opened: OpenRegister, secret: str) -> None:
        try:
            KeyFile.read(opened.folder / KEY_FILE).unlock_with_either(secret)
        except RegisterUnavailable as error:
            if error.code != "password.wrong":
                raise
            raise DomainError("password.old_wrong") from None

    def _require(self, folder: Path) -> None:
        if not (folder / FILE_NAME).is_file():
            code = "register.file_missing" if (folder / KEY_FILE).is_file() else "register.missing"
            raise RegisterUnavailable(code, path=str(folder))

    def _build(
        self, folder: Path, raw_key: bytes, lock: FolderLock, user: str, write_keys: Callable[[], None]
    ) -> OpenRegister:
        path = folder / FILE_NAME
        schema = build(self.catalogue)
        with storage_errors(path):
            migrate.create(path, raw_key, schema)
        write_keys()
        return OpenRegister(folder, Database(path, raw_key), schema, Parser(self.catalogue.code_lists), lock, user)
