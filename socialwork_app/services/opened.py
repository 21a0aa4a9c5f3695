"""An open register: the file, its tables and who works in it. Services are given this and nothing else."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from socialwork_app.domain.registers.register import Catalogue
from socialwork_app.domain.rules import RuleTable
from socialwork_app.domain.values import Parser
from socialwork_app.foundation import clock
from socialwork_app.foundation.locking import FolderLock
from socialwork_app.persistence import rows
from socialwork_app.persistence.database import Database
from socialwork_app.persistence.schema import Schema
from socialwork_app.persistence.transaction import ChangeInfo, Transaction, transaction

OWNER, DEMO, SAVED_FILTERS = "owner", "demo", "saved_filters"


@dataclass(slots=True)
class OpenRegister:
    """`user` is the name that the history keeps."""

    folder: Path
    database: Database
    schema: Schema
    parser: Parser
    lock: FolderLock
    user: str

    @property
    def catalogue(self) -> Catalogue:
        return self.schema.catalogue

    def today(self) -> date:
        return clock.today()

    def now(self) -> datetime:
        return clock.now()

    def change(
        self, action: str, kind: str = "", detail: str = "", undoes: int | None = None
    ) -> AbstractContextManager[Transaction]:
        """A transaction that the history will show as this action of this user."""
        info = ChangeInfo(self.now(), self.user, action, kind, detail, undoes)
        return transaction(self.database, self.schema, info)

    def rules(self) -> RuleTable:
        with self.database.read() as reading:
            return RuleTable(rows.all_rows(reading, self.schema, "rules"))

    def settings(self) -> dict[str, str]:
        with self.database.read() as connection:
            return rows.settings(connection, self.schema)

    def set_setting(self, key: str, value: str) -> None:
        with self.change("setting", detail=key) as change:
            rows.set_setting(change.connection, self.schema, key, value)
            change.commit()

    @property
    def owner(self) -> str:
        """The organ that keeps the register, as it stands on rosters (填报单位)."""
        return self.settings().get(OWNER, "")

    @property
    def is_demo(self) -> bool:
        return self.settings().get(DEMO) == "1"

    def close(self) -> None:
        self.database.close()
        self.lock.release()
