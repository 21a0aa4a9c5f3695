"""Steps that are measured in a process of their own: `python -m tests.benchmark.steps STEP WORD …` prints JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from socialwork_app import bootstrap
from socialwork_app.foundation.memory import collector_paused
from tests.benchmark import learners, material
from tests.benchmark.figures import Numbers, peak_megabytes, timed

ROSTER = "certified"
FACTS = """
    SELECT people.id, name, id_number, township, people.employer, people.education, people.degree, people.major,
           social_work_since, status, status_on, study_mode, educations.education, educations.degree, educations.major,
           enrolled_on, graduated_on, "from", "to", social_work, full_time, level, approved_on
    FROM people
    LEFT JOIN educations ON educations.person_id = people.id
    LEFT JOIN employment ON employment.person_id = people.id
    LEFT JOIN certificates ON certificates.person_id = people.id
    ORDER BY people.id
"""
UPDATE = """
    UPDATE exam_entries SET ticket_numbers = ?, comprehensive = ?, policy = ?, practice = ?
    WHERE person_id = (SELECT id FROM people WHERE id_number = ?) AND year = ? AND level = ?
"""
SUMS = "SELECT person_id, count(*), sum(hours) FROM learning GROUP BY person_id"


def rows(connection: Any, query: str) -> Iterator[tuple[Any, ...]]:
    """One by one, as the driver gives them."""
    return iter(connection.exec_driver_sql(query).cursor)


def import_workbook(workbook: str) -> Numbers:
    """Read, check and apply, into a register that has nobody in it."""
    from socialwork_app.services.imports import Imports

    numbers: Numbers = {}
    with TemporaryDirectory() as folder:
        opened, _ = bootstrap.register_files().create(Path(folder) / "register", "示例区社会工作部", None)
        imports = Imports(opened)
        with timed(numbers, "seconds"):
            with timed(numbers, "read"):
                reading = imports.read(Path(workbook), "certificates")
            with timed(numbers, "check"):
                preview = imports.check(reading)
            with timed(numbers, "apply"):
                result = imports.apply(preview)
        opened.close()
    assert result.created == result.read > 0, "a row was refused: this is no measurement"
    return numbers | {"rows": result.created, "peak": peak_megabytes()}


def bare_import(workbook: str) -> Numbers:
    """The same values by calamine and `executemany` into a plain table of an encrypted file."""
    return _bare(workbook)


def _bare(workbook: str) -> Numbers:
    from python_calamine import CalamineWorkbook

    from socialwork_app.persistence.database import sqlcipher

    numbers: Numbers = {}
    with TemporaryDirectory() as folder, timed(numbers, "seconds"):
        _, *rows = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
        marks = ", ".join("?" * len(rows[0]))
        connection = sqlcipher.connect(str(Path(folder) / "plain.db"))
        connection.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"")
        connection.execute(f"CREATE TABLE plain ({', '.join(f'c{number}' for number in range(len(rows[0])))})")
        connection.executemany(f"INSERT INTO plain VALUES ({marks})", rows)
        connection.commit()
        connection.close()
    return numbers | {"rows": len(rows), "peak": peak_megabytes()}


def eligibility(register: str, level: str) -> Numbers:
    """Everybody at one level this year, and the one query that reads the same facts."""
    from socialwork_app.services.exams import Exams

    numbers: Numbers = {}
    opened = material.opened(Path(register))
    with collector_paused():  # as window and commands do
        with timed(numbers, "query"), opened.database.stream() as connection:
            numbers["people"] = float(sum(1 for _ in rows(connection, FACTS)))
        with timed(numbers, "seconds"):
            numbers["judged"] = float(sum(1 for _ in Exams(opened).candidates(level, opened.today().year)))
    opened.close()
    return numbers | {"peak": peak_megabytes()}


def hours(register: str) -> Numbers:
    """The periods of everybody that run today with their hours, and the one query that sums the same records."""
    from socialwork_app.services.shortfall import Shortfall

    numbers: Numbers = {}
    opened = material.opened(Path(register))
    with collector_paused():
        with timed(numbers, "query"), opened.database.stream() as connection:
            summed = [count for _, count, _ in rows(connection, SUMS)]
        with timed(numbers, "seconds"):
            numbers["periods"] = float(sum(1 for _ in Shortfall(opened).running(opened.today())))
    opened.close()
    return numbers | {"records": sum(summed), "peak": peak_megabytes()}


def import_scores(register: str, workbook: str) -> Numbers:
    """Read, check and apply over the scores that stand in a copy of the register."""
    from socialwork_app.services.imports import Imports

    numbers: Numbers = {}
    with material.copied(Path(register)) as opened, timed(numbers, "seconds"):
        imports = Imports(opened)
        with timed(numbers, "read"):
            reading = imports.read(Path(workbook), "scores")
        with timed(numbers, "check"):
            preview = imports.check(reading, "update")
        with timed(numbers, "apply"):
            result = imports.apply(preview)
    assert result.batch, "a row was refused: this is no measurement"
    return numbers | {"rows": result.read, "peak": peak_megabytes()}


def bare_scores(workbook: str) -> Numbers:
    """The same cells by calamine and `executemany` into a plain table of an encrypted file."""
    return _bare(workbook)


def bare_updates(register: str, workbook: str) -> Numbers:
    """The same scores by calamine and `executemany` where they belong, in a copy of the register: found by ID number, year
    and level, without a check, a comparison or a word of history."""
    from python_calamine import CalamineWorkbook

    numbers: Numbers = {}
    with material.copied(Path(register)) as opened, opened.database.write() as connection:
        connection.exec_driver_sql('DROP TRIGGER "exam_entries_history_U"')
        with timed(numbers, "seconds"):
            _, *found = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
            scored = [(row[8], *(one or None for one in row[9:12]), row[2], row[5], row[6]) for row in found]
            connection.exec_driver_sql(UPDATE, scored)
            connection.commit()
    return numbers | {"rows": len(found)}


def export_roster(register: str) -> Numbers:
    from socialwork_app.services.exports import Exports

    numbers: Numbers = {}
    opened = material.opened(Path(register))
    with TemporaryDirectory() as folder, timed(numbers, "seconds"):
        exported = Exports(opened).export(ROSTER, Path(folder) / "roster.xlsx")
    opened.close()
    return numbers | {"rows": exported.rows, "peak": peak_megabytes()}


def bare_export(register: str) -> Numbers:
    """The cells of the same roster, which lie in memory, in XlsxWriter's plainest loop."""
    from xlsxwriter import Workbook

    from socialwork_app.services.exports import Exports

    numbers: Numbers = {}
    opened = material.opened(Path(register))
    [(_, rows)] = Exports(opened).sheets(ROSTER)
    opened.close()
    with TemporaryDirectory() as folder, timed(numbers, "seconds"):
        options = {"constant_memory": True, "tmpdir": folder}
        with Workbook(str(Path(folder) / "bare.xlsx"), options) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
    return numbers | {"rows": len(rows)}


def make_register(folder: str, people: str) -> Numbers:
    numbers: Numbers = {}
    with timed(numbers, "seconds"):
        material.make(Path(folder), int(people))
    return numbers | {"rows": int(people), "peak": peak_megabytes()}


def make_learners(folder: str, people: str) -> Numbers:
    numbers: Numbers = {}
    with timed(numbers, "seconds"):
        learners.make(Path(folder), Path(people))
    return numbers | {"peak": peak_megabytes()}


STEPS: dict[str, Callable[..., Numbers]] = {
    step.__name__: step
    for step in (
        import_workbook,
        bare_import,
        eligibility,
        hours,
        import_scores,
        bare_scores,
        bare_updates,
        export_roster,
        bare_export,
        make_register,
        make_learners,
    )
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
