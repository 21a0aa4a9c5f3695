"""Accounts at the command line, and what it says to who may not."""

from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Command

OTHER = "另一个 5353y"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    (tmp_path / "other").write_text(OTHER + "\n", encoding="utf-8")
    return tmp_path / "other"


@pytest.fixture
def editor(command: Command, other: Path) -> Path:
    status, made = command("account", "add", "王芳", "--role", "editor", "--new-password-file", str(other))
    assert (status, made) == (0, {"name": "王芳", "role": "editor", "disabled": False})
    return other


def test_accounts_are_listed_disabled_and_enabled(command: Command, editor: Path):
    chief = ("--account", "管理员")
    status, found = command("accounts", *chief)
    assert status == 0
    assert [(one["name"], one["role"], one["has_password"]) for one in found] == [
        ("管理员", "administrator", True),
        ("王芳", "editor", True),
    ]
    assert command("account", "disable", "王芳", *chief)[1]["disabled"]
    assert command("stats", "--account", "王芳", password=editor)[1]["error"] == "account.unknown"
    command("account", "enable", "王芳", "--new-password-file", str(editor), *chief)
    command("account", "role", "王芳", "--role", "reviewer", *chief)
    status, refused = command("set", "people", "1", "name=甲", "--account", "王芳", password=editor)
    assert (status, refused["error"]) == (2, "record.not_found")


def test_which_account_is_told_by_word_or_variable(command: Command, editor: Path, monkeypatch: pytest.MonkeyPatch):
    status, refused = command("stats")
    assert (status, refused["error"]) == (2, "account.not_named")
    monkeypatch.setenv("SOCIALWORK_ACCOUNT", "王芳")
    assert command("stats", password=editor)[0] == 0
    assert command("stats", "--account", "管理员")[0] == 0


def test_the_role_refuses_with_who_may(command: Command, editor: Path):
    status, refused = command("accounts", "--account", "王芳", password=editor)
    assert (status, refused["error"]) == (2, "role.refused")
    assert refused["message"].startswith("录入员不能管理帐户") and "管理员" in refused["message"]
    status, refused = command("set", "rules", "1", "note=x", "--account", "王芳", password=editor)
    assert (status, refused["error"]) == (2, "role.refused")


def test_the_own_password_is_changed(command: Command, other: Path):
    assert command("password", "--new-password-file", str(other)) == (0, {"account": "管理员"})
    assert command("stats")[1]["error"] == "password.wrong"
    assert command("stats", password=other)[0] == 0


def test_a_forgotten_password_is_reset_by_the_recovery_code(command: Command, editor: Path, tmp_path: Path):
    code = tmp_path / "code"
    status, _ = command("account", "reset", "管理员", "--new-password-file", str(editor), password=code)
    assert status == 0
    assert command("stats", "--account", "管理员", password=editor)[0] == 0


def test_another_key(command: Command, editor: Path, tmp_path: Path):
    chief = ("--account", "管理员")
    status, told = command("rekey", "--recovery-file", str(tmp_path / "new code"), *chief)
    assert (status, told["without_password"]) == (0, ["王芳"])
    assert (tmp_path / "new code").read_text(encoding="utf-8").strip() == told["recovery_code"]
    assert command("stats", *chief)[0] == 0
    assert command("stats", password=tmp_path / "new code")[0] == 0
    assert command("stats", password=tmp_path / "code")[0] == 3


@pytest.mark.parametrize("words", [("account", "add", "甲"), ("account", "add", "甲", "--role", "editor")])
def test_what_is_missing_is_said(command: Command, words: tuple[str, ...]):
    status, refused = command(*words)
    assert (status, refused["error"]) == (2, "words.missing")


def test_the_first_account_has_the_name_that_it_is_given(command: Command, tmp_path: Path):
    assert PASSWORD
    assert command("init", "--owner", "单位", "--account", "刘洋", register=tmp_path / "新")[0] == 0
    status, found = command("accounts", register=tmp_path / "新")
    assert (status, [one["name"] for one in found]) == (0, ["刘洋"])
