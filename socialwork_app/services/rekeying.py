"""Another key for the whole register: every page is encrypted anew, and who knew the old key opens nothing any more.

It survives being cut off at any moment. The new file is made beside the old one; then the key file gets the wraps of the
new key beside those of the old; then the new file takes the old one's place, which is the one moment that decides; then
the old wraps go. `finish` puts in order what was left in between: of the two keys the one that the file fits is right.
"""

import secrets
from pathlib import Path

from socialwork_app.domain.roles import RECOVERY, Permission
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation import atomic, disk
from socialwork_app.foundation.errors import DomainError, RegisterUnavailable
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import backup, migrate
from socialwork_app.persistence.database import FILE_NAME, Database, fits, storage_errors
from socialwork_app.security.keys import KEY_BYTES, KeyFile, Unlocked
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.signing_in import KEY_FILE, unlock

BESIDE = "register.rekeying"


def rekey(opened: OpenRegister, password: str, control: Control | None = None) -> str:
    """The new recovery code. Closes the register: it has to be opened anew.

    Only the account that works here keeps its password; the others have to be given one, since nobody else knows theirs.
    """
    opened.require(Permission.ADMINISTER)
    if opened.is_demo or unlock(opened.folder, password, opened.user).account == RECOVERY:
        raise DomainError("rekey.needs_password")
    disk.require_free(opened.folder, 2 * opened.file.path.stat().st_size)
    new_key = secrets.token_bytes(KEY_BYTES)
    coming, code = KeyFile(()).with_password(new_key, password, opened.user).with_new_recovery(new_key)
    opened.file.close()
    try:
        with storage_errors(opened.file.path):
            _encrypt_anew(opened, new_key, control or Control())
            _swap(opened.folder, coming)
    finally:
        opened.close()
    return code


def finish(folder: Path, unlocked: Unlocked) -> tuple[bytes, tuple[str, ...]]:
    """The key that the file fits, and what to tell, after a re-key that may have been cut off. For who has the lock."""
    keys, path = KeyFile.read(folder / KEY_FILE), folder / FILE_NAME
    (folder / BESIDE).unlink(missing_ok=True)
    if not keys.next:
        return unlocked.key, ()
    with storage_errors(path):
        if unlocked.next_key and fits(path, unlocked.next_key):
            KeyFile(keys.next).write(folder / KEY_FILE)
            return unlocked.next_key, (sentence("rekey.finished"),)
        if not fits(path, unlocked.key):
            raise RegisterUnavailable("rekey.other_account", account="、".join(KeyFile(keys.next).accounts))
    KeyFile(keys.wraps).write(folder / KEY_FILE)
    return unlocked.key, (sentence("rekey.undone"),)


def _encrypt_anew(opened: OpenRegister, new_key: bytes, control: Control) -> None:
    path, beside, key = opened.file.path, opened.folder / BESIDE, opened.file.key
    beside.unlink(missing_ok=True)
    control.step(0, 3)
    backup.copy_under(new_key, path, beside, key)
    control.step(1, 3)
    if migrate.integrity(beside, new_key) != "ok" or migrate.row_counts(beside, new_key) != migrate.row_counts(
        path, key
    ):
        raise RegisterUnavailable("rekey.mismatch", path=str(path))
    control.step(2, 3)
    opened.file = Database(beside, new_key)
    with opened.change("rekey") as change:
        change.commit()
    opened.file.close()
    control.step(3, 3)


def _swap(folder: Path, coming: KeyFile) -> None:
    keys = KeyFile.read(folder / KEY_FILE)
    KeyFile(keys.wraps, coming.wraps).write(folder / KEY_FILE)
    try:
        atomic.swap(folder / BESIDE, folder / FILE_NAME)
    except OSError as error:
        raise atomic.refusal(error, folder / FILE_NAME) from error
    coming.write(folder / KEY_FILE)
