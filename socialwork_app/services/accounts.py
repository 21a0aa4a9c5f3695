"""Who may sign in to the register, as what, and with which password.

An account has a wrap of the key in the key file under its name; its role stands in the encrypted register, where
nobody who merely has the folder can raise it. Of the two, the key file is written last within the transaction: a
register that is cut off in between has an account without a password, or a password that is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from socialwork_app.domain.roles import RECOVERY, Permission, Role, fit_name
from socialwork_app.foundation.errors import DomainError, RegisterUnavailable
from socialwork_app.persistence import accounts
from socialwork_app.security.keys import KeyFile
from socialwork_app.services import signing_in
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.signing_in import KEY_FILE

MOST = 30


@dataclass(frozen=True, slots=True)
class Account:
    """`has_password`: whether it could sign in now. `last_here`: ISO time of its last sign-in, "" for never."""

    name: str
    role: Role
    disabled: bool
    has_password: bool
    last_here: str

    @property
    def state(self) -> str:
        return "已停用" if self.disabled else "可登录" if self.has_password else "未设密码"


class Accounts:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened
        self._path = opened.folder / KEY_FILE

    def list(self) -> tuple[Account, ...]:
        with self.opened.database_for(Permission.ADMINISTER).read() as reading:
            stand = accounts.all_accounts(reading, self.opened.schema)
            here = accounts.last_sign_ins(reading, self.opened.schema)
        known = KeyFile.read(self._path).accounts
        return tuple(Account(row["name"], Role(row["role"]), bool(row["disabled"]), row["name"] in known,
                             here.get(row["name"], (0, ""))[1]) for row in stand)  # fmt: skip

    def one(self, name: str) -> Account:
        found = self._stand().get(name)
        if found is None:
            raise DomainError("account.missing", account=name, known="、".join(self._stand()))
        return found

    def others(self) -> tuple[str, ...]:
        """Who else has a password."""
        return tuple(one.name for one in self.list() if one.has_password and one.name != self.opened.user)

    def add(self, name: str, role: Role, password: str) -> None:
        name = fit_name(name)
        self._require_room(name)
        row = accounts.new_row(name, role, self.opened.now())
        self._write(f"新建 {name}，{role.label}", lambda connection: accounts.add(connection, self.opened.schema, row),
                    lambda keys: keys.with_password(self.opened.file.key, password, name))  # fmt: skip

    def disable(self, name: str) -> None:
        """The password opens nothing any more; what the account did keeps its name."""
        self._require_other_administrator(name)
        self._set(f"停用 {name}", name, {"disabled": 1}, lambda keys: keys.without(name))

    def enable(self, name: str, password: str) -> None:
        self._set(f"启用 {name}", name, {"disabled": 0}, self._with_password(name, password))

    def set_role(self, name: str, role: Role) -> None:
        if role is not Role.ADMINISTRATOR:
            self._require_other_administrator(name)
        self._set(f"{name} 改为{role.label}", name, {"role": role.value})

    def reset(self, name: str, password: str) -> None:
        """Another password, by an administrator, who need not know the old one."""
        if self.one(name).disabled:
            raise DomainError("account.is_disabled", account=name)
        self._set(f"重设 {name} 的密码", name, {}, self._with_password(name, password))

    @property
    def own(self) -> str:
        """Whose password `change_password` sets: with the recovery code that of the only account, "" where there are
        several."""
        if self.opened.user != RECOVERY:
            return self.opened.user
        known = KeyFile.read(self._path).accounts
        return known[0] if len(known) == 1 else ""

    def change_password(self, old: str, new_password: str) -> None:
        """One's own, by who knows the old one or the recovery code; else DomainError("password.old_wrong").

        The key stays, only its wrap is new; nothing is encrypted again.
        """
        self._confirm(old)
        if not self.own:
            raise DomainError("account.not_own")
        keys = KeyFile.read(self._path).with_password(self.opened.file.key, new_password, self.own)
        with self.opened.change("password", detail=self.own) as change:
            keys.write(self._path)
            change.commit()

    def new_recovery_code(self, password: str) -> str:
        """Only for who knows the password or the present code: who finds a register open could else make it theirs."""
        self.opened.require(Permission.ADMINISTER)
        self._confirm(password)
        keys, code = KeyFile.read(self._path).with_new_recovery(self.opened.file.key)
        with self.opened.change("account", detail=f"换发{RECOVERY}") as change:
            keys.write(self._path)
            change.commit()
        return code

    def _confirm(self, secret: str) -> None:
        """That who works here is who signed in."""
        try:
            signing_in.confirm(self.opened, secret)
        except RegisterUnavailable as error:
            if error.code not in signing_in.WRONG:
                raise
            raise DomainError("password.old_wrong") from None

    def _stand(self) -> dict[str, Account]:
        return {account.name: account for account in self.list()}

    def _require_room(self, name: str) -> None:
        stand = self._stand()
        if name in stand:
            raise DomainError("account.name_taken", account=name)
        if len(stand) >= MOST:
            raise DomainError("account.too_many", most=MOST)

    def _require_other_administrator(self, name: str) -> None:
        self.one(name)
        others = (one for one in self.list() if one.name != name and one.role is Role.ADMINISTRATOR)
        if not any(one.has_password and not one.disabled for one in others):
            raise DomainError("account.last_administrator", account=name)

    def _with_password(self, name: str, password: str) -> Callable[[KeyFile], KeyFile]:
        return lambda keys: keys.with_password(self.opened.file.key, password, name)

    def _set(
        self, detail: str, name: str, values: dict[str, Any], keys: Callable[[KeyFile], KeyFile] | None = None
    ) -> None:
        self.one(name)
        schema = self.opened.schema

        def write(connection: accounts.Connection) -> None:
            if values:
                accounts.set_values(connection, schema, name, values)

        self._write(detail, write, keys)

    def _write(
        self,
        detail: str,
        write: Callable[[accounts.Connection], None],
        keys: Callable[[KeyFile], KeyFile] | None,
    ) -> None:
        changed = keys(KeyFile.read(self._path)) if keys else None
        with self.opened.change("account", detail=detail) as change:
            write(change.connection)
            if changed:
                changed.write(self._path)
            change.commit()
