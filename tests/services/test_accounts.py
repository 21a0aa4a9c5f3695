"""Several people, each with a password and a role; wrong passwords; the way back in."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from socialwork_app.domain.roles import FIRST, RECOVERY, Role
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import CodedError
from socialwork_app.persistence.accounts import all_accounts
from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.security.attempts import FREE
from socialwork_app.services.accounts import Accounts
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.register_files import RegisterFiles
from socialwork_app.services.signing_in import ATTEMPTS_FILE, KEY_FILE

CHIEF, EDITOR = "管理 4242x", "录入 4343y"
NAME = "王芳"


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(CodedError) as caught:
        action()
    return caught.value.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, files: RegisterFiles) -> tuple[Path, str]:
    """A register of an administrator and an editor, with its recovery code."""
    folder = tmp_path_factory.mktemp("accounts") / "册"
    opened, code = files.create(folder, "测试单位", CHIEF)
    Accounts(opened).add(NAME, Role.EDITOR, EDITOR)
    opened.close()
    return folder, code


@pytest.fixture
def folder(tmp_path: Path, made: tuple[Path, str]) -> Path:
    shutil.copytree(made[0], tmp_path / "册")
    return tmp_path / "册"


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def as_(folder: Path, files: RegisterFiles) -> Callable[..., OpenRegister]:
    return lambda account, password: files.open(folder, password, account=account)


@pytest.fixture
def chief(as_):
    opened = as_(FIRST, CHIEF)
    yield opened
    opened.close()


def stand(opened: OpenRegister) -> dict[str, tuple[Role, str]]:
    return {one.name: (one.role, one.state) for one in Accounts(opened).list()}


def test_each_opens_with_the_own_password_and_in_the_own_role(as_):
    for name, password, role in ((FIRST, CHIEF, Role.ADMINISTRATOR), (NAME, EDITOR, Role.EDITOR)):
        opened = as_(name, password)
        assert (opened.user, opened.role) == (name, role)
        opened.close()
    assert code_of(lambda: as_(NAME, CHIEF)) == "password.wrong"
    assert code_of(lambda: as_("赵六", CHIEF)) == "account.unknown"
    assert code_of(lambda: as_("", CHIEF)) == "account.not_named"


def test_what_is_done_stands_under_the_accounts_name(as_):
    opened = as_(NAME, EDITOR)
    change = Records(opened, "people").save(Draft({"name": "张三"})).changes.change_id
    with opened.file.read() as reading:
        by = reading.exec_driver_sql("SELECT by FROM changes WHERE id = ?", (change,)).scalar()
    opened.close()
    assert by == NAME


def test_a_disabled_account_opens_nothing_and_keeps_its_name(chief, as_, folder):
    Accounts(chief).disable(NAME)
    assert stand(chief)[NAME] == (Role.EDITOR, "已停用")
    chief.close()
    assert code_of(lambda: as_(NAME, EDITOR)) == "account.unknown"
    assert NAME not in (folder / KEY_FILE).read_text(encoding="utf-8")


def test_a_key_file_put_back_does_not_enable_an_account(chief, as_, folder, made):
    Accounts(chief).disable(NAME)
    chief.close()
    shutil.copy(made[0] / KEY_FILE, folder / KEY_FILE)
    assert code_of(lambda: as_(NAME, EDITOR)) == "account.disabled"


def test_an_account_is_enabled_with_another_password(chief, as_):
    accounts = Accounts(chief)
    accounts.disable(NAME)
    assert code_of(lambda: accounts.reset(NAME, "再来 5656z")) == "account.is_disabled"
    accounts.enable(NAME, "再来 5656z")
    chief.close()
    assert code_of(lambda: as_(NAME, EDITOR)) == "password.wrong"
    as_(NAME, "再来 5656z").close()


def test_another_role_holds_from_the_next_sign_in(chief, as_):
    Accounts(chief).set_role(NAME, Role.REVIEWER)
    chief.close()
    opened = as_(NAME, EDITOR)
    assert opened.role is Role.REVIEWER
    opened.close()


def test_the_last_administrator_stays(chief, as_):
    accounts = Accounts(chief)
    assert code_of(lambda: accounts.disable(FIRST)) == "account.last_administrator"
    assert code_of(lambda: accounts.set_role(FIRST, Role.EDITOR)) == "account.last_administrator"
    accounts.set_role(NAME, Role.ADMINISTRATOR)
    accounts.disable(FIRST)
    chief.close()
    as_(NAME, EDITOR).close()


@pytest.mark.parametrize("name", ["", "  ", RECOVERY, "owner", "长" * 21, "换\n行"])
def test_a_name_has_to_be_one(chief, name):
    assert code_of(lambda: Accounts(chief).add(name, Role.EDITOR, EDITOR)) == "account.name_unfit"


def test_a_name_is_given_once(chief):
    assert code_of(lambda: Accounts(chief).add(f" {NAME} ", Role.EDITOR, EDITOR)) == "account.name_taken"


def test_ones_own_password_is_changed_by_who_knows_the_old_one(as_):
    opened = as_(NAME, EDITOR)
    assert code_of(lambda: Accounts(opened).change_password(CHIEF, "新的 7878w")) == "password.old_wrong"
    Accounts(opened).change_password(EDITOR, "新的 7878w")
    opened.close()
    assert code_of(lambda: as_(NAME, EDITOR)) == "password.wrong"
    as_(NAME, "新的 7878w").close()
    as_(FIRST, CHIEF).close()


def test_the_recovery_code_opens_as_an_administrator_who_gives_new_passwords(files, folder, made, as_):
    opened = files.open(folder, made[1])
    assert (opened.user, opened.role, Accounts(opened).own) == (RECOVERY, Role.ADMINISTRATOR, "")
    assert code_of(lambda: Accounts(opened).change_password(made[1], "新的 7878w")) == "account.not_own"
    Accounts(opened).reset(FIRST, "新的 7878w")
    opened.close()
    as_(FIRST, "新的 7878w").close()


def test_a_register_of_before_there_were_accounts_gets_its_administrator(files, folder, as_):
    content = json.loads((folder / KEY_FILE).read_text(encoding="utf-8"))
    opened = as_(FIRST, CHIEF)
    key = opened.file.key
    opened.close()
    connection = connect(folder / FILE_NAME, key)
    connection.execute("DELETE FROM account")
    connection.close()
    # as the first version sealed it: one password, under the name that it gave
    from socialwork_app.security.keys import OWNER, KeyFile, _sealed

    wraps = [wrap for wrap in KeyFile.read(folder / KEY_FILE).wraps if wrap.kind == "recovery"]
    old = _sealed("password", OWNER, CHIEF, key, wraps[0].params)
    KeyFile((*wraps, old)).write(folder / KEY_FILE)
    assert content["format"] == json.loads((folder / KEY_FILE).read_text(encoding="utf-8"))["format"]
    opened = files.open(folder, CHIEF)
    with opened.file.read() as reading:
        assert [(row["name"], row["role"]) for row in all_accounts(reading, opened.schema)] == [
            (FIRST, "administrator")
        ]
    Accounts(opened).change_password(CHIEF, EDITOR)
    opened.close()
    assert code_of(lambda: files.open(folder, CHIEF)) == "password.wrong"
    files.open(folder, EDITOR).close()


class TestWrongPasswords:
    def lock_out(self, as_, name: str = NAME) -> None:
        for _ in range(FREE):
            assert code_of(lambda: as_(name, "猜的密码")) == "password.wrong"

    def test_after_some_tries_even_the_right_one_has_to_wait(self, as_, clock_at):
        start = datetime(2026, 7, 1, 9, 0).astimezone()
        clock_at(start)
        self.lock_out(as_)
        assert code_of(lambda: as_(NAME, EDITOR)) == "sign_in.wait"
        clock_at(start + timedelta(seconds=59))
        assert code_of(lambda: as_(NAME, EDITOR)) == "sign_in.wait"
        clock_at(start + timedelta(seconds=60))
        as_(NAME, EDITOR).close()

    def test_a_clock_moved_back_leads_no_way_round(self, as_, clock_at):
        start = datetime(2026, 7, 1, 9, 0).astimezone()
        clock_at(start)
        self.lock_out(as_)
        clock_at(start - timedelta(days=300))
        assert code_of(lambda: as_(NAME, EDITOR)) == "sign_in.wait"
        clock_at(start - timedelta(days=300) + timedelta(seconds=61))
        as_(NAME, EDITOR).close()

    def test_others_and_the_recovery_code_are_not_locked_out(self, as_, files, folder, made):
        self.lock_out(as_)
        as_(FIRST, CHIEF).close()
        files.open(folder, recovery_code=made[1]).close()

    def test_the_recovery_code_is_counted_by_itself(self, as_, files, folder, made):
        from socialwork_app.security.recovery_code import new_code

        for _ in range(FREE):
            assert code_of(lambda: files.open(folder, recovery_code=new_code())) == "recovery_code.wrong"
        assert code_of(lambda: files.open(folder, recovery_code=made[1])) == "sign_in.wait"
        as_(NAME, EDITOR).close()

    def test_what_was_tried_is_told_and_stands_in_the_log(self, as_):
        for _ in range(3):
            code_of(lambda: as_(NAME, "猜的密码"))
        opened = as_(FIRST, CHIEF)
        assert len(opened.notices) == 1
        assert NAME in opened.notices[0] and "3 次" in opened.notices[0]
        with opened.file.read() as reading:
            logged = reading.exec_driver_sql("SELECT by, detail FROM changes WHERE action = 'sign_in_failed'").all()
        opened.close()
        assert [(by, "3 次" in detail) for by, detail in logged] == [(NAME, True)]
        owner = as_(NAME, EDITOR)
        assert len(owner.notices) == 1  # that an administrator was told does not keep it from whom it concerns
        owner.close()
        again = as_(FIRST, CHIEF)
        assert again.notices == ()
        again.close()

    def test_the_file_holds_no_guess(self, as_, folder):
        code_of(lambda: as_(NAME, "猜的密码"))
        assert "猜的密码" not in (folder / ATTEMPTS_FILE).read_text(encoding="utf-8")
