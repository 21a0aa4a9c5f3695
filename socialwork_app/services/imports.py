"""Import in stages: read → match columns → check → preview → apply as one batch → undo the batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.imports import KINDS, ImportKind, Mode, signature, slots
from socialwork_app.foundation import disk
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.foundation.memory import collector_paused
from socialwork_app.persistence import history, rows
from socialwork_app.services import import_check, import_tables, import_write
from socialwork_app.services.changes import Changes
from socialwork_app.services.import_preview import Preview
from socialwork_app.services.import_tables import LeftOutRow, Reading, RowProblem
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

BYTES_A_ROW = 4_000  # a person with history, search keys and indexes, generously


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`batch` is None where nothing was written: errors and not `partial`, or a dry run."""

    batch: int | None
    read: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    rejected: int
    problems: tuple[RowProblem, ...]
    left_out: tuple[LeftOutRow, ...]
    changes: Changes


def kinds() -> tuple[tuple[str, str], ...]:
    return tuple((kind.key, kind.title) for kind in KINDS)


def kind_of(key: str) -> ImportKind:
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise DomainError("kind.unknown", kind=key, known="、".join(kind.key for kind in KINDS))


class Imports:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def importable(self, kind: str) -> tuple[Field, ...]:
        """Fields that a column can be matched to."""
        return tuple(slot.field for slot in slots(kind_of(kind), self.opened.catalogue).values())

    def read(
        self,
        path: Path,
        kind: str,
        *,
        sheet: str = "",
        password: str | None = None,
        control: Control | None = None,
    ) -> Reading:
        self.opened.require_for("import", kind)
        with collector_paused():
            return import_tables.read(self.opened, path, kind_of(kind), sheet, password, control or Control())

    def with_course(self, reading: Reading, course: str) -> Reading:
        """The rows that name no course are of this one, told by title or row id."""
        if not reading.kind.of_course:
            raise DomainError("import.no_course", kind=reading.kind.title)
        field = self.opened.catalogue["training_signups"].field("course")
        return reading.with_course(References(self.opened).find(field, course))

    def with_told(self, reading: Reading, told: Mapping[str, str]) -> Reading:
        """The rows that do not say it have these values, as typed; references by name or row id."""
        register, given = self.opened.catalogue[reading.kind.registers[0]], dict[str, Value]()
        declared = {field.key: field for field in (*register.fields, *reading.kind.extra)}
        for key, text in told.items():
            if key not in reading.kind.told:
                raise DomainError("import.not_told", kind=reading.kind.title, field=key)
            given[key] = self._meant(declared[key], text)
        return reading.with_told(given)

    def _meant(self, field: Field, text: str) -> Value:
        if field.kind is Kind.REFERENCE:
            return References(self.opened).find(field, text)
        parsed = self.opened.parser.parse(field, text)
        if parsed.value is None and parsed.problems:
            raise DomainError(parsed.problems[0].code, **parsed.problems[0].values)
        return parsed.value

    def check(self, reading: Reading, mode: str = Mode.FILL, control: Control | None = None) -> Preview:
        with collector_paused():
            return import_check.check(self.opened, reading, Mode(mode), control or Control())

    def apply(self, preview: Preview, *, partial: bool = False, control: Control | None = None) -> ImportResult:
        """All rows that may go in, in one transaction. With rejected rows and not `partial`, none."""
        if preview.counts["rejected"] and not partial:
            return result(preview, None, Changes())
        disk.require_free(self.opened.folder, len(preview.rows) * BYTES_A_ROW)
        kind = preview.reading.kind
        with collector_paused(), self.opened.change("import", kind.key, preview.reading.file) as change:
            if history.newest_change(change.connection, self.opened.schema) != preview.seen_change + 1:
                raise DomainError("import.stale")
            import_write.write(self.opened, change, preview, control or Control())
            for table in preview.reading.tables:
                rows.remember_headers(
                    change.connection, self.opened.schema, kind.key,
                    signature([column.header for column in table.columns]), import_tables.matching_of(table),
                )  # fmt: skip
            change.count(preview.counts["created"], preview.counts["updated"])
            change.commit()
        changed = Changes(frozenset({*kind.registers, "organisations"}), frozenset(), change.change_id)
        return result(preview, change.change_id, changed)


def result(preview: Preview, batch: int | None, changes: Changes) -> ImportResult:
    counts = preview.counts
    return ImportResult(batch, counts["read"], counts["created"], counts["updated"], counts["unchanged"],
                        counts["skipped"], counts["rejected"], preview.problems, preview.left_out, changes)  # fmt: skip
