"""Import of scores: who signed up and is not in the list."""

from collections.abc import Iterable, Iterator

from socialwork_app.domain.problems import Severity
from socialwork_app.domain.sentences import sentence
from socialwork_app.persistence import exam_entries
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_tables import RowProblem
from socialwork_app.services.opened import OpenRegister


def not_in_list(opened: OpenRegister, people: Iterable[Plan]) -> Iterator[RowProblem]:
    """One warning for each entry that a list of its year and level passes over and that has no score yet."""
    named = [child for person in people for child in person.children if child.first_row]
    covered = {(child.values["year"], child.values["level"]) for child in named}
    ids = {child.id for child in named}
    with opened.database.read() as connection:
        for year in sorted({int(year or 0) for year, _ in covered}):
            for row in exam_entries.awaiting(connection, opened.schema, year):
                if (year, row["level"]) in covered and row["id"] not in ids:
                    message = sentence("exam.not_in_list", names=row["name"])
                    yield RowProblem("", 0, "", "name", "exam.not_in_list", message, Severity.WARNING)
