"""Import, stage three: how each row differs from what stands, and so what is to be made or changed.

Nothing is written here. The result is a preview with its plans.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from socialwork_app.domain import imports
from socialwork_app.domain.imports import BY_HEADER, ImportKind, Mode, Outcome
from socialwork_app.domain.problems import Severity, warning
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import history
from socialwork_app.services.import_appraisals import AppraisalSheets
from socialwork_app.services.import_attendance import MarkedSheets
from socialwork_app.services.import_compare import Comparison
from socialwork_app.services.import_contacts import ContactLog
from socialwork_app.services.import_entries import Entries, Entry
from socialwork_app.services.import_items import Items
from socialwork_app.services.import_people import People
from socialwork_app.services.import_preview import Preview, PreviewRow
from socialwork_app.services.import_signups import SignUps
from socialwork_app.services.import_standing import Standing
from socialwork_app.services.import_tables import Reading, RowProblem
from socialwork_app.services.import_titles import Titles
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.references import References

OWN_WAYS: dict[str, type[Comparison]] = {"training-signups": SignUps, "attendance": MarkedSheets,
                                         "appraisals": AppraisalSheets, "talents": Titles,
                                         "contacts": ContactLog}  # fmt: skip


def check(opened: OpenRegister, reading: Reading, mode: Mode, control: Control) -> Preview:
    kind, references, rules = reading.kind, References(opened), opened.rules()
    entries = Entries(opened, reading, references, rules).all(control)
    with opened.database.read() as connection:
        seen = history.newest_change(connection, opened.schema)
        standing = Standing(connection, opened, entries, kind)
    comparison = _way(kind)(opened, reading, mode, references, rules, standing)
    comparison.begin(entries)
    rows = [_row(comparison, entry) for entry in control.each(_given_up(entries), len(entries), "compare")]
    plans = tuple(comparison.plans.values())
    remarks = tuple(comparison.remarks())
    problems = (*_unmatched(reading), *remarks, *(problem for row in rows for problem in row.problems))
    left_out = reading.left_out + tuple(row for table in reading.tables for row in table.left_out)
    return Preview(reading, tuple(rows), problems, _counts(rows), left_out, plans, references, seen,
                   comparison.questions, remarks)  # fmt: skip


def _given_up(entries: list[Entry]) -> Iterator[Entry]:
    """One after the other, each let go of once it is compared: together they weigh as much as the plans."""
    entries.reverse()
    while entries:
        yield entries.pop()


def _way(kind: ImportKind) -> type[Comparison]:
    if kind.registers[0] == "people":
        return People
    return OWN_WAYS.get(kind.key, Items) if kind.finds_person else Comparison


def _counts(rows: Sequence[PreviewRow]) -> dict[str, int]:
    counts = {"read": len(rows), **{str(outcome): 0 for outcome in Outcome}}
    for row in rows:
        counts[row.outcome] += 1
    return counts


def _row(comparison: Comparison, entry: Entry) -> PreviewRow:
    name = str((entry.values.get("people") or entry.values[comparison.main.key]).get("name") or "")
    outcome, cells = (Outcome.REJECTED, []) if entry.rejected else comparison.compare(entry)
    said = _said(entry) if entry.problems else ()
    return PreviewRow(entry.table.sheet, entry.number, outcome, name, tuple(cells), said)


def _said(entry: Entry) -> tuple[RowProblem, ...]:
    headers = {column.field: column.header for column in entry.table.columns if column.field}
    headers |= {column.header: column.header for column in entry.table.columns if column.field in BY_HEADER}
    return tuple(
        RowProblem(entry.table.sheet, entry.number, headers.get(problem.field, ""), problem.field, problem.code,
                   sentence_of_problem(problem), problem.severity)
        for problem in entry.problems
    )  # fmt: skip


def _unmatched(reading: Reading) -> list[RowProblem]:
    """Columns that no field takes are named, so that nothing is left behind unnoticed."""
    return [
        RowProblem(table.sheet, table.header_row, column.header, "", "column.unmatched",
                   sentence_of_problem(replace(warning("column.unmatched"), values={"header": column.header})),
                   Severity.WARNING)
        for table in reading.tables
        for column in table.columns
        if not column.field and imports.signature([column.header]) not in imports.NUMBERING
    ]  # fmt: skip
