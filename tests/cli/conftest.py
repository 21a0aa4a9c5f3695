"""Commands as they are typed, in one process, on real files."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from socialwork_app.cli.main import run
from socialwork_app.services.register_files import RegisterFiles

Command = Callable[..., tuple[int, Any]]


@pytest.fixture
def command(tmp_path: Path, files: RegisterFiles, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Runs a command on a register with a password; gives the exit status and the JSON document."""
    (tmp_path / "password").write_text("密码 4242x", encoding="utf-8")

    def called(
        *words: str, register: Path = tmp_path / "册", password: Path = tmp_path / "password"
    ) -> tuple[int, Any]:
        capsys.readouterr()
        common = ["--register", str(register), "--password-file", str(password), "--json"]
        status = run([*common, *words], files)
        assert isinstance(status, int)
        return status, json.loads(capsys.readouterr().out)

    status, made = called("init", "--owner", "测试单位", "--recovery-file", str(tmp_path / "code"))
    assert status == 0
    assert made["recovery_code"] == (tmp_path / "code").read_text(encoding="utf-8").strip()
    yield called
