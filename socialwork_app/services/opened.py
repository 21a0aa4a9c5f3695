"""An open register: the file, its tables and who works in it. Services are given this and nothing else.

It is the one gate: every read of records goes through `database`, every write through `change`, and both ask whether
the role of who works here allows it.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from socialwork_app.domain import actions
from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.domain.roles import Permission, Role
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.values import Parser
from socialwork_app.foundation import clock, file_names
from socialwork_app.foundation.locking import FolderLock
from socialwork_app.persistence import rows
from socialwork_app.persistence.database import Database
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import ChangeInfo, Transaction, transaction

OWNER, DEMO, SAVED_FILTERS = "owner", "demo", "saved_filters"
IDLE_MINUTES = "idle_minutes"


@dataclass(slots=True)
class OpenRegister:
    """`user` is the account that was signed in with, and the name that the history keeps.

    `file` asks nobody: it is for what the program does on its own behalf. `notices`: what who signed in is to be told.
    """

    folder: Path
    file: Database
    schema: Schema
    parser: Parser
    lock: FolderLock
    user: str
    role: Role = Role.ADMINISTRATOR
    notices: tuple[str, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        return self.schema.catalogue

    @property
    def database(self) -> Database:
        return self.database_for(Permission.READ)

    def database_for(self, permission: Permission) -> Database:
        """The file for reading something else than records, such as the log."""
        self.require(permission)
        return self.file

    def may(self, permission: Permission) -> bool:
        return self.role.may(permission)

    def allows(self, action: str, kind: str = "") -> bool:
        """Whether `change` would let this pass, for a window that shows only what is of use."""
        needed = actions.permission(action, kind)
        return needed is None or self.may(needed)

    def require(self, *permissions: Permission) -> None:
        """DomainError("role.refused") where the role has not all of these."""
        self.role.require(*permissions)

    def require_for(self, action: str, kind: str = "") -> None:
        """What `change` will ask, asked at once: before a file is written, and before long work."""
        if (needed := actions.permission(action, kind)) is not None:
            self.require(needed)

    def today(self) -> date:
        return clock.today()

    def now(self) -> datetime:
        return clock.now()

    def change(
        self, action: str, kind: str = "", detail: str = "", undoes: int | None = None
    ) -> AbstractContextManager[Transaction]:
        """A transaction that the history will show as this action of this user.

        What is undone takes the permission that doing it took.
        """
        if undoes is None:
            self.require_for(action, kind)
        elif (needed := self._permission_of(undoes)) is not None:
            self.require(needed)
        info = ChangeInfo(self.now(), self.user, action, kind, file_names.shown(detail), undoes)
        return transaction(self.file, self.schema, info)

    def _permission_of(self, change_id: int) -> Permission | None:
        with self.file.read() as reading:
            found = rows.change(reading, self.schema, change_id)
        if found is None or found["undoes"] == change_id:
            return Permission.ENTER
        if found["undoes"] is not None:
            return self._permission_of(found["undoes"])
        return actions.permission(found["action"], found["kind"])

    def rules(self) -> RuleTable:
        with self.database.read() as reading:
            return RuleTable(rows.all_rows(reading, self.schema, "rules"))

    def settings(self) -> dict[str, str]:
        with self.file.read() as connection:
            return rows.settings(connection, self.schema)

    def set_setting(self, key: str, value: str, action: str = "setting") -> None:
        with self.change(action, detail=key) as change:
            rows.set_setting(change.connection, self.schema, key, value)
            change.commit()

    @property
    def owner(self) -> str:
        """The organ that keeps the register, as it stands on rosters (填报单位)."""
        return self.settings().get(OWNER, "")

    @property
    def is_demo(self) -> bool:
        return self.settings().get(DEMO) == "1"

    @property
    def idle_minutes(self) -> int:
        """After which the window locks itself."""
        return int(self.settings().get(IDLE_MINUTES, "10"))

    def close(self) -> None:
        self.file.close()
        self.lock.release()
