"""Backups that prove themselves, rotate, reach a second disk, and come back."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from socialwork_app.domain import backup_rotation as rotation
from socialwork_app.domain.backup_rotation import Keeping
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.roles import Role
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import DomainError, EnvironmentRefused, RegisterUnavailable
from socialwork_app.foundation.jobs import Cancelled, Control
from socialwork_app.persistence import proof, rows
from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.services import backups, restoring
from socialwork_app.services.accounts import Accounts
from socialwork_app.services.automatic_backups import AutomaticBackups
from socialwork_app.services.backups import MANIFEST, WORK, Backups
from socialwork_app.services.opened import DEMO, OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import KEY_FILE, RegisterFiles

NOON = datetime(2026, 3, 17, 12, 0).astimezone()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[datetime], None]]:
    """Sets the clock."""

    def set_to(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    set_to(NOON)
    return set_to


@pytest.fixture
def kept(opened: OpenRegister, at: Callable[[datetime], None]) -> AutomaticBackups:
    """Of a register that is no sample."""
    opened.set_setting(DEMO, "0")
    return AutomaticBackups(opened)


class Stopping(Control):
    """Asked to stop at the n-th step."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Cancelled


def held_in(file: Path, folder: Path, opened: OpenRegister) -> dict[str, int]:
    backups.unpack(file, folder, (FILE_NAME,), Control())
    return dict(proof.held(folder / FILE_NAME, opened.file.key).counts)


def test_an_automatic_backup_stands_beside_the_register_and_holds_what_it_held(kept, opened, save, tmp_path):
    save("people", name="测试")
    done = kept.run()
    assert done.file.parent == tmp_path / "register备份"
    assert done.counts["people"] == 1
    assert held_in(done.file, tmp_path / "look", opened) == done.counts
    assert not (opened.folder / WORK).exists()
    assert [file.name for file in done.file.parent.iterdir()] == [done.file.name]


def test_what_was_opened_is_the_very_file_that_was_written(kept, opened, save, monkeypatch):
    """Bytes that a bad disk gives back otherwise than they were written."""
    first = kept.run().file
    save("people", name="测试")
    pack = backups.pack

    def spoilt(target: Path, *more: object) -> None:
        pack(target, *more)
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr(backups, "pack", spoilt)
    with pytest.raises((DomainError, RegisterUnavailable)):
        kept.run()
    assert [*first.parent.iterdir()] == [first]
    assert len(kept.state().warnings) == 1 and "没有完成" in kept.state().warnings[0]
    assert kept.state().file == str(first)


def test_a_copy_that_lacks_a_row_is_noticed(kept, opened, save, monkeypatch):
    save("people", name="测试")
    copy = proof.copy

    def losing(source: Path, target: Path, key: bytes, control: Control) -> proof.Held:
        standing = copy(source, target, key, control)
        connection = connect(target, key)
        connection.execute("DROP TRIGGER people_history_D")
        connection.execute("DELETE FROM people")
        connection.close()
        return standing

    monkeypatch.setattr(proof, "copy", losing)
    with pytest.raises(DomainError) as refused:
        kept.run()
    assert refused.value.values["tables"] == "people"


def test_a_copy_beside_a_busy_writer_is_of_one_moment(opened, save, tmp_path, monkeypatch):
    """Somebody saves between any two steps of it."""
    monkeypatch.setattr(proof, "PAGES", 20)
    save("people", name="先到")
    steps = 0

    class Writing(Control):
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            nonlocal steps
            if what == proof.COPYING:
                steps += 1
                save("people", name=f"后来{steps}")

    standing = proof.copy(opened.file.path, tmp_path / "copy.db", opened.file.key, Writing())
    assert steps > 5 and standing.counts["people"] == 1
    assert proof.held(tmp_path / "copy.db", opened.file.key) == standing
    assert Records(opened, "people").count(Filter()) == 1 + steps


