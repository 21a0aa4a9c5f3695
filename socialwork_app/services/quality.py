"""The file's integrity and the data's quality."""

from collections.abc import Iterator
from dataclasses import dataclass

from socialwork_app.domain.filters import Filter
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import attendance, exam_entries, learning, migrate
from socialwork_app.services import log, talents
from socialwork_app.services.exams import Exams
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at; nothing that stops work. `name` is the person concerned."""

    code: str
    message: str
    kind: str
    row_id: int
    name: str


class Quality:
    def __init__(self, opened: OpenRegister) -> None:
        self.opened = opened

    def integrity(self) -> str:
        """ "ok", or what is wrong with the file."""
        return migrate.integrity(self.opened.database.path, self.opened.database.key)

    def log(self, control: Control | None = None) -> str:
        """ "ok", or where the log of changes was tampered with."""
        return log.problem(self.opened, control)

    def findings(self, control: Control | None = None) -> tuple[Finding, ...]:
        return tuple((control or Control()).each(self._findings()))

    def _findings(self) -> Iterator[Finding]:
        seen: dict[tuple[object, object], int] = {}
        keys = ("name", "id_number", "birth_date", "township")
        for row in Records(self.opened, "people").all_rows(Filter(), keys):
            values = row.values
            if not values["id_number"]:
                yield _finding("quality.id_missing", "people", row.id, values["name"])
            if not values["township"]:
                yield _finding("quality.place_missing", "people", row.id, values["name"])
            twin = (values["name"], values["birth_date"])
            if values["birth_date"] and seen.setdefault(twin, row.id) != row.id:
                yield _finding("quality.same_person", "people", row.id, values["name"])
        for row in Records(self.opened, "certificates").all_rows(Filter(), ("name", "certificate_number")):
            if not row.values["certificate_number"]:
                yield _finding("quality.certificate_without_number", "certificates", row.id, row.values["name"])
        yield from self._against_the_rules()
        with self.opened.database.read() as connection:
            unproven = learning.without_proof(connection, self.opened.schema)
        for row_id, name in unproven:
            yield _finding("quality.learning_without_proof", "learning", row_id, name)
        yield from self._courses()

    def _against_the_rules(self) -> Iterator[Finding]:
        """Of this and the next exam: who signed up though the rules say no, and declared nothing."""
        year = self.opened.today().year
        with self.opened.database.read() as connection:
            entries = exam_entries.without_reason(connection, self.opened.schema, (year, year + 1))
        refused = Exams(self.opened).refused((one["person_id"], one["level"], one["year"]) for one in entries)
        label = self.opened.catalogue.code_lists["level"].label
        for one in entries:
            lacking = refused.get((one["person_id"], one["level"], one["year"]))
            if lacking:
                yield _finding("quality.entry_without_reason", "exam_entries", one["id"], one["name"],
                               year=one["year"], level=label(one["level"]), lacking=lacking)  # fmt: skip

    def _courses(self) -> Iterator[Finding]:
        """What of courses does not fit together; most of it can come in by import only."""
        for code, kind, read in (
            ("quality.course_session_twice", "course_sessions", attendance.sessions_twice),
            ("quality.two_courses_at_once", "training_signups", attendance.at_two_places),
            ("quality.attendance_without_session", "attendance", attendance.without_session),
        ):
            with self.opened.database.read() as connection:
                found = read(connection, self.opened.schema)
            for row_id, name in found:
                yield _finding(code, kind, row_id, name)
        for one in talents.twice_paid(self.opened, self.opened.today()):
            yield _finding("quality.two_allowances", "people", one.person_id, one.name, titles="、".join(one.titles))


def _finding(code: str, kind: str, row_id: int, name: object, **values: object) -> Finding:
    return Finding(code, sentence(code, **values), kind, row_id, str(name))
