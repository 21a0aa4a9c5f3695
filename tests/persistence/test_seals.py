"""The log is only added to, and what was done to it past the program is noticed and named."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from socialwork_app.foundation import clock
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.persistence import seals
from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.services import samples
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import RegisterFiles
from tests import nickname

RELEASED = Path(__file__).parent / "released"
Logged = list[int]


@pytest.fixture
def logged(opened: OpenRegister) -> Logged:
    """The changes by which two people came, one of them was edited twice, and the other deleted."""
    people = Records(opened, "people")
    one, other = (people.save(Draft({"name": name})) for name in ("张三", "李四"))
    edits = [people.save(Draft({"position": post}, id=one.id)) for post in ("社工", "督导")]
    gone = people.delete([other.id or 0])
    return [made.changes.change_id or 0 for made in (one, other, *edits)] + [gone.change_id or 0]


@contextmanager
def unguarded(opened: OpenRegister) -> Iterator[Connection]:
    """As somebody has it who opens the file with another program: no triggers. Nothing of it stays."""
    with opened.file.write() as connection:
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield connection


def breaks(connection: Connection) -> list[tuple[int, int]]:
    return [(one.first, one.change_id) for one in seals.verify(connection, Control())]


def test_whatever_the_program_does_keeps_the_chain_whole(opened: OpenRegister, logged: Logged):
    samples.fill(opened, 30)
    History(opened).undo(logged[-1])
    opened.set_setting("owner", "另一单位")
    with opened.file.read() as connection:
        assert breaks(connection) == []
        assert connection.exec_driver_sql("SELECT count(*) FROM changes WHERE seal IS NULL").scalar() == 0


def test_any_cell_of_the_log_that_is_altered_is_noticed_at_its_change(opened: OpenRegister, logged: Logged):
    with unguarded(opened) as connection:
        connection.exec_driver_sql("SAVEPOINT untouched")
        for table, key, row, column in list(_cells(connection, logged[0])):
            changed = f'UPDATE "{table}" SET "{column}" = \'x9\' WHERE "{key}" = {row}'
            if column not in ("id", "hid", "change_id"):
                change = row if table == "changes" else _change_of(connection, row)
                connection.exec_driver_sql(changed)
                assert change in [last for _, last in breaks(connection)], changed
                connection.exec_driver_sql("ROLLBACK TO untouched")


def _cells(connection: Connection, since: int) -> Iterator[tuple[str, str, int, str]]:
    for table, key, own in (("changes", "id", "id"), ("people_history", "hid", "change_id")):
        columns = connection.exec_driver_sql(f"SELECT name FROM pragma_table_info('{table}')").scalars().all()
        rows = connection.exec_driver_sql(f"SELECT {key} FROM {table} WHERE {own} >= {since}").scalars().all()
        yield from ((table, key, row, column) for row in rows for column in columns)


def _change_of(connection: Connection, hid: int) -> int:
    return connection.exec_driver_sql("SELECT change_id FROM people_history WHERE hid = ?", (hid,)).scalar_one()


PUT_IN = "INSERT INTO people_history (change_id, op, row_id, position) VALUES ({}, 'U', 1, '会计')"
ANOTHER = "INSERT INTO changes (at, by, action) VALUES ('2020-01-01T00:00:00+08:00', '别人', 'save')"
DONE_TO_IT: dict[str, Callable[[Logged], tuple[list[str], list[tuple[int, int]]]]] = {
    "a history row taken out": lambda log: (
        [f"DELETE FROM people_history WHERE change_id = {log[2]}"], [(log[2], log[2])]),
    "a history row put in": lambda log: ([PUT_IN.format(log[3])], [(log[3], log[3])]),
    "a history row moved to another change": lambda log: (
        [f"UPDATE people_history SET change_id = {log[3]} WHERE change_id = {log[2]}"],
        [(log[2], log[2]), (log[3], log[3])]),
    "a history row of a change to come": lambda log: ([PUT_IN.format(log[4] + 1)], [(log[4] + 1, log[4] + 1)]),
    "a change taken out": lambda log: (
        [f"DELETE FROM {table} WHERE {key} = {log[2]}" for table, key in
         (("changes", "id"), ("people_history", "change_id"))], [(log[2], log[3])]),
    "the last change taken out": lambda log: (
        [f"DELETE FROM {table} WHERE {key} = {log[4]}" for table, key in
         (("changes", "id"), ("people_history", "change_id"))], [(log[4], log[4])]),
    "a change put in": lambda log: ([ANOTHER], [(log[4] + 1, log[4] + 1)]),
}  # fmt: skip


@pytest.mark.parametrize("done", DONE_TO_IT)
def test_rows_that_go_or_come_past_the_program_are_noticed(opened: OpenRegister, logged: Logged, done: str):
    statements, expected = DONE_TO_IT[done](logged)
    with unguarded(opened) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        assert breaks(connection) == expected


def test_an_end_that_was_cut_off_stays_noticed_when_work_goes_on(opened: OpenRegister, logged: Logged):
    with unguarded(opened) as connection:
        for table, key in (("changes", "id"), ("people_history", "change_id")):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {key} = {logged[-1]}")
        connection.commit()
    saved = Records(opened, "people").save(Draft({"name": "王五"}))
    with opened.file.read() as connection:
        assert [last for _, last in breaks(connection)] == [saved.changes.change_id]


@pytest.mark.parametrize("statement", [
    "UPDATE changes SET by = '别人' WHERE id = 1",
    "DELETE FROM changes WHERE id = 1",
    "UPDATE people_history SET op = 'D'",
    "DELETE FROM people_history",
    PUT_IN.format(1),
    PUT_IN.format("(SELECT max(id) FROM changes)"),
    "UPDATE people SET position = '会计'",
])  # fmt: skip
def test_the_programs_own_connection_is_refused(opened: OpenRegister, logged: Logged, statement: str):
    """The last one writes records outside of any change."""
    with opened.file.write() as connection, pytest.raises(DatabaseError, match="the log is only added to"):
        connection.exec_driver_sql(statement)
    with opened.file.read() as connection:
        assert breaks(connection) == []


def test_an_upgrade_seals_what_was_before_there_were_seals(files: RegisterFiles, tmp_path: Path):
    shutil.copytree(RELEASED / "0003", tmp_path / "r")
    opened = files.open(tmp_path / "r")
    Records(opened, "people").save(Draft({"name": "张三"}))
    with unguarded(opened) as connection:
        assert breaks(connection) == []
        connection.exec_driver_sql("UPDATE changes SET detail = '别的' WHERE id = 2")
        first, last = breaks(connection)[0]
        assert first == 1 and last >= 2
    opened.close()


def test_seals_outlast_a_field_that_a_later_program_adds(
    files: RegisterFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    opened, _ = files.create(tmp_path / "r", "测试单位", None)
    person = Records(opened, "people").save(Draft({"name": "张三"})).id
    Records(opened, "people").save(Draft({"name": "张三丰"}, id=person))
    opened.close()
    opened = nickname.declare(files, tmp_path, monkeypatch).open(tmp_path / "r")
    Records(opened, "people").save(Draft({"nickname": "小张"}, id=person))
    with opened.file.read() as connection:
        assert breaks(connection) == []
    opened.close()


def test_what_another_program_did_to_the_closed_file_is_noticed(
    files: RegisterFiles, opened: OpenRegister, logged: Logged
):
    folder, key = opened.folder, opened.file.key
    opened.close()
    connection = connect(folder / FILE_NAME, key)
    connection.execute("DROP TRIGGER changes_no_UPDATE")
    connection.execute("UPDATE changes SET by = '别人' WHERE id = ?", (logged[0],))
    connection.close()
    opened = files.open(folder)
    with opened.file.read() as reading:
        found = seals.verify(reading, Control())
    assert [(one.change_id, one.by, one.action) for one in found] == [(logged[0], "别人", "save")]
    opened.close()


def test_going_through_the_log_can_be_broken_off(opened: OpenRegister, logged: Logged):
    class Stop(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    with opened.file.read() as connection, pytest.raises(Cancelled):
        seals.verify(connection, Stop())


def test_a_clock_that_is_set_back_is_said_and_no_change_comes_before_the_last(
    opened: OpenRegister, monkeypatch: pytest.MonkeyPatch
):
    late = datetime(2030, 6, 1, 9, 0).astimezone()
    people = Records(opened, "people")
    for at in (late, late - timedelta(days=400), late - timedelta(days=400), late - timedelta(seconds=5), late):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        people.save(Draft({"name": "张三"}))
    with opened.file.read() as connection:
        logged = connection.exec_driver_sql("SELECT at, action, detail FROM changes ORDER BY id DESC LIMIT 6").all()
        assert breaks(connection) == []
    assert {at for at, _, _ in logged} == {late.isoformat(timespec="seconds")}
    said = [detail for _, action, detail in logged if action == "clock"]
    assert said == [(late - timedelta(days=400)).isoformat(timespec="seconds")]


def test_the_row_id_of_a_deleted_record_is_not_given_again(opened: OpenRegister, save: Callable[..., int]):
    """Else the history of two people would be one."""
    one = save("people", name="张三")
    Records(opened, "people").delete([one])
    other = save("people", name="李四")
    assert other != one
    assert [line.action for line in History(opened).of("people", other)] == ["新增"]