def test_a_log_that_was_tampered_with_is_told_by_the_next_backup(kept, opened, save):
    save("people", name="测试")
    connection = connect(opened.file.path, opened.file.key)
    connection.execute("DROP TRIGGER changes_no_UPDATE")
    connection.execute("UPDATE changes SET \"by\" = '别人' WHERE action = 'save'")
    connection.close()
    kept.run()
    assert any("操作日志有 1 处" in warning for warning in kept.state().warnings)


def test_it_is_wanted_only_after_something_changed(kept, opened, save):
    assert kept.wanted()
    kept.run()
    assert not kept.wanted() and not kept.due()
    opened.set_setting("note", "x", "backup")
    assert not kept.wanted()
    save("people", name="测试")
    assert kept.wanted() and not kept.due()


def test_one_a_day_is_due(kept, save, at):
    kept.run()
    save("people", name="测试")
    at(NOON + timedelta(days=1))
    assert kept.due()
    kept.run()
    assert not kept.due()


def test_neither_a_sample_nor_an_auditor_makes_one(kept, opened):
    opened.role = Role.AUDITOR
    assert not kept.wanted()
    with pytest.raises(DomainError, match=r"role\.refused"):
        Backups(opened).backup(opened.folder / "b.zip")
    opened.role = Role.EDITOR
    assert kept.wanted()
    opened.role = Role.ADMINISTRATOR
    opened.set_setting(DEMO, "1")
    assert not kept.wanted()


def test_rotation_keeps_days_weeks_and_months():
    made = [NOON.replace(tzinfo=None) - timedelta(hours=12 * number) for number in range(1_000)]
    staying = sorted(rotation.kept(made, Keeping()), reverse=True)
    assert [one.date() for one in staying[:7]] == [(NOON - timedelta(days=number)).date() for number in range(7)]
    assert len(staying) == 7 + 2 + 11  # two of the weeks and one of the months end within the days
    assert {(one.year, one.month) for one in staying} == {(2025, month) for month in range(4, 13)} | {
        (2026, 1), (2026, 2), (2026, 3)}  # fmt: skip
    assert rotation.kept(made, Keeping(0, 0, 0)) == {made[0]}
    assert rotation.kept([], Keeping()) == frozenset()


def test_old_backups_go_and_nothing_else_does(kept, opened, at):
    first = kept.run().file
    folder = first.parent
    foreign = ["登记册备份-00000000-20200101-120000.zip", "名册.xlsx", first.name.replace("-20260317", "-20261317"),
               first.name.replace(".zip", " (1).zip")]  # fmt: skip
    for name in foreign:
        (folder / name).write_bytes(b"x")
    left = folder / f".{first.stem}.abc.zip"
    left.write_bytes(b"half")
    kept.arrange(replace(kept.arrangement(), keeping=Keeping(2, 0, 0)))
    made = []
    for day in range(1, 4):
        at(NOON + timedelta(days=day))
        made.append(kept.run())
    assert [file for done in made for file in done.removed] == [first, made[0].file]
    assert {file.name for file in folder.iterdir()} == {*foreign, made[1].file.name, made[2].file.name}


def test_the_backup_just_made_stays_where_the_clock_was_moved_back(kept, at):
    kept.arrange(replace(kept.arrangement(), keeping=Keeping(1, 0, 0)))
    late = kept.run().file
    at(NOON - timedelta(days=400))
    early = kept.run().file
    assert late.exists() and early.exists()


def test_the_second_disk_has_the_same_bytes_and_its_absence_is_told(kept, save, at, tmp_path):
    stick = tmp_path / "优盘"
    kept.arrange(replace(kept.arrangement(), second=str(stick)))
    done = kept.run()
    assert done.second is None and str(stick) in done.second_problem
    assert not stick.exists()
    at(NOON + timedelta(days=31))
    assert [one for one in kept.state().warnings if str(stick) in one and "31 天" in one]
    stick.mkdir()
    done = kept.run()
    assert done.second == stick / done.file.name
    assert done.second.read_bytes() == done.file.read_bytes()
    assert kept.state().warnings == () and kept.state().second_at == (NOON + timedelta(days=31)).isoformat(
        timespec="minutes"
    )
    assert [*stick.iterdir()] == [done.second]


