"""Whose password it is, what they may do, and how long they have to wait after wrong ones."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from socialwork_app.domain.roles import FIRST, RECOVERY, Permission, Role
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import DomainError, RegisterUnavailable
from socialwork_app.persistence import accounts
from socialwork_app.persistence.transaction import ChangeInfo, transaction
from socialwork_app.security import recovery_code
from socialwork_app.security.attempts import Attempts, Tally
from socialwork_app.security.keys import KeyFile, Unlocked
from socialwork_app.services.opened import OpenRegister

KEY_FILE, ATTEMPTS_FILE = "keys.json", "attempts.json"
WRONG = ("password.wrong", "recovery_code.wrong")
MOST_TOLD, SLIPS = 5, 2


def unlock(folder: Path, secret: str, account: str = "") -> Unlocked:
    """By the account's password or the recovery code. A wrong one counts, and after some there is a wait.

    Raises RegisterUnavailable with a code of its own for each reason; DomainError("account.not_named").
    """
    keys = KeyFile.read(folder / KEY_FILE)
    if not keys.needs_password:
        return keys.unlock(secret)
    if recovery_code.is_readable(secret):
        try:
            return unlock_with_recovery(folder, secret)
        except RegisterUnavailable as error:
            if error.code != "recovery_code.wrong":
                raise
    named = _named(keys, account)
    return _counted(folder, named, lambda: keys.unlock(secret, named))


def unlock_with_recovery(folder: Path, code: str) -> Unlocked:
    keys = KeyFile.read(folder / KEY_FILE)
    return _counted(folder, RECOVERY, lambda: keys.unlock_with_recovery(code))


def confirm(opened: OpenRegister, secret: str) -> None:
    """That it is still the same person, by their password or the recovery code."""
    if opened.user == RECOVERY:
        unlock_with_recovery(opened.folder, secret)
    else:
        unlock(opened.folder, secret, opened.user)
    path = opened.folder / ATTEMPTS_FILE
    _settle(path, Attempts.read(path).succeeded(opened.user))


def admit(opened: OpenRegister, account: str) -> None:
    """Gives who signs in their role, with what to tell them; the sign-in stands in the log.

    A register of before there were accounts gets its first one, an administrator.
    """
    with opened.file.read() as reading:
        stand = {row["name"]: row for row in accounts.all_accounts(reading, opened.schema)}
    if not stand:
        _add_first(opened, FIRST if account == RECOVERY else account)
    elif account != RECOVERY and (account not in stand or stand[account]["disabled"]):
        raise RegisterUnavailable("account.disabled", account=account)
    opened.user = account
    opened.role = Role(stand[account]["role"]) if account in stand else Role.ADMINISTRATOR
    if opened.is_demo:
        return
    opened.notices += _tried(opened)
    _log(opened, "sign_in", account)


def _take_over(opened: OpenRegister) -> dict[str, Tally]:
    """Failed tries go into the log; those of who is here now are over."""
    path = opened.folder / ATTEMPTS_FILE
    attempts = Attempts.read(path)
    fresh = {name: tally for name, tally in attempts.tallies.items() if tally.untold}
    for name, tally in fresh.items():
        _log(opened, "sign_in_failed", name, _told(tally))
    _settle(path, attempts.told().succeeded(opened.user))
    return fresh


def _settle(path: Path, attempts: Attempts) -> None:
    if attempts != Attempts.read(path):
        attempts.write(path)


def _counted(folder: Path, name: str, unlocked: Callable[[], Unlocked]) -> Unlocked:
    path, now = folder / ATTEMPTS_FILE, clock.now().timestamp()
    stored = Attempts.read(path)
    attempts = stored.seen_at(now)
    if wait := attempts.wait(name, now):
        if attempts != stored:
            attempts.write(path)
        raise RegisterUnavailable("sign_in.wait", account=name, minutes=-(-wait // 60))
    try:
        return unlocked()
    except RegisterUnavailable as error:
        if error.code in WRONG:
            attempts.failed(name, now).write(path)
        raise


def _named(keys: KeyFile, account: str) -> str:
    known = keys.accounts
    if account:
        if account not in known:
            raise RegisterUnavailable("account.unknown", account=account, known="、".join(known))
        return account
    if len(known) != 1:
        raise DomainError("account.not_named", known="、".join(known))
    return known[0]


def _add_first(opened: OpenRegister, name: str) -> None:
    with opened.change("upgrade", detail=name) as change:
        accounts.add(change.connection, opened.schema, accounts.new_row(name, Role.ADMINISTRATOR, opened.now()))
        change.commit()


def _tried(opened: OpenRegister) -> tuple[str, ...]:
    """What was tried since this account was here last, but for a slip or two of one's own just now; an administrator is
    told of all accounts."""
    with opened.file.read() as reading:
        here_last = accounts.last_sign_ins(reading, opened.schema).get(opened.user, (0, ""))[0]
        found = accounts.failed_since(reading, opened.schema, here_last)
    tried = [(row["by"], row["detail"]) for row in found]
    tried += [(name, _told(tally)) for name, tally in _take_over(opened).items()
              if name != opened.user or tally.untold > SLIPS]  # fmt: skip
    own = [one for one in tried if one[0] == opened.user or opened.may(Permission.ADMINISTER)]
    return tuple(sentence("sign_in.tried", account=name, detail=detail) for name, detail in own[-MOST_TOLD:])


def _told(tally: Tally) -> str:
    first, last = (datetime.fromtimestamp(at).astimezone() for at in (tally.since, tally.last))
    times = f"{first:%Y-%m-%d %H:%M}" if tally.untold == 1 else f"{first:%Y-%m-%d %H:%M} 至 {last:%Y-%m-%d %H:%M}"
    return f"输错 {tally.untold} 次（{times}）"


def _log(opened: OpenRegister, action: str, by: str, detail: str = "") -> None:
    with transaction(opened.file, opened.schema, ChangeInfo(opened.now(), by, action, "", detail)) as change:
        change.commit()
