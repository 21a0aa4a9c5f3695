"""The self-test: what it does, that it finds what is wrong, and the window that it shows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from socialwork_app.excel.reading import read_workbook
from socialwork_app.services import self_test
from socialwork_app.services.register_files import RegisterFiles
from tests.cli.conftest import Command

REPOSITORY = Path(__file__).parents[2]
STEPS = ["import", "import_apart", "export", "hand_over", "backup", "restore", "recovery_code"]


def test_every_step_is_done_and_its_files_are_there_to_be_looked_at(
    command: Command, files: RegisterFiles, tmp_path: Path
):
    folder = tmp_path / "自 检"
    status, done = command("selftest", "--folder", str(folder))
    assert (status, done["folder"], done["window"]) == (0, str(folder), None)
    counted = {step["name"]: (step["expected"], step["found"]) for step in done["steps"]}
    assert list(counted) == STEPS
    packed, rows_in_pack = counted.pop("hand_over")
    assert packed == rows_in_pack > self_test.PEOPLE
    assert set(counted.values()) == {(self_test.PEOPLE, self_test.PEOPLE)}
    rows = read_workbook(folder / self_test.ROSTER)[0].rows
    assert sum("测试" in str(cell) for row in rows for cell in row) == self_test.PEOPLE
    assert files.needs_password(folder / self_test.REGISTER)


def test_a_count_that_differs_is_told(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    twice = self_test._person
    monkeypatch.setattr(self_test, "_person", lambda number: twice(number // 2 * 2))
    status, done = command("selftest", "--folder", str(tmp_path / "a"))
    assert (status, done["steps"][0]["found"] < self_test.PEOPLE) == (1, True)


def test_where_no_picture_can_be_made_it_is_said(command: Command):
    status, told = command("selftest", "--window")
    assert (status, told["error"]) == (4, "window.no_screen")


def test_the_window_is_shown_and_kept_as_a_picture(tmp_path: Path):
    own = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    words = ["selftest", "--json", "--window", "--folder", str(tmp_path / "册")]
    done = subprocess.run([sys.executable, "-m", "socialwork_app", *words], env=os.environ | own, cwd=REPOSITORY,
                          capture_output=True, timeout=300, check=True)  # fmt: skip
    window = json.loads(done.stdout)["window"]
    assert Path(window["file"]).read_bytes().startswith(b"\x89PNG") and window["width"] > 600
