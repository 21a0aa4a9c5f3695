"""Commands as they are typed, in one process, on real files."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from socialwork_app.cli.main import run
from socialwork_app.services.register_files import RegisterFiles

Command = Callable[..., tuple[int, Any]]


PASSWORD = "密码 4242x"


@pytest.fixture(scope="session")
def locked_register(tmp_path_factory: pytest.TempPathFactory, files: RegisterFiles) -> Path:
    """As the command `init` makes it, with the recovery code beside it."""
    folder = tmp_path_factory.mktemp("locked")
    made, code = files.create(folder / "册", "测试单位", PASSWORD)
    made.close()
    (folder / "code").write_text(code, encoding="utf-8")
    return folder


@pytest.fixture
def command(
    tmp_path: Path, files: RegisterFiles, locked_register: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Runs a command on a register with a password; gives the exit status and the JSON document."""
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    shutil.copytree(locked_register, tmp_path, dirs_exist_ok=True)

    def called(
        *words: str, register: Path = tmp_path / "册", password: Path = tmp_path / "password"
    ) -> tuple[int, Any]:
        capsys.readouterr()
        common = ["--register", str(register), "--password-file", str(password), "--json"]
        status = run([*common, *words], files)
        assert isinstance(status, int)
        return status, json.loads(capsys.readouterr().out)

    yield called
