"""The program once in a real window: Xvfb, real keys and clicks by xdotool."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialwork_app.persistence.database import FILE_NAME, connect
from socialwork_app.services import samples
from socialwork_app.services.register_files import RegisterFiles

REPOSITORY = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "xdotool")
PEOPLE_IN_RAIL, NEW = ("60", "70"), ("1106", "27")

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(sys.platform != "linux" or not all(map(shutil.which, NEEDED)), reason="needs Xvfb and xdotool"),
]


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """A screen of its own; its number is told by Xvfb itself."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        server.terminate()


def test_a_person_is_made_by_click_and_keys(qtbot, display: dict[str, str], files: RegisterFiles, tmp_path: Path):
    folder = tmp_path / "示例"
    opened, _ = files.create(folder, "测试单位", None)
    samples.fill(opened, 20)
    key = opened.database.key
    opened.close()
    own = {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    command = [sys.executable, "-m", "socialwork_app", "demo", "--folder", str(folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, env=display | own, stderr=subprocess.PIPE) as program:
        try:
            tool(display, "search", "--sync", "--onlyvisible", "--name", "示例登记册（虚构人员）")
            qtbot.waitUntil(lambda: set(names(folder, key)) == {"Anna Li"} or work(display), timeout=60_000)
        finally:
            program.terminate()
        _, said = program.communicate(timeout=60)
    assert b"Traceback" not in said


def work(display: dict[str, str]) -> bool:
    """What the officer does; done again where the window was not ready for it yet."""
    tool(display, "mousemove", *PEOPLE_IN_RAIL, "click", "1")
    tool(display, "mousemove", *NEW, "click", "1")
    tool(display, "type", "--delay", "30", "Anna Li")
    tool(display, "key", "ctrl+s")
    return False


def names(folder: Path, key: bytes) -> list[str]:
    """People made after the invented ones, as they stand in the file while the program runs."""
    connection = connect(folder / FILE_NAME, key)
    found = connection.execute("SELECT name FROM people WHERE id > 20").fetchall()
    connection.close()
    return [row[0] for row in found]


def tool(display: dict[str, str], *words: str) -> str:
    done = subprocess.run(["xdotool", *words], env=display, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout
