"""The register's folder: opening, refusing, upgrading, backing up."""

import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError, RegisterUnavailable
from socialwork_app.persistence import migrate
from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.services import backups, restoring, samples
from socialwork_app.services.accounts import Accounts
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import KEY_FILE, RegisterFiles
from tests import nickname

PASSWORD = "正确的密码 42"
RELEASED = Path(__file__).parent / "released"


@pytest.fixture
def folder(tmp_path: Path, files: RegisterFiles) -> Path:
    """A closed register with a password and one person."""
    opened, _ = files.create(tmp_path / "册", "测试单位", PASSWORD)
    Records(opened, "people").save(Draft({"name": "张三"}))
    opened.close()
    return tmp_path / "册"


def refusal(files: RegisterFiles, folder: Path, password: str = PASSWORD) -> str:
    with pytest.raises(RegisterUnavailable) as caught:
        files.open(folder, password)
    return caught.value.code


def test_every_reason_has_a_code_of_its_own(files: RegisterFiles, folder: Path, tmp_path: Path):
    assert refusal(files, folder, "别的密码") == "password.wrong"
    assert refusal(files, tmp_path / "没有") == "register.missing"
    keys = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).unlink()
    assert refusal(files, folder) == "key_file.missing"
    (folder / KEY_FILE).write_bytes(keys[:-20])
    assert refusal(files, folder) == "key_file.damaged"
    (folder / KEY_FILE).write_bytes(keys)
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[:4096] = bytes(4096)
    (folder / FILE_NAME).write_bytes(data)
    assert refusal(files, folder) == "register.damaged"


def test_a_damaged_file_is_told_by_us_alone(files: RegisterFiles, folder: Path, capfd: pytest.CaptureFixture[str]):
    """The library's own lines would stand in English on a terminal."""
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[20] ^= 1
    (folder / FILE_NAME).write_bytes(data)
    assert refusal(files, folder) == "register.damaged"
    assert capfd.readouterr().err == ""


def test_a_second_program_is_kept_out_and_let_in_after_a_crash(files: RegisterFiles, folder: Path):
    hold = (
        "import sys; from pathlib import Path; from socialwork_app import bootstrap\n"
        f"opened = bootstrap.register_files().open(Path({str(folder)!r}), {PASSWORD!r})\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-X", "utf8", "-c", hold]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"open"
        assert refusal(files, folder) == "register.in_use"
        child.kill()
        child.wait()
    files.open(folder, PASSWORD).close()


def test_nothing_readable_lies_on_the_disk(files: RegisterFiles, folder: Path):
    opened = files.open(folder, PASSWORD)
    Records(opened, "people").save(Draft({"name": "王建国示例", "phone": "19900001234"}))
    for path in folder.iterdir():
        data = path.read_bytes()
        assert "王建国示例".encode() not in data
        assert b"19900001234" not in data
        assert b"SQLite format" not in data
    opened.close()


def test_the_recovery_code_opens_and_a_new_password_replaces_the_old(files: RegisterFiles, tmp_path: Path):
    opened, code = files.create(tmp_path / "r", "测试单位", PASSWORD)
    opened.close()
    opened = files.open(tmp_path / "r", recovery_code=code)
    Accounts(opened).change_password(code, "新的密码 43")
    opened.close()
    assert refusal(files, tmp_path / "r") == "password.wrong"
    files.open(tmp_path / "r", "新的密码 43").close()


def test_a_newer_file_is_refused_and_left_alone(files: RegisterFiles, tmp_path: Path):
    opened, _ = files.create(tmp_path / "r", "测试单位", None)
    key = opened.database.key
    opened.close()
    connection = connect(tmp_path / "r" / FILE_NAME, key)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = (tmp_path / "r" / FILE_NAME).read_bytes()
    assert refusal(files, tmp_path / "r", "") == "register.newer"
    assert (tmp_path / "r" / FILE_NAME).read_bytes() == before


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_migrations_make_the_declared_schema(opened: OpenRegister):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with opened.database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), opened.schema.metadata)
    assert differences == []


def test_the_newest_migration_is_the_known_head():
    versions = sorted(path.name[:4] for path in (migrate.SCRIPTS / "versions").glob("[0-9]*.py"))
    assert versions[-1] == migrate.HEAD
    assert {path.name for path in RELEASED.iterdir()} == set(versions)


