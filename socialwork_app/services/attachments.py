"""Scans that hang on a record. Their bytes stand inside the encrypted file, once per content."""

import hashlib
from pathlib import Path

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation import atomic, file_names
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows
from socialwork_app.persistence.listing import Row
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.changes import Changes
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

LARGEST = 50_000_000
KIND = "attachments"


def read(path: Path) -> bytes:
    """Raises DomainError("attachment.too_large")."""
    try:
        if path.stat().st_size > LARGEST:
            raise DomainError("attachment.too_large", file=path.name, megabytes=LARGEST // 1_000_000)
        return path.read_bytes()
    except OSError as error:
        raise atomic.refusal(error, path) from error


class Attachments:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def of(self, kind: str, row_id: int) -> tuple[Row, ...]:
        asked = Filter(where=(Condition("record_kind", kind), Condition("record_id", row_id)))
        records = Records(self.opened, KIND)
        return tuple(records.all_rows(asked, records.register.field_keys()))

    def add(self, kind: str, row_id: int, path: Path) -> Changes:
        """Raises DomainError("attachment.too_large"). The name is kept as far as it can be one on any machine."""
        data = read(path)
        with self.opened.change("save", KIND, file_names.safe(path.name)) as change:
            new_id = self.attach(change, (kind, row_id), path.name, data)
            change.commit()
        return Changes(frozenset({KIND}), frozenset({new_id}), change.change_id)

    def attach(self, change: Transaction, record: tuple[str, int], file_name: str, data: bytes) -> int:
        """As part of a larger change."""
        digest = hashlib.sha256(data).hexdigest()
        rows.store_content(change.connection, self.opened.schema, digest, data)
        added = {"record_kind": record[0], "record_id": record[1], "file_name": file_names.safe(file_name), "size": len(data),
                 "digest": digest, "added_on": self.opened.today().isoformat()}  # fmt: skip
        return change.insert(KIND, added)

    def content(self, attachment_id: int) -> tuple[str, bytes]:
        values = Records(self.opened, KIND).record(attachment_id).values
        with self.opened.database.read() as connection:
            data = rows.content(connection, self.opened.schema, str(values["digest"]))
        if data is None:
            raise DomainError("record.gone", register=self.opened.catalogue[KIND].title)
        return file_names.safe(str(values["file_name"])), data

    def remove(self, attachment_id: int) -> Changes:
        """The row goes and can be brought back by an undo; the bytes stay for that."""
        return Records(self.opened, KIND).delete([attachment_id])
