"""Import: sign-in sheets that have been filled in, one column a half-day of the course."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from socialwork_app.domain import courses, half_days
from socialwork_app.domain.courses import ABSENT, SIGNED_UP, HalfDay
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import HALF_DAY, Mode, Outcome
from socialwork_app.domain.problems import Severity, error, warning
from socialwork_app.domain.sentences import sentence, sentence_of_problem
from socialwork_app.excel.side_by_side import without_block
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.courses import Course, Courses
from socialwork_app.services.import_compare import Planned
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_items import Items
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_preview import CellChange
from socialwork_app.services.import_standing import Row
from socialwork_app.services.import_tables import ReadTable, RowProblem

MARKS = "attendance"
STATE, NUMBER = "sign_up_state", "completion_number"


class MarkedSheets(Items):
    """A blank cell is an absence where others signed in that half-day, and nothing where nobody did."""

    nobody = "attendance.not_signed_up"

    def begin(self, entries: Sequence[Entry]) -> None:
        """Which half-days were signed for at all: a blank cell says something of these alone."""
        self._courses = Courses(self.opened)
        self._found: dict[int, Course] = {}
        self._at: dict[tuple[int, str, str], HalfDay | None] = {}
        self._signed: set[tuple[int, HalfDay | None]] = set()
        self._seen: dict[int, set[int | None]] = {}
        self._mark = self.opened.catalogue[MARKS].field("mark")
        self._holders = self._numbers(entries)
        self._tables = {entry.table.sheet: entry.table for entry in entries}
        for entry in entries:
            if course := entry.values[self.main.key].get("course"):
                given, table = entry.values[MARKS], entry.table
                self._signed |= {(int(course), self._half_day(int(course), table, header)) for header in given}

    def _numbers(self, entries: Sequence[Entry]) -> dict[Value, int | None]:
        """Whose the numbers of completion certificates are that the file names."""
        given = {NUMBER: [entry.values[self.main.key].get(NUMBER) for entry in entries]}
        with self.opened.database.read() as connection:
            rows = rows_where(connection, self.opened.schema, self.main.key, given, ("id", NUMBER))
        return {row[NUMBER]: row["id"] for row in rows}

    # who it is

    def namesakes(self, entry: Entry, values: Mapping[str, Value]) -> Sequence[Row]:
        """Those who signed up for the course."""
        course = entry.values[self.main.key].get("course")
        return [row for row in super().namesakes(entry, values) if self._sign_up(row["id"], course)]

    def alike(self, named: Sequence[Row], values: Mapping[str, Value]) -> Sequence[Row]:
        """The only one of this name among them is meant, whatever the sheet says of unit and phone."""
        return named if len(named) == 1 else super().alike(named, values) or named

    def _sign_up(self, person: int, course: Value) -> bool:
        rows = self.standing.children(self.main.key, person)
        return any(row["course"] == course and row[STATE] == SIGNED_UP for row in rows)

    # what is written of them

    def plan_item(self, entry: Entry, owner: Plan, values: Mapping[str, Value]) -> Planned:
        fits = [one for one in self.children(owner, self.main.key)
                if one.values["course"] == values["course"] and one.values[STATE] == SIGNED_UP]  # fmt: skip
        if not fits:
            entry.problems.append(error(self.nobody, "name"))
            return Outcome.REJECTED, []
        sign_up, course = fits[0], self._course(int(values["course"] or 0))
        if values.get(NUMBER) and self._holders.setdefault(values[NUMBER], sign_up.id) != sign_up.id:
            entry.problems.append(error("course.number_taken", NUMBER, number=values[NUMBER]))
        cells = self._marks(entry, course, sign_up)
        if entry.rejected:
            return Outcome.REJECTED, []
        self._seen.setdefault(course.id, set()).add(sign_up.id)
        if self.mode is not Mode.SKIP:
            cells += self.change(entry, sign_up, values)
        return (Outcome.UPDATED if cells else Outcome.UNCHANGED), cells

    def _marks(self, entry: Entry, course: Course, sign_up: Plan) -> list[CellChange]:
        given, cells = entry.values[MARKS], list[CellChange]()
        stand = {(one.values["date"], one.values["half_day"]): one for one in self.children(sign_up, MARKS)}
        for header in _half_days(entry.table):
            at = self._half_day(course.id, entry.table, header)
            mark = self._read(entry, course, header, at)
            if at is None or mark is None:
                continue
            known = stand.get(at)
            if known is None:
                cells.append(self._made(sign_up, at, header, mark))
            elif mark != known.values["mark"] and header in given:
                cells += self._changed(entry, known, header, mark)
        return cells

    def _read(self, entry: Entry, course: Course, header: str, at: HalfDay | None) -> str | None:
        """The mark that a cell gives; None where it gives none or it can't be told which."""
        text = entry.values[MARKS].get(header)
        if text is None:
            return ABSENT if at and (course.id, at) in self._signed else None
        if at is None:
            entry.problems.append(error("attendance.no_half_day", header, header=_bare(header), title=course.title))
            return None
        name = str(entry.values["people"].get("name") or "")
        mark = half_days.mark(str(text), name, self.opened.catalogue.code_lists[self._mark.code_list])
        if mark is None:
            entry.problems.append(error("attendance.mark_unknown", header, header=_bare(header), text=text))
        return mark

    def _made(self, sign_up: Plan, at: HalfDay, header: str, mark: str) -> CellChange:
        values = self.filled(MARKS, {"date": at.day, "half_day": at.half, "mark": mark})
        self.add_child(sign_up, Plan(MARKS, None, values, {}))
        return self.cell_change(replace(self._mark, label=_bare(header)), None, mark)

    def _changed(self, entry: Entry, known: Plan, header: str, mark: str) -> list[CellChange]:
        """A mark that stands stays, unless the file is to be believed."""
        cell = self.cell_change(replace(self._mark, label=_bare(header)), known.values["mark"], mark)
        if self.mode is not Mode.UPDATE:
            told = {"label": cell.label, "given": cell.new, "stands": cell.old}
            entry.problems.extend([warning("import.kept", header, **told)] if self.mode is Mode.FILL else [])
            return []
        self.set_values(known, {"mark": mark})
        return [cell]

    def _course(self, row_id: int) -> Course:
        if row_id not in self._found:
            self._found[row_id] = self._courses.course(row_id)
        return self._found[row_id]

    def _half_day(self, course: int, table: ReadTable, header: str) -> HalfDay | None:
        key = course, table.sheet, header
        if key not in self._at:
            held = [session.at for session in self._course(course).sessions]
            self._at[key] = half_days.half_day(header, held, without_block(table.sheet))
        return self._at[key]

    # the file as a whole

    def remarks(self) -> Iterator[RowProblem]:
        for table in self._tables.values():
            yield from self._not_taken(table)
            yield from self._to_come(table)
        for row_id, seen in self._seen.items():
            for one in self._courses.participants(self._course(row_id)):
                if one.takes_part and one.id not in seen:
                    message = sentence("attendance.not_in_list", names=one.name)
                    yield RowProblem("", 0, "", "name", "attendance.not_in_list", message, Severity.WARNING)

    def _not_taken(self, table: ReadTable) -> Iterator[RowProblem]:
        for header in _half_days(table):
            meant = {(course, self._half_day(course, table, header)) for course in self._seen}
            if meant and meant.isdisjoint(self._signed):
                message = sentence("attendance.not_taken", header=_bare(header))
                yield RowProblem(table.sheet, table.header_row, header, header, "attendance.not_taken", message,
                                 Severity.WARNING)  # fmt: skip

    def _to_come(self, table: ReadTable) -> Iterator[RowProblem]:
        for header in _half_days(table):
            signed = {(course, self._half_day(course, table, header)) for course in self._seen} & self._signed
            for day in {at.day for _, at in signed if at}:
                for one in courses.mark_problems(day, self.today):
                    told = sentence_of_problem(one)
                    yield RowProblem(table.sheet, table.header_row, header, header, one.code, told, one.severity)


def _bare(header: str) -> str:
    """As it is told in one line."""
    return " ".join(header.split())


def _half_days(table: ReadTable) -> list[str]:
    """The headers of its half-days; a text that stands above two columns names one of them."""
    return list(dict.fromkeys(column.header for column in table.columns if column.field == HALF_DAY.key))