@pytest.mark.parametrize("revision", sorted(path.name for path in RELEASED.iterdir()))
def test_a_register_of_every_released_revision_opens_with_all_its_rows(
    files: RegisterFiles, tmp_path: Path, revision: str
):
    shutil.copytree(RELEASED / revision, tmp_path / "r")
    opened = files.open(tmp_path / "r")
    assert Records(opened, "people").count(Filter()) == 12
    assert Records(opened, "certificates").count(Filter()) > 0
    assert opened.settings()["owner"] == "示例单位"
    Records(opened, "people").save(Draft({"name": "张三"}))
    opened.close()


def test_an_older_file_is_upgraded_on_a_copy(files: RegisterFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A field added by a migration: children stay, triggers come back, the old file stands beside the new one."""
    opened, _ = files.create(tmp_path / "r", "测试单位", None)
    samples.fill(opened, 30)
    opened.close()
    newer = nickname.declare(files, tmp_path, monkeypatch)
    opened = newer.open(tmp_path / "r")
    assert Records(opened, "people").count(Filter()) == 30
    assert Records(opened, "certificates").count(Filter()) > 0
    person = Records(opened, "people").save(Draft({"name": "张三", "nickname": "小张"})).id
    Records(opened, "people").save(Draft({"nickname": "老张"}, id=person))
    from socialwork_app.services.history import History

    assert [(line.field_label, line.old) for line in History(opened).of("people", person or 0)][0] == (
        "曾用名字",
        "小张",
    )
    opened.close()
    assert (tmp_path / "r" / f"register.before-{nickname.NEXT}").is_file()


def test_backup_and_restore_hold_the_same_rows(files: RegisterFiles, folder: Path, tmp_path: Path):
    opened = files.open(folder, PASSWORD)
    counts = backups.Backups(opened).backup(tmp_path / "备份.swbak")
    opened.close()
    assert counts["people"] == 1
    restored = restoring.restore(files, tmp_path / "备份.swbak", tmp_path / "恢复", PASSWORD)
    assert restored == counts
    opened = files.open(tmp_path / "恢复", PASSWORD)
    assert Records(opened, "people").count(Filter("zs")) == 1
    opened.close()


def test_a_restore_that_fails_leaves_no_folder(files: RegisterFiles, folder: Path, tmp_path: Path):
    opened = files.open(folder, PASSWORD)
    backups.Backups(opened).backup(tmp_path / "a.swbak")
    opened.close()
    with pytest.raises(RegisterUnavailable, match=r"password\.wrong"):
        restoring.restore(files, tmp_path / "a.swbak", tmp_path / "b", "别的密码")
    (tmp_path / "bad.swbak").write_bytes((tmp_path / "a.swbak").read_bytes()[:5000])
    with pytest.raises(DomainError, match=r"backup\.damaged"):
        restoring.restore(files, tmp_path / "bad.swbak", tmp_path / "b", PASSWORD)
    with zipfile.ZipFile(tmp_path / "odd.swbak", "w") as archive:
        archive.writestr("../evil", "x")
    with pytest.raises(DomainError, match=r"backup\.damaged"):
        restoring.restore(files, tmp_path / "odd.swbak", tmp_path / "b", PASSWORD)
    assert not (tmp_path / "b").exists()
    with pytest.raises(DomainError, match=r"register\.exists"):
        restoring.restore(files, tmp_path / "a.swbak", folder, PASSWORD)


def test_one_writer_leaving_early_rolls_back(opened: OpenRegister):
    with pytest.raises(RuntimeError), opened.change("save") as change:
        change.insert("people", {"name": "张三", "id_type": "居民身份证", "status": "here"})
        raise RuntimeError
    with opened.change("save") as change:
        change.insert("people", {"name": "李四", "id_type": "居民身份证", "status": "here"})
    assert Records(opened, "people").count(Filter()) == 0


def test_rules_that_a_newer_program_brings_come_once(files: RegisterFiles, folder: Path):
    """Also where the tables are the same; what the officer took out since does not come back."""

    def rules_with(program: RegisterFiles) -> set[str]:
        opened = program.open(folder, PASSWORD)
        found = {str(row.values["rule"]): row.id for row in Records(opened, "rules").all_rows(Filter(), ("rule",))}
        Records(opened, "rules").delete([found[name] for name in found if name in ("due.warn_days", "due.new")])
        opened.close()
        return set(found)

    new = {**files.seeds.plain["rules"][0], "rule": "due.new"}
    newer = RegisterFiles(files.catalogue, replace(files.seeds, plain={"rules": (*files.seeds.plain["rules"], new)}))
    assert "due.new" not in rules_with(files) and "due.warn_days" not in rules_with(files)
    assert {"due.new", "due.warn_days"} <= rules_with(newer)
    assert not {"due.new", "due.warn_days"} & rules_with(newer)