def test_a_second_disk_that_is_full_does_not_cost_the_first_backup(kept, monkeypatch, tmp_path):
    (tmp_path / "stick").mkdir()
    kept.arrange(replace(kept.arrangement(), second=str(tmp_path / "stick")))
    require = backups.disk.require_free

    def full(folder: Path, size: int) -> None:
        if folder.name == "stick":
            raise EnvironmentRefused("disk.full", path=str(folder))
        require(folder, size)

    monkeypatch.setattr(backups.disk, "require_free", full)
    done = kept.run()
    assert done.file.exists() and "空间不足" in done.second_problem
    assert kept.state().at and not kept.state().second_at


def test_no_room_is_found_before_anything_is_written(kept, opened, monkeypatch):
    def none(folder: Path, size: int) -> None:
        assert size >= opened.file.path.stat().st_size
        raise EnvironmentRefused("disk.full", path=str(folder))

    monkeypatch.setattr(backups.disk, "require_free", none)
    with pytest.raises(EnvironmentRefused):
        kept.run()
    assert not kept.arrangement().folder.exists()
    assert "磁盘空间不足" in kept.state().warnings[-1]


def test_a_backup_can_be_cut_short_at_every_step(kept, opened, save):
    save("people", name="测试")
    first = kept.run().file
    steps = 0
    while True:
        try:
            kept.run(Stopping(steps))
            break
        except Cancelled:
            assert [*first.parent.iterdir()] == [first]
            assert not (opened.folder / WORK).exists()
            steps += 1
    assert steps > 5


def test_places_must_differ(kept, opened, tmp_path):
    arranged = kept.arrangement()
    for wrong in (replace(arranged, second=str(arranged.folder)), replace(arranged, folder=opened.folder)):
        with pytest.raises(DomainError, match=r"backup\.places_alike"):
            kept.arrange(wrong)
    assert kept.arrangement() == arranged


def test_never_and_long_ago_are_warned_of(kept, at):
    assert kept.state().warnings == ("登记册尚未备份。",)
    kept.run()
    assert kept.state().warnings == ()
    at(NOON + timedelta(days=7, minutes=1))
    assert kept.state().warnings == ("已有 7 天没有备份。",)


def test_a_sample_is_not_warned_about(opened):
    assert AutomaticBackups(opened).state().warnings == ()


# compare and restore


def test_a_backup_is_compared_with_what_stands(kept, opened, save):
    one, two = save("people", name="甲一"), save("people", name="乙二")
    Backups(opened).backup(opened.folder.parent / "b.zip")
    Records(opened, "people").save(Draft({"name": "甲三"}, id=one))
    Records(opened, "people").delete([two])
    opened.user = "后来的人"
    for number in range(3):
        save("people", name=f"丙{number}")
    found = restoring.compare(opened, opened.folder.parent / "b.zip")
    assert found.same
    people = next(one for one in found.differences if one.kind == "people")
    assert (people.there, people.here, people.only_there, people.only_here, people.changed) == (2, 4, 1, 3, 1)
    others = [one for one in found.differences if one.kind != "people"]
    assert all((one.only_there, one.only_here, one.changed) == (0, 0, 0) for one in others)
    assert found.newest_there and found.newest_there.by != "后来的人"
    assert found.newest_here and found.newest_here.by == "后来的人"
    assert not (opened.folder / WORK).exists()


def test_the_backup_of_another_register_is_told(kept, opened, files, tmp_path):
    kept.run()
    other, _ = files.create(tmp_path / "other", "别处", None)
    AutomaticBackups(other).run()
    file = next((tmp_path / "other备份").iterdir())
    other.close()
    assert not restoring.compare(opened, file).same


def test_a_backup_with_a_password_is_compared_with_it(kept, opened, files, tmp_path):
    other, code = files.create(tmp_path / "other", "别处", "correct-Horse-7")
    Backups(other).backup(tmp_path / "b.zip")
    other.close()
    with pytest.raises(RegisterUnavailable, match=r"password\.wrong"):
        restoring.compare(opened, tmp_path / "b.zip", "falsch")
    assert not (opened.folder / WORK).exists()
    for secret in ("correct-Horse-7", code):
        assert restoring.compare(opened, tmp_path / "b.zip", secret).differences


