import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import CodedError, EnvironmentRefused, RegisterUnavailable
from socialwork_app.foundation.locking import HOLDER, LOCK, FolderLock

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from socialwork_app.foundation.locking import FolderLock
held = FolderLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_program(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock of `tmp_path` until its input ends or it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "held"
        yield process
        process.kill()


def refusal(folder: Path) -> CodedError:
    with pytest.raises(CodedError) as caught:
        FolderLock.acquire(folder)
    assert sentence_of(caught.value)
    return caught.value


def test_the_holder_is_named_while_it_holds(tmp_path: Path):
    with FolderLock.acquire(tmp_path):
        told = json.loads((tmp_path / HOLDER).read_bytes())
        assert (told["host"], told["pid"]) == (platform.node(), os.getpid())
        error = refusal(tmp_path)
        assert isinstance(error, RegisterUnavailable)
        assert error.code == "register.in_use"
        assert error.values == told
    assert not (tmp_path / HOLDER).exists()
    FolderLock.acquire(tmp_path).release()


def test_releasing_twice_takes_nothing_from_the_next_holder(tmp_path: Path):
    first = FolderLock.acquire(tmp_path)
    first.release()
    with FolderLock.acquire(tmp_path):
        first.release()
        assert (tmp_path / HOLDER).exists()
        assert refusal(tmp_path).code == "register.in_use"


def test_an_error_inside_the_block_releases(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), FolderLock.acquire(tmp_path):
        raise ZeroDivisionError
    FolderLock.acquire(tmp_path).release()


def test_another_thread_may_release(tmp_path: Path):
    held = FolderLock.acquire(tmp_path)
    thread = threading.Thread(target=held.release)
    thread.start()
    thread.join()
    FolderLock.acquire(tmp_path).release()


def test_two_folders_are_two_locks(tmp_path: Path):
    for name in ("一", "二"):
        (tmp_path / name).mkdir()
    with FolderLock.acquire(tmp_path / "一"), FolderLock.acquire(tmp_path / "二"):
        pass


def test_another_program_is_kept_out_until_the_holder_ends(tmp_path: Path, other_program: "subprocess.Popen[str]"):
    error = refusal(tmp_path)
    assert error.code == "register.in_use"
    assert error.values["pid"] == other_program.pid
    assert other_program.stdin is not None
    other_program.stdin.close()
    other_program.wait(30)
    FolderLock.acquire(tmp_path).release()


def test_a_crash_releases(tmp_path: Path, other_program: "subprocess.Popen[str]"):
    assert refusal(tmp_path).values["pid"] == other_program.pid
    other_program.kill()
    other_program.wait(30)
    assert (tmp_path / HOLDER).exists()
    with FolderLock.acquire(tmp_path):
        assert json.loads((tmp_path / HOLDER).read_bytes())["pid"] == os.getpid()


@pytest.mark.parametrize("data", [None, b"", b"[]", b"5", b"{}", b'{"host": "pc"}', b'["host", "pid", "since"]'])
def test_a_holder_that_has_not_said_who_it_is(tmp_path: Path, data: bytes | None):
    with FolderLock.acquire(tmp_path):
        (tmp_path / HOLDER).unlink()
        if data is not None:
            (tmp_path / HOLDER).write_bytes(data)
        assert refusal(tmp_path).values == {"host": "?", "pid": "?", "since": "?"}


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path):
    error = refusal(tmp_path / "登记册")
    assert isinstance(error, EnvironmentRefused)
    assert error.code == "file.missing"
    assert not (tmp_path / "登记册").exists()


def test_a_lock_file_that_cannot_be_opened_is_the_environments_refusal(tmp_path: Path):
    (tmp_path / LOCK).mkdir()
    assert isinstance(refusal(tmp_path), EnvironmentRefused)


def test_a_holder_that_cannot_be_told_gives_the_lock_back(tmp_path: Path):
    (tmp_path / HOLDER).mkdir()
    assert isinstance(refusal(tmp_path), EnvironmentRefused)
    (tmp_path / HOLDER).rmdir()
    FolderLock.acquire(tmp_path).release()


def test_a_read_only_folder_is_the_environments_refusal():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / LOCK).touch(0o444)
        folder.chmod(0o555)
        with as_an_ordinary_user():
            error = refusal(folder)
        folder.chmod(0o755)
    assert isinstance(error, EnvironmentRefused)
    assert error.code == "file.refused"


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """File modes mean nothing to root, as whom containers run their tests."""
    root = sys.platform != "win32" and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
