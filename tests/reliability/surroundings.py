"""What surrounds the register and fails: a full disk, a folder that can't be written, a second program.

Needs Linux and the right to mount a small file system in memory.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.jobs import Control
from socialwork_app.services.backups import Backups
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.imports import Imports
from socialwork_app.services.records import Draft, Records
from tests.benchmark.figures import REPOSITORY
from tests.reliability.jobs import COMING, PEOPLE, acknowledge, opened, sound, with_batch, with_workbook

SIZE = "96m"


@dataclass(frozen=True, slots=True)
class Tried:
    """`refused`: the codes of what was said; `wrong` is "" where the register was sound afterwards."""

    name: str
    refused: tuple[str, ...]
    wrong: str


class Ballast(Control):
    """Fills the disk as soon as the job has written for the first time."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / "ballast"

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        super().step(done, total, what)
        if not self._file.exists():
            fill(self._file)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as ballast:
        for size in (1_000_000, 4_096, 1):
            try:
                while ballast.write(bytes(size)):
                    pass
            except OSError:
                continue


def all_of(folder: Path) -> Iterator[Tried]:
    for name, trial in (("disk full: save", _full_save), ("disk full: import", _full_import),
                        ("disk full: undo", _full_undo), ("disk full: backup", _full_backup),
                        ("disk full: roster", _full_roster), ("read-only folder", _read_only),
                        ("second program", _second)):  # fmt: skip
        place = folder / name.replace(": ", "-").replace(" ", "-")
        place.mkdir()
        try:
            with _mounted(place):
                yield Tried(name, tuple(trial(place)), "")
        except AssertionError as error:
            yield Tried(name, (), str(error) or "not sound")


@contextmanager
def _mounted(place: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _refused(work: Callable[[], object]) -> str:
    """The code of what was said instead."""
    try:
        work()
    except CodedError as error:
        return error.code
    raise AssertionError("it was not refused")


def _full_save(place: Path) -> Iterator[str]:
    with_workbook(place)
    register = opened(place)
    fill(place / "ballast")
    for number in range(50):
        done = Records(register, "people").save
        try:
            done(Draft({"name": f"满{number}", "note": "长" * 4_000}))
        except CodedError as error:
            yield error.code
            break
    else:
        raise AssertionError("fifty records went in on a full disk")
    register.close()
    (place / "ballast").unlink()
    sound(place, [], tuple(range(PEOPLE, PEOPLE + 50)))


def _full_import(place: Path) -> Iterator[str]:
    with_workbook(place)
    register = opened(place)
    imports = Imports(register)
    preview = imports.check(imports.read(place / "files" / "来人.xlsx", "people"))
    yield _refused(lambda: imports.apply(preview, control=Ballast(place)))
    register.close()
    (place / "ballast").unlink()
    sound(place, [], (PEOPLE,))


def _full_undo(place: Path) -> Iterator[str]:
    with_batch(place)
    register = opened(place)
    batch = int((place / "files" / "batch").read_text())
    yield _refused(lambda: History(register).undo(batch, Ballast(place)))
    register.close()
    (place / "ballast").unlink()
    sound(place, [], (PEOPLE + COMING,))


def _full_backup(place: Path) -> Iterator[str]:
    with_workbook(place)
    register = opened(place)
    Backups(register).backup(place / "备份.zip")
    before = (place / "备份.zip").read_bytes()
    yield _refused(lambda: Backups(register).backup(place / "备份.zip", Ballast(place)))
    assert (place / "备份.zip").read_bytes() == before
    register.close()
    (place / "ballast").unlink()
    sound(place, [], (PEOPLE,))


def _full_roster(place: Path) -> Iterator[str]:
    with_workbook(place)
    register = opened(place)
    fill(place / "ballast")
    yield _refused(lambda: Exports(register).export("people", place / "名册.xlsx"))
    left = {path.name for path in place.iterdir()} - {"ballast", "files", "register"}
    assert not left, left
    register.close()
    (place / "ballast").unlink()
    sound(place, [], (PEOPLE,))


def _read_only(place: Path) -> Iterator[str]:
    with_workbook(place)
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    yield _refused(lambda: opened(place))
    subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
    sound(place, [], (PEOPLE,))


def _second(place: Path) -> Iterator[str]:
    """The first is killed in the end: its lock goes with it."""
    with_workbook(place)
    holds = ("import sys; from pathlib import Path; from tests.reliability.jobs import opened\n"
             "held = opened(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()")  # fmt: skip
    first = subprocess.Popen([sys.executable, "-c", holds, str(place)], cwd=REPOSITORY, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)  # fmt: skip
    assert first.stdout is not None
    assert first.stdout.readline() == b"held\n"
    yield _refused(lambda: opened(place))
    first.kill()
    first.wait()
    register = opened(place)
    acknowledge(register, lambda _said: None, 1)
    register.close()
    sound(place, [], (PEOPLE + 1,))