def test_only_an_administrators_password_restores(files, tmp_path):
    opened, code = files.create(tmp_path / "r", "测试单位", "correct-Horse-7")
    Accounts(opened).add("小王", Role.EDITOR, "quiet-Lamp-88")
    Backups(opened).backup(tmp_path / "b.zip")
    opened.close()
    with pytest.raises(DomainError, match=r"role\.refused"):
        restoring.restore(files, tmp_path / "b.zip", tmp_path / "new", "quiet-Lamp-88")
    assert not (tmp_path / "new").exists()
    for number, secret in enumerate(("correct-Horse-7", code)):
        assert restoring.restore(files, tmp_path / "b.zip", tmp_path / f"new{number}", secret)["account"] == 2


def test_a_restore_that_is_cut_short_leaves_no_folder(opened, files, tmp_path):
    Backups(opened).backup(tmp_path / "b.zip")
    for steps in range(3):
        with pytest.raises(Cancelled):
            restoring.restore(files, tmp_path / "b.zip", tmp_path / "new", control=Stopping(steps))
        assert {one.name for one in tmp_path.iterdir()} == {"register", "b.zip"}
    (tmp_path / ".new.restoring").mkdir()
    (tmp_path / ".new.restoring" / FILE_NAME).write_bytes(b"of one that was killed")
    (tmp_path / "new").mkdir()
    restoring.restore(files, tmp_path / "b.zip", tmp_path / "new")
    files.open(tmp_path / "new").close()
    assert not (tmp_path / ".new.restoring").exists()
    with pytest.raises(DomainError, match=r"restore\.folder_not_empty"):
        restoring.restore(files, tmp_path / "b.zip", tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: made.update({"../evil": b"x"}),
        lambda made: made.update({"C:\\evil": b"x"}),
        lambda made: made.pop(KEY_FILE),
        lambda made: made.update({MANIFEST: b"[]"}),
        lambda made: made.update({MANIFEST: b"[" * 100_000}),
        lambda made: made.update({MANIFEST: b'{"counts": {"people": "many"}}'}),
        lambda made: made.update({KEY_FILE: b"x" * 2_000_000}),
        lambda made: made.update({FILE_NAME: made[FILE_NAME][:5_000]}),
    ],
)
def test_what_is_no_backup_writes_nothing(opened, files, tmp_path, spoil):
    Backups(opened).backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    spoil(members)
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    before = {one.name for one in tmp_path.iterdir()}
    with pytest.raises((DomainError, RegisterUnavailable)) as refused:
        restoring.restore(files, tmp_path / "bad.zip", tmp_path / "new")
    assert sentence_of(refused.value)
    assert {one.name for one in tmp_path.iterdir()} == before


def test_packed_or_doubled_members_are_refused(opened, files, tmp_path):
    Backups(opened).backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive, pytest.warns(UserWarning):
        for name, data in [*members.items(), (MANIFEST, b"{}")]:
            archive.writestr(name, data)
    for name in ("packed.zip", "twice.zip"):
        with pytest.raises(DomainError, match=r"backup\.damaged"):
            restoring.restore(files, tmp_path / name, tmp_path / "new")


def test_settings_of_backups_are_in_the_log(kept, opened):
    kept.run()
    with opened.file.read() as connection:
        last = rows.change(connection, opened.schema, proof.held(opened.file.path, opened.file.key).newest)
    assert last and last["action"] == "backup" and str(kept.arrangement().folder) in last["detail"]


def test_restored_files_are_those_of_a_register(opened, files: RegisterFiles, tmp_path):
    Backups(opened).backup(tmp_path / "b.zip")
    restoring.restore(files, tmp_path / "b.zip", tmp_path / "new")
    assert {FILE_NAME, KEY_FILE} <= {one.name for one in (tmp_path / "new").iterdir()}
