"""Another key: what was there is there, what opened opens no more, and a cut at any moment does no harm."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialwork_app.domain.filters import Filter
from socialwork_app.domain.roles import FIRST, Role
from socialwork_app.domain.sentences import sentence
from socialwork_app.foundation.errors import CodedError, RegisterUnavailable
from socialwork_app.persistence import migrate
from socialwork_app.persistence.database import FILE_NAME, fits
from socialwork_app.security.keys import KeyFile
from socialwork_app.services import rekeying
from socialwork_app.services.accounts import Accounts
from socialwork_app.services.backups import Backups
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.services.restoring import restore
from socialwork_app.services.signing_in import KEY_FILE
from tests.services.rekey_cut_off import CUT_OFF

PASSWORD, OTHER = "管理 4242x", "录入 4343y"
NAME = "王芳"
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, files: RegisterFiles) -> Path:
    opened, _ = files.create(tmp_path / "册", "测试单位", PASSWORD)
    Records(opened, "people").save(Draft({"name": "张三"}))
    opened.close()
    return tmp_path / "册"


@pytest.fixture
def opened(folder: Path, files: RegisterFiles) -> Iterator[OpenRegister]:
    made = files.open(folder, PASSWORD)
    yield made
    made.close()


def names(opened: OpenRegister) -> list[object]:
    return [row.values["name"] for row in Records(opened, "people").all_rows(Filter(), ("name",))]


def refusal(files: RegisterFiles, folder: Path, secret: str, account: str = "") -> str:
    with pytest.raises(CodedError) as caught:
        files.open(folder, secret, account=account)
    return caught.value.code


def test_everything_is_there_under_another_key(opened: OpenRegister, files: RegisterFiles, folder: Path):
    old_key, before = opened.file.key, migrate.row_counts(opened.file.path, opened.file.key)
    old_code = Accounts(opened).new_recovery_code(PASSWORD)
    code = rekeying.rekey(opened, PASSWORD)
    assert not fits(folder / FILE_NAME, old_key)
    assert not [path for path in folder.iterdir() if path.name.startswith("register.rekeying")]
    assert refusal(files, folder, old_code) == "password.wrong"
    again = files.open(folder, code)
    assert names(again) == ["张三"]
    after = migrate.row_counts(folder / FILE_NAME, again.file.key)
    assert {name for name in before if before[name] != after[name]} == {"changes"}
    assert migrate.integrity(folder / FILE_NAME, again.file.key) == "ok"
    again.close()


def test_the_other_accounts_are_given_a_new_password(opened: OpenRegister, files: RegisterFiles, folder: Path):
    Accounts(opened).add(NAME, Role.EDITOR, OTHER)
    assert Accounts(opened).others() == (NAME,)
    rekeying.rekey(opened, PASSWORD)
    again = files.open(folder, PASSWORD)
    assert {one.name: one.state for one in Accounts(again).list()} == {FIRST: "可登录", NAME: "未设密码"}
    Accounts(again).reset(NAME, OTHER)
    again.close()
    files.open(folder, OTHER, account=NAME).close()


def test_an_old_backup_keeps_its_key(opened: OpenRegister, files: RegisterFiles, tmp_path: Path):
    Backups(opened).backup(tmp_path / "旧.swbak")
    rekeying.rekey(opened, PASSWORD)
    assert restore(files, tmp_path / "旧.swbak", tmp_path / "新册", PASSWORD)["people"] == 1


def test_only_an_administrator_with_the_own_password(opened: OpenRegister, files: RegisterFiles, folder: Path):
    code = Accounts(opened).new_recovery_code(PASSWORD)
    with pytest.raises(RegisterUnavailable, match=r"password\.wrong"):
        rekeying.rekey(opened, "别的密码")
    with pytest.raises(CodedError, match=r"rekey\.needs_password"):
        rekeying.rekey(opened, code)
    opened.role = Role.EDITOR
    with pytest.raises(CodedError, match=r"role\.refused"):
        rekeying.rekey(opened, PASSWORD)


def cut_off(folder: Path, at: int) -> int:
    command = [sys.executable, "-X", "utf8", "-m", "tests.services.rekey_cut_off", str(folder), PASSWORD, str(at)]
    return subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True).returncode


def test_cut_off_after_any_step_it_opens_with_the_same_password(folder: Path, files: RegisterFiles, tmp_path: Path):
    notices: list[tuple[str, ...]] = []
    for at in range(5):
        tried = tmp_path / f"{at}"
        shutil.copytree(folder, tried)
        assert cut_off(tried, at) == (CUT_OFF if at < 4 else 0)
        opened = files.open(tried, PASSWORD)
        assert names(opened) == ["张三"]
        assert migrate.integrity(tried / FILE_NAME, opened.file.key) == "ok"
        assert KeyFile.read(tried / KEY_FILE).next == ()
        assert not (tried / rekeying.BESIDE).exists()
        notices.append(opened.notices)
        opened.close()
    # the copy, the wraps of both keys, the new file in its place, the wraps of the new key alone, all of it
    assert notices == [(), (sentence("rekey.undone"),), (sentence("rekey.finished"),), (), ()]


def test_who_has_no_password_for_the_new_key_is_told_who_has(
    opened: OpenRegister, files: RegisterFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    Accounts(opened).add(NAME, Role.EDITOR, OTHER)
    write = KeyFile.write
    written: list[KeyFile] = []

    def cut(keys: KeyFile, path: Path) -> None:
        written.append(keys)
        if len(written) == 2:  # the old wraps stay
            raise KeyboardInterrupt
        write(keys, path)

    monkeypatch.setattr(KeyFile, "write", cut)
    with pytest.raises(KeyboardInterrupt):
        rekeying.rekey(opened, PASSWORD)
    monkeypatch.undo()
    assert refusal(files, folder, OTHER, NAME) == "rekey.other_account"
    files.open(folder, PASSWORD, account=FIRST).close()
    assert refusal(files, folder, OTHER, NAME) == "account.unknown"
