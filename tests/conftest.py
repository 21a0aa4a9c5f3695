"""Registers for the tests: real SQLCipher files in a temporary folder, without a password unless one is tested."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LANG", "C.UTF-8")

from socialwork_app import bootstrap
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.register_files import RegisterFiles

settings.register_profile("unhurried", deadline=None)  # speed belongs to the benchmark, a busy machine to no test
settings.load_profile("unhurried")
REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_sessionstart() -> None:
    """Chinese text on a Windows console must not fail a test."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skipped test is an error: what it needs has to be installed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def files() -> RegisterFiles:
    return bootstrap.register_files()


@pytest.fixture(scope="session")
def new_register(tmp_path_factory: pytest.TempPathFactory, files: RegisterFiles) -> Path:
    """A register as it is made, to be copied: making one takes six times as long as opening it."""
    folder = tmp_path_factory.mktemp("new") / "register"
    files.create(folder, "测试单位", None)[0].close()
    return folder


@pytest.fixture
def opened(tmp_path: Path, files: RegisterFiles, new_register: Path) -> Iterator[OpenRegister]:
    shutil.copytree(new_register, tmp_path / "register")
    made = files.open(tmp_path / "register")
    yield made
    made.close()


@pytest.fixture
def save(opened: OpenRegister) -> Callable[..., int]:
    """Save a record through the service and give its id."""
    from socialwork_app.services.records import Draft, Records

    def saved(kind: str, owner_id: int | None = None, **raw: object) -> int:
        done = Records(opened, kind).save(Draft(raw, owner_id=owner_id))
        assert done.id is not None, done.problems
        return done.id

    return saved
